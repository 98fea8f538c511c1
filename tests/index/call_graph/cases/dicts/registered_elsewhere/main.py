from registry import register, run


@register  # -> registry:register
def mine():
    pass


run()  # -> registry:run
