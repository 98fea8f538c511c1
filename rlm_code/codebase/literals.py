"""The texts of which every match of a regular expression contains one, so that most files need no matching.

It reads Python's own parse of the expression and gives up (no texts) on whatever it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

try:
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # a Python that moved its parser: searches stay right and get slower
    _parser = None

_ZERO_WIDTH = {"AT", "ASSERT", "ASSERT_NOT"}
_UNSAFE = "\r\n\ufffd"  # line ends and undecodable bytes differ between a file's bytes and its text
_MOST_TEXTS = 16

Texts = tuple[str, ...]


def required_texts(pattern: str, flags: int = 0) -> Texts:
    """Texts of which each match of `pattern` contains at least one as written; () if none are known.

    Where the expression ignores case, they count without regard to case. Raises re.error.
    """
    return _best(_parser.parse(pattern, flags)) if _parser is not None else ()


def _best(items: Any) -> Texts:
    """The requirement that rules out most: the one whose shortest text is longest."""
    runs, choices = [""], []
    for kind, detail in items:
        name = str(kind)
        if name == "LITERAL" and chr(detail) not in _UNSAFE:
            runs[-1] += chr(detail)
        elif name not in _ZERO_WIDTH:
            runs.append("")
            choices.append(_inner(name, detail))
    return max([*((run,) for run in runs if run), *choices], key=_strength, default=())


def _inner(name: str, detail: Any) -> Texts:
    if name == "SUBPATTERN":
        _, added, removed, items = detail
        return () if (added | removed) & re.IGNORECASE else _best(items)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, _, items = detail
        return _best(items) if least else ()
    if name == "BRANCH":
        return _either(_best(items) for items in detail[1])
    return _best(detail) if name == "ATOMIC_GROUP" else ()


def _either(choices: Iterable[Texts]) -> Texts:
    every = list(choices)
    texts = tuple(dict.fromkeys(text for choice in every for text in choice))
    return texts if all(every) and len(texts) <= _MOST_TEXTS else ()


def _strength(texts: Texts) -> int:
    return min(map(len, texts), default=0)
