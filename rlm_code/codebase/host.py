"""`Queries` in the host: answered from one snapshot, its index and git.

It refuses to know who asks. One question at a time, from any thread.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from rlm_code.codebase.host_find import closest, find, symbols
from rlm_code.codebase.host_rows import Rows
from rlm_code.codebase.queries import (
    EVERYTHING,
    NAMELESS,
    SEARCHED,
    BlameRow,
    CommitRow,
    DetailRow,
    FileRow,
    ImportRow,
    OverviewRow,
    RankRow,
    ReferencePage,
    ReferenceRow,
    SearchPage,
    SymbolRow,
)
from rlm_code.errors import SourceError
from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.module_names import ModuleNames
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.values import Edge, Local, ModuleFile, Named, Reference, Target
from rlm_code.source.snapshot import Entry, Snapshot
from rlm_code.text import decode

if TYPE_CHECKING:
    from rlm_code.codebase.host_history import HostHistory
    from rlm_code.codebase.texts import KeptTexts
    from rlm_code.index.blind_spots import BlindSpots
    from rlm_code.index.build import Progress
    from rlm_code.index.links import Links
    from rlm_code.index.rank import Ranking
    from rlm_code.index.references import References
    from rlm_code.index.renewal import Change, Renewed

P = ParamSpec("P")
T = TypeVar("T")

_KEPT_FOUND = 500
_MANY_FILES = 50
_SCANS_BEFORE_KEEPING = 2


def _alone(method: Callable[Concatenate[HostQueries, P], T]) -> Callable[Concatenate[HostQueries, P], T]:
    """Let one caller in at a time."""

    @functools.wraps(method)
    def locked(self: HostQueries, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self._lock:
            return method(self, *args, **kwargs)

    return cast("Callable[Concatenate[HostQueries, P], T]", locked)


class HostQueries:
    """Answers about one snapshot. `notices` are sentences for the user about the index itself."""

    def __init__(self, index: SnapshotIndex, notices: list[str]) -> None:
        self.snapshot = index.snapshot
        self.notices = tuple(notices)
        self._index = index
        self._modules = ModuleNames(index)
        self._rows = Rows(index, self._modules)
        self._lock = threading.RLock()
        self._files: list[FileRow] = []
        self._found: dict[tuple[str, str | None, int], list[SymbolRow]] = {}
        self._texts: KeptTexts | None = None
        self._scans = 0

    @_alone
    def close(self) -> None:
        """Close the index and what reads the snapshot."""
        self._index.store.close()
        self.snapshot.close()

    @_alone
    def renewed(self, snapshot: Snapshot, change: Change, progress: Progress | None = None) -> HostQueries:
        """Queries over another state of the same repository, at the cost of the difference. These stay usable; both
        read one index, one question at a time, so close only one of them, when neither is used any more."""
        index, difference = self._index.renewed(snapshot, change, progress)
        after = HostQueries(index, list(self.notices))
        after._take_over(self, difference)
        return after

    def _take_over(self, before: HostQueries, difference: Renewed) -> None:
        """Keep what `before` found, as far as it depends on nothing that changed."""
        self._lock = before._lock
        if difference.same_names:
            self._modules = before._modules.renewed(self._index, difference.changed)
            self._rows = Rows(self._index, self._modules)
        if "_blind_spots" in before.__dict__:
            self._blind_spots = before._blind_spots.renewed(self._index, difference.changed)

    @_alone
    def corpus(self) -> bytes:
        """The text of all files as `codebase.corpus` lays it out, made anew at each call."""
        from rlm_code.codebase.corpus import lay_out

        self._scans = max(self._scans, _SCANS_BEFORE_KEEPING - 1)  # a run that wants the text will search it, too
        return lay_out(self.scan([row.path for row in self.files() if row.status in SEARCHED]))

    @_alone
    def overview(self) -> OverviewRow:
        from rlm_code.codebase.host_overview import overview

        return overview(self.snapshot, self.files())

    @_alone
    def files(self) -> list[FileRow]:
        if not self._files:
            self._files = [self._rows.file(entry) for _, entry in sorted(self.snapshot.entries.items())]
        return self._files

    @_alone
    def file(self, path: str) -> FileRow:
        """One of `files`."""
        return self._rows.file(self._entry(path))

    @_alone
    def text(self, path: str) -> str:
        return decode(self.data(path))

    @_alone
    def data(self, path: str) -> bytes:
        self._entry(path)
        return self._index.data(path)

    def scan(self, paths: list[str]) -> Iterator[tuple[str, bytes]]:
        kept = self._kept_texts(len(paths))
        yield from kept.of(paths) if kept else self._read(paths)

    def _read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for path, data in self.snapshot.read_many(paths):
            if not isinstance(data, SourceError):
                yield path, data

    def search(
        self, paths: list[str], pattern: str, regex: bool, ignore_case: bool, limit: int, seconds: float
    ) -> SearchPage:
        from rlm_code.codebase.text_search import search_files, search_kept, sought

        what = sought(pattern, regex=regex, ignore_case=ignore_case)
        kept = self._kept_texts(len(paths))
        if kept:
            return search_kept(what, kept, paths, limit, seconds)
        return search_files(what, self._read(paths), len(paths), limit, seconds)

    @_alone
    def _kept_texts(self, count: int) -> KeptTexts | None:
        """The text of all files, from the second time on that many are wanted; None where it cannot be kept."""
        if self._texts is None and count >= _MANY_FILES:
            self._scans += 1
            if self._scans == _SCANS_BEFORE_KEEPING:
                from rlm_code.codebase.texts import KeptTexts

                with suppress(OSError):
                    self._texts = KeptTexts(self._read, [row.path for row in self.files() if row.status in SEARCHED])
        return self._texts

    @_alone
    def outline(self, path: str) -> list[SymbolRow]:
        return self._rows.outline(path) if self._entry(path).kind == "file" else []

    @_alone
    def find(self, name: str, kind: str | None, limit: int) -> list[SymbolRow]:
        asked = (name, kind, limit)
        if asked not in self._found:
            if len(self._found) >= _KEPT_FOUND:
                self._found.clear()
            self._found[asked] = find(self._index, self._rows, self._publicly_named, name, kind, limit)
        return list(self._found[asked])

    def _publicly_named(self, name: str) -> list[Target]:
        from rlm_code.index.public_names import publicly_named

        return publicly_named(self._links, name)

    @_alone
    def symbols(self, contains: str, kind: str | None, path: str | None, limit: int) -> list[SymbolRow]:
        return symbols(self._index, self._rows, contains, kind, path, limit)

    @_alone
    def closest(self, query: str, limit: int) -> list[SymbolRow]:
        """Definitions whose name holds the characters of a text, the closest first; any for an empty one."""
        return closest(self._index, self._rows, query, limit) if query.strip() else self.symbols("", None, None, limit)

    @_alone
    def details(self, path: str, name_start: int) -> DetailRow:
        return self._rows.details(self._named(path, name_start))

    @_alone
    def references(self, path: str, name_start: int, roles: list[str] | None, sure: bool, limit: int) -> ReferencePage:
        target = self._named(path, name_start)
        found = self._references.to(target, frozenset(roles) if roles else None, sure=sure)
        hidden = self._hidden([target])
        if roles == ["call"] and self._references.may_miss_calls(target):
            hidden.append("it may be passed on as a value to more places than were followed")
        return self._page(found, hidden, limit)

    @_alone
    def uses_of_name(self, name: str, limit: int) -> ReferencePage:
        paths = self._index.using(name)
        places = [(path, use) for path in paths for use in self._index.view(path).uses.of(name)]
        listed = [
            Reference(path, use, "name", self._index.view(path).inside(use.start), ()) for path, use in places[:limit]
        ]
        families = dict.fromkeys(self._index.family(path).name for path in paths)
        hidden = [sentence for family in families for sentence in self._blind_spots.of(name, family)]
        return self._page(listed, hidden, limit)._replace(total=len(places))

    @_alone
    def outgoing(self, path: str, name_start: int | None, roles: list[str] | None) -> list[ReferenceRow]:
        start, end = 0, self._entry(path).size_bytes + 1
        if name_start is not None:
            named = self._named(path, name_start)
            if roles == ["call"] and isinstance(named, Target):
                return [self._rows.reference(reference) for reference in self._references.callees(named)]
            row = self._rows.symbol(named)
            start, end = row.start, row.end
        found = self._references.inside(path, start, end, frozenset(roles) if roles else None)
        return [self._rows.reference(reference) for reference in found]

    @_alone
    def bases(self, path: str, name_start: int) -> list[ReferenceRow]:
        target = self._named(path, name_start)
        if not isinstance(target, Target):
            return []
        definition = self._index.view(path).definitions[target.at]
        inherit = frozenset({"inherit"})
        places = [(path, definition.name_end, definition.header_end)]
        places += [(other, start, start + 1) for other, start in self._references.hierarchy.bases_beside(target)]
        found = [reference for place in places for reference in self._references.inside(*place, inherit)]
        return [self._rows.reference(reference) for reference in found]

    @_alone
    def subclasses(self, path: str, name_start: int) -> list[SymbolRow]:
        target = self._named(path, name_start)
        if not isinstance(target, Target):
            return []
        kind = self._index.view(path).definitions[target.at].kind
        hierarchy = self._references.hierarchy
        found = hierarchy.overrides(target) if kind in FUNCTIONS else hierarchy.subclasses(target)
        return [self._rows.symbol(other) for other in found]

    @_alone
    def imports(self, path: str) -> list[ImportRow]:
        if self._entry(path).kind != "file":
            return []
        rows = self._index.view(path).imports
        return [self._rows.imported(Edge(path, row, self._links.imported(path, row))) for row in rows]

    @_alone
    def importers(self, path: str) -> list[ImportRow]:
        self._entry(path)
        return [self._rows.imported(edge) for edge in self._references.graph.into(path)]

    @_alone
    def definition_at(self, path: str, line: int, column: int) -> list[SymbolRow]:
        offset = self._offset(path, line, column)
        targets: list[Named] = list(self._links.typed.taken(path, offset)) or self._targets_at(path, line, column)
        targets = targets or self._imported_at(path, line, column)
        return [self._rows.symbol(target) for target in self._links.seen_from(path, offset, targets)]

    @_alone
    def references_at(self, path: str, line: int, column: int) -> ReferencePage:
        targets = self._targets_at(path, line, column)
        if targets:
            found = (row for target in targets for row in self._references.to(target, None, sure=False))
            return self._page(found, self._hidden(targets), EVERYTHING)
        reference = self._references.at(path, self._offset(path, line, column))
        return self.uses_of_name(reference.use.name, EVERYTHING) if reference else ReferencePage([], 0, [])

    @_alone
    def call_path(self, source: list[str | int], target: list[str | int], limit: int) -> list[list[ReferenceRow]]:
        ends = [self._target(str(path), int(start)) for path, start in (source, target)]
        from rlm_code.index.call_paths import call_paths

        chains = call_paths(self._references, ends[0], ends[1], limit)
        return [[self._rows.reference(reference) for reference in chain] for chain in chains]

    @_alone
    def rank(self, question: str, limit: int) -> list[RankRow]:
        return [
            RankRow(place.path, self._rows.symbol(place.target) if place.target else None, place.score, place.why)
            for place in self._ranking.rank(question, limit)
        ]

    @_alone
    def central(self, folder: str, limit: int) -> list[SymbolRow]:
        within = frozenset(path for path in self._index.paths if path.startswith(folder))
        ordered = self._by_importance(dict.fromkeys(within, 1.0) if folder else {})
        found = (target for target, _ in ordered if target.path in within)
        return [self._rows.symbol(target) for target in islice(found, limit)]

    @_alone
    def important(self, focus: dict[str, float]) -> Iterator[tuple[SymbolRow, float]]:
        """Definitions that an outline may show, with their scores, those that matter most first. `focus` weighs
        files, from 0 to 1, if some matter more than others. Rows are made as they are asked for."""
        return ((self._rows.symbol(target), score) for target, score in self._by_importance(focus))

    def _by_importance(self, focus: dict[str, float]) -> Iterator[tuple[Target, float]]:
        from rlm_code.index.importance import Importance

        return Importance(self._index, self._references.graph.imported_by, focus).ordered()

    @property
    def stored_at(self) -> Path | None:
        """The file that the index is kept in; None for one in memory."""
        return self._index.store.path

    @_alone
    def commits(
        self,
        path: str | None,
        start_line: int | None,
        end_line: int | None,
        limit: int,
        text: str | None = None,
        since: str | None = None,
    ) -> list[CommitRow]:
        if path is not None and start_line is not None:
            self._entry(path)
        found = self._history.commits(path, start_line, end_line, limit, text, since)
        if not found and path is not None and limit and not self._is_folder(path):
            self._entry(path)
        return found

    @_alone
    def commit(self, revision: str) -> CommitRow:
        return self._history.commit(revision)

    @_alone
    def diff(self, revision: str, path: str | None) -> str:
        return self._history.diff(revision, path)

    @_alone
    def blame(self, path: str, start_line: int, end_line: int) -> list[BlameRow]:
        self._entry(path)
        return self._history.blame(path, start_line, end_line)

    def _is_folder(self, path: str) -> bool:
        return any(known.startswith(f"{path}/") for known in self.snapshot.entries)

    def _entry(self, path: str) -> Entry:
        entry = self.snapshot.entries.get(path)
        if entry is None:
            from rlm_code.codebase.near import near_paths

            near = near_paths(path, self.snapshot.entries)
            raise LookupError(f"no file {path!r}" + (f"; did you mean {', '.join(near)}?" if near else ""))
        return entry

    def _target(self, path: str, name_start: int) -> Target:
        self._entry(path)
        at = self._index.view(path).by_name_start.get(name_start)
        if name_start == NAMELESS:
            raise LookupError(f"{path} is a file, no definition in one")
        if at is None:
            raise LookupError(f"no definition's name starts at byte {name_start} of {path}")
        return Target(path, at)

    def _named(self, path: str, name_start: int) -> Named:
        """The definition, local variable or parameter whose name starts at an offset, or the module that is a file."""
        self._entry(path)
        if name_start == NAMELESS and self._index.family(path).file_is_module:
            return ModuleFile(path)
        if name_start not in self._index.view(path).by_name_start:
            local = self._links.local_at(path, name_start)
            if local:
                return local
        return self._target(path, name_start)

    def _offset(self, path: str, line: int, column: int) -> int:
        self._entry(path)
        starts = self._index.view(path).line_starts
        if not 1 <= line <= len(starts):
            raise LookupError(f"{path} has {len(starts)} lines, not {line}")
        return starts[line - 1] + column

    def _targets_at(self, path: str, line: int, column: int) -> list[Named]:
        offset = self._offset(path, line, column)
        for at, definition in enumerate(self._index.view(path).definitions):
            if definition.name_start <= offset <= definition.name_end:
                return [Target(path, at)]
        reference = self._references.at(path, offset)
        targets = list(reference.targets) if reference else []
        here = (path, reference.use.start) if reference else ()
        return [target for target in targets if isinstance(target, Local) and target[:2] == here] or targets

    def _imported_at(self, path: str, line: int, column: int) -> list[Named]:
        """The import that binds a name which leads out of the snapshot."""
        from rlm_code.index.import_binding import binding_import

        reference = self._references.at(path, self._offset(path, line, column))
        if reference is None or reference.certainty != "exact":
            return []
        found = binding_import(path, self._index.view(path), self._index.data(path), reference.use)
        return [found] if found else []

    # What a plain look-up does not need is imported and made when it is first asked for.

    @cached_property
    def _links(self) -> Links:
        from rlm_code.index.links import Links

        return Links(self._index, self._modules)

    @cached_property
    def _references(self) -> References:
        from rlm_code.index.references import References
        from rlm_code.index.resolve import Resolver

        return References(Resolver(self._links))

    @cached_property
    def _blind_spots(self) -> BlindSpots:
        from rlm_code.index.blind_spots import BlindSpots

        return BlindSpots(self._index)

    @cached_property
    def _ranking(self) -> Ranking:
        from rlm_code.index.rank import Ranking

        return Ranking(self._index, self._references.graph)

    @cached_property
    def _history(self) -> HostHistory:
        from rlm_code.codebase.host_history import HostHistory

        return HostHistory(self.snapshot)

    def _hidden(self, targets: Sequence[Named]) -> list[str]:
        """What may hide uses of definitions."""
        named = dict.fromkeys((self._rows.symbol(t).name, self._index.family(t.path).name) for t in targets)
        unlisted = [sentence for target in targets if (sentence := self._references.unlisted(target))]
        return [s for name, family in named for s in self._blind_spots.of(name, family)] + unlisted

    def _page(self, found: Iterable[Reference], hidden: list[str], limit: int) -> ReferencePage:
        references = list(found)
        return ReferencePage([self._rows.reference(row) for row in references[:limit]], len(references), hidden)
