"""Chains of references from one definition to another, by breadth-first search over what is written inside each."""

from __future__ import annotations

from collections.abc import Iterator

from rlm_code.index.fileview import CLASSES, FUNCTIONS
from rlm_code.index.references import References
from rlm_code.index.values import Certainty, Reference, Target

_MOST_VISITED = 2000


def call_paths(references: References, source: Target, target: Target, limit: int) -> list[list[Reference]]:
    """At most `limit` chains, shortest first; each link lies inside the definition that the one before leads to."""
    found: list[list[Reference]] = []
    queue: list[tuple[Target, list[Reference]]] = [(source, [])]
    seen = {source}
    while queue and len(found) < limit and len(seen) < _MOST_VISITED:
        current, chain = queue.pop(0)
        reached: set[Target] = set()
        for reference in _run(references, current, whole=current == source):
            for step in _steps(references, reference):
                next_target = step.targets[0]
                if not isinstance(next_target, Target) or next_target in reached or next_target == current:
                    continue
                reached.add(next_target)
                if next_target == target:
                    found.append([*chain, step])
                elif next_target not in seen:
                    seen.add(next_target)
                    queue.append((next_target, [*chain, step]))
    return found[:limit]


def _run(references: References, current: Target, *, whole: bool) -> Iterator[Reference]:
    """What is written inside a definition, of a class that a chain passes through only what making an object runs."""
    definitions = references.links.index.view(current.path).definitions
    for reference in references.inside_of(current):
        passed = reference.inside != current.at and definitions[current.at].kind in CLASSES
        if whole or not passed or definitions[reference.inside].kind not in ("method", "function"):
            yield reference


def _steps(references: References, reference: Reference) -> Iterator[Reference]:
    """A use once for each definition that it leads to: what it names, then what may run in the place of that."""
    for target in reference.targets:
        yield reference._replace(targets=(target,))
    for target in reference.targets:
        if isinstance(target, Target) and _may_dispatch(references, reference, target):
            for override in references.hierarchy.overrides(target):
                certainty: Certainty = "name" if reference.certainty == "name" else "inferred"
                yield reference._replace(targets=(override,), certainty=certainty)


def _may_dispatch(references: References, reference: Reference, target: Target) -> bool:
    """Whether a use of a function may run one that overrides it. Only of names read by the text is it known that they
    name one class's own; an object of a declared type may be of any below it."""
    links = references.links
    if links.index.view(target.path).definitions[target.at].kind not in FUNCTIONS:
        return False
    declared = links.typed.of(reference.path) is not None
    return declared or references.resolver.dispatches(reference.path, reference.use)
