def run(task):
    task()  # -> main:job
