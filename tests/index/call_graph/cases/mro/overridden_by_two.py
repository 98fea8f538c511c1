class Animal:
    def speak(self):
        pass


class Dog(Animal):
    def speak(self):
        pass


class Cat(Animal):
    def speak(self):
        pass


def chorus(animals):
    for animal in animals:
        animal.speak()  # -> Dog.speak, Cat.speak


chorus([Dog(), Cat()])  # -> chorus
