"""What Python's built-ins and a few functions of the standard library do with functions and containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.flow.expressions import Argument, Call
from rlm_code.index.flow.values import (
    ANYTHING,
    NOTHING,
    UNKNOWN,
    Descriptor,
    Frame,
    Function,
    Generator,
    Literal,
    Method,
    Object,
    Outer,
    Partial,
    Row,
    Site,
    Super,
    Values,
)
from rlm_code.index.values import Module, Target

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator

_SEQUENCES = frozenset(
    {"list", "tuple", "set", "frozenset", "sorted", "reversed", "iter", "enumerate", "zip", "map", "filter", "dict",
     "collections.deque", "collections.OrderedDict", "collections.defaultdict", "copy.copy", "copy.deepcopy",
     "itertools.chain", "itertools.cycle", "itertools.islice"}
)  # fmt: skip
_FIRST = frozenset({"next", "max", "min", "random.choice", "typing.cast"})
_WRAPPERS = frozenset({"functools.wraps", "wraps", "functools.update_wrapper", "update_wrapper"})
_DECORATORS = frozenset(
    {"functools.lru_cache", "functools.cache", "functools.singledispatch", "functools.total_ordering",
     "contextlib.contextmanager", "contextlib.asynccontextmanager", "atexit.register", "abc.abstractmethod",
     "typing.overload", "typing.final", "dataclasses.dataclass", "types.coroutine"}
)  # fmt: skip


def call_outer(evaluator: Evaluator, dotted: str, path: str, call: Call, frame: Frame | None) -> Values:
    """What calling something from outside gives."""
    caller = _CALLING.get(dotted)
    if caller is not None:
        return caller(evaluator, path, call, frame)
    if dotted in _WRAPPERS | _DECORATORS:
        return _decorator(evaluator, dotted, path, call, frame)
    if dotted in _FIRST and call.arguments:
        return _first(evaluator, dotted, path, call, frame)
    if dotted in ("staticmethod", "classmethod", "property") and call.arguments:
        below = evaluator.values(path, call.arguments[0].value, frame)
        return Values(Descriptor(dotted, value) for value in below)
    if dotted in _SEQUENCES:
        maker = dotted.rpartition(".")[2]
        maker = "dict" if maker == "OrderedDict" else maker
        return Values([Site(path, call.start, call.end, frame, maker)])
    return _from_outside(evaluator, dotted, path, call, frame)


def _partial(_evaluator: Evaluator, path: str, call: Call, frame: Frame | None) -> Values:
    return Values([Partial(path, call.start, call.end, frame)])


def _globals(_evaluator: Evaluator, path: str, _call: Call, _frame: Frame | None) -> Values:
    return Values([Module("", (path,))])


def _module(evaluator: Evaluator, path: str, call: Call, frame: Frame | None) -> Values:
    """The modules that are imported by a name in a string."""
    names = evaluator.values(path, call.arguments[0].value, frame) if call.arguments else ANYTHING
    texts = [name.value for name in names if isinstance(name, Literal) and isinstance(name.value, str) and name.value]
    found = (evaluator.links.modules.of(path).locate(path, text) for text in texts)
    return Values(module for module in found if module) or ANYTHING


def _from_outside(evaluator: Evaluator, dotted: str, path: str, call: Call, frame: Frame | None) -> Values:
    """What something from outside makes of nothing of ours is not ours."""
    given = evaluator.union(evaluator.values(path, argument.value, frame) for argument in call.arguments)
    ours = any(not isinstance(value, Literal | Outer) for value in given)
    return ANYTHING if ours else Values([Outer(f"{dotted}()")])


def _decorator(evaluator: Evaluator, dotted: str, path: str, call: Call, frame: Frame | None) -> Values:
    """`wraps(f)` and `lru_cache()` give decorators that leave a function what it is; `cache(f)` is that function."""
    if dotted in _WRAPPERS and not dotted.endswith("update_wrapper"):
        return Values([Outer("wraps()")])
    plain = [argument for argument in call.arguments if not argument.name]
    below = evaluator.values(path, plain[0].value, frame) if plain else NOTHING
    kept = Values(value for value in below if not isinstance(value, Literal))
    return kept or Values([Outer(f"{dotted}()")])


def _super(evaluator: Evaluator, path: str, call: Call, frame: Frame | None) -> Values:
    file = evaluator.file(path)
    if file is None:
        return ANYTHING
    if len(call.arguments) == 2:
        of, receiver = (evaluator.values(path, argument.value, frame) for argument in call.arguments)
        return Values(
            Super(one, other)
            for one in of
            if isinstance(one, Target)
            for other in receiver
            if isinstance(other, Object | Target)
        )
    function = file.owner(call.start)
    while function is not None and file.class_around(function) is None:
        start = file.functions[function].start_byte
        function = file.owner(start - 1) if start else None
    around = file.class_around(function) if function is not None else None
    at = evaluator.index.view(path).by_name_start.get(around) if around is not None else None
    if function is None or at is None:
        return ANYTHING
    inner = evaluator.frame_of(file, function, frame)
    receiver_values = (
        Values([inner.receiver])
        if inner is not None and inner.receiver is not None
        else evaluator.members.receiver(path, function)
    )
    return Values(Super(Target(path, at), r) for r in receiver_values if isinstance(r, Object | Target))


def _attribute(evaluator: Evaluator, path: str, call: Call, frame: Frame | None) -> Values:
    if len(call.arguments) < 2:
        return ANYTHING
    of = evaluator.values(path, call.arguments[0].value, frame)
    found = NOTHING
    for name in evaluator.values(path, call.arguments[1].value, frame):
        if isinstance(name, Literal) and isinstance(name.value, str):
            found |= evaluator.members.of_all(of, name.value)
        else:
            found |= ANYTHING
    if len(call.arguments) > 2 and (not found or UNKNOWN in found):
        found |= evaluator.values(path, call.arguments[2].value, frame)
    return found


def _type(evaluator: Evaluator, path: str, call: Call, frame: Frame | None) -> Values:
    if len(call.arguments) != 1:
        return ANYTHING
    of = evaluator.values(path, call.arguments[0].value, frame)
    return Values(value.of for value in of if isinstance(value, Object)) or ANYTHING


def _first(evaluator: Evaluator, dotted: str, path: str, call: Call, frame: Frame | None) -> Values:
    first = evaluator.values(path, call.arguments[0].value, frame)
    if dotted == "typing.cast":
        return evaluator.values(path, call.arguments[-1].value, frame)
    if dotted in ("max", "min") and len([a for a in call.arguments if not a.name]) > 1:
        return evaluator.union(evaluator.values(path, a.value, frame) for a in call.arguments if not a.name)
    found = NOTHING
    for value in first:
        if isinstance(value, Object):
            found |= evaluator.containers.result_of(value, "__next__")
        else:
            found |= evaluator.containers.each(Values([value]))
    return found


def made_by(evaluator: Evaluator, site: Site, call: Call, keys: Values) -> Values:  # noqa: PLR0911
    """The elements of a container that a built-in makes."""
    given = [argument for argument in call.arguments if not argument.name]
    sources = [source for argument in given for source in _sources(evaluator, site, argument)]
    if site.maker == "element":
        return NOTHING
    if site.maker == "defaultdict":
        return Values([site._replace(maker="element")])
    if site.maker == "dict":
        return _of_dictionary(evaluator, site, call, sources, keys)
    if not sources:
        return NOTHING
    if site.maker == "enumerate":
        return Values([Row((ANYTHING, evaluator.containers.each(sources[0])))])
    if site.maker == "zip":
        return Values([Row(tuple(evaluator.containers.each(source) for source in sources))])
    if site.maker == "map":
        inner = Call(call.start, call.end - 1, given[0].value, (), call.at, call.name)
        functions = (value for value in sources[0] if isinstance(value, Function))
        return (
            evaluator.union(evaluator.running.run(value, None, (site.path, inner), site.frame) for value in functions)
            or ANYTHING
        )
    if site.maker == "filter":
        return evaluator.containers.each(sources[-1])
    if site.maker == "chain":
        return evaluator.union(evaluator.containers.each(source) for source in sources)
    numbered = site.maker in ("list", "tuple", "deque", "copy", "deepcopy")
    return evaluator.containers.items(sources[0], keys) if numbered else evaluator.containers.each(sources[0])


def _sources(evaluator: Evaluator, site: Site, argument: Argument) -> list[Values]:
    """What one argument gives a built-in: one thing, or, spread out, several."""
    values = evaluator.values(site.path, argument.value, site.frame)
    if not argument.spread:
        return [values]
    listed = evaluator.containers.listed(values)
    return [evaluator.containers.each(values)] if listed is None else listed


def _of_dictionary(evaluator: Evaluator, site: Site, call: Call, sources: list[Values], keys: Values) -> Values:
    named = [argument for argument in call.arguments if argument.name]
    asked = {key.value for key in keys if isinstance(key, Literal)}
    exact = len(asked) == len(keys)
    found = evaluator.union(
        evaluator.values(site.path, argument.value, site.frame)
        for argument in named
        if not exact or argument.name in asked
    )
    for source in sources:
        if any(isinstance(value, Site) and evaluator.containers.is_mapping(value) for value in source):
            found |= evaluator.containers.items(source, keys)
        else:
            pairs = evaluator.containers.each(source)
            found |= evaluator.containers.items(pairs, Values([Literal(1)]))
    return found.known()


def call_method(evaluator: Evaluator, method: Method, path: str, call: Call, frame: Frame | None) -> Values:  # noqa: PLR0911
    """What calling a method of a container or generator gives."""
    of, name = Values([method.of]), method.name
    arguments = [evaluator.values(path, argument.value, frame) for argument in call.arguments]
    containers = evaluator.containers
    if isinstance(method.of, Literal):
        return ANYTHING
    if name in ("get", "pop", "setdefault", "__getitem__"):
        found = containers.items(of, arguments[0] if arguments else ANYTHING)
        return found | (arguments[1] if len(arguments) > 1 and name in ("get", "pop") else NOTHING)
    if name in ("popleft", "popitem"):
        return containers.items(of, ANYTHING)
    if name == "values":
        return Values([Row((containers.items(of, ANYTHING),))])
    if name == "items":
        return Values([Row((Values([Row((containers.each(of), containers.items(of, ANYTHING)))]),))])
    if name in ("copy", "keys", "union", "__iter__"):
        return of
    if name in ("send", "__next__"):
        return containers.each(of)
    return NOTHING if not isinstance(method.of, Generator) else ANYTHING


_CALLING = {
    "functools.partial": _partial,
    "super": _super,
    "getattr": _attribute,
    "type": _type,
    "importlib.import_module": _module,
    "__import__": _module,
    "globals": _globals,
}
