"""One file's facts as queries use them: unpacked when asked for, with the lookups that positions need.

It knows nothing of other files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

from rlm_code.index.definitions import Definitions
from rlm_code.index.family import Family, family_of
from rlm_code.index.line_starts import LineStarts
from rlm_code.index.packing import COLUMNS, Column, Uses, unpack_imports, unpack_issues
from rlm_code.index.store import BlobRow
from rlm_code.parse.facts import Import, Occurrence, ParseIssue

FUNCTIONS = frozenset({"function", "method", "constructor"})
CLASSES = frozenset({"class", "interface", "struct", "enum", "trait", "type"})
_USES: Final = "occurrences"
HEAD: tuple[Column, ...] = tuple(name for name in COLUMNS if name != _USES)
"""What is loaded at once for who does not ask for uses, which take more room than all else."""

Load = Callable[[Sequence[int], Sequence[Column]], dict[int, tuple[bytes, ...]]]
"""Columns of blobs' facts."""

_HELD = frozenset({"variable", "constant", "field", "property"})


class FileView:
    """The facts of one blob. What is unpacked stays unpacked; nothing changes."""

    def __init__(self, row: BlobRow, load: Load) -> None:
        self.row = row
        self._load = load
        self._packed: dict[Column, bytes] = {}
        self._has_head = False

    def take(self, names: Sequence[Column], columns: Sequence[bytes]) -> None:
        """Take columns that were never asked for: `HEAD` or all."""
        self._packed.update(zip(names, columns, strict=True))
        self._has_head = True

    def _column(self, name: Column) -> bytes:
        """The bytes of one column, which are let go: what is made of them is kept."""
        if name not in self._packed:
            missing = HEAD if name != _USES else (_USES,) if self._has_head else COLUMNS
            self.take(missing, self._load((self.row.id,), missing)[self.row.id])
        return self._packed.pop(name)

    @cached_property
    def family(self) -> Family:
        """How the file's language binds names."""
        return family_of(self.row.language)

    @cached_property
    def definitions(self) -> Definitions:
        """The definitions in order of `start`, outer before inner."""
        return Definitions(self._column("definitions"))

    @cached_property
    def imports(self) -> list[Import]:
        """The imports in source order."""
        return unpack_imports(self._column("imports"))

    @cached_property
    def uses(self) -> Uses:
        """The occurrences of names."""
        return Uses(self._column("occurrences"))

    def uses_within(self, start: int, end: int) -> list[Occurrence]:
        """The uses of names that start between two offsets, in order."""
        return self.uses.within(start, end)

    @cached_property
    def inherits(self) -> list[Occurrence]:
        """The uses of names as bases, in order."""
        return self.uses.in_role("inherit")

    @cached_property
    def inherits_in(self) -> dict[int, list[Occurrence]]:
        """The same by the definition around each."""
        found: dict[int, list[Occurrence]] = {}
        for use in self.inherits:
            found.setdefault(self.enclosing(use.start), []).append(use)
        return found

    @cached_property
    def issues(self) -> list[ParseIssue]:
        """The places that could not be parsed."""
        return unpack_issues(self._column("issues"))

    @cached_property
    def line_starts(self) -> LineStarts:
        """The byte offset at which each line starts."""
        return LineStarts(self._column("lines"))

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds a byte offset."""
        return self.line_starts.line_of(offset)

    def position_of(self, offset: int) -> tuple[int, int]:
        """The 1-based line and 0-based byte column of a byte offset."""
        line = self.line_of(offset)
        return line, offset - self.line_starts[line - 1]

    @property
    def by_name(self) -> dict[str, list[int]]:
        """The definitions of each name, as indices in order."""
        return self.definitions.by_name

    @property
    def by_name_start(self) -> dict[int, int]:
        """The definition whose name starts at an offset. Of several with one name there, the outermost."""
        return self.definitions.by_name_start

    @property
    def children(self) -> dict[int, dict[str, list[int]]]:
        """The definitions directly inside a definition (-1: the file) by name."""
        return self.definitions.children

    @property
    def outer(self) -> Sequence[int]:
        """The definition in whose span each definition lies, -1 at the top. Unlike its parent, that is the method
        for a field that a method assigns."""
        return self.definitions.outer

    @cached_property
    def bound_imports(self) -> dict[str, list[Import]]:
        """The imports by the name each binds here."""
        found: dict[str, list[Import]] = {}
        for row in self.imports:
            name = _bound_name(row, self.row.language)
            if name:
                found.setdefault(name, []).append(row)
        return found

    @cached_property
    def star_imports(self) -> list[Import]:
        """The imports of everything."""
        return [row for row in self.imports if row.name == "*"]

    def enclosing(self, offset: int) -> int:
        """The innermost definition whose span holds `offset`; -1 at the top of the file."""
        return self.definitions.enclosing(offset)

    def inside(self, offset: int) -> int:
        """The definition that people would say `offset` is in: of a variable in a function, the function."""
        at = self.enclosing(offset)
        while at >= 0 and self.definitions.kind(at) in _HELD and self._in_function(at):
            at = self.outer[at]
        return at

    def _in_function(self, at: int) -> bool:
        around = self.outer[at]
        return around >= 0 and self.definitions.kind(around) in FUNCTIONS

    def parents(self, at: int) -> list[int]:
        """The definitions around definition `at`, innermost first."""
        found = []
        while (at := self.definitions.parent(at)) >= 0:
            found.append(at)
        return found


def no_columns(blobs: Sequence[int], names: Sequence[Column]) -> dict[int, tuple[bytes, ...]]:
    """What there is of files that could not be read."""
    return {blob: (b"",) * len(names) for blob in blobs}


def _bound_name(row: Import, language: str) -> str | None:
    """The name that an import binds in its file; None for a star import."""
    if row.name == "*":
        return None
    if row.alias or row.name:
        return row.alias or row.name
    parts = [part for part in re.split(r"[./:\\\\]+", row.module) if part]
    if len(parts) > 1 and language == "go" and re.fullmatch(r"v\d+", parts[-1]):
        parts.pop()
    return (parts[0] if language == "python" else parts[-1]) if parts else None
