"""What C#'s own library gives and passes on: elements of collections, what is awaited, parameters of lambdas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.typed.model import Type, Types, external
from rlm_code.index.typed.objects import ObjectNaming
from rlm_code.index.typed.tree import child, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.parse.scopes import Binding

_ONE = frozenset(
    {"First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "ElementAt", "Dequeue", "Pop",
     "Peek", "MinBy", "MaxBy", "Find"}
)  # fmt: skip
_SAME = frozenset(
    {"Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Skip", "Take", "ToList", "ToArray",
     "AsEnumerable", "AsQueryable", "Distinct", "Reverse", "Concat", "Append", "ToHashSet", "ConfigureAwait",
     "TakeWhile", "SkipWhile", "FindAll", "AsReadOnly"}
)  # fmt: skip
_AWAITED = frozenset({"Task", "ValueTask"})
_FUNCTIONS = frozenset({"Action", "Func", "Predicate", "Expression"})
_PASSING = frozenset({"lambda_expression", "anonymous_method_expression"})


class CSharpQueries(ObjectNaming):
    """Evaluates what the language's own library is used for."""

    def unannotated(self, path: str, binding: Binding) -> Types:
        """See `ObjectNaming`: the parameter of a lambda that a collection's method is given."""
        at = self.leaf_at(path, binding.start)
        while at is not None and at.type not in _PASSING and not at.type.endswith("_statement"):
            at = at.parent
        argument = at.parent if at is not None and at.type in _PASSING else None
        call = argument.parent.parent if argument is not None and argument.parent is not None else None
        function = call.child_by_field_name("function") if call is not None else None
        owner = function.child_by_field_name("expression") if function is not None else None
        types = self.of(path, owner)
        passed = self.element(types) if external(types) else ()
        return tuple(t for one in passed for t in (_first_argument(one) if isinstance(one, Type) else (one,)))

    def _of_call(self, path: str, function: Node | None) -> Types:
        found = super()._of_call(path, function)
        owner = function.child_by_field_name("expression") if function is not None else None
        name = function.child_by_field_name("name") if function is not None else None
        types = self.of(path, owner) if name is not None and (not found or external(found)) else ()
        if name is None or not external(types) or not any(isinstance(t, Type) and t.args for t in types):
            return found
        if text_of(name) in _ONE:
            return self.element(types)
        return types if text_of(name) in _SAME else found

    def _of_rest(self, path: str, node: Node) -> Types:
        types = super()._of_rest(path, node)
        if node.type != "await_expression":
            return types
        given = [t.args[0] for t in types if isinstance(t, Type) and t.of in _AWAITED and t.args]
        return tuple(t for group in given for t in group) if given else types

    def read(self, path: str, node: Node | None) -> Types:
        """See `ObjectValues`; the language's own types have names too."""
        if node is not None and node.type == "predefined_type":
            return (Type(text_of(node)),)
        return super().read(path, node)

    def named_in_braces(self, path: str, leaf: Node, parent: Node) -> Types | None:
        """The object whose member a name in braces is, without `new`: `x is T { Name: 1 }`, `x with { Name = 1 }`."""
        if parent.type == "with_initializer" and child(parent, 0) == leaf and parent.parent is not None:
            return self.of(path, child(parent.parent, 0))
        if parent.type != "subpattern" or child(parent, 0) != leaf:
            return None
        around = parent.parent.parent if parent.parent is not None else None
        written = around.child_by_field_name("type") if around is not None else None
        if written is not None:
            return self.read(path, written)
        tested = around.parent if around is not None else None
        if tested is not None and tested.type == "subpattern":
            return self._of_leaf(path, child(tested, 0), called=False)
        return self.of(path, tested.child_by_field_name("expression")) if tested is not None else ()


def _first_argument(known: Type) -> Types:
    """What a function type is given first; of another type itself."""
    return known.args[0] if known.of in _FUNCTIONS and known.args else (known,)
