"""Which files were looked at, and by whom: what the host itself can vouch for.

Workers report the files whose text code touched. That a model *read* one is believed only where a line of the
file stands in a text that the model was shown. Comparing is left to the end of the run, so that it costs no
turn anything. It undercounts rather than overcounts.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rlm_code.codebase.queries import Queries
from rlm_code.rlm.answer import Citation, Coverage
from rlm_code.source.snapshot import Snapshot
from rlm_code.text import decode, printable, printable_line, split_lines

MOST_COMPARED = 400
MOST_COMPARED_BYTES = 8_000_000
MOST_BLIND_SPOTS = 12
_SHORTEST = 4
_DISTINCTIVE = 12
_COMPARED_LINE = 120  # of a longer line, handles print the beginning
_HEADER = 12  # lines, as `Symbol.header` has them at most
_NOT_PARSED = ("partial", "too_large", "unreadable", "submodule")

# A shown line may come after a place ("a.py:12: ", "  12 | ") and, in a repr, before an escaped line feed.
_PLACE = re.compile(r"^(?:\S+?:)?\s*\d+(?::\d+)?\s*[:|\t ]\s?")
_HANDLE = re.compile(r"^\s*<.*?:\d+[^:]*: (.*)>$")
_LINE_ENDS = re.compile(r"\\n|\n")
_WORDS = re.compile(r"[^\s'\"`()\[\]{}<>,;:=|]+")


class Reading:
    """What was touched, matched and shown in one run, children included. Thread-safe.

    `looked` says whether code read any text, or was told anything of the code by the index.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.looked = False
        self._in_vain: set[str] = set()
        self._snapshot = snapshot
        self._lock = threading.Lock()
        self._touched: dict[str, None] = {}
        self._matched: dict[str, None] = {}
        self._blind_spots: dict[str, None] = {}
        self._broken: dict[str, None] = {}
        self._shown: dict[bool, list[str]] = {True: [], False: []}

    @property
    def touched(self) -> tuple[str, ...]:
        """The files whose text code looked at, in the order in which it did."""
        return tuple(self._touched)

    @property
    def broken(self) -> tuple[str, ...]:
        """What was said of look-ups that failed for a fault of ours, each once."""
        return tuple(self._broken)

    def broke(self, message: str) -> None:
        """Note that a look-up failed: what it had to tell is missing from the answer."""
        with self._lock:
            self._broken[message] = None
            self._blind_spots[message] = None

    def searched_in_vain(self, part: str = "") -> bool:
        """Whether the index or a search once had nothing to tell of a part of the repository, "" being all of it."""
        return part in self._in_vain

    def found_nothing(self, part: str = "") -> None:
        """Note that something was looked for in a part of the repository, and is not there."""
        with self._lock:
            self._in_vain.add(part)

    def report(self, touched: Iterable[object], matched: Iterable[object]) -> None:
        """Add what a worker reports; paths that the snapshot does not have are left out."""
        known = self._snapshot.entries
        with self._lock:
            self.looked = True
            self._touched.update((path, None) for path in touched if isinstance(path, str) and path in known)
            self._matched.update((path, None) for path in matched if isinstance(path, str) and path in known)

    def cannot_see(self, blind_spots: Iterable[str]) -> None:
        """Add what an index look-up said could hide more."""
        with self._lock:
            self._blind_spots.update((spot, None) for spot in blind_spots)

    def show(self, text: str, *, to_root: bool) -> None:
        """Keep a text that the root or a sub-model was shown."""
        with self._lock:
            self._shown[to_root].append(text)

    def was_shown(self, text: str) -> bool:
        """Whether `text` stands in what the root or a sub-model was shown."""
        return any(text in shown for shown in self._texts())

    def has_read(self, citation: Citation) -> bool:
        """Whether the root or a sub-model was shown any line of a citation: its text, or its place, as handles of
        symbols and references give it."""
        lines = [line.strip()[:_COMPARED_LINE] for line in citation.quote.split("\n")]
        telling = [line for line in lines if len(line) >= _SHORTEST and any(map(str.isalnum, line))]
        wanted = [form for line in telling or filter(None, lines) for form in _as_printed(line)]
        return any(_names(text, citation) or any(line in text for line in wanted) for text in self._texts())

    def _texts(self) -> list[str]:
        with self._lock:
            return [*self._shown[True], *self._shown[False]]

    def start_over(self) -> None:
        """Forget what was shown and found: whoever saw it is not who answers. What code touched stays touched."""
        with self._lock:
            self.looked = False
            self._in_vain = set()
            self._broken = {}
            self._shown = {True: [], False: []}

    def coverage(self, queries: Queries) -> Coverage:
        """The ledger at the end of a run; reads the files that code touched (some milliseconds a megabyte)."""
        files = queries.files()
        lines = self._lines_of_candidates()
        read = _read(lines, self._shown[True])
        by_sub_models = _read(lines, self._shown[False])
        someone_read = read | by_sub_models
        return Coverage(
            files=len(files),
            read=tuple(sorted(read)),
            read_by_sub_models=tuple(sorted(by_sub_models)),
            scanned=len(self._touched.keys() - someone_read),
            matched_unread=tuple(sorted(self._matched.keys() - someone_read)),
            unparsed=tuple((row.path, row.detail or row.status) for row in files if row.status in _NOT_PARSED),
            blind_spots=tuple(self._blind_spots)[:MOST_BLIND_SPOTS],
        )

    def _lines_of_candidates(self) -> dict[str, frozenset[str]]:
        """The stripped lines of touched files; where these are many, of those that a shown text names first."""
        candidates = list(self._touched)
        if len(candidates) > MOST_COMPARED:
            named = _words([*self._shown[True], *self._shown[False]])
            candidates.sort(key=lambda path: path not in named and path.rsplit("/", 1)[-1] not in named)
        lines: dict[str, frozenset[str]] = {}
        size = 0
        for path, data in self._snapshot.read_many(candidates[:MOST_COMPARED]):
            if isinstance(data, bytes):
                lines[path] = frozenset(line.strip() for line in split_lines(decode(data)))
                size += len(data)
            if size > MOST_COMPARED_BYTES:
                break
        return lines


