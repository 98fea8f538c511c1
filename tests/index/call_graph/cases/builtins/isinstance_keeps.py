class Dog:
    def bark(self):
        pass


def run(x):
    if isinstance(x, Dog):
        x.bark()  # -> Dog.bark


run(Dog())  # -> run
