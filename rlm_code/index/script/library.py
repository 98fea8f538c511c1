"""What JavaScript's own library gives back: elements of collections, values of promises, parameters of callbacks.

A table of what carries types through; everything else from outside is only known to be from outside.
"""

from __future__ import annotations

from typing import Final

from rlm_code.index.script.values import OUTSIDE_TYPE, Type, Types, arguments_of, library

ARRAYS: Final = frozenset({"Array", "ReadonlyArray", "ArrayLike", "Tuple", "ConcatArray"})
PROMISES: Final = frozenset({"Promise", "PromiseLike", "Thenable"})
MAPS: Final = frozenset({"Map", "ReadonlyMap", "WeakMap", "Record"})
SETS: Final = frozenset({"Set", "ReadonlySet", "WeakSet"})
ITERABLES: Final = frozenset(
    {"Iterable", "Iterator", "IterableIterator", "Generator", "AsyncGenerator", "AsyncIterable", "AsyncIterator",
     "AsyncIterableIterator", "ArrayIterator", "MapIterator", "SetIterator", "NodeListOf", "HTMLCollectionOf"}
)  # fmt: skip
SAME: Final = frozenset(
    {"Partial", "Required", "Readonly", "Pick", "Omit", "NonNullable", "Extract", "Exclude", "NoInfer", "ThisType"}
)
"""Types that have the members of their first argument."""

_ELEMENT: Final = frozenset({"find", "findLast", "pop", "shift", "at"})
_ELEMENTS: Final = frozenset(
    {"filter", "slice", "concat", "sort", "reverse", "splice", "fill", "toSorted", "toReversed", "with", "flat",
     "copyWithin", "toSpliced"}
)  # fmt: skip
_OF_ELEMENT: Final = frozenset(
    {"map", "forEach", "filter", "find", "findLast", "findIndex", "findLastIndex", "some", "every", "flatMap"}
)
_TEXT: Final = frozenset(
    {"join", "toString", "toLowerCase", "toUpperCase", "trim", "slice", "replace", "substring", "substr", "charAt",
     "replaceAll", "padStart", "padEnd", "trimStart", "trimEnd", "repeat", "concat", "toFixed", "toLocaleString",
     "toISOString", "normalize"}
)  # fmt: skip
BUILT_IN_MEMBERS: Final = frozenset(
    {"at", "concat", "entries", "every", "fill", "filter", "find", "findIndex", "findLast", "flat", "flatMap",
     "forEach", "includes", "indexOf", "join", "keys", "lastIndexOf", "length", "map", "pop", "push", "reduce",
     "reduceRight", "reverse", "shift", "slice", "some", "sort", "splice", "toReversed", "toSorted", "unshift",
     "values", "charAt", "charCodeAt", "codePointAt", "endsWith", "localeCompare", "match", "matchAll", "normalize",
     "padEnd", "padStart", "repeat", "replace", "replaceAll", "search", "split", "startsWith", "substr", "substring",
     "toLowerCase", "toUpperCase", "trim", "trimEnd", "trimStart", "apply", "bind", "call", "arguments", "name",
     "prototype", "constructor", "hasOwnProperty", "toString", "valueOf", "toLocaleString", "toJSON", "then", "catch",
     "finally", "add", "clear", "delete", "get", "has", "set", "size", "next", "return", "throw", "message", "stack",
     "cause", "exec", "test", "lastIndex", "source", "flags"}
)  # fmt: skip
"""What objects of the language's own classes have: a name that says nothing of whose member it is."""

STRING: Final = (library("String"),)
NUMBER: Final = (library("Number"),)
BOOLEAN: Final = (library("Boolean"),)


def element(kind: Type) -> Types:
    """What iterating over a library type gives."""
    args = arguments_of(kind)
    if kind.path == "String":
        return STRING
    if kind.path == "Tuple":
        return tuple(dict.fromkeys(inner for arg in args for inner in arg))
    if kind.path in ("Map", "ReadonlyMap"):
        return (library("Tuple", *args),) if len(args) == 2 else ()
    if kind.path in ARRAYS | SETS | ITERABLES:
        return args[0] if args else ()
    return ()


