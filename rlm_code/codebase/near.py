"""What someone may have meant by a path or a name that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rlm_code.codebase.queries import Queries, SymbolRow

_POOL = 100
_ALIKE = 0.65


def near_paths(path: str, paths: Iterable[str], count: int = 5) -> list[str]:
    """Existing paths like `path`: the same file name elsewhere first, then those named most alike."""
    import difflib

    known = list(paths)
    name = _base(path)
    same = [other for other in known if _base(other) == name]
    names = {_base(other): other for other in known}
    alike = [names[found] for found in difflib.get_close_matches(name, names, count, 0.7)]
    return list(dict.fromkeys([*same, *alike]))[:count]


def bare_name(name: str) -> str:
    """The last part of a dotted name, however it is dotted."""
    return re.split(r"[.:#/]+", name.strip())[-1]


def near_names(name: str, queries: Queries, count: int = 5) -> list[SymbolRow]:
    """Definitions called almost like `name`: those that begin so first, then the most alike."""
    import difflib

    bare = bare_name(name)
    lower = bare.lower()
    pieces = [bare, *re.findall(r"[A-Z]?[a-z]{3,}|[A-Z]{3,}", bare), bare[:4], bare[-4:]]
    pool: dict[str, SymbolRow] = {}
    for piece in dict.fromkeys(piece for piece in pieces if len(piece) >= 3):
        for row in (*queries.symbols(piece, None, None, _POOL), *queries.symbols(piece, "class", None, _POOL)):
            pool.setdefault(row.qualified_name, row)
    matcher = difflib.SequenceMatcher(None, "", lower)
    ranks: dict[str, tuple[bool, float]] = {}
    for qualified, row in pool.items():
        matcher.set_seq1(row.name.lower())
        if (likeness := matcher.ratio()) >= _ALIKE:
            ranks[qualified] = (row.name.lower().startswith(lower), likeness)
    return [pool[qualified] for qualified in sorted(ranks, key=ranks.__getitem__, reverse=True)[:count]]


def _base(path: str) -> str:
    return path.rpartition("/")[2].lower()
