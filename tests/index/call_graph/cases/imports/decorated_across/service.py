from wrapping import wrap


@wrap  # -> wrapping:wrap
def serve():
    pass
