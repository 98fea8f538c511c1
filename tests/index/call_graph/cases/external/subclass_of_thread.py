import threading


class Worker(threading.Thread):
    def run(self):
        self.work()  # -> Worker.work

    def work(self):
        pass


worker = Worker()
worker.start()
worker.run()  # -> Worker.run
