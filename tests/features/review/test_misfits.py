"""Calls that a changed signature refuses, and those that only look as if it did."""

from __future__ import annotations

from collections.abc import Mapping

from tests.features.review.conftest import ReviewOf
from tests.features.review.test_checks import found

SAVE = "def save(path):\n    return path\n"
TOOL = "class Tool:\n    def save(self, path, mode=0):\n        return path\n"
NEW = SAVE.replace("(path)", "(path, target)")
NARROW = TOOL.replace(", mode=0", "")
RENAMED = SAVE.replace("path", "target")


def misfits(review_of: ReviewOf, tools: tuple[str, str], apps: Mapping[str, str]) -> list[tuple[str, int]]:
    """Which of `apps` no longer fit, and where, when `tools` change from the first to the second."""
    before, after = tools
    review = review_of({"tools.py": before} | {f"{name}.py": app for name, app in apps.items()}, {"tools.py": after})
    assert {rule for rule, _, _ in found(review)} <= {"call-misfit"}
    return [(path.removesuffix(".py"), line) for _, path, line in found(review)]


def test_a_renamed_parameter_that_is_named(review_of: ReviewOf) -> None:
    apps = {
        "by_keyword": "from tools import save\n\nsave(path=1)\n",
        "by_position": "from tools import save\n\nsave(1)\n",
        "in_an_alias": "from tools import save as keep\n\nkeep(path=1)\n",
        "in_the_module": "import tools as t\n\nt.save(path=1)\n",
    }
    assert misfits(review_of, (SAVE, RENAMED), apps) == [("by_keyword", 3), ("in_an_alias", 3), ("in_the_module", 3)]


def test_a_method_called_on_its_class_is_given_its_receiver(review_of: ReviewOf) -> None:
    app = "from tools import Tool\n\ntool = Tool()\nTool.save(tool, 1)\nTool.save(tool, 1, mode=2)\n"
    assert misfits(review_of, (TOOL, NARROW), {"app": app}) == [("app", 5)]


MADE = "class Tool:\n    def __init__(self, path, mode=0):\n        self.path = path\n"


def test_a_call_that_what_makes_a_class_refuses(review_of: ReviewOf) -> None:
    apps = {
        "by_keyword": "import tools\n\ntools.Tool(1, mode=2)\n",
        "by_position": "from tools import Tool\n\nTool(1)\nTool(1, 2)\n",
        "with_its_receiver": "from tools import Tool\n\nTool.__init__(object(), 1, 2)\n",
    }
    narrow = MADE.replace(", mode=0", "")
    assert misfits(review_of, (MADE, narrow), apps) == [("by_keyword", 3), ("by_position", 4)]


def test_what_may_be_made_in_another_way_is_not_judged(review_of: ReviewOf) -> None:
    head = MADE.partition(":\n")[0]
    new = "    def __new__(cls, *args):\n        return super().__new__(cls)\n"
    ways = {
        "decorated": f"from x import deco\n\n@deco\n{MADE}",
        "of_a_base_from_elsewhere": "from x import Base\n\n" + MADE.replace(head, f"{head}(Base)"),
        "with_a_metaclass": "from x import Meta\n\n" + MADE.replace(head, f"{head}(metaclass=Meta)"),
        "by_new": f"{MADE}\n{new}",
        "by_new_of_a_base": f"class Base:\n{new}\n\n" + MADE.replace(head, f"{head}(Base)"),
        "replaced": f"{MADE}\n\nTool.__init__ = print\n",
        "a_function_by_now": f"{MADE}\n\nTool = print\n",
    }
    apps = {f"use_{name}.py": f"from {name} import Tool\n\nTool(1, 2)\n" for name in ways}
    before = {f"{name}.py": text for name, text in ways.items()}
    after = {path: text.replace(", mode=0", "") for path, text in before.items()}
    assert found(review_of(before | apps, after)) == []


def test_what_may_be_another_function_or_is_meant_to_fail_is_met_with_silence(review_of: ReviewOf) -> None:
    apps = {
        "bound_again": "from tools import save\nfrom x import deco\n\nsave = deco(save)\nsave(1)\n",
        "replaced_in_its_module": "import tools\n\ntools.save = print\ntools.save(1)\n",
        "partial": "from functools import partial\nfrom tools import save\n\npartial(save, 1)(2)\n",
        "partial_kept": "from functools import partial\nimport tools\n\nf = partial(tools.save, target=2)\nf(1)\n",
        "a_value": "from tools import save\n\nf = save\nf(1)\n",
        "passed_on": "from tools import save\n\nlist(map(save, [1]))\n",
        "wrapped": "from tools import save\nfrom x import deco\n\ndeco(save)(1)\n",
        "a_parameter": "from tools import save\n\n\ndef f(save):\n    return save(1)\n",
        "refused": "import pytest\nfrom tools import save\n\nwith pytest.raises(\n    TypeError\n):\n    save(1)\n",
        "judged": "from tools import save\n\nsave(1)\n",
    }
    assert misfits(review_of, (SAVE, NEW), apps) == [("judged", 3)]


def test_a_function_that_is_bound_twice_is_not_judged(review_of: ReviewOf) -> None:
    twice = {
        "wrapped": "from x import deco\n\n{}\n\nsave = deco(save)\n",
        "imported": "try:\n    from x import save\nexcept ImportError:\n    pass\n\n{}",
        "replaced": "import replaced\n\n{}\n\nreplaced.save = print\n",
    }
    apps = {f"use_{name}.py": f"from {name} import save\n\nsave(1)\n" for name in twice}
    before, after = ({f"{name}.py": text.format(save) for name, text in twice.items()} for save in (SAVE, NEW))
    assert found(review_of(before | apps, after)) == []
