"""What a use of a name refers to: bare names by scope and imports, members by what syntax shows of the object.

It reads the text around a use where facts do not tell how the name is reached.
"""

from __future__ import annotations

import re

from rlm_code.index.links import Links
from rlm_code.index.scope import CLASSES, is_attribute
from rlm_code.index.values import EXTERNAL, UNKNOWN, Elsewhere, Instance, Module, Resolution, Target, Value
from rlm_code.parse.facts import Occurrence

_CHAIN = re.compile(rb"([A-Za-z_$][\w$]*(?:\s*\??\.\s*[A-Za-z_$][\w$]*)*)\s*(?:\?)?(?:\.|->|::)\s*$")
_KEYWORD_ARGUMENT = re.compile(rb"\s*=(?!=)")
_REACH = 200


class Resolver:
    """Resolves uses in the files of one snapshot."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self._index = links.index

    def resolve(self, path: str, use: Occurrence) -> Resolution:
        """What `use`, an occurrence in the file at `path`, refers to."""
        data = self._index.data(path)
        if use.role == "import":
            return self._import(path, use)
        if is_attribute(data, use.start):
            return self._attribute(path, use, data)
        if self._is_keyword(path, use, data):
            return Resolution((EXTERNAL,), "exact")
        return self.links.bare(path, use.name, use.start, binds=use.role == "write")

    def _import(self, path: str, use: Occurrence) -> Resolution:
        view = self._index.view(path)
        for row in view.imports:
            if row.start == use.start:
                return Resolution(self.links.imported(path, row), "exact")
        for row in view.bound_imports.get(use.name, ()):
            if row.alias == use.name:
                return Resolution(self.links.imported(path, row), "exact")
        return Resolution((EXTERNAL,), "exact")

    def _is_keyword(self, path: str, use: Occurrence, data: bytes) -> bool:
        if use.role != "read" or self.links.family(path).name != "python":
            return False
        end = use.start + len(use.name.encode())
        return bool(_KEYWORD_ARGUMENT.match(data, end))

    def _attribute(self, path: str, use: Occurrence, data: bytes) -> Resolution:
        match = _CHAIN.search(data, max(0, use.start - _REACH), use.start)
        if not match or _continues(data, match.start()):
            return UNKNOWN
        parts = [part.strip() for part in re.split(r"\??\.", match[1].decode())]
        values, certainty = self._first(path, parts[0], use.start)
        for part in parts[1:]:
            values, certainty = self._members(path, values, part, certainty)
        values, certainty = self._members(path, values, use.name, certainty)
        return Resolution(tuple(values), certainty) if values else UNKNOWN  # type: ignore[arg-type]

    def _first(self, path: str, name: str, offset: int) -> tuple[list[Value], str]:
        """What the first name of a chain stands for."""
        if name in self.links.family(path).receivers:
            owner = self._class_around(path, offset)
            return ([Instance(owner)], "inferred") if owner else ([], "name")
        resolution = self.links.bare(path, name, offset)
        return list(resolution.values), resolution.certainty

    def _members(self, path: str, values: list[Value], name: str, certainty: str) -> tuple[list[Value], str]:
        found: list[Value] = []
        for value in values:
            if isinstance(value, Module):
                found += self.links.member(value, name, path) or (EXTERNAL,)
            elif isinstance(value, Elsewhere):
                if value is EXTERNAL:
                    found.append(EXTERNAL)
            else:
                owner = value.of if isinstance(value, Instance) else value
                members, inherited = self._class_members(owner, name)
                found += members
                certainty = "inferred" if inherited or isinstance(value, Instance) else certainty
        return found, certainty

    def _class_members(self, owner: Target, name: str) -> tuple[list[Target], bool]:
        kind = self._index.view(owner.path).definitions[owner.at].kind
        if kind in CLASSES or kind in ("namespace", "module"):
            return self.links.class_members(owner, name)
        return [], False

    def _class_around(self, path: str, offset: int) -> Target | None:
        view = self._index.view(path)
        at = view.enclosing(offset)
        while at >= 0 and view.definitions[at].kind not in CLASSES:
            at = view.definitions[at].parent
        return Target(path, at) if at >= 0 else None


def _continues(data: bytes, start: int) -> bool:
    """Whether more of an expression stands before a chain of names: `f().a`, `x[0].a`, `"".a`."""
    return data[max(0, start - 1) : start] in (b".", b")", b"]", b'"', b"'")
