"""Finds definitions by name: whole, dotted, or part of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from rlm_code.codebase.globs import matcher
from rlm_code.codebase.host_rows import Rows
from rlm_code.codebase.likeliest import likeliest
from rlm_code.codebase.queries import SymbolRow
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.values import Target

_PARTS = 4
_BETWEEN = re.compile(r"::|->|[.#/\\]")


def find(
    index: SnapshotIndex, rows: Rows, public: Callable[[str], list[Target]], name: str, kind: str | None, limit: int
) -> list[SymbolRow]:
    """Definitions called `name`: as written, else as a dotted suffix, else what `public` knows under that name, else
    as a dotted suffix without regard to case."""
    wanted = name.strip()
    parts = [part for part in _BETWEEN.split(wanted) if part]
    found = likeliest(index, index.defining(wanted), lambda path: _in_file(index, path, wanted, kind), limit)
    if not found and len(parts) > 1:
        suffix = "." + ".".join(parts)
        ending = [target for target in _called(index, parts[-1], kind) if _dotted(rows, target).endswith(suffix)]
        found = _best(index, ending or [target for target in public(wanted) if _is(index, target, kind)], limit)
    if not found and parts:
        suffix = "." + ".".join(parts).lower()
        matching = _matching(index, _escaped(parts[-1]), kind)
        found = _best(index, [one for one in matching if _dotted(rows, one).lower().endswith(suffix)], limit)
    return [rows.symbol(target) for target in found]


def _best(index: SnapshotIndex, targets: Iterable[Target], limit: int) -> list[Target]:
    by_path: dict[str, list[Target]] = {}
    for target in targets:
        by_path.setdefault(target.path, []).append(target)
    return likeliest(index, by_path, by_path.__getitem__, limit)


def symbols(
    index: SnapshotIndex, rows: Rows, contains: str, kind: str | None, path: str | None, limit: int
) -> list[SymbolRow]:
    """Definitions whose name contains a text, in files that match a glob; in order of path and position."""
    meant = matcher(path or "")
    if not contains:
        everything = (
            row for other in index.keys if meant(other) for row in rows.outline(other) if kind in (None, row.kind)
        )
        return _first(everything, limit)
    found = [target for target in _matching(index, f"%{_escaped(contains)}%", kind) if meant(target.path)]
    return [rows.symbol(target) for target in sorted(found)[:limit]]


def closest(index: SnapshotIndex, rows: Rows, query: str, limit: int) -> list[SymbolRow]:
    """Definitions whose name holds the characters of a text in their order, in any case: those that are called so, then
    those whose name begins with it, holds it, and the rest, shorter names first."""
    typed = "".join(query.split())
    wanted = typed.lower()

    def holds_all(name: str) -> bool:
        left = iter(name.lower())
        return all(letter in left for letter in wanted)

    def distance(name: str) -> tuple[int, int, bool, str]:
        lowered = name.lower()
        part = (lowered != wanted) + (not lowered.startswith(wanted)) + (wanted not in lowered)
        return part, len(name), typed not in name, name

    # A pattern of many parts may take very long to tell that it does not match.
    candidates = index.names_defined(f"%{'%'.join(map(_escaped, typed[:_PARTS]))}%")
    names = sorted(filter(holds_all, candidates), key=distance)
    found = (target for name in names for target in sorted(_called(index, name, None)))
    return [rows.symbol(target) for target in islice(found, limit)]


def _first(found: Iterable[SymbolRow], limit: int) -> list[SymbolRow]:
    kept: list[SymbolRow] = []
    for row in found:
        if len(kept) == limit:
            break
        kept.append(row)
    return kept


def _called(index: SnapshotIndex, name: str, kind: str | None) -> Iterator[Target]:
    return (target for path in index.defining(name) for target in _in_file(index, path, name, kind))


def _in_file(index: SnapshotIndex, path: str, name: str, kind: str | None) -> list[Target]:
    found = [Target(path, at) for at in index.view(path).definitions.called(name)]
    return [target for target in found if _is(index, target, kind)] if kind else found


def _matching(index: SnapshotIndex, pattern: str, kind: str | None) -> Iterator[Target]:
    return (target for name in index.names_defined(pattern) for target in _called(index, name, kind))


def _is(index: SnapshotIndex, target: Target, kind: str | None) -> bool:
    return kind is None or index.view(target.path).definitions.kind(target.at) == kind


def _dotted(rows: Rows, target: Target) -> str:
    return "." + _BETWEEN.sub(".", rows.qualified_name(target))


def _escaped(text: str) -> str:
    """`text` for LIKE, with `\\` as its escape."""
    return re.sub(r"([\\%_])", r"\\\1", text)
