"""What handles ask of a repository: the one interface between `repo` and the facts behind it.

Two implementations: `codebase.host` answers from a snapshot, its index and git; `codebase.remote` runs
inside the confined worker and sends the same questions over the wire. Arguments and results are
therefore plain JSON values: strings, numbers, booleans, None, lists, and the named tuples below, which
travel as lists. Only `text`, `data` and `scan` never cross the wire: the worker reads them from its mapping.
Lines are 1-based and inclusive; columns and offsets are bytes from 0.

Standard library only: the worker imports this module.
"""

# Without `annotations` from `__future__`: with it, each field of a NamedTuple is compiled when this is imported.

import sys
from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

EVERYTHING: Final = sys.maxsize
"""A `limit` that cuts nothing."""


NAMELESS: Final = -1
"""The `name_start` of a module that is a file: nothing in the file names it."""

SEARCHED: Final = ("parsed", "partial", "text")
"""The status of files that have text to search."""


class FileRow(NamedTuple):
    """One file. `status` is parsed, partial (parsed with syntax errors), text (no grammar for it), binary,
    too_large, symlink, submodule or unreadable; `detail` says more where it is not parsed."""

    path: str
    language: str | None
    size_bytes: int
    line_count: int
    status: str
    detail: str


class SymbolRow(NamedTuple):
    """One definition; (`path`, `name_start`) identifies it within a snapshot.

    The module that a file is has a row for who asks what stands at a place, with the `name_start` NAMELESS; it is not
    among what the file defines.
    `qualified_name` joins module and enclosing definitions with dots, as its language's people write it.
    `header_end` is the offset where the body begins; `parent` the qualified name of the enclosing
    definition, None at the top of a file.
    """

    path: str
    name: str
    qualified_name: str
    kind: str
    language: str
    start_line: int
    end_line: int
    start: int
    end: int
    name_start: int
    header_end: int
    parent: str | None

    @property
    def name_at(self) -> int:
        """Where its name stands, or what has none in its file begins."""
        return max(self.name_start, 0)


class ReferenceRow(NamedTuple):
    """One use of a name. `certainty` is exact (bound by scope and imports), inferred (through types that
    syntax shows) or name (same name, nothing else known). `inside` is the enclosing definition;
    `target` what it refers to, where that is known."""

    path: str
    line: int
    column: int
    offset: int
    name: str
    role: str
    certainty: str
    inside: SymbolRow | None
    target: SymbolRow | None


class ReferencePage(NamedTuple):
    """References, and whether they are all: `blind_spots` names what could hide more (files not parsed,
    dynamic access); `total` counts them before `limit` cut the list."""

    rows: list[ReferenceRow]
    total: int
    blind_spots: list[str]


