"""What an expression may stand for: backwards through names, members, items and calls.

It owns the limits. What a language's built-ins do is told by its own module.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rlm_code.index.flow.callees import Callees
from rlm_code.index.flow.classes import FlowClasses, is_plain
from rlm_code.index.flow.containers import Containers
from rlm_code.index.flow.expressions import (
    Call,
    Choice,
    Collection,
    Constant,
    Defined,
    Expression,
    Generated,
    Item,
    Lambda,
    Mapping,
    Member,
    Name,
    Opaque,
)
from rlm_code.index.flow.members import Members
from rlm_code.index.flow.running import Running
from rlm_code.index.flow.sites import Sites
from rlm_code.index.flow.stored import Stored
from rlm_code.index.flow.values import ANYTHING, NOTHING, Frame, Function, Literal, Outer, Site, Values
from rlm_code.index.flow.work import Work
from rlm_code.index.values import Module, Target

if TYPE_CHECKING:
    from rlm_code.index.flow.files import PythonFiles
    from rlm_code.index.flow.names import NamedUses
    from rlm_code.index.flow.python_file import PythonFile
    from rlm_code.index.hierarchy import Hierarchy
    from rlm_code.index.links import Links
    from rlm_code.parse.facts import Import
    from rlm_code.parse.scopes import Binding


class Evaluator:
    """Values of expressions in the files of one snapshot, for one question: what is found within its limits would make
    the answers to others depend on the order in which they are asked."""

    def __init__(self, links: Links, hierarchy: Hierarchy, uses: NamedUses, files: PythonFiles, work: Work) -> None:
        self.links = links
        self.index = links.index
        self.hierarchy = hierarchy
        self.uses = uses
        self.work = work
        self.classes = FlowClasses(self)
        self.stored = Stored(self)
        self.members = Members(self)
        self.running = Running(self)
        self.containers = Containers(self)
        self.callees = Callees(self)
        self.sites = Sites(self)
        self._files = files
        self._read: dict[str, PythonFile | None] = {}

    def end(self) -> None:
        """Let go of everything: its parts know it, so that what it read would else wait for the garbage collector."""
        vars(self).clear()

    def file(self, path: str) -> PythonFile | None:
        """The reading of a file; None if it has none or the question may not read more."""
        if path not in self._read:
            if not self._may_read(path):
                return None
            self._read[path] = self._files.of(path)
        return self._read[path]

    def may_visit(self, paths: Iterable[str]) -> bool:
        """Whether what these files hold may be looked at; counts those that the question has not read yet."""
        return all(path in self._read or self._may_read(path) for path in paths)

    def _may_read(self, path: str) -> bool:
        size = self._files.size(path)
        return size is not None and self.work.may_read(size)

    def values(self, path: str, of: Expression, frame: Frame | None) -> Values:
        """What an expression in a file may stand for in a run of the function around it."""
        if isinstance(of, Constant):
            return Values([Literal(of.value)])
        if isinstance(of, Collection | Mapping | Generated):
            return Values([Site(path, of.start, of.end, frame)])
        if isinstance(of, Choice):
            return self.union(self.values(path, option, frame) for option in of.options)
        if isinstance(of, Lambda):
            return Values([Function(path, of.start, self.frame_around(path, of.start, frame))])
        if isinstance(of, Opaque):
            return ANYTHING
        key = (path, type(of).__name__, of.start, of.end, _detail(of), frame)
        return self.work.answer(key, lambda: self._find(path, of, frame))

    def _find(self, path: str, of: Expression, frame: Frame | None) -> Values:
        if isinstance(of, Name):
            return self._name(path, of, frame)
        if isinstance(of, Member):
            return self.members.of_all(self.values(path, of.of, frame), of.name)
        if isinstance(of, Item):
            keys = self.values(path, of.key, frame) if of.key else ANYTHING
            return self.containers.items(self.values(path, of.of, frame), keys, slices=of.key is None)
        if isinstance(of, Call):
            return self.running.result(path, of, frame)
        if isinstance(of, Defined):
            return self._defined(path, of, frame)
        return ANYTHING

    @staticmethod
    def union(parts: Iterable[Values]) -> Values:
        """All values of several sets."""
        return Values(value for part in parts for value in part)

    def _name(self, path: str, of: Name, frame: Frame | None) -> Values:
        file = self.file(path)
        if file is None:
            return ANYTHING
        binding = file.locals.lookup(of.name, of.start)
        if binding is None:
            return self._unbound(path, of.name, of.start)
        return self.variable(path, binding, of.start, frame)

    def _unbound(self, path: str, name: str, offset: int) -> Values:
        """A name that nothing in the file binds: from a star import, or a built-in."""
        for row in reversed(self.index.view(path).star_imports):
            module = self.links.modules.of(path).locate(path, row.module)
            found = self.members.of_module(module, name, path) if module else NOTHING
            if found:
                return found
        return Values([Outer(name)])

    def variable(self, path: str, binding: Binding, offset: int, frame: Frame | None) -> Values:
        """What a variable may hold where a use stands at `offset`."""
        file = self.file(path)
        if file is None:
            return ANYTHING
        found = self.union(self.bound(file, other, frame) for other in file.reaching(binding, offset))
        if binding.kind == "variable" and file.locals.scopes[binding.scope].kind == "module":
            found |= self.stored.in_module(path, binding.name)
        return found

    def bound(self, file: PythonFile, binding: Binding, frame: Frame | None) -> Values:
        """What one binding gives its name."""
        if binding.kind == "parameter":
            function = file.function_of(binding.scope)
            return ANYTHING if function is None else self.running.parameter(file, function, binding, frame)
        if binding.kind == "definition":
            return self.values(file.path, Defined(binding.start, binding.end, 0), frame)
        if binding.kind == "import":
            return self._imported(file.path, binding)
        if binding.value is None:
            return self.members.declared(file.path, binding)
        inner = self.frame_of(file, file.owner(binding.value[0]), frame)
        given = self.values(file.path, file.expression(*binding.value), inner)
        return self.containers.taken_apart(given, binding.taken)

    def frame_of(self, file: PythonFile, owner: int | None, frame: Frame | None) -> Frame | None:
        """The run of a function among those around a run."""
        while frame is not None and (frame.function.path, frame.function.at) != (file.path, owner):
            frame = frame.outer
        return frame

    def frame_around(self, path: str, at: int, frame: Frame | None) -> Frame | None:
        """The run of the function in whose text another function stands."""
        file = self.file(path)
        if file is None or frame is None:
            return None
        node = file.functions[at]
        return self.frame_of(file, file.owner(node.start_byte - 1) if node.start_byte else None, frame)

    def _defined(self, path: str, of: Defined, frame: Frame | None) -> Values:
        file = self.file(path)
        if file is None:
            return ANYTHING
        calls = file.decorators(of.start)
        if of.applied < len(calls):
            outer = self.frame_of(file, file.owner(calls[of.applied].start), frame)
            return self.running.decorated(path, calls[of.applied], outer)
        if of.start in file.functions:
            return Values([Function(path, of.start, self.frame_around(path, of.start, frame))])
        at = self.index.view(path).by_name_start.get(of.start)
        return ANYTHING if at is None else Values([Target(path, at)])

    def _imported(self, path: str, binding: Binding) -> Values:
        rows = [row for row in self.index.view(path).bound_imports.get(binding.name, ()) if row.start <= binding.start]
        return self.imported(path, max(rows, key=lambda row: row.start)) if rows else ANYTHING

    def imported(self, path: str, row: Import) -> Values:
        """What one import of a file stands for."""
        module = self.links.modules.of(path).locate(path, row.module)
        if module is None:
            whole = row.module if row.alias else row.module.split(".", 1)[0]
            return Values([Outer(f"{row.module}.{row.name}" if row.name else whole)])
        if row.name is None:
            found = (value for value in self.links.imported(path, row) if isinstance(value, Module))
            return Values(found) or ANYTHING
        return self.members.of_module(module, row.name, path) or ANYTHING

    def of_target(self, target: Target) -> Values:
        """What the name of a definition stands for where its file ends."""
        definition = self.index.view(target.path).definitions[target.at]
        if is_plain(self.index, target):
            is_class = definition.kind == "class"
            return Values([target if is_class else Function(target.path, definition.name_start)])
        file = self.file(target.path)
        binding = file.locals.at(definition.name_start) if file else None
        if file is None or binding is None:
            return ANYTHING
        return self.variable(target.path, binding, file.root.end_byte + 1, None)


def _detail(of: Expression) -> object:
    """What tells expressions of one kind between the same two offsets apart."""
    if isinstance(of, Defined):
        return of.applied
    return of if isinstance(of, Item) else None
