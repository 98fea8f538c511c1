import unittest


class Case(unittest.TestCase):
    def setUp(self):
        self.prepare()  # -> Case.prepare

    def prepare(self):
        pass

    def test_it(self):
        self.assertTrue(self.check())  # -> Case.check

    def check(self):
        return True
