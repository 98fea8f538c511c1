"""An expression of Python's `re` as one of RE2, which takes time in proportion to the text, whatever it is.

The two differ where Python looks around, back or at Unicode's properties. There the translation matches more than
the expression and never less, and says so: then `re` has the last word on what it found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from rlm_code.codebase.literals import Parsed

_NOTHING = r"[^\x{0}-\x{10ffff}]"
_ANY = r"[\x{0}-\x{10ffff}]"
_NOT_ASCII = r"\x{80}-\x{10ffff}"
_TESTED = "".join(map(chr, range(0x3001)))  # all spaces, and whatever is an ASCII letter in another case
_MOST_REPEATS = 1000
_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
_LAST_LATIN = 0x17F
_KELVIN = 0x212A
_FOLDED_BEYOND_ASCII = frozenset(map(ord, "iIkKsS"))


class Translation(NamedTuple):
    """An expression for RE2 over UTF-8. Where it is `exact` it finds what `re` finds."""

    pattern: str
    exact: bool


class Matches:
    """Where an expression matches in bytes that are UTF-8. At worst a search takes `size` steps a byte."""

    def __init__(self, pattern: str) -> None:
        """Raises ValueError for one that is too large."""
        import re2

        options = re2.Options()
        options.log_errors = False
        options.never_capture = True
        try:
            expression = re2.compile(pattern.encode(), options)
        except re2.error:
            raise ValueError("too large") from None
        re2.purge()  # it keeps up to 8 MB for each of the last 128 expressions
        # What `search` does, without an object for each match. The names are theirs: pyproject.toml bounds the version.
        self._match, self._anchor = expression._regexp.Match, re2._Anchor.UNANCHORED
        self.size: int = expression.programsize

    def first(self, buffer: Any, start: int, end: int) -> tuple[int, int]:
        """The span of the first match between two offsets of a buffer, (-1, -1) if there is none."""
        span: tuple[int, int] = self._match(self._anchor, buffer, start, end)[0]
        return span


def for_ascii(expression: Parsed) -> Translation:
    """The translation for text that is ASCII."""
    return _translated(expression, ascii_text=True)


def for_any(expression: Parsed) -> Translation:
    """The translation for any text."""
    return _translated(expression, ascii_text=False)


def _translated(expression: Parsed, *, ascii_text: bool) -> Translation:
    translator = _Translator(ascii_text=ascii_text)
    pattern = translator.sequence(expression, expression.state.flags)
    return Translation(f"(?m){pattern}", translator.exact)


class _Translator:
    """Writes RE2's syntax; `exact` becomes False where that does not say the same."""

    def __init__(self, *, ascii_text: bool) -> None:
        self.exact = True
        self._ascii_text = ascii_text

    def sequence(self, items: Parsed, flags: int) -> str:
        done = []
        for at, (kind, detail) in enumerate(items):
            name = str(kind)
            if name == "AT":
                done.append(self._at(str(detail), items, at, flags))
            else:
                written = self._items.get(name)
                done.append(written(detail, flags) if written else self._more(""))
        return "".join(done)

    @cached_property
    def _items(self) -> dict[str, Callable[[Any, int], str]]:
        return {
            "LITERAL": self._literal,
            "NOT_LITERAL": lambda code, flags: self._set([("NEGATE", None), ("LITERAL", code)], flags),
            "ANY": lambda _, flags: _ANY if flags & re.DOTALL else r"[^\n]",
            "IN": self._set,
            "BRANCH": self._branch,
            "SUBPATTERN": self._group,
            "MAX_REPEAT": lambda detail, flags: self._repeat(detail, flags, ""),
            "MIN_REPEAT": lambda detail, flags: self._repeat(detail, flags, "?"),
            "POSSESSIVE_REPEAT": lambda detail, flags: self._more(self._repeat(detail, flags, "")),
            "ATOMIC_GROUP": lambda items, flags: self._more(f"(?:{self.sequence(items, flags)})"),
            "ASSERT": lambda detail, flags: self._more(""),
            "ASSERT_NOT": lambda detail, flags: self._more(""),
            "GROUPREF": lambda detail, flags: self._more(f"{_ANY}*"),
            "GROUPREF_EXISTS": self._either,
        }

    def _more(self, written: str) -> str:
        """What matches more than is meant."""
        self.exact = False
        return written

    def _literal(self, code: int, flags: int) -> str:
        if flags & re.IGNORECASE:
            return self._set([("LITERAL", code)], flags)
        return _character(code)

    def _set(self, members: list[tuple[Any, Any]], flags: int) -> str:
        chosen = _set_of(members, flags)
        self.exact &= chosen.known or self._ascii_text
        return _class_of(chosen, flags & (re.IGNORECASE | re.ASCII))

    def _branch(self, detail: Any, flags: int) -> str:
        return f"(?:{'|'.join(self.sequence(items, flags) for items in detail[1])})"

    def _either(self, detail: Any, flags: int) -> str:
        choices = (self.sequence(items, flags) if items is not None else "" for items in detail[1:])
        return self._more(f"(?:{'|'.join(choices)})")

    def _group(self, detail: Any, flags: int) -> str:
        _, added, removed, items = detail
        return f"(?:{self.sequence(items, (flags | added) & ~removed)})"

    def _repeat(self, detail: Any, flags: int, lazy: str) -> str:
        least, most, items = detail
        inner = self.sequence(items, flags)
        endless = str(most) == "MAXREPEAT" or most > _MOST_REPEATS
        if least > _MOST_REPEATS or (endless and str(most) != "MAXREPEAT") or not items.getwidth()[0]:
            self.exact = False  # engines disagree on repeats of what may be empty
        if not inner:
            return ""
        least = min(least, _MOST_REPEATS)
        return f"(?:{inner}){{{least},{'' if endless else most}}}{lazy}"

    def _at(self, name: str, items: Parsed, at: int, flags: int) -> str:
        if name in ("AT_BEGINNING", "AT_END"):
            self.exact &= bool(flags & re.MULTILINE)
            return "^" if name == "AT_BEGINNING" else "$"
        if name in ("AT_BEGINNING_STRING", "AT_END_STRING"):
            return self._more("^" if name == "AT_BEGINNING_STRING" else "$")
        if self._ascii_text:
            return r"\b" if name == "AT_BOUNDARY" else r"\B"
        beside_word = _ends_in_word(items[at - 1 : at], flags, -1) or _ends_in_word(items[at + 1 : at + 2], flags, 0)
        return self._more(r"\b" if name == "AT_BOUNDARY" and beside_word else "")


