"""A part of a repository as if it were the whole: `Queries` that show the files that some patterns mean, no others.

For child runs. It is a wall and no filter of politeness: it stands in the host, in front of everything that gives
text, rows or history, and a part of a part is made by standing one before the other. What the walls hide of a
definition's uses is counted among the blind spots, so that nobody takes a part's "no callers" for the whole's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import Protocol, TypeVar

from rlm_code.codebase.corpus import lay_out
from rlm_code.codebase.globs import matcher
from rlm_code.codebase.host_overview import overview
from rlm_code.codebase.queries import (
    EVERYTHING,
    SEARCHED,
    BlameRow,
    CommitRow,
    DetailRow,
    FileRow,
    ImportRow,
    OverviewRow,
    Queries,
    RankRow,
    ReferencePage,
    ReferenceRow,
    SearchPage,
    SymbolRow,
)
from rlm_code.source.snapshot import Snapshot

OUTSIDE = "more in files outside this part of the repository"
"""How a blind spot ends that is one of the part alone."""

Row = TypeVar("Row", SymbolRow, RankRow)

MOST_PATTERNS = 200
MOST_COMMITS = 10_000
MOST_DIFFS = 100


class HostView(Queries, Protocol):
    """Queries in the host, over all of a snapshot or a part of it."""

    @property
    def snapshot(self) -> Snapshot:
        """The whole snapshot."""
        ...

    def corpus(self) -> bytes:
        """The text of the files that are shown, as `codebase.corpus` lays it out."""
        ...


class NarrowedQueries:
    """The part of `whole` that `patterns` mean: paths of files, or globs as `codebase.globs` reads them.

    Raises LookupError for a pattern that means no file of `whole`, ValueError for one that cannot be read.
    """

    def __init__(self, whole: HostView, patterns: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        self._whole = whole
        rows = whole.files()
        self._meant = _meaning(self.patterns, {row.path for row in rows})
        self._files = [row for row in rows if self._meant(row.path)]
        self._paths = frozenset(row.path for row in self._files)

    @property
    def snapshot(self) -> Snapshot:
        """The whole snapshot: citations are held up to it."""
        return self._whole.snapshot

    def corpus(self) -> bytes:
        return lay_out(self.scan([row.path for row in self._files if row.status in SEARCHED]))

    def overview(self) -> OverviewRow:
        whole = overview(self.snapshot, self._files)
        changed = sum(not self.snapshot.entries[path].committed for path in self._paths) if whole.commit else 0
        return whole._replace(dirty=changed)

    def files(self) -> list[FileRow]:
        return self._files

    def text(self, path: str) -> str:
        return self._whole.text(self._shown(path))

    def data(self, path: str) -> bytes:
        return self._whole.data(self._shown(path))

    def scan(self, paths: list[str]) -> Iterator[tuple[str, bytes]]:
        return self._whole.scan([path for path in paths if path in self._paths])

    def search(
        self, paths: list[str], pattern: str, regex: bool, ignore_case: bool, limit: int, seconds: float
    ) -> SearchPage:
        shown = [path for path in paths if path in self._paths]
        return self._whole.search(shown, pattern, regex, ignore_case, limit, seconds)

    def outline(self, path: str) -> list[SymbolRow]:
        return self._whole.outline(self._shown(path))

    def find(self, name: str, kind: str | None, limit: int) -> list[SymbolRow]:
        return self._symbols(self._whole.find(name, kind, EVERYTHING))[:limit]

    def symbols(self, contains: str, kind: str | None, path: str | None, limit: int) -> list[SymbolRow]:
        if contains:
            return self._symbols(self._whole.symbols(contains, kind, path, EVERYTHING))[:limit]
        return _first(self._outlines(kind, path), limit)

    def details(self, path: str, name_start: int) -> DetailRow:
        return self._whole.details(self._shown(path), name_start)

    def references(self, path: str, name_start: int, roles: list[str] | None, sure: bool, limit: int) -> ReferencePage:
        return self._page(self._whole.references(self._shown(path), name_start, roles, sure, EVERYTHING), limit)

    def uses_of_name(self, name: str, limit: int) -> ReferencePage:
        return self._page(self._whole.uses_of_name(name, EVERYTHING), limit)

    def outgoing(self, path: str, name_start: int | None, roles: list[str] | None) -> list[ReferenceRow]:
        return self._references(self._whole.outgoing(self._shown(path), name_start, roles))

    def bases(self, path: str, name_start: int) -> list[ReferenceRow]:
        return self._references(self._whole.bases(self._shown(path), name_start))

    def subclasses(self, path: str, name_start: int) -> list[SymbolRow]:
        return self._symbols(self._whole.subclasses(self._shown(path), name_start))

    def imports(self, path: str) -> list[ImportRow]:
        return self._imports(self._whole.imports(self._shown(path)))

    def importers(self, path: str) -> list[ImportRow]:
        return self._imports(self._whole.importers(self._shown(path)))

    def definition_at(self, path: str, line: int, column: int) -> list[SymbolRow]:
        return self._symbols(self._whole.definition_at(self._shown(path), line, column))

    def references_at(self, path: str, line: int, column: int) -> ReferencePage:
        return self._page(self._whole.references_at(self._shown(path), line, column), EVERYTHING)

    def call_path(self, source: list[str | int], target: list[str | int], limit: int) -> list[list[ReferenceRow]]:
        for path, _ in (source, target):
            self._shown(str(path))
        chains = self._whole.call_path(source, target, EVERYTHING)
        return [self._references(chain) for chain in chains if all(map(self._is_within, chain))][:limit]

    def central(self, folder: str, limit: int) -> list[SymbolRow]:
        return self._first_shown(partial(self._whole.central, folder), limit)

    def rank(self, question: str, limit: int) -> list[RankRow]:
        return self._first_shown(partial(self._whole.rank, question), limit)

    def _first_shown(self, first: Callable[[int], list[Row]], limit: int) -> list[Row]:
        """The first rows of an order that are shown; more and more of it is asked for until it is enough."""
        for most in (limit * 8, EVERYTHING):
            found = first(most)
            kept = [row for row in found if row.path in self._paths]
            if len(kept) >= limit or len(found) < most:
                break
        return kept[:limit]

    def commits(
        self,
        path: str | None,
        start_line: int | None,
        end_line: int | None,
        limit: int,
        text: str | None = None,
        since: str | None = None,
    ) -> list[CommitRow]:
        if path in self._paths:
            found = self._whole.commits(path, start_line, end_line, limit, text, since)
            # One that lists a single file lists this one, though maybe under an earlier name.
            return [row if len(row.files) == 1 else self._commit(row) for row in found]
        return self._commits_of_many(path, limit, text, since)

    def commit(self, revision: str) -> CommitRow:
        return self._commit(self._whole.commit(revision))

    def diff(self, revision: str, path: str | None) -> str:
        if path in self._paths:
            return self._whole.diff(revision, path)
        files = [file for file in self.commit(revision).files if path is None or _is_below(file, path)]
        diffs = [self._whole.diff(revision, file) for file in files[:MOST_DIFFS]]
        more = [f"… {len(files) - MOST_DIFFS:,} more files: ask for the diff of one path\n"]
        return "".join([*diffs, *(more if len(files) > MOST_DIFFS else [])])

    def blame(self, path: str, start_line: int, end_line: int) -> list[BlameRow]:
        rows = self._whole.blame(self._shown(path), start_line, end_line)
        return [row._replace(commit=self._commit(row.commit)) for row in rows]

    def _shown(self, path: str) -> str:
        if path not in self._paths:
            raise LookupError(f"no file {path!r} in this part of the repository")
        return path

    def _symbol(self, row: SymbolRow | None) -> SymbolRow | None:
        return row if row is not None and row.path in self._paths else None

    def _symbols(self, rows: Iterable[SymbolRow]) -> list[SymbolRow]:
        return [row for row in rows if row.path in self._paths]

    def _references(self, rows: Iterable[ReferenceRow]) -> list[ReferenceRow]:
        return [row._replace(target=self._symbol(row.target)) for row in rows if row.path in self._paths]

    def _imports(self, rows: Iterable[ImportRow]) -> list[ImportRow]:
        """`target_path` stays: that an import leads elsewhere in the repository is told by its text, too."""
        return [row._replace(target=self._symbol(row.target)) for row in rows if row.path in self._paths]

    def _page(self, page: ReferencePage, limit: int) -> ReferencePage:
        rows = self._references(page.rows)
        hidden = len(page.rows) - len(rows)
        outside = [f"{hidden:,} {OUTSIDE}"] if hidden else []
        return ReferencePage(rows[:limit], page.total - hidden, [*page.blind_spots, *outside])

    def _commit(self, row: CommitRow) -> CommitRow:
        return row._replace(files=list(filter(self._meant, row.files)))

    def _is_within(self, row: ReferenceRow) -> bool:
        return row.path in self._paths and self._symbol(row.target) is row.target

    def _outlines(self, kind: str | None, path: str | None) -> Iterator[SymbolRow]:
        meant = matcher(path or "")
        for row in self._files:
            if meant(row.path):
                yield from (each for each in self._whole.outline(row.path) if kind in (None, each.kind))

    def _commits_of_many(self, path: str | None, limit: int, text: str | None, since: str | None) -> list[CommitRow]:
        """The newest commits that changed what is shown; more and more of the history is read until it is enough."""
        most = min(MOST_COMMITS, max(200, limit * 4))
        while True:
            found = self._whole.commits(path, None, None, most, text, since)
            kept = [row for row in map(self._commit, found) if row.files][:limit]
            if len(kept) == limit or len(found) < most or most == MOST_COMMITS:
                return kept
            most = min(MOST_COMMITS, most * 8)

    @cached_property
    def described(self) -> str:
        """The patterns in a few words."""
        more = f" and {len(self.patterns) - 5:,} more" if len(self.patterns) > 5 else ""
        return ", ".join(self.patterns[:5]) + more


def part_of(queries: Queries) -> str:
    """The part of the repository that is shown, in a few words; "" for all of it."""
    return queries.described if isinstance(queries, NarrowedQueries) else ""


def _meaning(patterns: Sequence[str], known: set[str]) -> Callable[[str], bool]:
    """Whether a path, of today or of the past, is meant."""
    exact = known.intersection(patterns)
    globs = [pattern for pattern in patterns if pattern not in exact]
    if not patterns or len(globs) > MOST_PATTERNS:
        raise ValueError(f"a part of a repository is named by 1 to {MOST_PATTERNS} patterns, not {len(globs)}")
    matchers = [matcher(pattern) for pattern in globs]
    for pattern, matches in zip(globs, matchers, strict=True):
        if not any(map(matches, known)):
            raise LookupError(f"{pattern!r} means no file here")
    return lambda path: path in exact or any(matches(path) for matches in matchers)


def _is_below(file: str, folder: str) -> bool:
    return file == folder or file.startswith(f"{folder.rstrip('/')}/")


def _first(rows: Iterator[SymbolRow], limit: int) -> list[SymbolRow]:
    return [row for row, _ in zip(rows, range(limit), strict=False)]
