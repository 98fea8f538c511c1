"""What differs between two snapshots of a repository: files by content, definitions by name and text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rlm_code.codebase import Repo
    from rlm_code.codebase.symbol import Symbol
    from rlm_code.source.snapshot import Snapshot

_NOT_SHOWN = ("field", "enum_member", "key", "section", "selector", "module", "namespace")


@dataclass(frozen=True, slots=True)
class Change:
    """Two snapshots of one repository, and the paths that differ: only in the base, only in the head, in both."""

    base: Repo
    head: Repo
    removed: tuple[str, ...]
    added: tuple[str, ...]
    modified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedSymbol:
    """A definition that differs: `before` is None for a new one, `after` for one that is gone."""

    before: Symbol | None
    after: Symbol | None

    @property
    def change(self) -> Literal["added", "removed", "changed"]:
        """What happened to it."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def symbol(self) -> Symbol:
        """The definition as it is, or as it was last."""
        symbol = self.after or self.before
        assert symbol is not None
        return symbol


def compare(base: Repo, head: Repo, before: Snapshot, after: Snapshot) -> Change:
    """The paths that differ between two snapshots, each group in order."""
    old, new = before.entries, after.entries
    return Change(
        base,
        head,
        removed=tuple(sorted(old.keys() - new.keys())),
        added=tuple(sorted(new.keys() - old.keys())),
        modified=tuple(sorted(path for path in old.keys() & new.keys() if old[path].oid != new[path].oid)),
    )


def changed_symbols(change: Change) -> Iterator[ChangedSymbol]:
    """The definitions that differ, file by file. A class counts as changed only by what is outside its members."""
    for path in change.removed:
        yield from (ChangedSymbol(symbol, None) for symbol in change.base.file(path).symbols())
    for path in change.modified:
        yield from _changed_in(_by_name(change.base, path), _by_name(change.head, path))
    for path in change.added:
        yield from (ChangedSymbol(None, symbol) for symbol in change.head.file(path).symbols())


def worth_showing(changed: ChangedSymbol) -> bool:
    """Whether a reader of a summary wants to hear of it: functions, types and the like, not every field."""
    return changed.symbol.kind not in _NOT_SHOWN and not changed.symbol.is_test


def _by_name(repo: Repo, path: str) -> dict[str, list[Symbol]]:
    named: dict[str, list[Symbol]] = defaultdict(list)
    for symbol in repo.file(path).symbols():
        named[symbol.qualified_name].append(symbol)
    return named


def _changed_in(before: dict[str, list[Symbol]], after: dict[str, list[Symbol]]) -> Iterator[ChangedSymbol]:
    for name, old in before.items():
        new = after.get(name, [])
        if not new:
            yield from (ChangedSymbol(symbol, None) for symbol in old)
        elif [_own_text(symbol) for symbol in old] != [_own_text(symbol) for symbol in new]:
            yield ChangedSymbol(old[-1], new[-1])
    for name, new in after.items():
        if name not in before:
            yield from (ChangedSymbol(None, symbol) for symbol in new)


def _own_text(symbol: Symbol) -> str:
    """The text of a definition without that of its members, indentation and line ends aside."""
    lines = symbol.text.split("\n")
    for member in symbol.children():
        first = member.start_line - symbol.start_line
        for at in range(first, min(first + 1 + member.end_line - member.start_line, len(lines))):
            lines[at] = ""
    return "\n".join(line.strip() for line in lines if line.strip())
