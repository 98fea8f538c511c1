"""Of several bindings of a Python name: which of them a place sees."""

from tests.conftest import MakeRepository
from tests.index.pointed import check


def test_what_is_bound_again_is_not_seen(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
⟦first:limit⟧ = 1
⟪first:limit⟫
⟦second:limit⟧ = 2
⟪second:limit⟫
def later():
    return ⟪second:limit⟫
def f():
    ⟦x⟧ = 1
    ⟦more:x⟧ += 2
    return ⟪more:x⟫
def g():
    ⟦y⟧ = 1
    del ⟪y⟫
def h():
    with (open("a") as ⟦one:file⟧,):
        ⟪one:file⟫.read()
    with open("b") as ⟦two:file⟧:
        ⟪two:file⟫.read()
""",
            "b.py": "from a import ⟪second:limit⟫\nimport a\na.⟪second:limit⟫\n",
        },
    )


def test_blocks_of_which_one_runs(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
def f(c):
    x = 0
    if c:
        ⟦yes:x⟧ = 1
    elif c is None:
        raise ValueError
    else:
        ⟦no:x⟧ = 2
    return ⟪yes|no:x⟫
def g(c):
    ⟦before:x⟧ = 0
    if c:
        x = 1
        return x
    elif c is None:
        ⟦within:x⟧ = 2
    return ⟪before|within:x⟫
def h():
    try:
        ⟦tried:x⟧ = 1
    except ValueError:
        ⟦caught:x⟧ = 2
    except KeyError:
        return 3
    return ⟪tried|caught:x⟫
def k():
    try:
        ⟦started:x⟧ = 1
        raise ValueError
    except ValueError:
        return ⟪started:x⟫
""",
        },
    )


def test_loops_come_again(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
def f(items):
    ⟦sum0:total⟧ = 0
    for ⟦item⟧ in items:
        ⟦sum1:total⟧ = ⟪sum0|sum1:total⟫ + ⟪item⟫
    return ⟪sum0|sum1:total⟫
""",
        },
    )


def test_functions_within_see_what_is_bound_later(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
⟦count⟧ = 0
def bump():
    global count
    ⟦bumped:count⟧ = ⟪count⟫ + 1
def read():
    return ⟪count|bumped:count⟫
def outer():
    ⟦n⟧ = 0
    def set_it():
        nonlocal n
        ⟦set:n⟧ = 5
        return ⟪set:n⟫
    def get_it():
        return ⟪n|set|last:n⟫
    ⟦last:n⟧ = 6
    return set_it, get_it
""",
        },
    )


def test_alternatives_of_an_import(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "fast.py": "def ⟦fast:dump⟧(): ...\n",
            "slow.py": "def ⟦slow:dump⟧(): ...\n",
            "a.py": """\
try:
    from fast import ⟪fast:dump⟫
except ImportError:
    from slow import ⟪slow:dump⟫
⟪fast|slow:dump⟫()
""",
            "b.py": """\
try:
    from fast import dump
except ImportError:
    def ⟦own:dump⟧(): ...
⟪fast|own:dump⟫()
""",
            "c.py": "try:\n    import json as ⟦js⟧\nexcept ImportError:\n    ⟦none:js⟧ = None\n⟪js|none:js⟫\n",
        },
    )


def test_a_property_keeps_its_getter_and_an_overload_its_implementation(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
from typing import overload
@overload
def f(x: int) -> int: ...
@overload
def f(x: str) -> str: ...
def ⟦f⟧(x): return x
⟪f⟫(1)
class A:
    @property
    def ⟦get:size⟧(self): return 1
    @⟪get:size⟫.setter
    def ⟦set:size⟧(self, value): ...
    def again(self): ...
    def ⟦again⟧(self): ...
A().⟪get|set:size⟫
A().⟪again⟫()
""",
        },
    )


def test_names_that_tuples_within_tuples_bind(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
class A:
    def ⟦run⟧(self): ...
class B:
    def run(self): ...
⟦first⟧, (⟦second⟧, *⟦rest⟧) = 1, (A(), A(), A())
⟪first⟫, ⟪second⟫.⟪run⟫(), ⟪rest⟫[0].⟪run⟫()
""",
        },
    )


def test_the_last_star_import_wins(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "one.py": "x = 1\n⟦y⟧ = 1\n",
            "two.py": "⟦x⟧ = 2\n",
            "both.py": "from one import *\nfrom two import *\n⟪x⟫, ⟪y⟫\n",
            "use.py": "from both import ⟪x⟫, ⟪y⟫\n",
        },
    )


def test_a_class_sees_the_file_until_it_binds_a_name(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.py": """\
class ⟦outer:Handle⟧: ...
class A:
    ⟦field:Handle⟧: ⟪outer:Handle⟫
    other: ⟪field:Handle⟫
    def method(self, one: ⟪field:Handle⟫) -> ⟪later:Later⟫: ...
    class ⟦later:Later⟧: ...
⟦size⟧ = 1
class B:
    ⟦own:size⟧ = ⟪size⟫ + 1
    more = ⟪own:size⟫
""",
        },
    )


def test_what_is_imported_or_defined_instead(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "m.py": "def ⟦f⟧(): ...\nclass ⟦Part⟧:\n    def ⟦run⟧(self): ...\ndef g(): ...\ndef ⟦last⟧(): ...\n",
            "a.py": """\
try:
    from m import f, Part
    import m as mod
except ImportError:
    def ⟦own:f⟧(): ...
    ⟦none:Part⟧ = None
    mod = None
from m import g
def ⟦again:g⟧(): ...
def last(): ...
from m import last
""",
            "b.py": """\
import a
from a import ⟪f|own:f⟫, ⟪Part|none:Part⟫, ⟪again:g⟫, ⟪last⟫, mod
⟪f|own:f⟫(), a.⟪f|own:f⟫(), ⟪again:g⟫(), ⟪last⟫(), a.⟪last⟫()
⟪Part|none:Part⟫().⟪run⟫()
mod.⟪Part⟫().⟪run⟫()
""",
        },
    )
