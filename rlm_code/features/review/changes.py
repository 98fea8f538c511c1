"""What differs between two snapshots of a repository: files by content, definitions by name and text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rlm_code.text import split_lines

if TYPE_CHECKING:
    from rlm_code.codebase import Repo
    from rlm_code.codebase.file import File
    from rlm_code.codebase.symbol import Symbol
    from rlm_code.source.snapshot import Snapshot

_Named = dict[str, list[tuple["Symbol", str]]]
_OF_DATA = ("key", "section", "selector")
_NOT_SHOWN = ("field", "enum_member", "module", "namespace")


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
        yield from (ChangedSymbol(symbol, None) for symbol in _symbols(change.base.file(path)))
    for path in change.modified:
        yield from _changed_in(_by_name(change.base, path), _by_name(change.head, path))
    for path in change.added:
        yield from (ChangedSymbol(None, symbol) for symbol in _symbols(change.head.file(path)))


def worth_showing(changed: ChangedSymbol) -> bool:
    """Whether a reader of a summary wants to hear of it: functions, types and the like, not every field."""
    return changed.symbol.kind not in _NOT_SHOWN and not changed.symbol.is_test


def _symbols(file: File) -> list[Symbol]:
    """The definitions of a file in order; what data and prose name is nothing that code would miss."""
    return [symbol for symbol in file.symbols() if symbol.kind not in _OF_DATA]


def _by_name(repo: Repo, path: str) -> _Named:
    """The definitions of a file by name, each with the text that is its own."""
    named: _Named = defaultdict(list)
    file = repo.file(path)
    symbols, lines = _symbols(file), split_lines(file.text)
    for at, symbol in enumerate(symbols):
        named[symbol.qualified_name].append((symbol, _own_text(symbols, at, lines)))
    return named


def _changed_in(before: _Named, after: _Named) -> Iterator[ChangedSymbol]:
    for name, old in before.items():
        new = after.get(name, [])
        if not new:
            yield from (ChangedSymbol(symbol, None) for symbol, _ in old)
        elif [text for _, text in old] != [text for _, text in new]:
            yield ChangedSymbol(old[-1][0], new[-1][0])
    for name, new in after.items():
        if name not in before:
            yield from (ChangedSymbol(None, symbol) for symbol, _ in new)


def _own_text(symbols: list[Symbol], at: int, lines: list[str]) -> str:
    """The text of a definition without that of its members, which follow it, indentation aside."""
    symbol = symbols[at]
    own = lines[symbol.start_line - 1 : symbol.end_line]
    for following in range(at + 1, len(symbols)):
        inner = symbols[following]
        if inner.start_line > symbol.end_line:
            break
        if inner.qualified_name.startswith(f"{symbol.qualified_name}."):
            first, last = inner.start_line - symbol.start_line, min(inner.end_line, symbol.end_line) - symbol.start_line
            own[first : last + 1] = [""] * (last + 1 - first)
    return "\n".join(line.strip() for line in own if line.strip())
