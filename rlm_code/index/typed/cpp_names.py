"""C's and C++'s names outside of classes: who declares a name at the top, which namespaces the files in sight open.

Thousands of files may declare one name, and more of them than are kept open at a time: asked for each use, they would
be read again for each. So those in sight are told by their paths before anything is read, and what all declare is
kept by name.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from rlm_code.index.fileview import FUNCTIONS, FileView
from rlm_code.index.links import Links
from rlm_code.index.recent import Recent
from rlm_code.index.typed.cpp_files import CppFiles
from rlm_code.index.typed.model import Module, Target
from rlm_code.index.values import Value

_LIBRARIES = frozenset({"std", "boost", "testing"})
_MOST_NAMED = 30_000
_OPENED = re.compile(rb"\bnamespace\s+([\w\x80-\xff]+)")
_NO_NAMES: frozenset[bytes] = frozenset()


class Named(NamedTuple):
    """A definition with what is asked of it before it is worth reading."""

    target: Target
    kind: str
    scope: str
    """The class that is written before its name."""
    namespace: str
    """The one that it is directly inside."""
    at_top: bool
    """Whether a file, a namespace or an open enum has it."""


class CppNames(CppFiles):
    """What the files of one snapshot declare under a name. What is kept is bounded by a number of values."""

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self._named: Recent[str, tuple[Named, ...]] = Recent(_MOST_NAMED)
        self._anywhere: Recent[str, bool] = Recent(_MOST_NAMED)
        self._opened: Recent[str, frozenset[bytes]] = Recent(_MOST_NAMED)
        self._opened_in_sight: Recent[str, frozenset[bytes]] = Recent(_MOST_NAMED)

    # -- Definitions by name

    def named(self, name: str) -> tuple[Named, ...]:
        """All definitions of a name in C and in C++."""
        found = self._named.get(name)
        if found is None:
            found = tuple(self._each(name))
            self._named.put(name, found, 1 + len(found))
        return found

    def named_within(self, name: str, paths: Container[str]) -> list[Named]:
        """Those in some files."""
        kept = self._named.get(name)
        if kept is not None:
            return [one for one in kept if one.target.path in paths]
        return list(self._each(name, paths))

    def declared(self, name: str) -> list[Target]:
        """What the files of the family declare under a name at the top, in namespaces or in open enums."""
        return [one.target for one in self.named(name) if one.at_top]

    def is_declared_anywhere(self, name: str) -> bool:
        """Whether any does."""
        found = self._anywhere.get(name)
        if found is None:
            found = any(one.at_top for one in self._named.get(name) or self._each(name))
            self._anywhere.put(name, found, 1)
        return found

    def namespace_of(self, target: Target) -> str:
        """The namespace that a definition is directly inside."""
        return _namespace_around(self.view(target.path), target.at)

    def _each(self, name: str, paths: Container[str] | None = None) -> Iterator[Named]:
        for path in self._index.defining(name):
            if (paths is None or path in paths) and self._index.family(path).name == "c":
                view = self.view(path)
                yield from (_described(view, Target(path, at)) for at in view.by_name.get(name, ()))

    # -- Namespaces

    def namespace(self, path: str, name: str) -> tuple[Value, ...]:
        """The namespace that the files in sight call so, with where it is opened first; also one that only a macro's
        text opens."""
        if self._is_plain_c(path):
            return ()
        seen = self.included(path)
        opening = [one.target for one in self.named_within(name, seen) if one.kind == "namespace"]
        files = [target.path for target in opening]
        if not files and name not in _LIBRARIES:
            files = self._opening(path, name.encode())
        rank = {other: at for at, other in enumerate(seen)} if len(opening) > 1 else {}
        first = sorted(opening, key=lambda target: (rank.get(target.path, 0), target.at))
        own = first[: name not in _LIBRARIES]
        return (Module(name, tuple(dict.fromkeys(files))), *own) if files else ()

    def _opening(self, path: str, name: bytes) -> list[str]:
        """The files in sight whose text opens a namespace."""
        if name not in self._all_opened(path):
            return []
        return [other for other in self.included(path) if name in self._opened_in(other)]

    def _all_opened(self, path: str) -> frozenset[bytes]:
        """The namespaces that the files in sight open by their text."""
        found = self._opened_in_sight.get(path)
        if found is None:
            found = _NO_NAMES.union(*(self._opened_in(other) for other in self.included(path)))
            self._opened_in_sight.put(path, found, 1 + len(found))
        return found

    def _opened_in(self, path: str) -> frozenset[bytes]:
        """The namespaces that one file opens by its text; a header in plain C may hold the macro that does."""
        found = self._opened.get(path)
        if found is None:
            found = frozenset(_OPENED.findall(self._index.data(path)))
            self._opened.put(path, found, 1 + len(found))
        return found

    def _is_plain_c(self, path: str) -> bool:
        """Whether nothing in a file can name a namespace."""
        return self._index.row(path).language == "c"


def _described(view: FileView, target: Target) -> Named:
    definition = view.definitions[target.at]
    return Named(
        target,
        definition.kind,
        definition.scope,
        _namespace_around(view, target.at),
        _is_at_top(view, target.at),
    )


def _namespace_around(view: FileView, at: int) -> str:
    parent = view.definitions[at].parent
    return view.definitions[parent].name if parent >= 0 and view.definitions[parent].kind == "namespace" else ""


def _is_at_top(view: FileView, at: int) -> bool:
    definition = view.definitions[at]
    if definition.kind == "namespace" or (definition.scope and definition.kind in FUNCTIONS):
        return False
    parent = definition.parent
    return parent < 0 or definition.kind == "enum_member" or view.definitions[parent].kind == "namespace"
