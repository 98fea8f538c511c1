"""The texts of which every match of a regular expression contains one, so that most files need no matching.

It reads Python's own parse of the expression and gives up (no texts) on whatever it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

try:
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # a Python that moved its parser: searches stay right and get slower
    _parser = None

_ZERO_WIDTH = {"AT", "ASSERT", "ASSERT_NOT"}
_UNSAFE = "\r\n\ufffd"  # line ends and undecodable bytes differ between a file's bytes and its text
_MOST_TEXTS = 16
_FEED = 10
_WITH_FEED = ("CATEGORY_SPACE", "CATEGORY_NOT_DIGIT", "CATEGORY_NOT_WORD")
_INNER: dict[str, Callable[[Any], list[Any]]] = {
    "ANY": lambda detail: [],
    "GROUPREF": lambda detail: [],
    "SUBPATTERN": lambda detail: [detail[3]] if not detail[1] & re.DOTALL else [[("ANY_ALL", None)]],
    "MAX_REPEAT": lambda detail: [detail[2]],
    "MIN_REPEAT": lambda detail: [detail[2]],
    "POSSESSIVE_REPEAT": lambda detail: [detail[2]],
    "BRANCH": lambda detail: detail[1],
    "ATOMIC_GROUP": lambda detail: [detail],
    "ASSERT": lambda detail: [detail[1]],
    "ASSERT_NOT": lambda detail: [detail[1]],
}

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


def stays_in_line(pattern: str, flags: int = 0) -> bool:
    """Whether no match of `pattern` can hold a line feed, nor depend on where the whole text begins or ends; False
    where that is not known. Raises re.error."""
    if _parser is None:
        return False
    parsed = _parser.parse(pattern, flags)
    return not parsed.state.flags & re.DOTALL and _in_line(parsed)


def _in_line(items: Any) -> bool:
    return all(_one_in_line(str(kind), detail) for kind, detail in items)


def _one_in_line(name: str, detail: Any) -> bool:
    if name == "LITERAL":
        return bool(detail != _FEED)
    if name == "NOT_LITERAL":
        return bool(detail == _FEED)
    if name == "AT":
        return str(detail) not in ("AT_BEGINNING_STRING", "AT_END_STRING")
    if name == "IN":
        return not _holds_feed(detail)
    inner = _INNER.get(name)
    return inner is not None and all(map(_in_line, inner(detail)))


def _holds_feed(members: Any) -> bool:
    """Whether a set of characters has the line feed among them, or might."""
    negated = str(members[0][0]) == "NEGATE"
    for kind, detail in members[negated:]:
        name = str(kind)
        holds = (
            (name == "LITERAL" and detail == _FEED)
            or (name == "RANGE" and detail[0] <= _FEED <= detail[1])
            or (name == "CATEGORY" and str(detail) in _WITH_FEED)
        )
        if holds:
            return not negated
    return negated


def _strength(texts: Texts) -> int:
    return min(map(len, texts), default=0)
