class Job:
    def __init__(self, *, on_done=None):
        self.on_done = on_done

    def finish(self):
        self.on_done()  # -> bell


def bell():
    pass


Job(on_done=bell).finish()  # -> Job.__init__, Job.finish
