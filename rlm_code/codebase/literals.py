"""What the syntax of a regular expression says of its matches: a text that each one holds, whether it stays in a line,
how long finding one may take.

It reads Python's own parse of the expression, and supposes the worst of whatever it does not know.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_ZERO_WIDTH = {"AT", "ASSERT", "ASSERT_NOT"}
_UNSAFE = "\r\n\ufffd"  # line ends and undecodable bytes differ between a file's bytes and its text
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_MOST_TEXTS = 16
_FEED = 10
_TINY = 12
_WITH_FEED = ("CATEGORY_SPACE", "CATEGORY_NOT_DIGIT", "CATEGORY_NOT_WORD")
_INNER: dict[str, Callable[[Any], list[Any]]] = {
    "ANY": lambda detail: [],
    "GROUPREF": lambda detail: [],
    "SUBPATTERN": lambda detail: (
        [detail[3]] if not (detail[1] & re.DOTALL or detail[2] & re.MULTILINE) else [[("ANY_ALL", None)]]
    ),
    "MAX_REPEAT": lambda detail: [detail[2]],
    "MIN_REPEAT": lambda detail: [detail[2]],
    "POSSESSIVE_REPEAT": lambda detail: [detail[2]],
    "BRANCH": lambda detail: detail[1],
    "ATOMIC_GROUP": lambda detail: [detail],
    "ASSERT": lambda detail: [detail[1]],
    "ASSERT_NOT": lambda detail: [detail[1]],
}

Parsed = Any
"""An expression as `re` parses it: a sequence of (kind, detail), with `state.flags` and `getwidth()`."""
Texts = tuple[str, ...]


def parsed(pattern: str, flags: int = 0) -> Parsed:
    """The syntax of an expression. Raises ValueError, which says what is wrong with it."""
    try:
        found = _parser.parse(pattern, flags)
        _check(found)
    except RecursionError:
        raise ValueError("this expression is nested too deeply") from None
    except (re.error, OverflowError) as error:
        shown = pattern if len(pattern) <= 200 else f"{pattern[:200]}…"
        raise ValueError(f"{shown!r} is not a regular expression: {error}") from None
    return found


def _check(items: Parsed) -> None:
    """Raise re.error for what is found to be wrong when an expression is compiled, and not when it is parsed."""
    for kind, detail in items:
        if str(kind) in ("ASSERT", "ASSERT_NOT") and detail[0] < 0:
            least, most = detail[1].getwidth()
            if least != most:
                raise re.error("look-behind requires fixed-width pattern")
        for inner in _parts(str(kind), detail):
            _check(inner)


def _parts(name: str, detail: Any) -> list[Parsed]:
    """The sequences of which an item is made."""
    if name == "GROUPREF_EXISTS":
        return [part for part in detail[1:] if part is not None]
    return [detail[3]] if name == "SUBPATTERN" else _INNER[name](detail) if name in _INNER else []


def required_texts(expression: Parsed) -> Texts:
    """Texts of which each match contains at least one as written; () if none are known.

    Where the expression ignores case, they count without regard to case.
    """
    return _best(expression)


def _best(items: Parsed) -> Texts:
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
    if name in _REPEATS:
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


def stays_in_line(expression: Parsed) -> bool:
    """Whether no match can hold a line feed, nor depend on where the whole text begins or ends; False where that is
    not known."""
    return not expression.state.flags & re.DOTALL and _in_line(expression)


def _in_line(items: Parsed) -> bool:
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


def steps(expression: Parsed, length: int) -> float:
    """How many steps it may take `re` at worst to look through a text of `length` characters; math.inf where there is
    no telling."""
    return (length + 1) * _ways(expression, length) + _range_sizes(expression)


def _range_sizes(items: Parsed) -> int:
    """How many characters the ranges of an expression hold: to compile it, `re` may take each in hand."""
    sizes = 0
    for kind, detail in items:
        if str(kind) == "IN":
            sizes += sum(ends[1] - ends[0] for member, ends in detail if str(member) == "RANGE")
        sizes += sum(map(_range_sizes, _parts(str(kind), detail)))
    return sizes


def _ways(items: Parsed, length: int) -> float:
    """In how many ways a sequence may be tried at one place."""
    return math.prod(_ways_of(str(kind), detail, length) for kind, detail in items)


def _ways_of(name: str, detail: Any, length: int) -> float:
    if name in _REPEATS:
        least, most, items = detail
        if most in (0, 1):
            return 1 + _ways(items, length)
        narrow, wide = items.getwidth()
        inner = _ways(items, length)
        if inner > 1 or narrow != wide or narrow == 0:
            return math.inf if length > _TINY else float((2 * inner) ** length)
        return float(length + 1 if least != most else min(most, length))
    if name == "BRANCH":
        return sum(_ways(items, length) for items in detail[1])
    if name == "GROUPREF":
        return float(length + 1)
    return math.prod(1 + _ways(part, length) if name.startswith("ASSERT") else _ways(part, length)
                     for part in _parts(name, detail))  # fmt: skip
