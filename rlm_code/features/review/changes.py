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

SCRIPTS = frozenset({"javascript", "typescript", "tsx"})

_OF_DATA = ("key", "section", "selector")
_NOT_SHOWN = ("field", "enum_member", "module", "namespace")


@dataclass(frozen=True, slots=True)
class Change:
    """Two snapshots of one repository, and the paths that differ: only in the base, only in the head, in both."""

    base: Repo
    head: Repo
    before: Snapshot
    after: Snapshot
    removed: tuple[str, ...]
    added: tuple[str, ...]
    modified: tuple[str, ...]

    def old(self, path: str) -> File | None:
        """The file of the base at a path, if there is one."""
        return self.base.file(path) if path in self.before.entries else None

    def new(self, path: str) -> File | None:
        """The file of the head at a path, if there is one."""
        return self.head.file(path) if path in self.after.entries else None


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
        before,
        after,
        removed=tuple(sorted(old.keys() - new.keys())),
        added=tuple(sorted(new.keys() - old.keys())),
        modified=tuple(sorted(path for path in old.keys() & new.keys() if old[path].oid != new[path].oid)),
    )


def changed_symbols(change: Change) -> Iterator[ChangedSymbol]:
    """The definitions that differ, file by file. A class counts as changed only by what is outside its members."""
    for path in change.removed:
        yield from (ChangedSymbol(symbol, None) for symbol in _symbols(change.base.file(path)))
    for path in change.modified:
        yield from _changed_in(_Outline(change.base.file(path)), _Outline(change.head.file(path)))
    for path in change.added:
        yield from (ChangedSymbol(None, symbol) for symbol in _symbols(change.head.file(path)))


def worth_showing(changed: ChangedSymbol) -> bool:
    """Whether a reader of a summary wants to hear of it: functions, types and the like, not every field."""
    return changed.symbol.kind not in _NOT_SHOWN and not changed.symbol.is_test


def _symbols(file: File) -> list[Symbol]:
    """The definitions of a file in order; what data and prose name is nothing that code would miss."""
    return [symbol for symbol in file.symbols() if symbol.kind not in _OF_DATA]


def _changed_in(before: _Outline, after: _Outline) -> Iterator[ChangedSymbol]:
    for name, old in before.named.items():
        new = after.named.get(name, [])
        if not new:
            yield from (ChangedSymbol(before.symbols[at], None) for at in old)
        elif before.texts(old) != after.texts(new) and before.own_texts(old) != after.own_texts(new):
            yield ChangedSymbol(before.symbols[old[-1]], after.symbols[new[-1]])
    for name, new in after.named.items():
        if name not in before.named:
            yield from (ChangedSymbol(None, after.symbols[at]) for at in new)


class _Outline:
    """The definitions of a file: by name, as places in their order, and with their text."""

    def __init__(self, file: File) -> None:
        self.symbols = _symbols(file)
        self._lines = split_lines(file.text)
        self.named: dict[str, list[int]] = defaultdict(list)
        for at, symbol in enumerate(self.symbols):
            self.named[symbol.qualified_name].append(at)

    def texts(self, places: list[int]) -> list[list[str]]:
        """The lines of definitions."""
        return [self._lines[self.symbols[at].start_line - 1 : self.symbols[at].end_line] for at in places]

    def own_texts(self, places: list[int]) -> list[str]:
        """The text of definitions without that of their members, which follow them, indentation aside."""
        return ["\n".join(line.strip() for line in self._own(at) if line.strip()) for at in places]

    def _own(self, at: int) -> list[str]:
        symbol = self.symbols[at]
        own = self._lines[symbol.start_line - 1 : symbol.end_line]
        for following in range(at + 1, len(self.symbols)):
            inner = self.symbols[following]
            if inner.start_line > symbol.end_line:
                break
            if inner.qualified_name.startswith(f"{symbol.qualified_name}."):
                first = inner.start_line - symbol.start_line
                last = min(inner.end_line, symbol.end_line) - symbol.start_line
                own[first : last + 1] = [""] * (last + 1 - first)
        return own
