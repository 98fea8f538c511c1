"""What an identifier in Rust refers to: modules and `use`, impl blocks and traits, names inside macros."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.links import Links
from rlm_code.index.typed.model import ELSEWHERE, NOTHING, Found, Module, Target, Type, Types, Variable
from rlm_code.index.typed.objects import Grammar, Reach
from rlm_code.index.typed.rust_impls import RustImpls
from rlm_code.index.typed.rust_modules import Item, Place, RustModules
from rlm_code.index.typed.tree import child, is_field, text_of
from rlm_code.index.values import EXTERNAL, Local, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.facts import Import
    from rlm_code.parse.scopes import Binding

_GRAMMAR = Grammar(
    identifiers=frozenset({"identifier", "type_identifier", "field_identifier", "shorthand_field_identifier"}),
    members={
        "field_expression": Reach("value", "field"),
        "scoped_identifier": Reach("path", "name"),
        "scoped_type_identifier": Reach("path", "name"),
    },
    calls={"call_expression": "function"},
    made={"struct_expression": "name"},
    same={
        "try_expression": 0,
        "await_expression": 0,
        "parenthesized_expression": 0,
        "reference_expression": "value",
        "unary_expression": 0,
        "match_expression": "value",
        "generic_function": "function",
    },
    elements={"index_expression": 0},
    casts={"type_cast_expression": "type"},
    wrappers=frozenset(),
    types=frozenset(
        {"reference_type", "pointer_type", "type_arguments", "dynamic_type", "abstract_type", "trait_bounds"}
    ),
    arrays=frozenset({"array_type"}),
    generics=frozenset({"generic_type"}),
    results=("return_type",),
    declared=("type",),
    values={"const_item": "value", "static_item": "value"},
    this=frozenset({"self"}),
    literals={"string_literal": "str", "integer_literal": "i32"},
)
_TRANSPARENT = frozenset({"Box", "Rc", "Arc", "Option", "Result", "RefCell", "Mutex", "RwLock", "Ref", "RefMut", "Cow"})
_SAME_OBJECT = frozenset(
    {"unwrap", "expect", "clone", "as_ref", "as_mut", "borrow", "borrow_mut", "lock", "unwrap_or_default", "to_owned",
     "as_deref", "take", "iter", "iter_mut", "into_iter", "cloned", "ok", "unwrap_or", "unwrap_or_else", "filter",
     "rev", "skip", "skip_while", "take_while", "inspect", "peekable", "chain", "by_ref"}
)  # fmt: skip
_USED = frozenset({"scoped_identifier", "use_list", "scoped_use_list", "use_as_clause", "use_wildcard"})
_PASSING = frozenset(
    {"map", "for_each", "filter", "any", "all", "find", "position", "filter_map", "flat_map", "and_then", "inspect",
     "is_some_and", "take_while", "skip_while", "map_while", "max_by_key", "min_by_key", "retain", "sort_by_key",
     "partition"}
)  # fmt: skip


class RustNaming(RustImpls):
    """Resolves identifiers in the Rust files of one snapshot."""

    grammar = _GRAMMAR
    members_in_scope = False

    def __init__(self, links: Links) -> None:
        super().__init__(links)
        self._modules = RustModules(links)

    # -- Modules

    def top(self, path: str, leaf: Node, name: str) -> Found:
        """See `ObjectNaming`."""
        if name == "Self":
            owner = next(self.classes_around(path, leaf.start_byte), None)
            return Found((owner,)) if owner else NOTHING
        return self._found(self._modules.path(self._modules.at(path, leaf.start_byte), [name]), leaf)

    def _found(self, items: list[Item], leaf: Node) -> Found:
        """Items as values; of a function and a module of one name the one that fits."""
        targets = [item for item in items if isinstance(item, Target)]
        modules = [item for item in items if isinstance(item, Place)]
        macros = [t for t in targets if self.definition(t).kind == "macro"]
        if macros and leaf.parent is not None and leaf.parent.type == "macro_invocation":
            return Found(tuple(macros))
        if modules and (_goes_on(leaf) or not targets):
            return Found(self._module_values(modules[0]))
        return Found(tuple(targets[:1] if modules else targets)) if targets else ELSEWHERE

    def _module_values(self, place: Place) -> tuple[Value, ...]:
        """A module, and where it is declared."""
        declared = self._modules.declaration(place)
        return (_module(place), declared) if declared else (_module(place),)

    def inside(self, path: str, module: Module, name: str) -> Found:
        """See `ObjectNaming`."""
        items = self._modules.items(_place(module), name)
        values = [self._module_values(item) if isinstance(item, Place) else (item,) for item in items]
        return Found(tuple(value for group in values for value in group)) if values else ELSEWHERE

    def member(self, path: str, types: Types, name: str, use: Node | None) -> Found:
        """See `ObjectNaming`: of a function and a module of one name the one that fits."""
        found = super().member(path, types, name, use)
        plain = [v for v in found.values if isinstance(v, Target) and self.definition(v).kind != "module"]
        if not plain or len(plain) == len(found.values):
            return found
        is_module = use is not None and _goes_on(use)
        return found._replace(values=tuple(value for value in found.values if (value in plain) != is_module))

    def imported(self, path: str, row: Import) -> tuple[Value, ...]:
        """See `Naming`."""
        items = self._modules.imported(self._modules.at(path, row.start), row)
        return tuple(Module(i.path, (i.path,)) if isinstance(i, Place) else i for i in items) or (EXTERNAL,)

    # -- Members

    def own_members(self, owner: Target, name: str) -> list[Target]:
        """See `ObjectNaming`: also what impl blocks of the crate add."""
        own = super().own_members(owner, name)
        return own or self._implemented(owner, name)

    def _implemented(self, owner: Target, name: str) -> list[Target]:
        wanted, root = self.definition(owner).name, self._modules.root_of(owner.path)
        return [
            member
            for member in self.called(name, "rust")
            if self.definition(member).scope.rsplit(".", 1)[-1] == wanted
            and self._modules.root_of(member.path) == root
            and self.is_beside(member.path, self.definition(member).start, owner)
        ]

    def parameters_around(self, target: Target) -> list[Variable]:
        """See `ObjectValues`: those that the impl block around names its type with."""
        block = self._block_of(target)
        written = block.child_by_field_name("type") if block is not None else None
        arguments = written.child_by_field_name("type_arguments") if written is not None else None
        types = [self.read(target.path, node) for node in arguments.named_children] if arguments is not None else []
        first = (types_of_one[0] if types_of_one else None for types_of_one in types)
        return [t.of for t in first if isinstance(t, Type) and isinstance(t.of, Variable)]

    def fitting(self, targets: list[Target], use: Node | None) -> list[Target]:
        """See `ObjectNaming`: a field and a method may have one name; a call means the method."""
        if use is None or use.type != "field_expression" or len(targets) < 2:
            return targets
        called = use.parent is not None and use.parent.type in ("call_expression", "generic_function")
        return [t for t in targets if (self.definition(t).kind in FUNCTIONS) == called] or targets

    # -- What only Rust has

    def special(self, path: str, leaf: Node, node: Node, parent: Node) -> Found | None:
        """See `ObjectNaming`."""
        if _in_use(parent):
            return self._used(path, leaf)
        if parent.type == "token_tree":
            return self._in_macro(path, leaf)
        if parent.type in ("field_initializer", "field_pattern") and node == child(parent, 0):
            return self._field_of_literal(path, leaf, parent)
        if parent.type == "label":
            return self._label(path, leaf)
        if parent.type in ("scoped_identifier", "scoped_type_identifier") and is_field(leaf, "name"):
            return self._scoped(path, leaf, parent)
        return None

    def _scoped(self, path: str, leaf: Node, parent: Node) -> Found | None:
        """A name behind `crate::`, `self::`, `super::` or a path that starts with them; else None."""
        parts = [part.strip() for part in text_of(parent).split("::")]
        if parts[0] not in ("crate", "self", "super") or "<" in text_of(parent):
            return None
        items = self._modules.path(self._modules.at(path, leaf.start_byte), parts)
        return self._found(items, leaf) if items else self._of_owner(path, leaf, parent)

    def _of_owner(self, path: str, leaf: Node, parent: Node) -> Found:
        return self.member(path, self.of(path, parent.child_by_field_name("path")), text_of(leaf), parent)

    def _used(self, path: str, leaf: Node) -> Found:
        """A part of a `use` tree."""
        parts = [text_of(leaf)]
        at: Node | None = leaf.parent
        below: Node | None = leaf
        while at is not None and at.type != "use_declaration":
            before = at.child_by_field_name("path")
            if before is not None and before != below and at.type in ("scoped_identifier", "scoped_use_list"):
                parts = [*text_of(before).split("::"), *parts]
            if at.type == "use_as_clause" and at.child_by_field_name("alias") == leaf:
                parts = text_of(before).split("::") if before is not None else parts
            at, below = at.parent, at
        items = self._modules.path(self._modules.at(path, leaf.start_byte), parts)
        return self._found(items, leaf)

    def _in_macro(self, path: str, leaf: Node) -> Found:
        """A name in a macro's arguments, which are no tree: what stands before it says how it is reached."""
        joint = leaf.prev_sibling
        before = joint.prev_sibling if joint is not None else None
        if joint is None or before is None or text_of(joint) not in (".", "::"):
            return self.bare(path, leaf)
        if before.type == "self":
            types = self._receiver(path, leaf, is_base=False)
        elif before.type in self.grammar.identifiers:
            types = self._of_leaf(path, before, called=False)
        else:
            return NOTHING
        return self.member(path, types, text_of(leaf), None)

    def _field_of_literal(self, path: str, leaf: Node, parent: Node) -> Found | None:
        """A field named in the braces of a literal or a pattern."""
        if leaf.type == "shorthand_field_identifier":
            return None
        at = parent.parent
        while at is not None and at.type not in ("struct_expression", "struct_pattern"):
            at = at.parent
        written = (at.child_by_field_name("name") or at.child_by_field_name("type")) if at is not None else None
        return self.member(path, self.read(path, written), text_of(leaf), None)

    def _label(self, path: str, leaf: Node) -> Found:
        at: Node | None = leaf.parent.parent if leaf.parent else None
        while at is not None:
            first = child(at, 0)
            name = child(first, 0) if first is not None and first.type == "label" else None
            if name is not None and text_of(name) == text_of(leaf) and not at.type.startswith(("break", "continue")):
                return Found((Local(path, name.start_byte, text_of(leaf)),))
            at = at.parent
        return NOTHING

    # -- Expressions and types

    def _of_call(self, path: str, function: Node | None) -> Types:
        if function is not None and function.type == "generic_function":
            function = function.child_by_field_name("function")
        if function is not None and function.type == "field_expression":
            name = function.child_by_field_name("field")
            owner = self.of(path, function.child_by_field_name("value"))
            if name is not None and text_of(name) in _SAME_OBJECT and not self._has(owner, text_of(name)):
                return owner
        return super()._of_call(path, function)

    def unannotated(self, path: str, binding: Binding) -> Types:
        """See `ObjectNaming`: what an iterator or an option passes to a closure."""
        at = self.leaf_at(path, binding.start)
        while at is not None and at.type not in ("closure_expression", "block"):
            at = at.parent
        call = at.parent.parent if at is not None and at.type == "closure_expression" and at.parent else None
        function = call.child_by_field_name("function") if call is not None else None
        name = function.child_by_field_name("field") if function is not None else None
        if function is None or name is None or text_of(name) not in _PASSING:
            return ()
        types = self.of(path, function.child_by_field_name("value"))
        return self.element(types) or types

    def _has(self, types: Types, name: str) -> bool:
        return any(isinstance(t, Type) and isinstance(t.of, Target) and self.members(t.of, name)[0] for t in types)

    def _read_generic(self, path: str, node: Node) -> Types:
        name, arguments = node.child_by_field_name("type"), node.child_by_field_name("type_arguments")
        first = child(arguments, 0) if arguments is not None else None
        types = self.read(path, name)
        is_own = any(isinstance(t, Type) and isinstance(t.of, Target) for t in types)
        if name is not None and text_of(name).rpartition("::")[2] in _TRANSPARENT and not is_own:
            return self.read(path, first)
        args = tuple(self.read(path, inner) for inner in arguments.named_children) if arguments is not None else ()
        return tuple(t._replace(args=args) if isinstance(t, Type) else t for t in types)

    def _of_rest(self, path: str, node: Node) -> Types:
        if node.type == "generic_type":
            return tuple(t._replace(static=True) if isinstance(t, Type) else t for t in self.read(path, node))
        if node.type in ("crate", "super"):
            place = self._modules.at(path, node.start_byte)
            found = self._modules.path(place, [node.type])
            return tuple(_module(item) for item in found if isinstance(item, Place))
        return super()._of_rest(path, node)

    def given(self, target: Target, *, called: bool) -> Types:
        """See `ObjectNaming`: a variant is an object of its enum, also when it is called."""
        definition = self.definition(target)
        if definition.kind == "enum_member" and definition.parent >= 0:
            return (Type(Target(target.path, definition.parent)),)
        return super().given(target, called=called)


def _goes_on(node: Node) -> bool:
    """Whether a path goes on behind a name."""
    return node.parent is not None and node.parent.type.startswith("scoped") and is_field(node, "path")


def _in_use(node: Node | None) -> bool:
    while node is not None and node.type in _USED:
        node = node.parent
    return node is not None and node.type == "use_declaration"


def _module(place: Place) -> Module:
    """A module as a value; its name keeps the block that it is."""
    return Module(f"{place.path}#{place.at}", (place.path,))


def _place(module: Module) -> Place:
    path, _, at = module.name.rpartition("#")
    return Place(path, int(at))
