from runner import run


def job():
    pass


run(job)  # -> runner:run
