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
