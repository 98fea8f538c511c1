"""The fields that a class's annotations declare and its calls fill: dataclasses, named tuples and their like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.flow.arguments import Given, given_for
from rlm_code.index.flow.expressions import Call, Parameter
from rlm_code.index.flow.python_expressions import last_name
from rlm_code.index.flow.values import NOTHING, Values

if TYPE_CHECKING:
    from rlm_code.index.flow.evaluate import Evaluator
    from rlm_code.index.values import Target

_MAKERS = frozenset({"dataclass", "define", "frozen", "attrs"})
_BASES = frozenset({"NamedTuple", "BaseModel"})


def fields_of(evaluator: Evaluator, owner: Target) -> list[Parameter]:
    """The fields of a class in the order of its constructor; [] for a class whose annotations are no fields."""
    file = evaluator.file(owner.path)
    at = evaluator.index.view(owner.path).definitions[owner.at].name_start
    if file is None or at not in file.classes:
        return []
    made = any(last_name(call.callee)[1] in _MAKERS for call in file.decorators(at))
    if not made and _BASES.isdisjoint(name for name, _ in evaluator.links.base_names(owner)):
        return []
    scope = file.class_scope(at)
    return [
        Parameter(b.name, b.start, "plain", file.expression(*b.value) if b.value else None)
        for b in file.locals.bindings
        if b.scope == scope and b.annotation is not None
    ]


def filled(evaluator: Evaluator, owner: Target, name: str) -> Values:
    """What the calls of a class give one of its fields, in the order in which its bases declare them."""
    order = evaluator.classes.order(owner)
    fields = [field for one in reversed(order) for field in fields_of(evaluator, one)]
    at = next((at for at, field in enumerate(fields) if field.name == name), None)
    if at is None:
        return NOTHING
    found = NOTHING
    for site, _ in evaluator.sites.making(owner).found:
        if isinstance(site.call, Call):
            found |= given_for(evaluator, Given(site.path, site.call, None, bound=False), fields, at) or NOTHING
    return found
