module Shop
#      ^ definition module

using LinearAlgebra
#     ^ import LinearAlgebra: * in Shop
#     ^ reference import
using Statistics: mean, median
#                 ^ import Statistics: mean in Shop
#                       ^ import Statistics: median in Shop
import Base: show as display
#            ^ import Base: show as display in Shop
import Dates
#      ^ import Dates in Shop
include("prices.jl")
# <- reference call
#        ^ import prices.jl in Shop

const LIMIT = 10
#     ^ definition constant in Shop
rate = 2
# <- definition variable in Shop

abstract type Priced <: Named end
#             ^ definition type in Shop
#                       ^ reference inherit

struct Cart{T} <: Priced
#      ^ definition struct in Shop
#           ^ reference read
    owner::String
    # <- definition field in Shop.Cart
    #      ^ reference type
    items
    # <- definition field in Shop.Cart
end

function price(cart::Cart, rate::Int=1; exact=true)::Int
#        ^ definition function in Shop
    total = 0
    # <- reference write
    for item in cart.items
        total += Prices.round(item)
    end
    return max(total, rate)
end

double(value) = value * 2
# <- definition function in Shop
Base.length(cart::Cart) = length(cart.items)
#    ^ definition function in Shop of Base

macro cart(owner)
#     ^ definition macro in Shop
    :(Cart($owner))
end

end