class HitRow(NamedTuple):
    """The first match of a search that begins on `line`; `end_column` is behind its end, on `end_line`."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class SearchPage(NamedTuple):
    """The first matching lines in order of path, and how many each path has. Of `asked` files some were `unseen`:
    time had run out, or they could not be read."""

    rows: list[HitRow]
    counts: dict[str, int]
    asked: int
    unseen: int
    out_of_time: bool

    @property
    def blind_spots(self) -> list[str]:
        """What may hide more."""
        why = "time ran out" if self.out_of_time else "they changed meanwhile, and cannot be read"
        return [f"{self.unseen:,} of {self.asked:,} files: {why}"] if self.unseen else []


class ImportRow(NamedTuple):
    """One import of `path`: `module` as written, `name` imported from it (None: the module, "*": all),
    `alias` bound here, and the file or symbol of this repository it resolves to, if it does."""

    path: str
    line: int
    module: str
    name: str | None
    alias: str | None
    target_path: str | None
    target: SymbolRow | None


class RankRow(NamedTuple):
    """A place that may answer a question: a symbol, or a whole file when `symbol` is None. Best first;
    `why` names the signals in words."""

    path: str
    symbol: SymbolRow | None
    score: float
    why: str


class CommitRow(NamedTuple):
    """One commit. `date` is the author date, ISO 8601 with offset; `files` the paths it changed, where asked."""

    sha: str
    date: str
    author: str
    subject: str
    body: str
    files: list[str]


class BlameRow(NamedTuple):
    """Lines `start_line`..`end_line` were last changed by `commit`."""

    start_line: int
    end_line: int
    commit: CommitRow


class DetailRow(NamedTuple):
    """What a definition's text says of itself: header on one line, its parameters as written, decorators or
    annotations, docstring or leading comment ("" if none), visibility (public, protected, private)."""

    signature: str
    parameters: list[str]
    decorators: list[str]
    doc: str
    visibility: str


class OverviewRow(NamedTuple):
    """The size and shape of a repository, without any of its text.

    `languages` and `folders` are [name, files, lines] with the most lines first. `unparsed` counts the
    files of each status other than parsed and text. `dirty` counts files that differ from `commit`.
    """

    name: str
    label: str
    commit: str | None
    dirty: int
    files: int
    lines: int
    size_bytes: int
    languages: list[list[str | int]]
    folders: list[list[str | int]]
    unparsed: dict[str, int]
    has_history: bool


class Queries(Protocol):
    """Every question a handle may ask. Unknown paths and names raise LookupError with a message that names
    near misses; everything else that goes wrong is an RlmCodeError."""

    def overview(self) -> OverviewRow:
        """The size and shape of the whole."""
        ...

    def files(self) -> list[FileRow]:
        """All files in order of path."""
        ...

    def text(self, path: str) -> str:
        """The decoded text of a file (`rlm_code.text.decode`)."""
        ...

    def data(self, path: str) -> bytes:
        """The bytes of a file."""
        ...

    def scan(self, paths: list[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of many files at the price of one reading, in the order given. Files that cannot be read
        (submodules, changed since the snapshot) are left out."""
        ...

    def search(
        self, paths: list[str], pattern: str, regex: bool, ignore_case: bool, limit: int, seconds: float
    ) -> SearchPage:
        """The lines of texts on which a match begins, found in at most about `seconds`. `paths` ascend. Raises
        ValueError for what is no expression."""
        ...

    def outline(self, path: str) -> list[SymbolRow]:
        """The definitions of a file in source order."""
        ...

    def find(self, name: str, kind: str | None, limit: int) -> list[SymbolRow]:
        """Definitions with this name: exact (`f`), a dotted suffix (`Class.f`, `pkg.mod.f`, also written with
        `::`, `#` or `/`), else the same without regard to case. Best known first: code before tests,
        top-level before nested, most referenced first."""
        ...

    def symbols(self, contains: str, kind: str | None, path: str | None, limit: int) -> list[SymbolRow]:
        """Definitions whose name contains a text (any case), in files that match the glob `path`."""
        ...

    def details(self, path: str, name_start: int) -> DetailRow:
        """What the text of a definition says of itself."""
        ...

    def references(self, path: str, name_start: int, roles: list[str] | None, sure: bool, limit: int) -> ReferencePage:
        """Uses of one definition; `sure` leaves out those matched by name alone."""
        ...

    def uses_of_name(self, name: str, limit: int) -> ReferencePage:
        """Uses of a name whether or not anything here defines it, each certainty `name`."""
        ...

    def outgoing(self, path: str, name_start: int | None, roles: list[str] | None) -> list[ReferenceRow]:
        """The references written inside a definition (in the whole file if None), with their targets."""
        ...

    def bases(self, path: str, name_start: int) -> list[ReferenceRow]:
        """The bases a class or interface names, in source order; then those in its body or in impl blocks."""
        ...

    def subclasses(self, path: str, name_start: int) -> list[SymbolRow]:
        """Direct and indirect subclasses or implementers of a class or interface; of a method, its overrides."""
        ...

    def imports(self, path: str) -> list[ImportRow]:
        """The imports of a file in source order."""
        ...

    def importers(self, path: str) -> list[ImportRow]:
        """The imports elsewhere that resolve to this file or to a symbol in it."""
        ...

    def definition_at(self, path: str, line: int, column: int) -> list[SymbolRow]:
        """What the name at a position refers to or defines, most likely first: a definition, a local name, a
        module, or where all that is here is the import that binds it, that (kind "import"); [] where there is no
        name."""
        ...

    def references_at(self, path: str, line: int, column: int) -> ReferencePage:
        """All uses of what the name at a position refers to or defines."""
        ...

    def call_path(self, source: list[str | int], target: list[str | int], limit: int) -> list[list[ReferenceRow]]:
        """Chains of references that lead from one definition ([path, name_start]) to another, shortest first."""
        ...

    def central(self, folder: str, limit: int) -> list[SymbolRow]:
        """The definitions below a folder ("" for all) that most other code means, first what matters most."""
        ...

    def rank(self, question: str, limit: int) -> list[RankRow]:
        """The places most likely to answer a question, best first."""
        ...

    def commits(
        self,
        path: str | None,
        start_line: int | None,
        end_line: int | None,
        limit: int,
        text: str | None = None,
        since: str | None = None,
    ) -> list[CommitRow]:
        """Commits that changed the repository, a file or folder (also one that is gone), or lines of a file, newest
        first, with `text` those that added or removed it, with `since` those after a date or not in a revision; []
        without history."""
        ...

    def commit(self, revision: str) -> CommitRow:
        """One commit with its changed files, by id or by any name git knows it under."""
        ...

    def diff(self, revision: str, path: str | None) -> str:
        """What a commit changed, in all files or at or below `path`, as a unified diff; too long ones are cut."""
        ...

    def blame(self, path: str, start_line: int, end_line: int) -> list[BlameRow]:
        """Who last changed each of some lines, in order; [] without history."""
        ...
