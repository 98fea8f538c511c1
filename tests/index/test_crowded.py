"""A member whose name many classes have: what is sure is listed, the rest is counted and said."""

from __future__ import annotations

import pytest

import rlm_code
from tests.conftest import MakeRepository

CLASSES = "".join(f"class C{number}:\n    def run(self):\n        pass\n\n" for number in range(7))
USES = "from shop import C0\n\ndef one(c: C0):\n    c.run()\n\ndef two(any):\n    any.run()\n    any.run()\n"


@pytest.mark.parametrize(("classes", "listed"), [(7, False), (2, True)])
def test_uses_by_name_alone_are_listed_or_counted(make_repository: MakeRepository, classes: int, listed: bool) -> None:
    body = "\n\n".join(CLASSES.split("\n\n")[:classes])
    repo = rlm_code.open(make_repository({"shop.py": body, "use.py": USES}))
    uses = repo.symbol("C0.run").references()
    assert [use.line for use in uses if use.certainty == "inferred"] == [4]
    assert [use.line for use in uses if use.certainty == "name"] == ([7, 8] if listed else [])
    said = [sentence for sentence in uses.blind_spots if "are not listed" in sentence]
    assert [sentence.partition(" on ")[0] for sentence in said] == ([] if listed else ["2 uses of .run"])
    assert len(repo.uses_of_name("run")) == 3


@pytest.mark.parametrize(("ending", "listed"), [("ts", []), ("js", [1])])
def test_where_types_are_written_a_name_that_two_have_says_nothing(
    make_repository: MakeRepository, ending: str, listed: list[int]
) -> None:
    """What the types of TypeScript do not show is hardly ever a member of the repository; in JavaScript it often is."""
    classes = "export class A { run() {} only() {} }\nexport class B { run() {} }\nexport function walk() {}\n"
    uses = f"function f(x{': any' if ending == 'ts' else ''}) {{ x.run(); x.only(); x.walk(); x.length; }}\n"
    repo = rlm_code.open(make_repository({f"shop.{ending}": classes, f"use.{ending}": uses}))
    assert [use.line for use in repo.symbol("A.run").references()] == listed
    assert [use.line for use in repo.symbol("A.only").references()] == [1]
    assert [use.line for use in repo.symbol("walk").references()] == listed
