"""What Python's own functions and some of its library give of what they get: an element, the same, a list of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rlm_code.index.python import tables
from rlm_code.index.python.tree import text_of
from rlm_code.index.values import EXTERNAL, Container, Instance, Target, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.python.types import PythonTypes, Values


def passed_through(types: PythonTypes, path: str, name: str, given: list[Node]) -> Values | None:
    """What a function from outside that has a name gives of its arguments; None if it is not known for it."""
    reader = _READERS.get(name)
    return reader(types, path, given) if reader else None


def given_to(types: PythonTypes, path: str, function: Node) -> Values:
    """What the first parameter of a lambda is given that a call hands to one of Python's own functions."""
    around = function.parent
    is_key = around is not None and around.type == "keyword_argument"
    arguments = around.parent if around is not None and is_key else around
    call = arguments.parent if arguments is not None and arguments.type == "argument_list" else None
    called = call.child_by_field_name("function") if call is not None and call.type == "call" else None
    if around is None or arguments is None or called is None:
        return ()
    if is_key and text_of(around.named_children[0]) != "key":
        return ()
    if called.type == "attribute":
        is_sort = is_key and text_of(called).endswith(".sort")
        return _elements(types, path, called.child_by_field_name("object")) if is_sort else ()
    name, given = text_of(called), arguments.named_children
    if name not in (tables.KEYED if is_key else tables.APPLYING) or EXTERNAL not in types.objects(path, called):
        return ()
    return _elements(types, path, _first(given) if is_key else _second(given))


def _first(given: list[Node]) -> Node | None:
    return given[0] if given else None


def _second(given: list[Node]) -> Node | None:
    return given[1] if len(given) > 1 else None


def _elements(types: PythonTypes, path: str, node: Node | None) -> Values:
    return types.containers.elements(path, types.objects(path, node))


def _called(types: PythonTypes, path: str, function: Node | None) -> Values:
    """What calling a function gives that is handed over."""
    return tuple(one for value in types.objects(path, function) for one in types.calls.given_by(path, value, None))


def _element(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return _elements(types, path, _first(given))


def _same(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return types.objects(path, _first(given))


def _list(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return (Container("list", (_elements(types, path, _first(given)),)),)


def _entered(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return types.calls.entered(path, _same(types, path, given))


def _context(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return (Container("context", (_same(types, path, given),)),)


def _filter(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return (Container("list", (_elements(types, path, _second(given)),)),)


def _map(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return (Container("list", (_called(types, path, _first(given)),)),)


def _enumerate(types: PythonTypes, path: str, given: list[Node]) -> Values:
    pair = Container("tuple", ((EXTERNAL,), _elements(types, path, _first(given))))
    return (Container("list", ((pair,),)),)


def _zip(types: PythonTypes, path: str, given: list[Node]) -> Values:
    parts = tuple(_elements(types, path, one) for one in given)
    return (Container("list", ((Container("tuple", parts),),)),) if parts else ()


def _cast(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return types.annotations.values(path, _first(given))


def _type(types: PythonTypes, path: str, given: list[Node]) -> Values | None:
    """The class of an object; of a class that is made with its name, its bases and what is in it: its bases."""
    if len(given) == 1:
        return tuple(value.of for value in types.objects(path, given[0]) if isinstance(value, Instance))
    return _bases(types, path, given) if len(given) > 2 else None


def _bases(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return _elements(types, path, _second(given))


def _partial(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return (Container("callable", (_called(types, path, _first(given)),)),)


def _new_type(types: PythonTypes, path: str, given: list[Node]) -> Values:
    made = types.objects(path, _second(given))
    return (Container("callable", (tuple(Instance(one) if isinstance(one, Target) else one for one in made),)),)


def _property(types: PythonTypes, path: str, given: list[Node]) -> Values:
    named = {text_of(one.named_children[0]): one.named_children[-1] for one in given if one.type == "keyword_argument"}
    plain = [one for one in given if one.type != "keyword_argument"]
    return (Container("property", (_called(types, path, plain[0] if plain else named.get("fget")),)),)


def _getattr(types: PythonTypes, path: str, given: list[Node]) -> Values:
    if len(given) < 2 or given[1].type != "string":
        return ()
    name = text_of(given[1]).strip("\"'")
    found: list[Value] = []
    for value in types.objects(path, given[0]):
        found += types.attribute(path, value, name)
    return tuple(dict.fromkeys((*found, *(types.objects(path, given[2]) if len(given) > 2 else ()))))


def _dict(_types: PythonTypes, _path: str, _given: list[Node]) -> Values:
    return (Container("dict", ((), ())),)


def _defaultdict(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return (Container("dict", ((), _called(types, path, _first(given)))),)


def _gather(types: PythonTypes, path: str, given: list[Node]) -> Values:
    return (Container("tuple", tuple(types.objects(path, one) for one in given)),)


def _untold(_types: PythonTypes, _path: str, _given: list[Node]) -> Values:
    return ()


_READERS: dict[str, Callable[[PythonTypes, str, list[Node]], Values | None]] = {
    **dict.fromkeys(tables.ELEMENT_OF_FIRST, _element),
    **dict.fromkeys(tables.SAME_AS_FIRST, _same),
    **dict.fromkeys(tables.LIST_OF_FIRST, _list),
    **dict.fromkeys(tables.ENTERED_FIRST, _entered),
    **dict.fromkeys(tables.CONTEXT_OF_FIRST, _context),
    **dict.fromkeys(tables.UNTOLD, _untold),
    "filter": _filter,
    "map": _map,
    "enumerate": _enumerate,
    "zip": _zip,
    "cast": _cast,
    "type": _type,
    "new_class": _bases,
    "partial": _partial,
    "NewType": _new_type,
    "property": _property,
    "getattr": _getattr,
    "dict": _dict,
    "defaultdict": _defaultdict,
    "gather": _gather,
}
