def one():
    pass


table = {"a": one}
for key, function in table.items():
    function()  # -> one
