"""Text → the terms that ranking compares: parts of identifiers and words, lower case, endings cut off.

The same rule reads files and questions. It knows no language but English endings, and those a little.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

_PARTS = re.compile(rb"[A-Z]?[a-z\x80-\xff]+|[A-Z]+(?![a-z])|[0-9]{2,}")
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


def terms_of(data: bytes) -> Counter[str]:
    """How often each term occurs in a text."""
    found: Counter[str] = Counter()
    for part, count in Counter(_PARTS.findall(data)).items():
        term = term_of(part)
        if term:
            found[term] += count
    return found


@lru_cache(maxsize=200_000)
def name_terms(name: str) -> tuple[str, ...]:
    """The distinct terms of a name."""
    return tuple(terms_of(name.encode("utf-8", "replace")))


@lru_cache(maxsize=200_000)
def term_of(part: bytes) -> str:
    """The term of one part of an identifier or of one word; "" for what tells nothing."""
    word = part.decode("utf-8", "replace").lower()
    if not 2 <= len(word) <= _LONGEST or word in _STOP:
        return ""
    return stem(word)


def stem(word: str) -> str:
    """`word` without the commonest English endings: configs, configured, configuring → config."""
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
