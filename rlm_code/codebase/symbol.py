"""Definitions and their uses as handles. They stand in one module because each leads to the other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from rlm_code.codebase.commit import Blame, Commit
from rlm_code.codebase.lines import Lines, Located, place_at, span
from rlm_code.codebase.listing import Listing
from rlm_code.codebase.queries import EVERYTHING, NAMELESS, DetailRow, ReferencePage, ReferenceRow, SymbolRow
from rlm_code.codebase.view import View
from rlm_code.places import folder_of
from rlm_code.text import decode

_BREAKS = r"(?<=[(\[]) | (?=[)\]])|,(?= ?[)\]])"
_COMMENT = r"(?m)\s(?:#|//)(?: .*)?$"
_FUNCTIONS = frozenset({"function", "method", "constructor"})
_WITH_PROTOTYPES = ("c", "cpp", "objc")
_HEADER_SHOWN = 90
_HEADER_LINES = 12


class Symbol:
    """One definition: `name`, `qualified_name`, `kind`, `language`, `path`, `start_line`, `end_line`."""

    __slots__ = (
        "_details",
        "_row",
        "_view",
        "end_line",
        "kind",
        "language",
        "name",
        "path",
        "qualified_name",
        "start_line",
    )

    def __init__(self, view: View, row: SymbolRow) -> None:
        self._view = view
        self._row = row
        self._details: DetailRow | None = None
        self.name = row.name
        self.qualified_name = row.qualified_name
        self.kind = row.kind
        self.language = row.language
        self.path = row.path
        self.start_line = row.start_line
        self.end_line = row.end_line

    @property
    def line(self) -> int:
        """The line of its name; decorators may start before."""
        row = self._row
        return row.start_line + self._view.part(row.path, row.start, row.name_at).count("\n")

    @property
    def position(self) -> tuple[int, int]:
        """The 1-based line of its name, and its column in bytes from 0."""
        data, start = self._view.queries.data(self.path), self._row.name_at
        line_start = data.rfind(b"\n", 0, start) + 1
        return self._row.start_line + data.count(b"\n", self._row.start, start), start - line_start

    @property
    def line_text(self) -> str:
        """The line of its name, stripped."""
        data, start = self._view.queries.data(self.path), self._row.name_at
        end = data.find(b"\n", start)
        return decode(data[data.rfind(b"\n", 0, start) + 1 : end if end >= 0 else None]).strip()

    @property
    def place(self) -> str:
        """Where its name stands: "path:line"."""
        return place_at(self.path, self.line)

    @property
    def short_name(self) -> str:
        """Its name with its class or function: "Flask.run"."""
        around = _owner(self._row) if self._row.parent or self.kind == "method" else ""
        owner = re.split(r"\.|::|#|/", around)[-1]
        return f"{owner}.{self.name}" if owner else self.name

    @property
    def is_test(self) -> bool:
        """Whether it belongs to the tests."""
        return self._view.is_test(self.path, self.start_line)

    @property
    def lines(self) -> Lines:
        """All its lines."""
        return Lines(self._view, self.path, self.start_line, self.end_line)

    @property
    def header(self) -> Lines:
        """The lines from its name to its body, at most 12."""
        row, first = self._row, self.line
        below = self._view.part(row.path, row.name_at, row.header_end).rstrip().count("\n")
        return Lines(self._view, self.path, first, min(first + below, first + _HEADER_LINES - 1, self.end_line))

    @property
    def heading(self) -> str:
        """The text from the line of its name to its body, on one line. Unlike `signature`, it costs no parse."""
        data, row = self._view.queries.data(self.path), self._row
        start = max(row.start, data.rfind(b"\n", 0, row.name_at) + 1)
        written = " ".join(re.sub(_COMMENT, "", decode(data[start : row.header_end])).split())
        return without_breaks(written).rstrip(" :{=")

    @property
    def text(self) -> str:
        """Its whole text."""
        return self.lines.text

    @property
    def signature(self) -> str:
        """Its header on one line."""
        return without_breaks(self._detail.signature)

    @property
    def parameters(self) -> list[str]:
        """Its parameters as written."""
        return list(self._detail.parameters)

    @property
    def decorators(self) -> list[str]:
        """Its decorators or annotations as written."""
        return list(self._detail.decorators)

    @property
    def doc(self) -> str:
        """Its docstring or the comment above it, or ""."""
        return self._detail.doc

    @property
    def summary(self) -> str:
        """The first sentence of `doc`, without markup."""
        from rlm_code.codebase.prose import first_sentence

        return first_sentence(self.doc)

    @property
    def visibility(self) -> str:
        """public, protected or private."""
        return self._detail.visibility

    @property
    def is_file(self) -> bool:
        """Whether it is the module that its file is, no definition in it."""
        return self._row.name_start == NAMELESS

    @property
    def is_top_level(self) -> bool:
        """Whether nothing encloses it."""
        return self._row.parent is None

    @property
    def parent(self) -> Symbol | None:
        """The definition around it, None at the top of a file."""
        mine = self._row
        if mine.parent is None:
            return None
        around = [row for row in self._view.outline(self.path) if _holds(row, mine)]
        return Symbol(self._view, max(around, key=lambda row: (row.start, -row.end))) if around else None

    def children(self) -> Listing[Symbol]:
        """The definitions directly inside it, in source order."""
        mine = self._row
        inside = [row for row in self._view.outline(self.path) if _holds(mine, row)]
        direct = [row for row in inside if not any(_holds(other, row) for other in inside)]
        return Listing.whole((Symbol(self._view, row) for row in direct), f"definitions in {self.name}")

    def members(self) -> Listing[Symbol]:
        """Its children, and methods elsewhere in its folder (Go)."""
        elsewhere = self._methods_elsewhere() if self.kind in ("struct", "type", "enum") else []
        return symbols_of(
            self._view, [*(child._row for child in self.children()), *elsewhere], f"members of {self.name}"
        )

    def references(self, role: str | None = None, *, sure: bool = False, limit: int | None = 100) -> Listing[Reference]:
        """Its uses elsewhere. `role` is call, import, inherit, type, read or write; `sure` leaves out what matches
        by name alone."""
        roles = [role] if role else None
        most = EVERYTHING if limit is None else limit
        page = self._view.queries.references(self.path, self._row.name_start, roles, sure, most)
        return listing_of(self._view, page, f"uses of {self.name}" if role is None else f"{role} uses of {self.name}")

    def callers(self, *, sure: bool = False, limit: int | None = 100) -> Listing[Reference]:
        """The calls of it; each one's `inside` is the caller."""
        most = EVERYTHING if limit is None else limit
        page = self._view.queries.references(self.path, self._row.name_start, ["call"], sure, most)
        return listing_of(self._view, page, f"calls of {self.name}")

    def callees(self, *, limit: int | None = 200) -> Listing[Reference]:
        """The calls written inside it; each one's `target` is what it calls, None outside this repository."""
        return self.outgoing("call", limit=limit)

    def outgoing(self, role: str | None = None, *, limit: int | None = 200) -> Listing[Reference]:
        """The uses of other names written inside it, in source order."""
        rows = self._view.queries.outgoing(self.path, self._row.name_start, [role] if role else None)
        noun = f"{role or 'name'}s used in {self.name}"
        return Listing((Reference(self._view, row, leads=True) for row in rows[:limit]), noun, len(rows))

    def bases(self) -> Listing[Reference]:
        """What it names as its bases; `target` of each is the definition, if here."""
        rows = self._view.queries.bases(self.path, self._row.name_start)
        return Listing.whole((Reference(self._view, row, leads=True) for row in rows), f"bases of {self.name}")

    def implementers(self) -> Listing[Symbol]:
        """Direct and indirect subclasses or implementers; of a method, its overrides."""
        rows = [
            row
            for row in self._view.queries.subclasses(self.path, self._row.name_start)
            if self.kind in _FUNCTIONS or row.kind not in _FUNCTIONS
        ]
        below = [Symbol(self._view, row) for row in rows]
        noun = "overrides" if self.kind in _FUNCTIONS else "subclasses"
        return Listing(below, f"{noun} of {self.name}", len(below), self._unnamed_below(below))

    def _unnamed_below(self, below: Collection[Symbol]) -> list[str]:
        """That places build on it which belong to none of the definitions `below`, such as impl blocks of tuples."""
        if self.kind in _FUNCTIONS:
            return []
        known = {symbol.key for symbol in below}
        uses = self._view.queries.references(self.path, self._row.name_start, ["inherit"], False, EVERYTHING).rows
        loose = {
            (use.path, use.offset)
            for use in uses
            if not use.inside or (use.inside.path, use.inside.name_start) not in known
        }
        if loose:
            rows = [row for symbol in below for row in self._view.queries.bases(*symbol.key)]
            loose.difference_update((row.path, row.offset) for row in rows)
        return [f"{len(loose)} places that build on it outside of these: see references('inherit')"] if loose else []

    def subclasses(self) -> Listing[Symbol]:
        """The same."""
        return self.implementers()

    def commits(self, *, limit: int = 20) -> Listing[Commit]:
        """The commits that changed its lines, newest first."""
        rows = self._view.queries.commits(self.path, self.start_line, self.end_line, limit + 1)
        return Listing.cut([Commit(self._view, row) for row in rows], f"commits of {self.name}", limit)

    def blame(self) -> Listing[Blame]:
        """Who last changed each of its lines."""
        rows = self._view.queries.blame(self.path, self.start_line, self.end_line)
        return Listing.whole((Blame(self._view, self.path, row) for row in rows), f"blamed ranges of {self.name}")

    def _methods_elsewhere(self) -> list[SymbolRow]:
        folder = folder_of(self.path)
        paths = [
            path
            for path, row in self._view.files.items()
            if folder_of(path) == folder and row.language == self.language
        ]
        rows = [row for path in paths for row in self._view.outline(path) if row.kind == "method"]
        return [row for row in rows if _owner(row) == self.qualified_name and not _holds(self._row, row)]

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other definition of the snapshot: path and byte offset of its name."""
        return (self.path, self._row.name_start)

    @property
    def _detail(self) -> DetailRow:
        if self._details is None:
            self._details = self._view.queries.details(self.path, self._row.name_start)
        return self._details

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Symbol) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        row = self._row
        written = re.sub(_COMMENT, "", self._view.part(row.path, row.name_at, row.header_end))
        header = without_breaks(" ".join(written.split())).rstrip(":{=; ")
        if len(header) > _HEADER_SHOWN:
            header = header[:_HEADER_SHOWN] + "…"
        owner = self.short_name.removesuffix(self.name)
        return f"<{row.kind} {owner}{header or row.name} {place_at(row.path, span(row.start_line, row.end_line))}>"


class Reference(Located):
    """One use of a name: `name`, `role`, `certainty`, `column` (bytes from 0), `inside`, `target`.

    `certainty` is exact (by scope and imports), inferred (by types that syntax shows) or name (the same name,
    nothing else known). `inside` is the definition around it, `target` the one it refers to; each may be None.
    """

    __slots__ = ("_leads", "certainty", "column", "inside", "name", "role", "target")

    def __init__(self, view: View, row: ReferenceRow, *, leads: bool = False) -> None:
        super().__init__(view, row.path, row.line)
        self._leads = leads  # it was asked where it leads, so it shows that instead of where it stands
        self.name = row.name
        self.role = row.role
        self.certainty = row.certainty
        self.column = row.column
        self.inside = Symbol(view, row.inside) if row.inside else None
        self.target = Symbol(view, row.target) if row.target else None

    @property
    def is_declaration(self) -> bool:
        """Whether it only declares what is defined elsewhere, as a C prototype does: a read that looks like a call."""
        is_read = self.role == "read" and self._view.files[self.path].language in _WITH_PROTOTYPES
        return is_read and re.search(rf"\b{re.escape(self.name)}\s*\(", self.text) is not None

    def __repr__(self) -> str:
        if self._leads:
            where = f" -> {self.target.short_name} {self.target.place}" if self.target else ""
        else:
            where = f" in {self.inside.short_name}" if self.inside else ""
        doubt = "" if self.certainty == "exact" else " (same name only)" if self.certainty == "name" else " (inferred)"
        return f"<{self.role} {self.name} {self.place}{where}{doubt}: {self.text[:100]}>"


def listing_of(view: View, page: ReferencePage, noun: str) -> Listing[Reference]:
    """A page of references as handles."""
    return Listing((Reference(view, row) for row in page.rows), noun, page.total, page.blind_spots)


def without_breaks(header: str) -> str:
    """A header on one line without what only its lines needed: blanks inside brackets, and a comma before the last."""
    return re.sub(_BREAKS, "", header)


def symbols_of(view: View, rows: Iterable[SymbolRow], noun: str) -> Listing[Symbol]:
    """All of some definitions as handles."""
    return Listing.whole((Symbol(view, row) for row in rows), noun)


def _owner(row: SymbolRow) -> str:
    """The qualified name of what a definition belongs to, as its own qualified name tells."""
    return row.qualified_name.removesuffix(row.name).rstrip(".:#/")


def _holds(outer: SymbolRow, inner: SymbolRow) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.name_start != inner.name_start
