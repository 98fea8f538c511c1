"""Reads the assertions that fixtures carry as comments beside their code.

    def total(cart):
    #   ^ definition function
    #         ^ reference write

A caret stands under the first byte of the name it speaks of, in the nearest line above that holds no
marker (columns are bytes: a tab counts one); `<-` speaks of the column in which its comment begins.
What follows is one of

    definition KIND [in ENCLOSING.NAMES] [of SCOPE]
    reference ROLE
    import MODULE[: NAME] [as ALIAS] [in ENCLOSING.NAMES]
    nothing                      neither a definition nor a reference

Every definition and every import of a fixture has a marker; of references only those that are marked count.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rlm_code.parse.facts import FileFacts
from rlm_code.text import line_at, line_starts

_MARKER = re.compile(
    rb"^(\s*)(?:#|//|--|!|%|/\*|<!--|\(\*|\{-)?\s*?(?:(\s*)\^|<-)[ \t]+(definition|reference|import|nothing)\b(.*)$"
)
_CLOSING = re.compile(r"\s*(\*/|-->|\*\)|-\})?\s*$")


class Marker(NamedTuple):
    """What a fixture says of the byte at `offset`; `line` is where it says so."""

    line: int
    offset: int
    what: str
    text: str


def read_markers(data: bytes) -> list[Marker]:
    """All markers of a fixture in order."""
    markers = []
    spoken_of = 0  # where the line spoken of begins
    start = 0
    for number, line in enumerate(data.splitlines(keepends=True), start=1):
        match = _MARKER.match(line)
        if match:
            caret = line.find(b"^") if b"^" in line[: match.start(3)] else len(match[1])
            text = _CLOSING.sub("", match[4].decode()).strip()
            markers.append(Marker(number, spoken_of + caret, match[3].decode(), text))
        else:
            spoken_of = start
        start += len(line)
    return markers


def found_in(facts: FileFacts) -> list[tuple[int, str, str]]:
    """What a fixture's markers should say of its definitions, references and imports: (offset, what, text)."""
    found = []
    for definition in facts.definitions:
        scope = f" of {definition.scope}" if definition.scope else ""
        found.append((definition.name_start, "definition", definition.kind + _inside(facts, definition.parent) + scope))
    for item in facts.imports:
        name = f": {item.name}" if item.name else ""
        alias = f" as {item.alias}" if item.alias else ""
        found.append((item.start, "import", item.module + name + alias + _inside(facts, item.parent)))
    found.extend((use.start, "reference", use.role) for use in facts.occurrences)
    return sorted(found)


def _inside(facts: FileFacts, parent: int) -> str:
    names = []
    while parent != -1:
        names.append(facts.definitions[parent].name)
        parent = facts.definitions[parent].parent
    return f" in {'.'.join(reversed(names))}" if names else ""


def differences(data: bytes, facts: FileFacts) -> list[str]:
    """Where a fixture's markers and its facts disagree, as lines to read."""
    found = found_in(facts)
    markers = read_markers(data)
    starts = line_starts(data)
    known = {(offset, what) for offset, what, _ in found}
    problems = []
    for marker in markers:
        here = [f"{what} {text}" for offset, what, text in found if offset == marker.offset]
        wanted = f"{marker.what} {marker.text}".strip()
        nothing = not {(marker.offset, "definition"), (marker.offset, "reference")} & known
        if not (nothing if marker.what == "nothing" else wanted in here):
            problems.append(f"line {marker.line}: wanted {wanted!r}, found {here or 'nothing'}")
    marked = {(marker.offset, marker.what, marker.text) for marker in markers}
    for offset, what, text in found:
        if what != "reference" and (offset, what, text) not in marked:
            problems.append(f"line {line_at(starts, offset)}: no marker for {what} {text!r}")
    return problems