def _names(text: str, citation: Citation) -> bool:
    """Whether a text names a place within a citation: "path:line", or "path:first-last", of which handles show the
    header alone."""
    path = printable_line(citation.path)
    if f"{path}:" not in text:
        return False
    for match in re.finditer(rf"(?<![\w./-]){re.escape(path)}:(\d+)(?:-(\d+))?", text):
        first = int(match[1])
        last = min(int(match[2] or match[1]), first + _HEADER - 1)
        if first <= citation.end_line and citation.start_line <= last:
            return True
    return False


def _as_printed(line: str) -> set[str]:
    """A line as it is, and as it stands in the repr of a text."""
    escaped = line.replace("\\", "\\\\")
    return {line, escaped, escaped.replace("'", "\\'"), printable(line)}


def _read(files: Mapping[str, frozenset[str]], shown: Sequence[str]) -> set[str]:
    """The files of which `shown` holds a telling line that no other of them has."""
    if not shown or not files:
        return set()
    seen = {line for text in shown for line in _shown_lines(text)}
    hits = {path: _telling(lines) & seen for path, lines in files.items()}
    owners = Counter(line for found in hits.values() for line in found)
    return {path for path, found in hits.items() if any(owners[line] == 1 for line in found)}


def _telling(lines: frozenset[str]) -> set[str]:
    """The lines long enough to know a file by; in a file of short lines, its longest."""
    enough = max(_SHORTEST, min(_DISTINCTIVE, max(map(len, lines), default=0)))
    return {line for line in lines if len(line) >= enough and any(map(str.isalpha, line))}


def _shown_lines(text: str) -> Iterable[str]:
    for line in _LINE_ENDS.split(text):
        yield line.strip()
        if place := _PLACE.match(line):
            yield line[place.end() :].strip()
        elif handle := _HANDLE.match(line):
            yield handle[1].strip()


def _words(texts: Iterable[str]) -> set[str]:
    return {word.strip("./") for text in texts for word in _WORDS.findall(text)}
