"""Uses of Python definitions: by scope, imports, classes and what annotations and assignments show."""

from tests.conftest import MakeRepository
from tests.index.marked import check


def test_imports_and_modules(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/shop/__init__.py": "from .pay import charge  # !exact\nfrom .pay import charge as public  # !exact\n",
            "src/shop/pay.py": "def charge(card): ...  # !def\n\ndef twice():\n    charge(1)  # !exact\n",
            "src/shop/a.py": "from shop.pay import charge as c  # !exact\nc(1)  # !exact\n",
            "src/shop/b.py": "from . import pay\npay.charge(1)  # !exact\n",
            "src/shop/c.py": "import shop.pay\nshop.pay.charge(1)  # !exact\n",
            "src/shop/cc.py": "import shop.pay as p\np.charge(1)  # !exact\n",
            "src/shop/d.py": "from shop import charge  # !exact\ncharge(1)  # !exact\n",
            "src/shop/e.py": "from shop.pay import *\ncharge(1)  # !exact\n",
            "src/shop/f.py": "import shop\nshop.charge(1)  # !exact\nshop.public(1)  # !exact\n",
            "src/shop/deep/__init__.py": "",
            "src/shop/deep/g.py": "from ..pay import charge  # !exact\nfrom ... import nothing\n",
            "src/shop/h.py": "def late():\n    from shop.pay import charge  # !exact\n    charge(1)  # !exact\n",
            "tests/test_pay.py": "from shop.pay import charge  # !exact\n",
        },
    )


def test_what_is_hidden_is_not_meant(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "pay.py": "def charge(card): ...  # !def\n",
            "a.py": """\
from pay import charge  # !exact

def parameter(charge):
    charge(1)

def assigned():
    charge = print
    charge(1)

def nested():
    def charge(): ...
    charge(1)

def keyword():
    parameter(charge=1)

def default(x=charge):  # !exact
    return [charge for charge in ()]

def outer():
    charge(1)  # !exact
    def inner():
        charge(2)  # !exact

class C:
    charge = 1
    def m(self):
        charge(1)  # !exact
""",
            "b.py": "charge(1)\n",
            "c.py": "from elsewhere import charge\ncharge(1)\n",
            "d.py": "from elsewhere import *\ncharge(1)  # !name\n",
        },
    )


def test_methods_through_self_and_bases(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "base.py": """\
class Base:
    def run(self):  # !def
        self.run()  # !inferred

    @classmethod
    def make(cls):
        cls.run  # !inferred
""",
            "sub.py": """\
import base
from base import Base

class Sub(Base):
    def go(self):
        self.run()  # !inferred
        super().run()  # !inferred

class Deep(Sub):
    def go(self):
        self.run()  # !inferred

class Own(base.Base):
    def run(self):
        super().run()  # !inferred

    def go(self):
        self.run()

Base.run(None)  # !exact
Sub.run(None)  # !inferred
Own.run(None)
""",
        },
    )


def test_objects_whose_class_syntax_shows(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "model.py": """\
class Cart:
    def total(self): ...  # !def
    def copy(self) -> "Cart": ...
    def add(self, x):
        return self

class Other:
    def total(self): ...

def make() -> Cart: ...

def build():
    return Cart()
""",
            "use.py": """\
from __future__ import annotations
import model
from model import Cart, Other, build, make

def assigned():
    x = Cart()
    x.total()  # !inferred
    y = model.Cart()
    y.total()  # !inferred
    z = Other()
    z.total()

def annotated(a: Cart, b: Cart | None, c: "Cart", d: model.Cart, e: Other, f):
    a.total()  # !inferred
    b.total()  # !inferred
    c.total()  # !inferred
    d.total()  # !inferred
    e.total()
    f.total()  # !name

def results():
    make().total()  # !inferred
    build().total()  # !inferred
    made = make()
    made.total()  # !inferred
    Cart().copy().add(1).total()  # !inferred

def managed():
    with Cart() as cart:
        cart.total()  # !inferred

def outside():
    import decimal
    import elsewhere
    decimal.Decimal(1).total()
    decimal.getcontext().total()
    dict().total()
    elsewhere.something(x).total()  # !name

class Holder:
    kept: Cart

    def __init__(self, given: Cart):
        self.cart = Cart()
        self.given = given
        self.none = None

    @property
    def made(self) -> Cart:
        return make()

    def use(self):
        self.cart.total()  # !inferred
        self.kept.total()  # !inferred
        self.given.total()  # !inferred
        self.made.total()  # !inferred
        self.none.total()  # !name

shared = Cart()

def of_module():
    shared.total()  # !inferred
""",
        },
    )


def test_a_class_is_used_as_a_type_a_base_and_a_call(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": "class Card: ...  # !def\n",
            "b.py": """\
from a import Card  # !exact

class Gold(Card): ...  # !exact

def f(card: Card) -> None:  # !exact
    isinstance(card, Card)  # !exact
    Card()  # !exact
""",
        },
    )


def test_what_stands_before_a_name_without_reaching_it(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
class Card: ...  # !def

def arrow() -> Card: ...  # !exact

def comment(charge):
    # A comment that ends with a dot.
    Card()  # !exact
    # Here too.
    card = charge
    return card[::Card]  # !exact

def ellipsis(*args: Card) -> "tuple[Card, ...]":  # !exact
    return [...,
            Card]  # !exact
""",
        },
    )


def test_fields_and_constants(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
class Config:
    def __init__(self):
        self.limit = 1  # !def

    def read(self):
        return self.limit  # !inferred

def f(config: Config):
    config.limit += 1  # !inferred
""",
        },
    )


def test_other_languages_do_not_share_names(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": "class A:\n    def spin(self): ...  # !def\n\ndef f(x):\n    x.spin()  # !name\n",
            "b.js": "wheel.spin();\n",
        },
    )


def test_parameters_of_tests_are_what_fixtures_give(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "app.py": "class App:\n    def run(self): ...  # !def\n",
            "tests/conftest.py": """\
import pytest
from app import App

@pytest.fixture
def app():
    return App()

@pytest.fixture
def running():
    made = App()
    yield made
""",
            "tests/unit/test_app.py": """\
def test_run(app, running, other):
    app.run()  # !inferred
    running.run()  # !inferred
    other.run()  # !name
""",
            "serve.py": "def serve(app):\n    app.run()  # !name\n",
        },
    )
