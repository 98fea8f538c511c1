"""What could hide uses of a name from anyone who reads syntax alone: unparsed files and names in strings."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

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
_QUOTED = re.compile(rb"[\"'`]([\w.:$-]{2,80})[\"'`]")
_MOST_NAMED = 3
_NEAR_BYTES = 120
_LOST = frozenset({"too_large", "unreadable"})


class BlindSpots:
    """Sentences about one snapshot, made once for each family of languages."""

    def __init__(self, index: SnapshotIndex) -> None:
        self._index = index
        self._near: dict[str, dict[str, list[tuple[str, int]]]] = {}
        self._quoted = cache(self._find_quoted)
        self._unparsed = cache(self._count_unparsed)

    def renewed(self, index: SnapshotIndex, changed: Collection[str]) -> BlindSpots:
        """The same for another state, with what was read of files that have not changed."""
        after = BlindSpots(index)
        after._near = dict(self._near)
        for path in changed:
            after._near.pop(path, None)
        return after

    def of(self, name: str, family: str) -> list[str]:
        """What may hide uses of `name` in the files of a family of languages; [] if nothing does."""
        return [*self._unparsed(family), *self._strings(name, family)]

    def _count_unparsed(self, family: str) -> list[str]:
        found: dict[str, list[str]] = {}
        for path in self._index.paths_of_family(family):
            row = self._index.row(path)
            if row.status in _LOST or (row.status == "text" and row.detail):
                found.setdefault("not parsed", []).append(path)
            elif row.status == "partial":
                found.setdefault("parsed with syntax errors", []).append(path)
        return [f"{_count(paths)} {why}: {_named(paths)}" for why, paths in found.items()]

    def _strings(self, name: str, family: str) -> list[str]:
        places, dynamic = self._quoted(family)
        found = [f"{path}:{line} names it in a string beside {what}" for path, line, what in places.get(name, ())]
        if dynamic:
            words = ", ".join(_DYNAMIC[family][:2])
            found.append(f"names made at run time ({words} and the like) cannot be seen: {_named(dynamic)}")
        return found

    def _find_quoted(self, family: str) -> tuple[dict[str, list[tuple[str, int, str]]], list[str]]:
        """Where files that reach names dynamically quote words, by word; and these files."""
        places: dict[str, list[tuple[str, int, str]]] = {}
        users: set[str] = set()
        words = _DYNAMIC.get(family, ())
        for word in words:
            for path in self._index.using(word):
                if self._index.family(path).name == family:
                    users.add(path)
                    for quoted, line in self._quoted_in(path, words)[word]:
                        places.setdefault(quoted, []).append((path, line, word))
        return places, sorted(users)

    def _quoted_in(self, path: str, words: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        """What a file quotes near each of these words, with the lines."""
        if path not in self._near:
            self._near[path] = {word: self._quoted_near(path, word) for word in words}
        return self._near[path]

    def _quoted_near(self, path: str, word: str) -> list[tuple[str, int]]:
        view = self._index.view(path)
        calls = [use for use in view.uses.of(word) if use.role == "call"]
        if not calls:
            return []
        data = self._index.data(path)
        found = {}
        for use in calls:
            for match in _QUOTED.finditer(data, use.start, use.start + _NEAR_BYTES):
                quoted = re.split(r"[.:]", match[1].decode("utf-8", "replace"))[-1]
                found[quoted, view.line_of(match.start())] = None
        return list(found)


def _count(paths: list[str]) -> str:
    return "1 file is" if len(paths) == 1 else f"{len(paths)} files are"


def _named(paths: list[str]) -> str:
    rest = len(paths) - _MOST_NAMED
    return ", ".join(paths[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
