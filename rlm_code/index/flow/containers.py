"""What containers hold: elements of literals, what is put in later in the same file, what generators yield."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.flow.expressions import Argument, Call, Collection, Expression, Generated, Mapping, Store
from rlm_code.index.flow.python_builtins import call_method, made_by
from rlm_code.index.flow.python_expressions import last_name
from rlm_code.index.flow.values import (
    ANYTHING,
    NOTHING,
    UNKNOWN,
    Bound,
    Frame,
    Function,
    Generator,
    Literal,
    Method,
    Object,
    Row,
    Site,
    Value,
    Values,
)
from rlm_code.index.values import Module, Target

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator

_MOST_STORES = 60
_MOST_FILLING = 6
_MOST_NUMBERED = 4


class Containers:
    """Containers of one snapshot."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def taken(self, values: Values, step: str | int) -> Values:  # noqa: PLR0911
        """What a step of a binding takes out of values: "each" element, "enter", an element's number, …"""
        if step == "each":
            return self.each(values)
        if step == "enter":
            return self._entered(values)
        if step == "default":
            return values
        if step in ("caught", "object"):
            return self._caught(values)
        if step == "*":
            return self._rest(values, 0)
        if isinstance(step, int):
            return self.items(values, Values([Literal(step)]))
        return ANYTHING

    def taken_apart(self, values: Values, steps: tuple[str | int, ...]) -> Values:
        """What the steps of a pattern take out of values; a number before the rest is where the rest begins."""
        for at, step in enumerate(steps):
            if isinstance(step, int) and "*" in steps[at + 1 : at + 2]:
                return self._rest(values, step)
            values = self.taken(values, step)
        return values

    def _rest(self, values: Values, first: int) -> Values:
        """The elements from a number on; of what is not written out, any may stand anywhere."""
        found = NOTHING
        for value in values:
            listed = self.listed(Values([value]))
            each = self._each(value) if listed is None else NOTHING
            found |= Values([Row((each,) * _MOST_NUMBERED if listed is None else tuple(listed[first:]))])
        return found

    def listed(self, values: Values) -> list[Values] | None:
        """The elements of a container one by one, where values are one that is written out; None where not."""
        value = next(iter(values), None)
        if len(values) != 1 or not isinstance(value, Row | Site):
            return None
        if isinstance(value, Row):
            return None if value.keys else list(value.items)
        of = self.expression(value)
        if not isinstance(of, Collection) or any(item.spread for item in of.items) or self._stores(value):
            return None
        return [self._evaluator.values(value.path, item.value, value.frame) for item in of.items]

    def _caught(self, values: Values) -> Values:
        classes = values | self.each(Values(v for v in values if isinstance(v, Site)))
        return Values(Object(value) for value in classes if isinstance(value, Target)) or ANYTHING

    def items(self, values: Values, keys: Values, *, slices: bool = False) -> Values:
        """The elements of values under some keys; a slice of a container counts as the container."""
        return self._evaluator.union(self._item(value, keys, slices) for value in values)

    def _item(self, value: Value, keys: Values, slices: bool) -> Values:  # noqa: PLR0911
        if slices and isinstance(value, Site | Row):
            return Values([value])
        if isinstance(value, Row):
            return self._of_row(value, keys)
        if isinstance(value, Site):
            return self._of_site(value, keys)
        if isinstance(value, Object):
            return self.result_of(value, "__getitem__")
        if isinstance(value, Generator):
            return self._each(value)
        if isinstance(value, Module):
            names = [key.value for key in keys if isinstance(key, Literal)]
            return self._evaluator.union(self._evaluator.members.of(value, str(name)) for name in names)
        return Values([value]) if isinstance(value, Target) else ANYTHING

    def _of_row(self, row: Row, keys: Values) -> Values:
        wanted = [key.value for key in keys if isinstance(key, Literal)]
        if UNKNOWN in keys or len(wanted) != len(keys):
            return self._evaluator.union(row.items)
        if row.keys:
            return self._evaluator.union(i for k, i in zip(row.keys, row.items, strict=True) if k in wanted)
        count = len(row.items)
        return self._evaluator.union(row.items[k] for k in wanted if isinstance(k, int) and -count <= k < count)

    def result_of(self, value: Object, name: str) -> Values:
        """What a method of an object gives that syntax calls by a fixed name."""
        found = NOTHING
        for method in self._evaluator.members.of(value, name):
            if isinstance(method, Bound):
                found |= self._evaluator.running.run(method.function, method.receiver)
        return found or ANYTHING

    def _entered(self, values: Values) -> Values:
        found = NOTHING
        for value in values:
            if isinstance(value, Generator):
                found |= self.each(Values([value]))
            elif isinstance(value, Object):
                entered = self.result_of(value, "__enter__").known() or self.result_of(value, "__aenter__")
                found |= entered or ANYTHING
            else:
                found |= ANYTHING
        return found

    def each(self, values: Values) -> Values:
        """What going through values gives."""
        return self._evaluator.union(self._each(value) for value in values)

    def _each(self, value: Value) -> Values:
        if isinstance(value, Row):
            return Values(Literal(k) for k in value.keys) if value.keys else self._evaluator.union(value.items)
        if isinstance(value, Site):
            return self._keys(value) if self.is_mapping(value) else self._of_site(value, ANYTHING)
        if isinstance(value, Generator):
            return self._yielded(value.frame)
        if isinstance(value, Object):
            return self._iterated(value)
        return ANYTHING

    def _iterated(self, value: Object) -> Values:
        found = NOTHING
        for iterator in self.result_of(value, "__iter__"):
            if isinstance(iterator, Object):
                found |= self.result_of(iterator, "__next__")
            else:
                found |= self._each(iterator)
        return found

    def _yielded(self, frame: Frame) -> Values:
        return self._evaluator.work.answer(("yields", frame), lambda: self._find_yielded(frame))

    def _find_yielded(self, frame: Frame) -> Values:
        function = frame.function
        file = self._evaluator.file(function.path)
        if file is None:
            return ANYTHING
        found = NOTHING
        for argument in file.yields(function.at):
            found |= self._spread(function.path, argument, frame)
        return found

    def _spread(self, path: str, argument: Argument, frame: Frame | None) -> Values:
        values = self._evaluator.values(path, argument.value, frame)
        return self.each(values) if argument.spread else values

    def expression(self, site: Site) -> Expression | None:
        """The expression that makes a container."""
        file = self._evaluator.file(site.path)
        return file.expression(site.start, site.end) if file else None

    def is_mapping(self, site: Site) -> bool:
        """Whether a container is a mapping."""
        of = self.expression(site)
        keyed = isinstance(of, Generated) and of.key is not None
        return keyed or isinstance(of, Mapping) or site.maker in ("dict", "defaultdict")

    def _keys(self, site: Site) -> Values:
        return self._evaluator.work.answer(("keys", site), lambda: self._find_keys(site))

    def _find_keys(self, site: Site) -> Values:
        of = self.expression(site)
        if isinstance(of, Mapping):
            found = NOTHING
            for key, value in of.items:
                inner = self._evaluator.values(site.path, key or value, site.frame)
                found |= inner if key else self.each(inner)
            return found | self._stored_keys(site)
        if isinstance(of, Generated) and of.key is not None:
            return self._evaluator.values(site.path, of.key, site.frame)
        return ANYTHING

    def _stored_keys(self, site: Site) -> Values:
        keys = [(path, store.key) for path, store in self._stores(site) if store.key is not None]
        return self._evaluator.union(self._evaluator.values(path, key, None) for path, key in keys)

    def _of_site(self, site: Site, keys: Values) -> Values:
        return self._evaluator.work.answer(("items", site, keys), lambda: self._find_items(site, keys))

    def _find_items(self, site: Site, keys: Values) -> Values:
        of = self.expression(site)
        found = NOTHING
        if isinstance(of, Collection):
            found |= self._of_collection(site, of, keys)
        elif isinstance(of, Mapping):
            found |= self._of_mapping(site, of, keys)
        elif isinstance(of, Generated):
            found |= self._evaluator.values(site.path, of.element, site.frame)
        elif isinstance(of, Call):
            found |= made_by(self._evaluator, site, of, keys)
        else:
            found |= ANYTHING
        for path, store in self._stores(site):
            if store.key is None or self._meets(path, store.key, keys, None):
                found |= self._put(site, path, store, keys)
        return found

    def _put(self, site: Site, path: str, store: Store, keys: Values) -> Values:
        values = self._evaluator.values(path, store.value, None)
        if not store.spread:
            return values
        return self.items(values, keys) if self.is_mapping(site) else self.each(values)

    def _of_collection(self, site: Site, of: Collection, keys: Values) -> Values:
        plain = not any(item.spread for item in of.items)
        numbers = [key.value for key in keys if isinstance(key, Literal) and isinstance(key.value, int)]
        if plain and numbers and len(numbers) == len(keys):
            items = [of.items[n] for n in numbers if -len(of.items) <= n < len(of.items)]
        else:
            items = list(of.items)
        return self._evaluator.union(self._spread(site.path, item, site.frame) for item in items)

    def _of_mapping(self, site: Site, of: Mapping, keys: Values) -> Values:
        found = NOTHING
        for key, value in of.items:
            if key is None:
                found |= self.items(self._evaluator.values(site.path, value, site.frame), keys)
            elif self._meets(site.path, key, keys, site.frame):
                found |= self._evaluator.values(site.path, value, site.frame)
        return found

    def _meets(self, path: str, key: Expression, keys: Values, frame: Frame | None) -> bool:
        """Whether a key may be one of those that are asked for."""
        if UNKNOWN in keys or not all(isinstance(wanted, Literal | Function | Target) for wanted in keys):
            return True
        own = self._evaluator.values(path, key, frame)
        return UNKNOWN in own or any(key in own for key in keys)

    def _stores(self, site: Site) -> list[tuple[str, Store]]:
        """What is put into a container in its own file, and under the name it is given there in a few others."""
        file = self._evaluator.file(site.path)
        if file is None:
            return []
        found = [(site.path, store) for store in file.stores.items] if len(file.stores.items) <= _MOST_STORES else []
        name = file.name_given(site.start, site.end)
        users = [path for path in self._evaluator.index.using(name) if path != site.path] if name else []
        if users and len(users) <= _MOST_FILLING and self._evaluator.may_visit(users):
            for path in users:
                other = self._evaluator.file(path)
                stores = other.stores.items if other else ()
                found += [(path, store) for store in stores if last_name(store.of)[1] == name]
        return [(path, store) for path, store in found if self._holds(site, path, store)]

    def _holds(self, site: Site, path: str, store: Store) -> bool:
        held = self._evaluator.values(path, store.of, None)
        place = (*site[:3], site.maker)
        return any(isinstance(value, Site) and (*value[:3], value.maker) == place for value in held)

    def called(self, method: Method, path: str, call: Call, frame: Frame | None) -> Values:
        """What a method of a container or generator gives."""
        return call_method(self._evaluator, method, path, call, frame)
