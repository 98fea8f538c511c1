def f():
    pass


for function in reversed([f]):
    function()  # -> f
