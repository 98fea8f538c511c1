"""What stands for type parameters: what a class was made with, what its bases are given, what a call's arguments say.

It reads declarations through the engine that it serves, and holds no grammar of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.links import Links
from rlm_code.index.typed.model import Substitution, Target, Type, Types, Variable, substitute, unify
from rlm_code.index.typed.object_grammar import Grammar, first_part, part_of
from rlm_code.index.typed.tree import child, children_of_type, expressions, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.typed.objects import ObjectNaming

_MOST_BASES = 100
_CLAUSES = ("type_parameter_constraints_clause", "type_constraints", "where_clause")
_LISTS = ("type_arguments", "type_argument_list", "template_argument_list")
_ARGUMENTS = frozenset({"argument", "value_argument"})


class Generics:
    """Reads the type parameters of one snapshot."""

    def __init__(self, naming: ObjectNaming, links: Links) -> None:
        self._naming = naming
        self._links = links

    def filled(
        self, path: str, types: Types, receiver: Callable[[], Types], target: Target, call: Node | None
    ) -> Types:
        """What a member gives, with what stands for the type parameters in it: by its object and by its call."""
        if not _has_variable(types):
            return types
        mapping: Substitution = {}
        for known in receiver():
            if isinstance(known, Type):
                mapping |= self._of_object(known, target)
        types = substitute(types, mapping)
        own = self._naming.variables(target.path, self._naming.declaration(target))
        if own and call is not None and _has_variable(types):
            types = substitute(types, self._of_call(path, call, target, own, receiver()))
        return types

    def _of_object(self, known: Type, target: Target) -> Substitution:
        """What stands for the type parameters of a class, of all that it builds on, and of where a member stands."""
        found: Substitution = dict(
            zip(self._naming.parameters_around(target), (arg for arg in known.args if arg), strict=False)
        )
        queue = [known]
        seen: set[Target] = set()
        while queue and len(seen) < _MOST_BASES:
            current = queue.pop(0)
            if isinstance(current.of, Target) and current.of not in seen:
                seen.add(current.of)
                found |= self._naming.arguments(current)
                queue += [base for base in substitute(self._bases(current.of), found) if isinstance(base, Type)]
        return found

    def _bases(self, owner: Target) -> Types:
        """The types that a class names as its bases, with what they are given."""
        found: Types = ()
        for part in self._naming.parts_of(owner):
            for _, start in self._links.base_names(part):
                leaf = self._naming.leaf_at(part.path, start)
                around = leaf.parent if leaf is not None else None
                is_given = around is not None and around.type in self._naming.grammar.generics
                found += self._naming.read(part.path, around if is_given else leaf)
        return found

    def _of_call(self, path: str, call: Node, target: Target, own: list[Variable], receiver: Types) -> Substitution:
        """What a call says of the type parameters of what it calls: in brackets, else by its arguments."""
        naming = self._naming
        explicit = _in_brackets(call, naming.grammar)
        if explicit:
            given = [naming.read(path, one) for one in explicit]
            return dict(zip(own, given, strict=True)) if len(given) == len(own) else {}
        wanted = naming.parameter_types(target)
        arguments = first_part(call, naming.grammar.arguments)
        given = [naming.of(path, _value(node)) for node in expressions(arguments)] if arguments is not None else []
        if naming.is_extension(target):
            given = [receiver, *given]
        mapping: Substitution = {}
        for one, other in zip(wanted, given, strict=False):
            unify(one, other, own, mapping)
        return mapping

    def bounds(self, of: Variable) -> Types:
        """The types that a type parameter is bound to be."""
        leaf = self._naming.leaf_at(of.path, of.start)
        parameter = leaf.parent if leaf is not None else None
        around = parameter.parent.parent if parameter is not None and parameter.parent is not None else None
        if leaf is None or parameter is None or around is None:
            return ()
        written = [node for node in parameter.named_children if node.start_byte > leaf.start_byte]
        for clause in children_of_type(around, *_CLAUSES):
            for one in [clause, *clause.named_children]:
                first = child(one, 0)
                if first is not None and text_of(first) == text_of(leaf):
                    written += one.named_children[1:]
        return tuple(t for node in written for t in self._naming.read(of.path, node) if t != Type(of))


def _in_brackets(call: Node, grammar: Grammar) -> list[Node]:
    """The types that a call writes in brackets behind the name that it calls."""
    node: Node | None = call
    while node is not None:
        lists = children_of_type(node, *_LISTS)
        if lists:
            return lists[0].named_children
        reach = grammar.members.get(node.type)
        node = part_of(node, reach.name if reach else grammar.calls.get(node.type, -1))
    return []


def _has_variable(types: Types) -> bool:
    known = [t for t in types if isinstance(t, Type)]
    return any(isinstance(t.of, Variable) or any(map(_has_variable, t.args)) for t in known)


def _value(node: Node) -> Node | None:
    """The expression that an argument is."""
    return child(node, -1) if node.type in _ARGUMENTS else node
