"""What Java's calls mean and give: the methods that a call may run, its arguments, its result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.typed import java_library as library
from rlm_code.index.typed.java_functions import JavaFunctions
from rlm_code.index.typed.java_names import JavaNames
from rlm_code.index.typed.java_overloads import Argument, JavaOverloads
from rlm_code.index.typed.model import Member, Target, Type, Types, substitute
from rlm_code.index.typed.tree import expressions, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.typed.java_values import JavaValues


class JavaCalls:
    """Reads calls in the files of one snapshot."""

    def __init__(self, values: JavaValues, names: JavaNames, overloads: JavaOverloads) -> None:
        self._values = values
        self._names = names
        self._classes = names.classes
        self._overloads = overloads
        self.functions = JavaFunctions(values, self, names, overloads)

    def called(self, path: str, node: Node) -> tuple[list[Member], Types]:
        """The methods that a call means, and what it is called on."""
        name, owner = node.child_by_field_name("name"), node.child_by_field_name("object")
        if name is None:
            return [], ()
        types = self.receiver(path, node, owner)
        if owner is None:
            members = self._names.methods(path, node, text_of(name))
        else:
            members = self._values.methods(types, text_of(name))
        return self._overloads.choose(members, self.arguments(path, node)), types

    def receiver(self, path: str, node: Node, owner: Node | None) -> Types:
        """What a call is called on."""
        types = self._values.of(path, owner)
        if owner is not None and any(inner.type == "super" for inner in node.named_children if inner != owner):
            return types  # Outer.super.method()
        return types

    def arguments(self, path: str, node: Node) -> list[Argument]:
        """The arguments of a call."""
        written = node.child_by_field_name("arguments")
        return [self._argument(path, inner) for inner in expressions(written)] if written else []

    def _argument(self, path: str, node: Node) -> Argument:
        if node.type == "lambda_expression":
            parameters = node.child_by_field_name("parameters")
            count = 1 if parameters is None or parameters.type == "identifier" else parameters.named_child_count
            return Argument((), function=count)
        if node.type == "method_reference":
            return Argument((), function=-1)
        return Argument(self._values.of(path, node), null=node.type == "null_literal")

    def given_by(self, path: str, node: Node) -> Types:
        """What a call gives."""
        members, types = self.called(path, node)
        if members:
            return tuple(dict.fromkeys(t for member in members for t in self.result(path, member, node)))
        name = node.child_by_field_name("name")
        if name is None:
            return ()
        if text_of(name) == "getClass":
            return (Type("Class", (types or self._values.this(path, node),)),)
        arguments = [argument.types for argument in self.arguments(path, node)]
        found: Types = () if text_of(name) != "toString" else (library.STRING,)
        for known in types:
            if isinstance(known, Type):
                for base in self._classes.lineage(known):
                    if isinstance(base.of, str):
                        owner = base._replace(static=known.static)
                        found += library.given(owner, text_of(name), arguments, self._given_by_function(path, node))
        return tuple(dict.fromkeys(found))

    def result(self, path: str, member: Member, call: Node) -> Types:
        """What a method gives when called so."""
        node = self._classes.declaring(member.target)
        if node is None:
            return ()
        if self._classes.is_component(member.target):
            return self._values.held(member)
        types = self._classes.read(member.target.path, node.child_by_field_name("type"))
        mapping = dict(self._classes.arguments(member.owner))
        own = self._classes.variables(member.target.path, node)
        if own:
            mapping |= self.functions.inferred(path, member, call, own)
        return substitute(types, mapping)

    def _given_by_function(self, path: str, call: Node) -> Types:
        written = call.child_by_field_name("arguments")
        for argument in expressions(written) if written else []:
            if argument.type in ("lambda_expression", "method_reference"):
                return self.functions.gives(path, argument)
        return ()

    def constructors(self, path: str, node: Node) -> list[Member]:
        """The constructors that a `new` means."""
        made = [t for t in self._classes.read(path, node.child_by_field_name("type")) if isinstance(t, Type)]
        members = [
            Member(target, known)
            for known in made
            if isinstance(known.of, Target)
            for target in self._classes.own_members(known.of, self._names.name(known.of))
            if self._classes.kind(target) == "constructor"
        ]
        return self._overloads.choose(members, self.arguments(path, node))
