"""What could hide uses of a name from anyone who reads syntax alone: unparsed files and names in strings."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from rlm_code.errors import SourceError
from rlm_code.index.snapshot_index import SnapshotIndex

_DYNAMIC = {
    "python": (
        "getattr", "setattr", "hasattr", "delattr", "attrgetter", "methodcaller", "import_module", "__import__",
        "globals", "locals", "vars", "eval", "exec", "patch", "import_string",
    ),
    "script": ("eval", "Reflect"),
    "go": ("MethodByName", "FieldByName"),
    "classic": ("getMethod", "getDeclaredMethod", "getDeclaredField", "forName", "loadClass"),
    "ruby": ("send", "public_send", "define_method", "const_get", "method_missing", "instance_variable_get"),
    "php": ("call_user_func", "call_user_func_array"),
}  # fmt: skip
_WORD = re.compile(rb"[\w\x80-\xff]+")
_QUOTED = re.compile(rb"[\"'`]([\w.:$-]{2,80})[\"'`]")
_PARTIAL = "parsed with syntax errors"
_MOST_NAMED = 3
_NEAR_BYTES = 120
_LOST = frozenset({"too_large", "unreadable"})


class BlindSpots:
    """Sentences about one snapshot, made once for each family of languages."""

    def __init__(self, index: SnapshotIndex) -> None:
        self._index = index
        self._families: dict[str, _Family] = {}

    def renewed(self, index: SnapshotIndex, changed: Collection[str]) -> BlindSpots:
        """Those of another state, at the cost of the files that changed."""
        after = BlindSpots(index)
        after._families = {name: family.renewed(index, changed) for name, family in self._families.items()}
        return after

    def of(self, name: str, family: str) -> list[str]:
        """What may hide uses of `name` in the files of a family of languages; [] if nothing does."""
        if family not in self._families:
            self._families[family] = _Family.whole(self._index, family)
        return self._families[family].sentences(name)


class _Place(NamedTuple):
    """Where a word is quoted beside the `at`-th dynamic word, in the order in which places are told."""

    at: int
    path: str
    line: int


class _Family:
    """The blind spots of one family of languages: of files alone, so that each can be put in and taken out."""

    def __init__(self, index: SnapshotIndex, name: str) -> None:
        self._index = index
        self._name = name
        self._words = _DYNAMIC.get(name, ())
        self._lost: dict[str, str] = {}
        self._users: set[str] = set()
        self._places: dict[str, list[_Place]] = {}
        self._texts: dict[str, bytes] = {}

    @classmethod
    def whole(cls, index: SnapshotIndex, name: str) -> _Family:
        """All of a snapshot."""
        family = cls(index, name)
        for path in index.paths_of_family(name):
            family._put_status(path)
        for path in sorted({path for word in family._words for path in index.using(word)}):
            if index.family(path).name == name:
                family._put_words(path)
        return family

    def renewed(self, index: SnapshotIndex, changed: Collection[str]) -> _Family:
        """The same for another state."""
        after = _Family(index, self._name)
        after._lost, after._users, after._places = dict(self._lost), set(self._users), dict(self._places)
        after._texts = {path: words for path, words in self._texts.items() if path not in changed}
        gone = after._users.intersection(changed)
        if gone:
            after._places = {
                word: places
                if all(place.path not in gone for place in places)
                else [p for p in places if p.path not in gone]
                for word, places in after._places.items()
            }
        for path in changed:
            after._lost.pop(path, None)
            after._users.discard(path)
            if path in index.keys and index.family(path).name == self._name:
                after._put_status(path)
                after._put_words(path)
        return after

    def sentences(self, name: str) -> list[str]:
        """What may hide uses of `name`."""
        lost: dict[str, list[str]] = {}
        for path in sorted(self._lost, key=os.fsencode):
            lost.setdefault(self._lost[path], []).append(path)
        found = [f"{_count(paths)} {why}{self._suspects(paths, why, name)}" for why, paths in lost.items()]
        for at, path, line in sorted(self._places.get(name, ())):
            found.append(f"{path}:{line} names it in a string beside {self._words[at]}")
        if self._users:
            words = ", ".join(self._words[:2])
            named = _named(sorted(self._users))
            found.append(f"names made at run time ({words} and the like) cannot be seen: {named}")
        return found

    def _suspects(self, paths: list[str], why: str, name: str) -> str:
        """Which of many files may hide a name first of all: those that have it in their text. Under another name it
        may be in any of them."""
        if why != _PARTIAL or len(paths) <= _MOST_NAMED or not name.isidentifier():
            return f": {_named(paths)}"
        self._read([path for path in paths if path not in self._texts])
        word = b"\n%b\n" % name.encode("utf-8", "surrogateescape")
        holding = [path for path in paths if word in self._texts[path]]
        named = f": {_named(holding)}" if holding else ""
        return f", {len(holding) or 'none'} of them with {name} in the text{named}"

    def _read(self, paths: list[str]) -> None:
        for path, data in self._index.snapshot.read_many(paths):
            self._texts[path] = b"" if isinstance(data, SourceError) else _words_in(data)

    def _put_status(self, path: str) -> None:
        row = self._index.row(path)
        if row.status in _LOST or (row.status == "text" and row.detail):
            self._lost[path] = "not parsed"
        elif row.status == "partial":
            self._lost[path] = _PARTIAL

    def _put_words(self, path: str) -> None:
        view = self._index.view(path)
        found: dict[str, dict[_Place, None]] = {}
        for at, word in enumerate(self._words):
            uses = view.uses.of(word)
            if uses:
                self._users.add(path)
            for use in uses:
                if use.role == "call":
                    for quoted, line in self._quoted_near(path, use.start):
                        found.setdefault(quoted, {})[_Place(at, path, line)] = None
        for quoted, places in found.items():
            self._places[quoted] = [*self._places.get(quoted, ()), *places]

    def _quoted_near(self, path: str, offset: int) -> Iterator[tuple[str, int]]:
        """The words that are quoted soon after an offset, with the lines."""
        data = self._index.data(path)
        for match in _QUOTED.finditer(data, offset, offset + _NEAR_BYTES):
            quoted = re.split(r"[.:]", match[1].decode("utf-8", "replace"))[-1]
            yield quoted, self._index.view(path).line_of(match.start())


def _words_in(data: bytes) -> bytes:
    """Each word of a text once, between line ends: a tenth of its size, and as quick to look in."""
    return b"\n".join([b"", *sorted(set(_WORD.findall(data))), b""])


def _count(paths: list[str]) -> str:
    return "1 file is" if len(paths) == 1 else f"{len(paths)} files are"


def _named(paths: list[str]) -> str:
    rest = len(paths) - _MOST_NAMED
    return ", ".join(paths[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
