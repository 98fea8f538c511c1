"""Files and their imports as handles."""

from __future__ import annotations

from rlm_code.codebase.commit import Blame, Commit
from rlm_code.codebase.lines import Lines, Located, lines_of
from rlm_code.codebase.listing import Listing
from rlm_code.codebase.queries import FileRow, ImportRow
from rlm_code.codebase.symbol import Reference, Symbol, symbols_of
from rlm_code.codebase.view import View
from rlm_code.places import is_test
from rlm_code.text import counted

_TEXTLESS = {
    "binary": "binary",
    "symlink": "a symbolic link",
    "submodule": "a submodule",
    "unreadable": "unreadable",
}


class File:
    """One file: `path`, `language` (None if unknown), `line_count`, `size_bytes`, `status`, `detail`.

    `status` is parsed, partial (parsed around syntax errors), text (no grammar for it), binary, too_large,
    symlink, submodule or unreadable; `detail` says more where it is not parsed.
    """

    __slots__ = ("_view", "detail", "language", "line_count", "path", "size_bytes", "status")

    def __init__(self, view: View, row: FileRow) -> None:
        self._view = view
        self.path = row.path
        self.language = row.language
        self.line_count = row.line_count
        self.size_bytes = row.size_bytes
        self.status = row.status
        self.detail = row.detail

    @property
    def is_test(self) -> bool:
        """Whether it belongs to the tests, by its path."""
        return is_test(self.path)

    @property
    def text(self) -> str:
        """Its whole text."""
        if self.status in _TEXTLESS:
            raise LookupError(f"{self.path} is {_TEXTLESS[self.status]}, so it has no text: see File.status")
        return self._view.queries.text(self.path)

    def lines(self, start_line: int = 1, end_line: int | None = None) -> Lines:
        """A range of its lines, to the end if `end_line` is None."""
        return lines_of(self._view, self.path, start_line, end_line)

    def symbols(self, kind: str | None = None) -> Listing[Symbol]:
        """Its definitions in source order, nested ones included."""
        rows = [row for row in self._view.outline(self.path) if kind in (None, row.kind)]
        return symbols_of(self._view, rows, f"definitions in {self.path}")

    def outgoing(self, role: str | None = None) -> Listing[Reference]:
        """The uses of names in it, in source order; each has its `target`."""
        rows = self._view.queries.outgoing(self.path, None, [role] if role else None)
        return Listing.whole(
            (Reference(self._view, row, leads=True) for row in rows), f"{role or 'name'}s used in {self.path}"
        )

    def callees(self) -> Listing[Reference]:
        """The calls written in it, those at its top level included; each has its `target`."""
        return self.outgoing("call")

    def imports(self) -> Listing[Import]:
        """What it imports, in source order."""
        rows = self._view.queries.imports(self.path)
        return Listing.whole((Import(self._view, row) for row in rows), f"imports of {self.path}")

    def importers(self) -> Listing[Import]:
        """The imports elsewhere that lead to this file."""
        rows = self._view.queries.importers(self.path)
        return Listing.whole((Import(self._view, row) for row in rows), f"imports that lead to {self.path}")

    def commits(self, *, limit: int = 20) -> Listing[Commit]:
        """The commits that changed it, newest first."""
        rows = self._view.queries.commits(self.path, None, None, limit + 1)
        return Listing.cut([Commit(self._view, row) for row in rows], f"commits of {self.path}", limit)

    def blame(self, start_line: int = 1, end_line: int | None = None) -> Listing[Blame]:
        """Who last changed each of its lines."""
        lines = self.lines(start_line, end_line)
        rows = self._view.queries.blame(self.path, lines.start_line, lines.end_line)
        return Listing.whole((Blame(self._view, self.path, row) for row in rows), f"blamed ranges of {self.path}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, File) and other.path == self.path

    def __hash__(self) -> int:
        return hash(self.path)

    def __repr__(self) -> str:
        doubt = "" if self.status in ("parsed", "text") else f", {self.status} {self.detail}".rstrip()
        return f"<File {self.path} {self.language or 'no language'} {counted(self.line_count, 'line')}{doubt}>"


class Import(Located):
    """One import: `module` as written, the `name` imported from it (None: the module itself, "*": everything),
    `alias`. `target_path` and `target` are the file and symbol here that it leads to, or None."""

    __slots__ = ("alias", "module", "name", "target", "target_path")

    def __init__(self, view: View, row: ImportRow) -> None:
        super().__init__(view, row.path, row.line)
        self.module = row.module
        self.name = row.name
        self.alias = row.alias
        self.target_path = row.target_path
        self.target = Symbol(view, row.target) if row.target else None

    def __repr__(self) -> str:
        what = f"{self.module}: {self.name}" if self.name else self.module
        alias = f" as {self.alias}" if self.alias else ""
        target = f" → {self.target_path}" if self.target_path else " (not in this repository)"
        return f"<import {what}{alias} {self.place}{target}>"
