"""What a use of a name refers to: bare names by scope and imports, members by what syntax shows of the object.

It reads the text around a use where facts do not tell how the name is reached.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from rlm_code.errors import SourceError
from rlm_code.index.expressions import Joints, dot_before, is_key, literal_type, receiver
from rlm_code.index.hierarchy import Hierarchy
from rlm_code.index.links import Links
from rlm_code.index.types import Types
from rlm_code.index.values import EXTERNAL, UNKNOWN, Resolution
from rlm_code.parse.facts import Occurrence

if TYPE_CHECKING:
    from rlm_code.index.python.names import PythonNames

_WITH_KEYS = frozenset({"script", "go"})
_TYPED_SCRIPTS = frozenset({"typescript", "tsx"})
_MOST_KEPT = 20_000


class Resolver:
    """Resolves uses in the files of one snapshot."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.types = Types(links)
        self.hierarchy = Hierarchy(links)
        self._index = links.index
        self._kept: dict[tuple[str, int], Resolution] = {}

    def resolve(self, path: str, use: Occurrence) -> Resolution:
        """What `use`, an occurrence in the file at `path`, refers to. Kept, since most questions ask for it again."""
        key = (path, use.start)
        resolution = self._kept.get(key)
        if resolution is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            try:
                resolution = self._resolve(path, use)
            except SourceError:  # the text is gone since the snapshot was taken
                resolution = UNKNOWN
            self._kept[key] = resolution
        return resolution

    def _resolve(self, path: str, use: Occurrence) -> Resolution:
        typed = self.links.typed.resolve(path, use.start)
        if typed is not None:
            return typed
        data = self._index.data(path)
        if use.role == "import":
            return self._import(path, use)
        family = self._index.family(path).name
        if family == "python":
            return self._python.resolve(path, use)
        joints = self._index.family(path).joints
        if dot_before(data, use.start, joints) is not None:
            return self._attribute(path, use, data, joints)
        if family in _WITH_KEYS and is_key(data, use.start, use.start + len(use.name.encode())):
            return self._key(path, use, data)
        return self.links.bare(path, use.name, use.start, binds=use.role == "write")

    @cached_property
    def _python(self) -> PythonNames:
        from rlm_code.index.python.names import PythonNames

        return PythonNames(self.links, self.hierarchy)

    def _import(self, path: str, use: Occurrence) -> Resolution:
        view = self._index.view(path)
        if view.family.name == "python" and (module := self._python.module(path, use)) is not None:
            return module
        for row in view.imports:
            if row.start == use.start:
                return Resolution(self.links.imported(path, row), "exact")
        for row in view.bound_imports.get(use.name, ()):
            if row.alias == use.name:
                return Resolution(self.links.imported(path, row), "exact")
        return Resolution((EXTERNAL,), "exact")

    def _key(self, path: str, use: Occurrence, data: bytes) -> Resolution:
        """A key of `{name: value}`: a field of the type before the brace, else of nobody knows what; in a Go map it
        may be a name like any other."""
        steps = literal_type(data, use.start)
        values = self.types.evaluate(path, steps)[0] if steps else ()
        found, _ = self.types.members(path, values, use.name)
        if found:
            return Resolution(found, "inferred")
        return self.links.bare(path, use.name, use.start) if self._index.family(path).name == "go" else UNKNOWN

    def stays_in_file(self, path: str, use: Occurrence) -> bool:
        """Whether a use is known to mean nothing of another file before anything is resolved."""
        if self._index.family(path).name != "python":
            return False
        try:
            return self._python.stays_in_file(path, use)
        except SourceError:  # the text is gone since the snapshot was taken
            return False

    def may_mean(self, path: str, use: Occurrence, *, member: bool) -> bool:
        """Whether a use about which nothing is known may mean a member of a class, or (not `member`) what is none."""
        family = self._index.family(path).name
        try:
            if family == "python":
                return self._python.may_mean(path, use, member=member)
            if member or family not in _WITH_KEYS:
                return True
            data = self._index.data(path)
            if is_key(data, use.start, use.start + len(use.name.encode())):
                return False
            untyped = self._index.row(path).language not in _TYPED_SCRIPTS
            return untyped or dot_before(data, use.start, self._index.family(path).joints) is None
        except SourceError:  # the text is gone since the snapshot was taken
            return True

    def dispatches(self, path: str, use: Occurrence) -> bool:
        """Whether a use that names a member of a class may reach one that overrides it: not through `super()`."""
        try:
            data = self._index.data(path)
        except SourceError:  # the text is gone since the snapshot was taken
            return True
        through_super = data[max(0, use.start - 8) : use.start] == b"super()."
        return self.resolve(path, use).certainty != "exact" and not through_super

    def _attribute(self, path: str, use: Occurrence, data: bytes, joints: Joints) -> Resolution:
        steps = receiver(data, use.start, joints)
        if steps is None:
            return UNKNOWN
        values, typed = self.types.evaluate(path, steps)
        found, through = self.types.members(path, values, use.name)
        return Resolution(found, "inferred" if typed or through else "exact") if found else UNKNOWN
