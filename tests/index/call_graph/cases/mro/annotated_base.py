class Animal:
    def speak(self):
        pass


class Dog(Animal):
    def speak(self):
        pass


def talk(animal: Animal):
    animal.speak()  # -> Dog.speak


talk(Dog())  # -> talk
