"""What Python's own functions, containers and type names mean to those who ask for the class of an object: tables."""

from __future__ import annotations

from typing import Final

LISTS: Final = frozenset(
    {"list", "List", "Sequence", "MutableSequence", "Iterable", "Iterator", "Collection", "set", "Set", "frozenset",
     "FrozenSet", "AbstractSet", "MutableSet", "deque", "Deque", "Generator", "AsyncGenerator", "AsyncIterator",
     "AsyncIterable", "Reversible", "KeysView", "ValuesView", "WeakSet", "UserList"}
)  # fmt: skip
"""Type names whose first argument is what iterating gives."""

MAPPINGS: Final = frozenset(
    {
        "dict",
        "Dict",
        "Mapping",
        "MutableMapping",
        "defaultdict",
        "DefaultDict",
        "OrderedDict",
        "ChainMap",
        "WeakKeyDictionary",
        "WeakValueDictionary",
        "MappingProxyType",
        "UserDict",
    }
)
TUPLES: Final = frozenset({"tuple", "Tuple"})
UNIONS: Final = frozenset(
    {"Optional", "Union", "Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly", "InitVar", "Unpack"}
)
"""Type names that stand for their arguments (of Annotated: the first)."""

RESULTS: Final = frozenset({"Awaitable", "Coroutine", "Future", "Task"})
"""Type names whose last argument is what waiting gives."""

CONTEXTS: Final = frozenset(
    {"ContextManager", "AsyncContextManager", "AbstractContextManager", "AbstractAsyncContextManager"}
)
CLASS_OBJECTS: Final = frozenset({"type", "Type"})
CALLABLES: Final = frozenset({"Callable"})
UNKNOWN_TYPES: Final = frozenset(
    {"Any", "object", "TypeVar", "ParamSpec", "Protocol", "Incomplete", "AnyStr", "Final", "ClassVar"}
)

LITERALS: Final = frozenset({"str", "int", "float", "bool", "None", "list", "dict", "set", "tuple"})
"""The kinds of what is written as a literal."""

BUILT_IN_MEMBERS: Final = frozenset(
    name for kind in (str, bytes, list, tuple, dict, set, int, float) for name in dir(kind) if not name.startswith("__")
)
"""What objects of the language's own classes have: a name that says nothing of whose member it is."""

ELEMENT_OF_FIRST: Final = frozenset({"next", "max", "min", "anext", "choice"})
SAME_AS_FIRST: Final = frozenset(
    {"copy", "deepcopy", "replace", "evolve", "unwrap", "update_wrapper", "create_task", "ensure_future", "shield",
     "wait_for", "run_until_complete", "staticmethod"}
)  # fmt: skip
LIST_OF_FIRST: Final = frozenset({"list", "sorted", "reversed", "set", "frozenset", "tuple", "iter", "aiter", "deque"})
ENTERED_FIRST: Final = frozenset({"enter_context", "enter_async_context"})
CONTEXT_OF_FIRST: Final = frozenset({"closing", "aclosing", "nullcontext"})
KEYED: Final = frozenset({"sorted", "min", "max", "groupby"})
"""Functions that give each element of their first argument to the one they take as `key`."""

APPLYING: Final = frozenset({"map", "filter", "takewhile", "dropwhile", "filterfalse"})
"""Functions that give each element of their second argument to the first."""

UNTOLD: Final = frozenset({"super", "eval", "import_module", "__import__"})
"""Functions whose results may be anything."""

PLAIN_FUNCTIONS: Final = frozenset(
    {"str", "int", "float", "bytes", "bytearray", "bool", "complex", "range", "open", "len", "repr", "ascii", "hash",
     "id", "ord", "chr", "hex", "oct", "bin", "abs", "round", "sum", "pow", "divmod", "format", "input", "print",
     "isinstance",
     "issubclass", "hasattr", "callable", "any", "all", "dir", "memoryview", "object", "slice", "vars",
     "globals", "locals"}
)  # fmt: skip
"""Built-in functions and classes whose results are never objects of the snapshot's classes."""

LIST_METHODS: Final = frozenset({"copy", "union", "intersection", "difference", "symmetric_difference", "__iter__"})
ELEMENT_METHODS: Final = frozenset({"pop", "popleft", "__getitem__", "__next__", "send"})
VALUE_METHODS: Final = frozenset({"get", "pop", "setdefault", "__getitem__"})

MAKING: Final = frozenset({"_replace", "_make", "__new__"})
"""Methods that a named tuple or any class has and that make an object."""

CLASS_METHODS: Final = frozenset({"__new__", "__init_subclass__", "__class_getitem__"})
"""Methods that get their class without being told so by a decorator."""

OPERATORS: Final = {
    "+": "__add__", "-": "__sub__", "*": "__mul__", "/": "__truediv__", "//": "__floordiv__", "%": "__mod__",
    "@": "__matmul__", "&": "__and__", "|": "__or__", "^": "__xor__", "<<": "__lshift__", ">>": "__rshift__",
    "**": "__pow__",
}  # fmt: skip
"""The method that an operator between two objects calls on the left one."""

UNARY_OPERATORS: Final = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}
