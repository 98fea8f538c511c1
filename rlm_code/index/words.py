"""Text → the terms that ranking compares: parts of identifiers and words, lower case, endings cut off.

The same rule reads files and questions. It knows no language but English endings, and those a little.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

_PARTS = re.compile(rb"[A-Z]?[a-z\x80-\xff]+|[A-Z]+(?![a-z])|[0-9]{2,}")
_LETTERS = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
_LONGEST = 40
_UNTELLING = """
a about after all also an and any are as at be because been before both but by can could did do does doing done
each for from get gets got had has have having here how i if in instead into is it its just like make makes may
me might more most much must my need no not now of off on once one only or other our out over own same should
since so some such than that the their them then there these they thing this those through to too under until up
use used user uses using very want was way we well were what when where which while who why will with within
without would you your following example expected actual result results issue bug error please thanks code
version self def import return none true false class
"""
_STOP = frozenset(_UNTELLING.split())


_SHORT = {
    "applic": "app", "argument": "arg", "asynchronous": "async", "attribut": "attr", "authentic": "auth",
    "configur": "config", "databas": "db", "directory": "dir", "document": "doc", "environment": "env",
    "expression": "expr", "function": "func", "implement": "impl", "inform": "info", "initial": "init",
    "initializ": "init", "library": "lib", "messag": "msg", "numb": "num", "object": "obj", "paramet": "param",
    "previous": "prev", "repository": "repo", "specific": "spec", "statistic": "stat", "string": "str",
    "temporary": "temp", "utility": "util", "variabl": "var",
}  # fmt: skip


def terms_of(data: bytes) -> dict[str, int]:
    """How often each term occurs in a text."""
    found: dict[str, int] = {}
    for word, count in Counter(data.translate(_LETTERS).split()).items():
        for term in _terms_of_word(word):
            found[term] = found.get(term, 0) + count
    return found


def name_terms(name: str) -> tuple[str, ...]:
    """The distinct terms of a name."""
    return tuple(terms_of(name.encode("utf-8", "replace")))


@lru_cache(maxsize=400_000)
def _terms_of_word(word: bytes) -> tuple[str, ...]:
    return tuple(filter(None, map(term_of, _PARTS.findall(word))))


@lru_cache(maxsize=200_000)
def term_of(part: bytes) -> str:
    """The term of one part of an identifier or of one word; "" for what tells nothing."""
    word = part.decode("utf-8", "replace").lower()
    if not 2 <= len(word) <= _LONGEST or word in _STOP:
        return ""
    return stem(word)


def stem(word: str) -> str:
    """`word` without the commonest English endings, or as programs shorten it: configured, configs → config."""
    cut = _cut(word)
    return _SHORT.get(cut, cut)


def _cut(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ations", "ation", "ings", "ing", "ers", "ed", "er", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith(("ss", "us")):
            return _undoubled(word[: -len(ending)])
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word[:-1] if len(word) > 5 and word.endswith("e") else word


def _undoubled(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
