"""Which of several definitions of a Python name a place sees: those that have run and were not replaced before it.

Resolution says what a name may stand for anywhere, which is what references need. This is for who asks at one place.
A module or class that is asked for a member is asked when it has run to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rlm_code.index.expressions import dot_before, word_before
from rlm_code.index.fileview import FUNCTIONS
from rlm_code.index.python.tree import decorators_of, node_at
from rlm_code.index.reaching import reaching
from rlm_code.index.values import Local, Named, Target
from rlm_code.parse.scopes import Binding, Locals

if TYPE_CHECKING:
    from rlm_code.index.links import Links

_ADDING = re.compile(r"(?:^|\.)(?:overload|setter|getter|deleter|register)$")
_KEYWORDS = frozenset({"keyword_argument", "keyword_pattern"})


def seen_from(links: Links, path: str, offset: int, targets: Sequence[Named]) -> list[Named]:
    """Of what a name at an offset may stand for, what the code there sees; what stands at the place itself, alone."""
    data = links.index.data(path)
    start = word_before(data, max(0, offset - 200), offset)
    use = next(iter(links.index.view(path).uses_within(start, start + 1)), None)
    if use is None:
        return list(targets)
    names = links.index.syntax(path).locals
    here = names.at(start) if names else None
    if here and here.kind not in ("deletion", "import"):
        return _named(links, path, [here])
    if names is None or use.role == "import" or dot_before(data, start) is not None or _is_keyword(links, path, start):
        return targets_left(links, targets)
    return _named(links, path, seen(links, path, use.name, start)) or targets_left(links, targets)


def seen(links: Links, path: str, name: str, offset: int) -> list[Binding]:
    """The places that bind a bare name and that code at an offset sees; [] if the file binds it nowhere."""
    names = links.index.syntax(path).locals
    binding = names.lookup(name, offset) if names else None
    if names is None or binding is None:
        return []
    if _is_unbound_yet(names, binding, offset):
        binding = names.lookup(name, max(0, names.scopes[binding.scope].start - 1)) or binding
    bindings = names.bindings_of(binding)
    found = reaching(names, bindings, offset, _adding(links, path, bindings), settled=True)
    return [one for one in found if one.kind != "deletion"]


def _is_unbound_yet(names: Locals, binding: Binding, offset: int) -> bool:
    """Whether a class's body uses a name before it binds it: then it is what it is around the class."""
    if names.scopes[binding.scope].kind != "class":
        return False
    places = [
        (one.end, *(place[1] for place in (one.value, one.annotation) if place)) for one in names.bindings_of(binding)
    ]
    return min(max(ends) for ends in places) > offset


def targets_left(links: Links, targets: Sequence[Named]) -> list[Named]:
    """Targets without those that others of the same scope replace before its end."""
    kept: list[Named] = []
    for target in targets:
        names = links.index.syntax(target.path).locals if len(targets) > 1 and isinstance(target, Target) else None
        if names is None or not isinstance(target, Target) or _is_left(links, target, names):
            kept.append(target)
    return kept or list(targets)


def _is_left(links: Links, target: Target, names: Locals) -> bool:
    binding = names.at(links.index.view(target.path).definitions[target.at].name_start)
    if binding is None:  # a member that is assigned from outside of the class's body
        return True
    bindings = names.bindings_of(binding)
    adding = _adding(links, target.path, bindings)
    return len(bindings) < 2 or binding in reaching(names, bindings, names.scopes[binding.scope].end, adding)


def _named(links: Links, path: str, bindings: Iterable[Binding]) -> list[Named]:
    view = links.index.view(path)
    found: dict[Named, None] = {}
    for binding in bindings:
        at = view.by_name_start.get(binding.start)
        here: Named = Target(path, at) if at is not None else Local(path, binding.start, binding.name)
        inner = _imported(links, path, binding) if binding.kind == "import" else []
        found |= dict.fromkeys(inner or [here])
    return list(found)


def _imported(links: Links, path: str, binding: Binding) -> list[Named]:
    rows = [row for row in links.index.view(path).bound_imports.get(binding.name, ()) if row.start <= binding.start]
    values = links.imported(path, rows[-1]) if rows else ()
    named = targets_left(links, [value for value in values if isinstance(value, Target | Local)])
    return named or list(links.module_files(values))


def _adding(links: Links, path: str, bindings: Iterable[Binding]) -> frozenset[int]:
    """Where a name is bound that keeps what it was before: other accessors of a property, overloads, declarations."""
    return frozenset(one.start for one in bindings if _is_adding(links, path, one))


def _is_adding(links: Links, path: str, binding: Binding) -> bool:
    if binding.kind == "variable":
        return binding.annotation is not None and binding.value is None
    view = links.index.view(path)
    at = view.by_name_start.get(binding.start)
    if at is None or view.definitions[at].kind not in FUNCTIONS:
        return False
    head = links.index.data(path)[view.definitions[at].start : binding.start]
    return any(_ADDING.search(name) for name in decorators_of(head))


def _is_keyword(links: Links, path: str, start: int) -> bool:
    """Whether a name is that of an argument or of a field in a pattern."""
    name = node_at(links.index.syntax(path).tree, start, start + 1)
    parent = name.parent if name else None
    return parent is not None and parent.type in _KEYWORDS and parent.named_children[0] == name
