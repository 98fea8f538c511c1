"""Where a question may be answered, and how one definition leads to another."""

from __future__ import annotations

from collections.abc import Iterable

from rlm_code.codebase.lines import Lines, lines_of, place_at
from rlm_code.codebase.queries import OverviewRow, RankRow, ReferenceRow
from rlm_code.codebase.symbol import Reference, Symbol
from rlm_code.codebase.view import View
from rlm_code.text import counted


class Ranked:
    """A place that may answer a question: `path`, `symbol` (None: the whole file), `score`, `why`."""

    __slots__ = ("_view", "path", "score", "symbol", "why")

    def __init__(self, view: View, row: RankRow) -> None:
        self._view = view
        self.path = row.path
        self.symbol = Symbol(view, row.symbol) if row.symbol else None
        self.score = row.score
        self.why = row.why

    @property
    def place(self) -> str:
        """Where it is: "path:line", line 1 for a whole file."""
        return self.symbol.place if self.symbol else place_at(self.path, 1)

    @property
    def lines(self) -> Lines:
        """Its lines, which can be read."""
        return self.symbol.lines if self.symbol else lines_of(self._view, self.path, 1, None)

    def __repr__(self) -> str:
        return f"<{self.score:.2f} {self.symbol or self.path!r}>"


class Chain(list[Reference]):
    """References that lead from one definition to another, in order."""

    __slots__ = ()

    @classmethod
    def of(cls, view: View, rows: Iterable[ReferenceRow]) -> Chain:
        """The chain that these rows make."""
        return cls(Reference(view, row) for row in rows)

    def __repr__(self) -> str:
        return "\n".join(["chain:", *(f"    {step!r}" for step in self)])


class Overview(OverviewRow):
    """The size and shape of a repository: `name`, `label`, `commit`, `dirty`, `files`, `lines`, `size_bytes`,
    `languages` and `folders` as [name, files, lines], `unparsed` as {status: files}, `has_history`."""

    __slots__ = ()

    def __repr__(self) -> str:
        where = f"{self.label} at {self.commit[:10]}" if self.commit else self.label
        dirty = f", {counted(self.dirty, 'file')} changed since" if self.dirty else ""
        rows = [f"{self.name}: {where}{dirty}; {counted(self.files, 'file')}, {counted(self.lines, 'line')}, "]
        rows[0] += counted(self.size_bytes, "byte")
        for noun, sizes in (("languages", self.languages), ("folders", self.folders)):
            parts = [f"{name} {counted(int(lines), 'line')} in {_files(files)}" for name, files, lines in sizes[:12]]
            more = f"; {len(sizes) - 12} more" if len(sizes) > 12 else ""
            rows.append(f"  {noun}: {'; '.join(parts)}{more}")
        unparsed = ", ".join(f"{count} {status}" for status, count in self.unparsed.items())
        rows.append(f"  not parsed: {unparsed or 'nothing'}; history: {'yes' if self.has_history else 'none'}")
        return "\n".join(rows)


def _files(count: str | int) -> str:
    return counted(int(count), "file")
