# What a loop, a test or a macro binds is its own.
while open
    step = 1
end
try
    part = 1
catch problem
    reason = problem
end
@testset "totals" begin
    cart = Cart()
    helper() = 1
#   ^ definition function
end
macro cached(price)
#     ^ definition macro
    key = 1
end
begin
    shared = 1
#   ^ definition variable
end
a ⊕ b = a + b
# ^ definition function
