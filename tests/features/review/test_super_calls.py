"""Overrides that call a removed method on the bases of their class, and what may be meant instead."""

from __future__ import annotations

from tests.features.review.conftest import ReviewOf
from tests.features.review.test_checks import found
from tests.features.review.test_languages import Case, together

BASE = "class Base:\n    def keep(self):\n        return 1\n"
WITH_CLOSE = BASE + "\n    def close(self):\n        return 2\n"
CLOSE = "\n\nclass Sub(Base):\n    def close(self):\n        return super().close()\n"


def in_python(sub: str, before: str = WITH_CLOSE, after: str = BASE) -> Case:
    """A class loses `close`, which `sub` goes on to call."""
    return {"base.py": before, "sub.py": sub}, {"base.py": after}


def test_a_method_that_no_base_has_any_more(review_of: ReviewOf) -> None:
    java = "package a;\nclass Sub extends Base {\n  int close() {\n    return super.close();\n  }\n}\n"
    sharp = "namespace A {\nclass Sub : Base {\n  int Close() {\n    return base.Close();\n  }\n}\n}\n"
    cases: dict[str, Case] = {
        "python": in_python("from base import Base" + CLOSE),
        "java": (
            {"a/Base.java": "package a;\nclass Base { int close() { return 1; } }\n", "a/Sub.java": java},
            {"a/Base.java": "package a;\nclass Base { }\n"},
        ),
        "c#": (
            {"Base.cs": "namespace A { class Base { public int Close() { return 1; } } }\n", "Sub.cs": sharp},
            {"Base.cs": "namespace A { class Base { } }\n"},
        ),
    }
    review = review_of(*together(cases))
    assert found(review) == [
        ("stale-call", "c#/Sub.cs", 4),
        ("stale-call", "java/a/Sub.java", 4),
        ("stale-call", "python/sub.py", 5),
    ]
    assert review.findings[2].message.startswith("`close` is called on the bases here, but the change removed it from")


def test_what_super_may_mean_instead_is_met_with_silence(review_of: ReviewOf) -> None:
    imported = "from base import Base"
    beside = "\n\nclass Other:\n    def close(self):\n        return 3\n\n\nclass Both(Sub, Other):\n    pass\n"
    to_string = (
        "package b;\nclass Sub extends Base {\n  public String toString() {\n    return super.toString();\n  }\n}\n"
    )
    cases: dict[str, Case] = {
        "a class beside it has the method": in_python(imported + CLOSE + beside),
        "a class below it has another base": in_python(
            f"{imported}\nfrom x import X{CLOSE}\n\nclass Y(Sub, X):\n    pass\n"
        ),
        "a base from elsewhere": in_python(
            imported + CLOSE, f"import x\n\n\n{WITH_CLOSE}", f"import x\n\n\n{BASE.replace('Base:', 'Base(x.Base):')}"
        ),
        "a base above has it": in_python(
            imported + CLOSE,
            WITH_CLOSE.replace("Base:", "Base(Root):") + WITH_CLOSE.replace("Base", "Root"),
            BASE.replace("Base:", "Base(Root):") + WITH_CLOSE.replace("Base", "Root"),
        ),
        "a decorated base": in_python(imported + CLOSE, after=f"import x\n\n\n@x.closing\n{BASE}"),
        "a metaclass": in_python(imported + CLOSE, after=BASE.replace("Base:", "Base(metaclass=Closing):")),
        "a value": in_python(imported + CLOSE, after=f"{BASE}\n    close = keep\n"),
        "put there later": in_python(
            (imported + CLOSE).replace("close", "shut"),
            WITH_CLOSE.replace("close", "shut"),
            f"{BASE}\n\nBase.shut = print\n",  # which silences the name wherever it is used
        ),
        "a guard": in_python(
            imported + CLOSE.replace("        return super", "        if hasattr(super(), 'close'):\n            super")
        ),
        "no longer called": (
            {"base.py": WITH_CLOSE, "sub.py": imported + CLOSE},
            {"base.py": BASE, "sub.py": imported + CLOSE.replace("super().close()", "0")},
        ),
        "every object has it": (
            {
                "b/Base.java": 'package b;\nclass Base { public String toString() { return ""; } }\n',
                "b/Sub.java": to_string,
            },
            {"b/Base.java": "package b;\nclass Base { }\n"},
        ),
    }
    judged: dict[str, Case] = {"judged": in_python(imported + CLOSE)}
    assert found(review_of(*together(cases | judged))) == [("stale-call", "judged/sub.py", 5)]