def at(kind: Type, index: int | None) -> Types:
    """What stands at an index of a library type."""
    args = arguments_of(kind)
    if kind.path == "Tuple" and index is not None:
        return args[index] if index < len(args) else ()
    if kind.path == "Record":
        return args[1] if len(args) == 2 else ()
    return element(kind) if kind.path in ARRAYS | {"String", "NodeListOf"} else ()


def awaited(kind: Type) -> Types:
    """What awaiting a library type gives."""
    if kind.path not in PROMISES:
        return (kind,)
    args = arguments_of(kind)
    return args[0] if args else ()


def is_known(kind: Type) -> bool:
    """Whether a library type is one whose members are certainly its own."""
    return kind.path != "Record"


def result(receiver: Type, method: str, returned: Types) -> Types:
    """What calling a method of a library type gives; `returned` is what its first callback returns."""
    if receiver.path in ARRAYS | ITERABLES:
        return _of_array(receiver, method, element(receiver), returned)
    if receiver.path in MAPS:
        return _of_map(receiver, method, arguments_of(receiver))
    if receiver.path in PROMISES:
        return _of_promise(receiver, method, returned)
    if receiver.path in SETS and method in ("values", "keys", "add"):
        return (receiver,) if method == "add" else (library("Iterable", element(receiver)),)
    if receiver.path == "String" and method == "split":
        return (library("Array", STRING),)
    return STRING if method in _TEXT else (OUTSIDE_TYPE,)


def _of_promise(receiver: Type, method: str, returned: Types) -> Types:
    if method == "then":
        inner = (awaited(kind) if kind.kind == "library" else (kind,) for kind in returned)
        return (library("Promise", tuple(each for types in inner for each in types)),)
    return (receiver,) if method in ("catch", "finally") else ()


def _of_array(receiver: Type, method: str, first: Types, returned: Types) -> Types:
    inner = tuple(each for kind in returned for each in _inner(kind, flat=method == "flatMap"))
    results: dict[str, Types] = {
        **dict.fromkeys(_ELEMENT, first),
        **dict.fromkeys(_ELEMENTS, (library("Array", first),)),
        **dict.fromkeys(("map", "flatMap"), (library("Array", inner),)),
        **dict.fromkeys(("values", "next"), (library("Iterable", first),)),
        **dict.fromkeys(("reduce", "reduceRight"), returned),
        **dict.fromkeys(("push", "indexOf", "findIndex"), NUMBER),
        "entries": (library("Iterable", (library("Tuple", NUMBER, first),)),),
        "join": STRING,
    }
    return results.get(method, BOOLEAN)


def _inner(kind: Type, *, flat: bool) -> Types:
    return element(kind) if flat and kind.kind == "library" and kind.path in ARRAYS else (kind,)


def _of_map(receiver: Type, method: str, args: tuple[Types, ...]) -> Types:
    if len(args) != 2:
        return (receiver,) if method == "set" else () if method == "get" else (OUTSIDE_TYPE,)
    results: dict[str, Types] = {
        "set": (receiver,),
        "get": args[1],
        "values": (library("Iterable", args[1]),),
        "keys": (library("Iterable", args[0]),),
        "entries": (library("Iterable", (library("Tuple", *args),)),),
    }
    return results.get(method, BOOLEAN)


def callback_parameter(receiver: Type, method: str, at_index: int) -> Types:
    """What a method of a library type hands its callback as the parameter at an index."""
    first = element(receiver)
    args = arguments_of(receiver)
    handed: tuple[Types, ...] = ()
    if receiver.path in ARRAYS and method in _OF_ELEMENT:
        handed = (first, NUMBER, (receiver,))
    elif receiver.path in ARRAYS and method in ("sort", "toSorted"):
        handed = (first, first)
    elif receiver.path in ARRAYS and method in ("reduce", "reduceRight"):
        handed = ((), first)
    elif receiver.path in MAPS and method == "forEach" and len(args) == 2:
        handed = (args[1], args[0], (receiver,))
    elif receiver.path in SETS and method == "forEach":
        handed = (first, first)
    elif receiver.path in PROMISES and method == "then":
        handed = args[:1]
    return handed[at_index] if at_index < len(handed) else ()
