"""Where calls name a parameter: the keyword arguments that may bind it, found by the text before them.

Which of them do is for the resolver to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from rlm_code.index.expressions import word_before
from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.values import Local, Target
from rlm_code.parse.facts import Occurrence

if TYPE_CHECKING:
    from rlm_code.index.references import References

_KEYWORD = re.compile(rb"\s*=(?!=)")
_SAME = re.compile(rb"\s*(?::[^=\n]*)?=\s*[A-Za-z_][\w.]*")
_CONSTRUCTORS = frozenset({"__init__", "__new__"})
_OWN_CLASS = frozenset({"cls", "__init__", "__class__", "__new__"})
_MOST_CLASSES = 300
_REACH = 3000


class Keywords:
    """Finds the arguments that may name a parameter of a Python function."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._index = references.links.index

    def naming(self, parameter: Local) -> Iterator[tuple[str, Occurrence]]:
        """The uses of a parameter's name as a keyword in calls that may call its function."""
        function = self._function_of(parameter)
        if function is None:
            return
        names: dict[str, set[str]] = {}
        others: dict[Target, str] = {}
        for target, name in self._callables(function):
            for path, searched in self._references.places(target, name):
                names.setdefault(path, set()).add(searched)
                others |= self._other_names(path, searched)
        for target, name in others.items():
            for path, searched in self._references.places(target, name):
                names.setdefault(path, set()).add(searched)
        for path in sorted(names.keys() & set(self._index.using(parameter.name))):
            yield from self._in_file(path, parameter.name, names[path])

    def _function_of(self, parameter: Local) -> Target | None:
        """The Python function in whose header a parameter stands."""
        if self._index.family(parameter.path).name != "python":
            return None
        view = self._index.view(parameter.path)
        at = view.enclosing(parameter.start)
        while at >= 0 and view.definitions[at].kind not in FUNCTIONS:
            at = view.outer[at]
        if at < 0 or not view.definitions[at].name_end <= parameter.start < view.definitions[at].header_end:
            return None
        return Target(parameter.path, at)

    def _callables(self, function: Target) -> Iterator[tuple[Target, str]]:
        """What is named to call a function: itself, or the classes that it makes objects of."""
        name = self._name(function)
        hierarchy = self._references.hierarchy
        owner = hierarchy.owner(function) if name in _CONSTRUCTORS else None
        if owner is None:
            yield function, name
            return
        for target in (owner, *islice(hierarchy.below(owner), _MOST_CLASSES)):
            yield target, self._name(target)

    def _other_names(self, path: str, name: str) -> dict[Target, str]:
        """The variables at the top of a file that are what a name there is, with their names: `regexp = Regexp`."""
        view, data = self._index.view(path), self._index.data(path)
        found = {}
        for use in view.uses.of(name):
            at = view.enclosing(use.start)
            definition = view.definitions[at] if use.role == "read" and at >= 0 else None
            if definition is None or definition.parent >= 0 or definition.end != use.start + len(name.encode()):
                continue
            if _SAME.fullmatch(data, definition.name_end, definition.end):
                found[Target(path, at)] = definition.name
        return found

    def _name(self, target: Target) -> str:
        return self._index.view(target.path).definitions[target.at].name

    def _in_file(self, path: str, name: str, callees: set[str]) -> Iterator[tuple[str, Occurrence]]:
        data = self._index.data(path)
        for use in self._index.view(path).uses.of(name):
            if use.role in ("read", "type") and _KEYWORD.match(data, use.start + len(name.encode())):
                callee = _callee(data, use.start)
                if callee in callees or callee in _OWN_CLASS:
                    yield path, use


def _callee(data: bytes, start: int) -> str:
    """The last word of what is called with an argument that starts at `start`."""
    depth = 0
    for at in range(start - 1, max(0, start - _REACH), -1):
        char = data[at]
        if char in b")]}":
            depth += 1
        elif char in b"([{":
            depth -= 1
            if depth < 0:
                end = at - (len(data[max(0, at - 100) : at]) - len(data[max(0, at - 100) : at].rstrip()))
                return data[word_before(data, 0, end) : end].decode("utf-8", "replace")
    return ""