def _ends_in_word(items: Parsed, flags: int, end: int) -> bool:
    """Whether what a sequence matches certainly has an ASCII word character at its end (-1) or beginning (0)."""
    if not len(items):
        return False
    kind, detail = items[end]
    name = str(kind)
    if name == "LITERAL":
        return _is_word(detail, flags)
    if name == "IN":
        return all(_is_word_member(str(kind), member, flags) for kind, member in detail)
    if name == "SUBPATTERN":
        return _ends_in_word(detail[3], (flags | detail[1]) & ~detail[2], end)
    if name == "BRANCH":
        return all(_ends_in_word(choice, flags, end) for choice in detail[1])
    return name in ("MAX_REPEAT", "MIN_REPEAT") and detail[0] > 0 and _ends_in_word(detail[2], flags, end)


def _is_word_member(name: str, member: Any, flags: int) -> bool:
    if name == "RANGE":
        return member[1] < 128 and all(_is_word(code, flags) for code in range(member[0], member[1] + 1))
    return name == "LITERAL" and _is_word(member, flags)


def _is_word(code: int, flags: int) -> bool:
    character = chr(code)
    folds = flags & re.IGNORECASE and code in _FOLDED_BEYOND_ASCII
    return character.isascii() and (character.isalnum() or character == "_") and not folds


class _Set(NamedTuple):
    """A set of characters: `positive` as `re` reads it between brackets, and whether its complement is meant.

    Where all its members are `known`, they are among those tested; else any that is not ASCII may be one.
    """

    positive: str
    negated: bool
    known: bool


def _set_of(members: list[tuple[Any, Any]], flags: int) -> _Set:
    negated = bool(members) and str(members[0][0]) == "NEGATE"
    written, known = [], True
    last = 0x7F if flags & re.IGNORECASE else ord(_TESTED[-1])
    for kind, detail in members[negated:]:
        if str(kind) == "CATEGORY":
            category = _CATEGORIES[str(detail)]
            written.append(category)
            known &= category == r"\s" or (category.islower() and bool(flags & re.ASCII))
        else:
            low, high = detail if str(kind) == "RANGE" else (detail, detail)
            written += [f"{_escape(a)}-{_escape(b)}" for a, b in _worth_testing(low, high, flags)]
            known &= high <= last
    return _Set("".join(written), negated, known)


def _worth_testing(low: int, high: int, flags: int) -> list[tuple[int, int]]:
    """The parts of a range that hold, in some case, a character which is tested: where `re` ignores case, it takes
    each character of a range in hand."""
    last = _LAST_LATIN if flags & re.IGNORECASE else ord(_TESTED[-1])
    parts = [(low, min(high, last)), (max(low, _KELVIN), min(high, _KELVIN))]
    return [(a, b) for a, b in parts if a <= b]


@lru_cache(maxsize=256)
def _class_of(chosen: _Set, flags: int) -> str:
    """A set as RE2 writes it; `flags` are those for case and ASCII."""
    found = re.findall(f"[{chosen.positive}]", _TESTED, flags) if chosen.positive else []
    if chosen.known:
        ranges = _ranges(found)
        if not ranges:
            return _ANY if chosen.negated else _NOTHING
        return f"[{'^' if chosen.negated else ''}{ranges}]"
    ascii_found = {character for character in found if character.isascii()}
    if chosen.negated:
        ascii_found = set(_TESTED[:128]) - ascii_found
    return f"[{_ranges(sorted(ascii_found))}{_NOT_ASCII}]"


def _ranges(characters: Iterable[str]) -> str:
    """Characters in ascending order, as the inside of a set."""
    ranges: list[list[int]] = []
    for code in map(ord, characters):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(_character(a) if a == b else f"{_character(a)}-{_character(b)}" for a, b in ranges)


def _character(code: int) -> str:
    """A character as RE2 reads it anywhere; there is no text that holds a lone surrogate."""
    character = chr(code)
    if character.isascii() and character.isalnum():
        return character
    return _NOTHING if 0xD800 <= code <= 0xDFFF else f"\\x{{{code:x}}}"


def _escape(code: int) -> str:
    return f"\\U{code:08x}"
