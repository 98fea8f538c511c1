"""Finds definitions by name: whole, dotted, or part of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rlm_code.codebase.globs import matcher
from rlm_code.codebase.host_rows import Rows
from rlm_code.codebase.queries import SymbolRow
from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.values import Target
from rlm_code.places import DATA_LANGUAGES, remoteness

_BETWEEN = re.compile(r"::|->|[.#/\\]")


def find(
    index: SnapshotIndex, rows: Rows, public: Callable[[str], list[Target]], name: str, kind: str | None, limit: int
) -> list[SymbolRow]:
    """Definitions called `name`: as written, else as a dotted suffix, else what `public` knows under that name, else
    as a dotted suffix without regard to case."""
    wanted = name.strip()
    parts = [part for part in _BETWEEN.split(wanted) if part]
    found = _called(index, rows, wanted, kind)
    if not found and len(parts) > 1:
        suffix = "." + ".".join(parts)
        found = [row for row in _called(index, rows, parts[-1], kind) if _dotted(row).endswith(suffix)]
        found = found or [row for row in map(rows.symbol, public(wanted)) if _is(row, kind)]
    if not found and parts:
        suffix = "." + ".".join(parts).lower()
        pattern = _escaped(parts[-1])
        found = [row for row in _matching(index, rows, pattern, kind) if _dotted(row).lower().endswith(suffix)]
    return _best_first(index, found)[:limit]


def symbols(
    index: SnapshotIndex, rows: Rows, contains: str, kind: str | None, path: str | None, limit: int
) -> list[SymbolRow]:
    """Definitions whose name contains a text, in files that match a glob; in order of path and position."""
    meant = matcher(path or "")
    if not contains:
        everything = (row for other in index.keys if meant(other) for row in rows.outline(other) if _is(row, kind))
        return _first(everything, limit)
    found = [row for row in _matching(index, rows, f"%{_escaped(contains)}%", kind) if meant(row.path)]
    return sorted(found, key=lambda row: (row.path, row.start))[:limit]


def _first(found: Iterable[SymbolRow], limit: int) -> list[SymbolRow]:
    kept: list[SymbolRow] = []
    for row in found:
        if len(kept) == limit:
            break
        kept.append(row)
    return kept


def _called(index: SnapshotIndex, rows: Rows, name: str, kind: str | None) -> list[SymbolRow]:
    found = [
        rows.symbol(Target(path, at)) for path in index.defining(name) for at in index.view(path).by_name.get(name, ())
    ]
    return [row for row in found if _is(row, kind)]


def _matching(index: SnapshotIndex, rows: Rows, pattern: str, kind: str | None) -> list[SymbolRow]:
    return [row for name in index.names_defined(pattern) for row in _called(index, rows, name, kind)]


def _is(row: SymbolRow, kind: str | None) -> bool:
    return kind is None or row.kind == kind


def _dotted(row: SymbolRow) -> str:
    return "." + _BETWEEN.sub(".", row.qualified_name)


def _escaped(text: str) -> str:
    """`text` for LIKE, with `\\` as its escape."""
    return re.sub(r"([\\%_])", r"\\\1", text)


def _best_first(index: SnapshotIndex, found: list[SymbolRow]) -> list[SymbolRow]:
    if len(found) < 2:
        return found

    def order(row: SymbolRow) -> tuple[bool, int, int, int, str, int]:
        uses = index.view(row.path).uses.count(row.name)
        is_data = row.language in DATA_LANGUAGES
        depth = 0 if row.parent is None else 2 if _is_local(index, row) else 1
        return (is_data, remoteness(row.path), depth, -uses, row.path, row.start)

    return sorted(found, key=order)


def _is_local(index: SnapshotIndex, row: SymbolRow) -> bool:
    """Whether it is written inside a function, where few mean it by its name alone."""
    definitions = index.view(row.path).definitions
    same = (definitions[at] for at in index.view(row.path).by_name.get(row.name, ()))
    parent = next((each.parent for each in same if each.name_start == row.name_start), -1)
    return parent >= 0 and definitions[parent].kind in FUNCTIONS
