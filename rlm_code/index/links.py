"""Names across files: what an import means, what a module or a class has under a name, what a bare name stands for.

It follows imports and re-exports through the snapshot and knows nothing of expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from rlm_code.index.expressions import dot_before, receiver
from rlm_code.index.fileview import CLASSES
from rlm_code.index.linearize import linearized
from rlm_code.index.memo import Memo
from rlm_code.index.module_names import ModuleNames
from rlm_code.index.recent import Recent
from rlm_code.index.scope import Bound, Scope
from rlm_code.index.script.exports import exports_of
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.values import EXTERNAL, LOCAL, UNKNOWN, Local, Module, ModuleFile, Named, Resolution, Target, Value
from rlm_code.parse.facts import Definition, Import

if TYPE_CHECKING:
    from rlm_code.index.typed.naming import TypedNames

_MOST_DEEP = 25
_MOST_ALIASES = 5
_MOST_SCOPES = 400
_SAME = re.compile(rb"=\s*([A-Za-z_][\w.]*)\s*$")
_STRINGS = re.compile(rb"[\"']([^\"'\\\n]*)[\"']")


class Links:
    """Links names of one snapshot. What was found once is kept; the snapshot does not change."""

    def __init__(self, index: SnapshotIndex, modules: ModuleNames) -> None:
        self.index = index
        self.modules = modules
        self._scopes: Recent[str, Scope] = Recent(_MOST_SCOPES)
        self._members: Memo[tuple[Value, ...]] = Memo((), _MOST_DEEP)
        self._class_members: dict[tuple[Target, str], tuple[list[Target], bool]] = {}
        self._exports: dict[str, dict[str, str]] = {}
        self._bases: Memo[tuple[Value, ...]] = Memo((), _MOST_DEEP)
        self._orders: Memo[tuple[Target, ...]] = Memo((), _MOST_DEEP)
        self._offered: dict[str, frozenset[str] | None] = {}

    @cached_property
    def typed(self) -> TypedNames:
        """Names in languages that are read from the tree."""
        from rlm_code.index.typed.naming import TypedNames

        return TypedNames(self)

    def scope(self, path: str) -> Scope:
        """The bindings of one file."""
        scope = self._scopes.get(path)
        if scope is None:
            scope = Scope(
                lambda: self.index.view(path),
                self.index.family(path),
                lambda: self.index.data(path),
                lambda span: self.index.syntax(path, span),
            )
            self._scopes.put(path, scope, 1)
        return scope

    def local_at(self, path: str, start: int) -> Local | None:
        """The local variable or parameter that is bound at an offset of a file."""
        names = self.index.syntax(path).locals
        binding = names.at(start) if names else None
        if names is None or binding is None or binding.kind in ("definition", "import"):
            naming = self.typed.of(path)
            found = naming.resolve(path, start).values if naming else ()
            if not found and binding and binding.kind == "import":  # of what is passed on in a circle
                return Local(path, start, binding.name)
            return next((value for value in found if isinstance(value, Local) and value[:2] == (path, start)), None)
        first = names.bindings_of(binding)[0]
        return Local(path, first.start, first.name)

    def seen_from(self, path: str, offset: int, targets: list[Named]) -> list[Named]:
        """Of what a name at an offset may stand for, what the code there sees: not what is replaced before it."""
        if not self.index.family(path).by_locals:
            return targets
        from rlm_code.index.python.seen import seen_from

        return seen_from(self, path, offset, targets)

    def exports(self, path: str) -> dict[str, str]:
        """What a script exports under another name than its own: the own name by the exported."""
        if path not in self._exports:
            self._exports[path] = exports_of(self.index.data(path))
        return self._exports[path]

    def bare(self, path: str, name: str, offset: int, *, binds: bool = False) -> Resolution:
        """What a bare name at a place stands for."""
        binding = self.scope(path).lookup(name, offset, binds=binds)
        if binding is None:
            return self._unbound(path, name, offset)
        return Resolution(tuple(self._bound(path, binding)), "exact")

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """What one import of a file stands for: the module, or the thing imported from it."""
        naming = self.typed.of(path)
        if naming:
            return naming.imported(path, row)
        modules = self.modules.of(path)
        module = modules.locate(path, row.module)
        if module is None:
            return (EXTERNAL,)
        if row.name is None and row.alias is None and self.index.family(path).name == "python":
            return self._whole(path, row, module)
        if row.name is None or row.name == "*":
            return (module,)
        return self.member(module, row.name, path) or (EXTERNAL,)

    def module_files(self, values: Iterable[Value]) -> tuple[ModuleFile, ...]:
        """The modules among some values that are a file each."""
        paths = [value.paths[0] for value in values if isinstance(value, Module) and len(value.paths) == 1]
        return tuple(ModuleFile(path) for path in dict.fromkeys(paths) if self.index.family(path).file_is_module)

    def member(self, module: Module, name: str, importer: str) -> tuple[Value, ...]:
        """What `module` has under `name`: a definition, something it imports itself, or a submodule."""
        return self._members.get((module, name), lambda: self._member(module, name, importer))

    def class_members(self, owner: Target, name: str) -> tuple[list[Target], bool]:
        """The members of a class called `name`, and whether they are inherited: the nearest class in the order of
        its bases that has one."""
        key = (owner, name)
        if key not in self._class_members:
            self._class_members[key] = self._nearest_members(owner, name)
        return self._class_members[key]

    def _nearest_members(self, owner: Target, name: str) -> tuple[list[Target], bool]:
        for current in self.order(owner):
            found = self.own_members(current, name)
            if found:
                return found, current != owner
        return [], False

    def order(self, owner: Target) -> tuple[Target, ...]:
        """A class and all of this snapshot that it builds on, in the order in which they are asked for a member."""
        return self._orders.get(owner, lambda: linearized(owner, self.bases(owner), self.order)) or (owner,)

    def has_outside_base(self, owner: Target) -> bool:
        """Whether a class builds on one that is not of this snapshot."""
        return any(not isinstance(value, Target) for one in self.order(owner) for value in self._all_bases(one))

    def own_members(self, owner: Target, name: str) -> list[Target]:
        """The members that a class itself defines under a name, inside it or beside it (`func (c *Context) name`)."""
        view = self.index.view(owner.path)
        found = [Target(owner.path, at) for at in view.definitions.called_in(owner.at, name)]
        if found or self.index.family(owner.path).name == "python":
            return found
        return self._members_beside(owner, view.definitions[owner.at].name, name)

    def scope_owner(self, path: str, definition: Definition) -> Target | None:
        """The class whose name is written before the name of a definition."""
        first = definition.scope.rsplit(".", 1)[-1]
        for value in self.bare(path, first, definition.start).values:
            if isinstance(value, Target) and self.index.view(value.path).definitions[value.at].kind in CLASSES:
                return value
        return None

    def _members_beside(self, owner: Target, owner_name: str, name: str) -> list[Target]:
        folder = owner.path.rpartition("/")[0] if self.index.family(owner.path).folder_is_module else None
        return [
            Target(path, at)
            for path in self.index.defining(name)
            if path == owner.path or path.rpartition("/")[0] == folder
            for at in self.index.view(path).definitions.called(name)
            if self.index.view(path).definitions[at].scope.rsplit(".", 1)[-1] == owner_name
        ]

    def bases(self, owner: Target) -> tuple[Target, ...]:
        """The classes of this snapshot that a class names as its bases, in order."""
        return tuple(value for value in self._all_bases(owner) if isinstance(value, Target))

    def _all_bases(self, owner: Target) -> tuple[Value, ...]:
        return self._bases.get(owner, lambda: self._named_bases(owner))

    def _named_bases(self, owner: Target) -> tuple[Value, ...]:
        naming = self.typed.of(owner.path)
        if naming:
            return naming.bases(owner)
        return tuple(
            value
            for name, start in self.base_names(owner)
            for value in self.same_class(self.dotted(owner.path, name, start))
            if value != owner
        )

    def dotted(self, path: str, name: str, start: int) -> tuple[Value, ...]:
        """What a name at `start` stands for, reached through modules and classes where dots stand before it."""
        data, joints = self.index.data(path), self.index.family(path).joints
        if dot_before(data, start, joints) is None:
            return self.bare(path, name, start).values
        steps = receiver(data, start, joints)
        if steps is None or any(step.kind not in ("name", "member") for step in steps):
            return ()
        values = self.bare(path, steps[0].name, steps[0].offset).values
        for member in (*(step.name for step in steps[1:]), name):
            values = tuple(found for value in values for found in self._under(path, value, member))
        return values

    def _under(self, path: str, value: Value, name: str) -> tuple[Value, ...]:
        """What a module or a class has under a name."""
        if isinstance(value, Module):
            return self.member(value, name, path) or (EXTERNAL,)
        return tuple(self.class_members(value, name)[0]) if isinstance(value, Target) else (value,)

    def same_class(self, values: tuple[Value, ...], depth: int = 0) -> tuple[Value, ...]:
        """Values with variables that are other names of classes (`Alias = module.Class`) replaced by these."""
        found: list[Value] = []
        for value in values:
            definition = self.index.view(value.path).definitions[value.at] if isinstance(value, Target) else None
            if not isinstance(value, Target) or definition is None or definition.kind in CLASSES:
                found.append(value)
                continue
            same = _SAME.search(self.index.data(value.path), definition.name_end, definition.end)
            if same and depth < _MOST_ALIASES:
                name = same[1].decode("utf-8", "replace").rpartition(".")[2]
                found += self.same_class(self.dotted(value.path, name, same.end(1) - len(name.encode())), depth + 1)
        return tuple(dict.fromkeys(found))

    def class_around(self, path: str, offset: int) -> Target | None:
        """The class that the code at an offset belongs to: by its place, or by the type written before its name."""
        view = self.index.view(path)
        at = view.enclosing(offset)
        while at >= 0:
            definition = view.definitions[at]
            if definition.kind in CLASSES:
                return Target(path, at)
            if definition.scope:
                return self.scope_owner(path, definition)
            at = view.outer[at]
        return None

    def base_names(self, owner: Target) -> list[tuple[str, int]]:
        """The names of what a class inherits from, with their offsets, in order."""
        view = self.index.view(owner.path)
        named = [(use.name, use.start) for use in view.inherits_in.get(owner.at, ())]
        definition = view.definitions[owner.at] if named and view.family.bases_in_header else None
        if definition is None or definition.kind not in CLASSES:
            return named
        return [(name, start) for name, start in named if start < definition.header_end]

    def _bound(self, path: str, binding: Bound) -> list[Value]:
        values: list[Value] = [Target(path, at) for at in binding.definitions]
        for row in binding.imports:
            values += self.imported(path, row)
        if binding.local:
            first = binding.bindings[0] if binding.bindings else None
            values.append(Local(path, first.start, first.name) if first else LOCAL)
        return list(dict.fromkeys(values))

    def _unbound(self, path: str, name: str, offset: int) -> Resolution:
        family = self.index.family(path)
        blind = False
        rows = self.index.view(path).star_imports
        for row in sorted(rows, key=lambda row: (row.start < offset, row.start), reverse=True):  # the last one wins
            module = self.modules.of(path).locate(path, row.module)
            blind = blind or module is None
            found = self.member(module, name, path) if module and self._offers(module, name) else ()
            if found:
                return Resolution(found, "exact")
        if family.members_in_scope:
            inherited = self._inherited(path, offset, name)
            if inherited:
                return Resolution(inherited, "inferred")
        if family.folder_is_module:
            found = self._beside(path, name)
            if found:
                return Resolution(found, "exact")
        return UNKNOWN if blind or not family.strict else Resolution((EXTERNAL,), "exact")

    def _inherited(self, path: str, offset: int, name: str) -> tuple[Target, ...]:
        """The members called `name` of the classes around an offset, where a language lets code name them bare."""
        view = self.index.view(path)
        at = view.enclosing(offset)
        while at >= 0:
            if view.definitions[at].kind in CLASSES and offset >= view.definitions[at].header_end:
                found, _ = self.class_members(Target(path, at), name)
                if found:
                    return tuple(found)
            at = view.outer[at]
        return ()

    def _beside(self, path: str, name: str) -> tuple[Value, ...]:
        """Top-level definitions of a name in the other files of a folder, in the same family of languages."""
        folder = path.rpartition("/")[0]
        family = self.index.family(path)
        return tuple(
            Target(other, at)
            for other in self.index.defining(name)
            if other.rpartition("/")[0] == folder and self.index.family(other) == family
            for at in self.index.view(other).definitions.called_in(-1, name)
        )

    def _whole(self, path: str, row: Import, module: Module) -> tuple[Value, ...]:
        """`import a.b.c` binds `a`."""
        first = row.module.split(".", 1)[0]
        top = module if first == row.module else self.modules.of(path).locate(path, first)
        return (top or EXTERNAL,)

    def _member(self, module: Module, name: str, importer: str) -> tuple[Value, ...]:
        values: list[Value] = []
        for path in module.paths:
            view = self.index.view(path)
            rows = [row for row in view.bound_imports.get(name, ()) if row.parent == -1]
            defined = self._defined(path, name)
            if defined and rows and self.index.family(path).by_locals:
                defined = self._left_bound(path, name, module)
            values += defined
            if values:
                continue
            for row in rows:
                values += self._reexported(path, row, module, name)
            for row in reversed(view.star_imports):  # the last one wins in Python; elsewhere each may be meant
                inner = self.modules.of(path).locate(path, row.module)
                hidden = bool(values) and self.index.family(path).name == "python"
                if inner and inner != module and self._offers(inner, name) and not hidden:
                    values += self.member(inner, name, path)
        if not values:
            base = module.paths[0] if module.paths else importer
            inner = self.modules.of(importer).locate(base, f"{module.name}.{name}")
            values = [inner] if inner else []
        return tuple(dict.fromkeys(values))

    def _left_bound(self, path: str, name: str, module: Module) -> list[Value]:
        """What a name that a file both defines and imports may be bound to where the file has run."""
        from rlm_code.index.python.seen import seen

        view = self.index.view(path)
        values: list[Value] = []
        for one in sorted(seen(self, path, name, len(self.index.data(path))), key=lambda binding: binding.start):
            at = view.by_name_start.get(one.start)
            rows = [row for row in view.bound_imports[name] if row.parent == -1 and row.start <= one.start]
            if at is not None:
                values.append(Target(path, at))
            elif one.kind == "import" and rows:
                values += self._reexported(path, rows[-1], module, name)
        return values or self._defined(path, name)

    def _offers(self, module: Module, name: str) -> bool:
        """Whether a module gives a name to who imports everything from it."""
        if not module.paths or self.index.family(module.paths[0]).name != "python":
            return True
        listed = self._listed(module.paths[0])
        return name in listed if listed is not None else not name.startswith("_")

    def _listed(self, path: str) -> frozenset[str] | None:
        """The names in a Python module's `__all__`; None if it has none that is a plain list."""
        if path not in self._offered:
            view = self.index.view(path)
            rows = [view.definitions[at] for at in view.definitions.called_in(-1, "__all__")]
            changed = any(use.role != "import" for use in view.uses.of("__all__"))
            texts = [self.index.data(path)[row.name_end : row.end] for row in rows]
            plain = (
                len(rows) == 1 and not changed and re.match(rb"(?s)\s*(?::[^=]*)?=\s*[\[(][^\[({]*[\])]\s*$", texts[0])
            )
            names = [name.decode("utf-8", "replace") for text in texts for name in _STRINGS.findall(text)]
            self._offered[path] = frozenset(names) if plain else None
        return self._offered[path]

    def _defined(self, path: str, name: str) -> list[Value]:
        """The top-level definitions that a module offers as `name`."""
        found = self.index.view(path).definitions.called_in(-1, name)
        if not found and self.index.family(path).name == "script":
            local = self.exports(path).get(name)
            if local and local != name:
                return list(self.bare(path, local, len(self.index.data(path))).values)
        return [Target(path, at) for at in found]

    def _reexported(self, path: str, row: Import, module: Module, name: str) -> tuple[Value, ...]:
        inner = self.modules.of(path).locate(path, row.module)
        if inner is None:
            return (EXTERNAL,)
        if row.name is None or row.name == "*":
            return self._whole(path, row, inner) if row.alias is None else (inner,)
        if inner == module and row.name == name:
            return ()
        return self.member(inner, row.name, path)
