"""What Java's standard library gives back, as far as its generic containers show it: elements, keys, values.

Data alone: which methods of a type from elsewhere give its arguments, itself, or what a function gives.
"""

from __future__ import annotations

from rlm_code.index.typed.model import ARRAY, Type, Types, simple

_FIRST = frozenset(
    [
        "get",
        "next",
        "previous",
        "peek",
        "element",
        "first",
        "last",
        "getFirst",
        "getLast",
        "poll",
        "pollFirst",
        "pollLast",
        "pop",
        "peekFirst",
        "peekLast",
        "removeFirst",
        "removeLast",
        "orElse",
        "orElseThrow",
        "orElseGet",
        "join",
        "call",
        "take",
        "cast",
        "newInstance",
        "getNow",
        "lower",
        "higher",
        "floor",
        "ceiling",
        "firstElement",
        "lastElement",
        "getPlain",
        "getAcquire",
        "getAndSet",
        "elementAt",
        "nextElement",
        "resultNow",
    ]
)
_SAME = frozenset(
    [
        "filter",
        "sorted",
        "distinct",
        "limit",
        "skip",
        "parallel",
        "sequential",
        "unordered",
        "onClose",
        "takeWhile",
        "dropWhile",
        "subList",
        "or",
        "reversed",
        "descendingSet",
        "headSet",
        "tailSet",
        "subSet",
        "clone",
        "negate",
        "and",
        "thenComparing",
        "whenComplete",
        "exceptionally",
        "orTimeout",
        "subMap",
        "headMap",
        "tailMap",
    ]
)
_AS: dict[str, str] = {
    "iterator": "Iterator", "listIterator": "ListIterator", "stream": "Stream", "parallelStream": "Stream",
    "findFirst": "Optional", "findAny": "Optional", "min": "Optional", "max": "Optional", "reduce": "Optional",
    "toList": "List", "collect": "List", "boxed": "Stream", "descendingIterator": "Iterator", "elements": "Enumeration",
    "spliterator": "Spliterator", "peek": "Stream", "toArray": ARRAY, "getEnumConstants": ARRAY,
}  # fmt: skip
_MAPPING = frozenset({"map", "thenApply", "thenApplyAsync"})
_FLATTENING = frozenset({"flatMap", "thenCompose"})
_VALUE_OF_MAP = frozenset(
    [
        "get",
        "put",
        "remove",
        "getOrDefault",
        "computeIfAbsent",
        "computeIfPresent",
        "compute",
        "putIfAbsent",
        "merge",
        "replace",
    ]
)
_ENTRY_OF_MAP = frozenset({"firstEntry", "lastEntry", "floorEntry", "ceilingEntry", "higherEntry", "lowerEntry"})
_KEY_OF_MAP = frozenset({"firstKey", "lastKey", "floorKey", "ceilingKey", "higherKey", "lowerKey"})
_KEYS_OF_MAP = frozenset({"keySet", "navigableKeySet", "descendingKeySet"})
_FACTORIES = {
    ("List", "of"): "List", ("Set", "of"): "Set", ("Arrays", "asList"): "List", ("Optional", "of"): "Optional",
    ("Optional", "ofNullable"): "Optional", ("Stream", "of"): "Stream", ("Collections", "singletonList"): "List",
    ("Collections", "singleton"): "Set", ("CompletableFuture", "completedFuture"): "CompletableFuture",
}  # fmt: skip
_ITSELF = frozenset(
    {"requireNonNull", "requireNonNullElse", "checkNotNull", "unmodifiableList", "unmodifiableSet", "copyOf",
     "unmodifiableCollection", "unmodifiableMap", "synchronizedList", "synchronizedMap"}
)  # fmt: skip
_FUNCTION_INPUTS: dict[str, tuple[int, ...]] = {
    "Function": (0,), "Consumer": (0,), "Predicate": (0,), "UnaryOperator": (0,), "ToIntFunction": (0,),
    "ToLongFunction": (0,), "ToDoubleFunction": (0,), "BiFunction": (0, 1), "BiConsumer": (0, 1),
    "BiPredicate": (0, 1), "BinaryOperator": (0, 0), "Comparator": (0, 0), "ToIntBiFunction": (0, 1),
    "Supplier": (), "Runnable": (), "Callable": (), "IntFunction": (-1,), "IntPredicate": (-1,),
    "IntUnaryOperator": (-1,), "IntConsumer": (-1,), "BooleanSupplier": (), "IntSupplier": (), "LongSupplier": (),
    "IntBinaryOperator": (-1, -1),
}  # fmt: skip
_RESULTS = {
    "Function": 1, "BiFunction": 2, "Supplier": 0, "Callable": 0, "UnaryOperator": 0, "BinaryOperator": 0,
    "IntFunction": 0,
}  # fmt: skip
_APPLIED = {("Function", "apply"): 1, ("BiFunction", "apply"): 2, ("UnaryOperator", "apply"): 0}

