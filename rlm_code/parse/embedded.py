"""Joins the facts of text in another language into those of the file around it (a script in a page).

It shifts offsets and indices; how either text is parsed is not its business.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rlm_code.parse.facts import Definition, FileFacts, Occurrences


class Embedded(NamedTuple):
    """Facts of the text that begins at byte `start` of the file."""

    start: int
    facts: FileFacts


def join(outer: FileFacts, inner: Sequence[Embedded]) -> FileFacts:
    """`outer` with the facts of `inner` at their places; each list in its usual order."""
    if not inner:
        return outer
    parts = [Embedded(0, outer), *inner]
    definitions, index = _definitions(parts)
    occurrences = [use._replace(start=use.start + part.start) for part in parts for use in part.facts.occurrences]
    imports = [
        found._replace(start=found.start + part.start, parent=index.get((at, found.parent), -1))
        for at, part in enumerate(parts)
        for found in part.facts.imports
    ]
    issues = [
        issue._replace(start=issue.start + part.start, end=issue.end + part.start)
        for part in parts
        for issue in part.facts.issues
    ]
    return FileFacts(
        language=outer.language,
        line_count=outer.line_count,
        definitions=tuple(definitions),
        occurrences=Occurrences.of(sorted(occurrences, key=lambda use: use.start)),
        imports=tuple(sorted(imports, key=lambda found: found.start)),
        issues=tuple(sorted(issues, key=lambda issue: issue.start)),
    )


def _definitions(parts: Sequence[Embedded]) -> tuple[list[Definition], dict[tuple[int, int], int]]:
    """All definitions in order, and the new index of each by its part and its index there."""
    placed = sorted(
        (found.start + part.start, at, old)
        for at, part in enumerate(parts)
        for old, found in enumerate(part.facts.definitions)
    )
    index = {(at, old): new for new, (_, at, old) in enumerate(placed)}
    moved = []
    for _, at, old in placed:
        by, found = parts[at].start, parts[at].facts.definitions[old]
        moved.append(
            found._replace(
                start=found.start + by,
                end=found.end + by,
                name_start=found.name_start + by,
                name_end=found.name_end + by,
                header_end=found.header_end + by,
                parent=index.get((at, found.parent), -1),
            )
        )
    return moved, index
