class Dog:
    def speak(self):
        pass


class Cat:
    def speak(self):
        pass


for animal in [Dog(), Cat()]:
    animal.speak()  # -> Dog.speak, Cat.speak