STRING = Type("String")
BOXES = {
    "int": "Integer", "long": "Long", "short": "Short", "byte": "Byte", "char": "Character", "boolean": "Boolean",
    "float": "Float", "double": "Double",
}  # fmt: skip
_BY_NAME = {
    "toString": "String", "hashCode": "int", "equals": "boolean", "size": "int", "isEmpty": "boolean",
    "contains": "boolean", "containsKey": "boolean", "hasNext": "boolean", "ordinal": "int", "length": "int",
    "intValue": "int", "longValue": "long", "shortValue": "short", "byteValue": "byte", "charValue": "char",
    "booleanValue": "boolean", "floatValue": "float", "doubleValue": "double", "compareTo": "int", "name": "String",
}  # fmt: skip
_OF_STRINGS = {
    "charAt": "char", "indexOf": "int", "lastIndexOf": "int", "codePointAt": "int", "startsWith": "boolean",
    "endsWith": "boolean", "equalsIgnoreCase": "boolean", "matches": "boolean", "isBlank": "boolean",
    "regionMatches": "boolean", "contentEquals": "boolean", "compareToIgnoreCase": "int", "codePointCount": "int",
}  # fmt: skip
_OF_CLASSES = frozenset({"getName", "getSimpleName", "getCanonicalName", "getTypeName", "getPackageName"})
_ARRAYS = {"toCharArray": "char", "getBytes": "byte", "split": "String", "toByteArray": "byte"}
_TELLING = frozenset({"Objects", "Arrays", *BOXES.values()})
_MAKING_STRINGS = frozenset({"valueOf", "format", "join", "copyValueOf"})


_CONSTANTS = frozenset(
    {"MAX_VALUE", "MIN_VALUE", "POSITIVE_INFINITY", "NEGATIVE_INFINITY", "NaN", "MIN_NORMAL", "SIZE", "BYTES"}
)


def constant(owner: Type, name: str) -> Types:
    """What a constant of a number's class holds."""
    kind = simple(str(owner.of))
    return tuple(Type(word) for word, box in BOXES.items() if box == kind and name in _CONSTANTS)


def element(types: Types) -> Types:
    """What going through an array or a collection gives."""
    found: Types = ()
    for known in types:
        if isinstance(known, Type) and isinstance(known.of, str) and known.args:
            found += known.args[0]
    return found


def given(owner: Type, name: str, arguments: list[Types], function: Types) -> Types:
    """What a method of a class from elsewhere gives; `function` is what the function passed to it gives."""
    kind = simple(str(owner.of))
    if owner.static:
        return _made(kind, name, arguments)
    plain = _plain(owner, kind, name)
    if plain or not owner.args:
        return plain
    if kind.endswith("Map") and len(owner.args) > 1:
        return _of_map(owner, name)
    if kind.endswith("Entry") and len(owner.args) > 1:
        return owner.args[name == "getValue"] if name in ("getKey", "getValue") else ()
    if (kind, name) in _APPLIED:
        return owner.args[_APPLIED[kind, name] : _APPLIED[kind, name] + 1][0]
    return _of_container(owner, kind, name, function)


def _plain(owner: Type, kind: str, name: str) -> Types:
    """What does not depend on what a class was made with: strings, numbers, arrays of them."""
    if name in _BY_NAME:
        return (Type(_BY_NAME[name]),)
    if name in _ARRAYS:
        return (Type(ARRAY, ((Type(_ARRAYS[name]),),)),)
    if kind == "String":
        return (Type(_OF_STRINGS.get(name, "String")),)
    if kind == "Class" and name in _OF_CLASSES:
        return (STRING,)
    return (owner,) if kind in ("StringBuilder", "StringBuffer") and name in ("append", "insert", "reverse") else ()


def _made(kind: str, name: str, arguments: list[Types]) -> Types:
    first = arguments[0] if arguments else ()
    if (kind == "String" and name in _MAKING_STRINGS) or (name == "toString" and kind in _TELLING):
        return (STRING,)
    if kind in BOXES.values():
        words = [word for word, box in BOXES.items() if box == kind]
        return (Type(kind),) if name == "valueOf" else tuple(map(Type, words)) if name.startswith("parse") else ()
    if (kind, name) in _FACTORIES:
        return (Type(_FACTORIES[kind, name], (first,)),)
    return first if name in _ITSELF else ()


def _of_map(owner: Type, name: str) -> Types:
    key, value = owner.args[:2]
    entry: Types = (Type("Entry", (key, value)),)
    known: list[tuple[frozenset[str], Types]] = [
        (_VALUE_OF_MAP, value),
        (_KEY_OF_MAP, key),
        (_ENTRY_OF_MAP, entry),
        (_KEYS_OF_MAP, (Type("Set", (key,)),)),
        (frozenset({"values"}), (Type("Collection", (value,)),)),
        (frozenset({"entrySet"}), (Type("Set", (entry,)),)),
        (_SAME, (owner,)),
    ]
    return next((given for names, given in known if name in names), ())


def _of_container(owner: Type, kind: str, name: str, function: Types) -> Types:
    if name in _MAPPING:
        return (Type(owner.of, (function,)),)
    if name in _FLATTENING:
        return (Type(owner.of, (element(function),)),)
    if name in _FIRST and not (name == "peek" and kind == "Stream"):
        return owner.args[0]
    if name in _AS:
        return (Type(_AS[name], owner.args[:1]),)
    return (owner,) if name in _SAME else ()


def function_inputs(function: Type) -> list[Types] | None:
    """What a function type from elsewhere is given; None if it is no known one."""
    places = _FUNCTION_INPUTS.get(simple(str(function.of)))
    if places is None:
        return None
    return [(Type("int"),) if at < 0 else function.args[at] if at < len(function.args) else () for at in places]


def function_result(function: Type) -> Types | None:
    """Which argument of a function type from elsewhere is what it gives."""
    at = _RESULTS.get(simple(str(function.of)))
    return function.args[at] if at is not None and at < len(function.args) else None


def passed(owner: Type, name: str) -> list[Types]:
    """What a method of a container from elsewhere passes to a function."""
    kind = simple(str(owner.of))
    if kind.endswith("Map") and len(owner.args) > 1:
        if name in ("computeIfAbsent",):
            return [owner.args[0]]
        return [owner.args[1], owner.args[1]] if name == "merge" else list(owner.args[:2])
    if not owner.args:
        return []
    if name == "collect":
        return []
    return [owner.args[0], owner.args[0]]
