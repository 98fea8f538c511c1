"""`rlm-code references`, `callers` and `callees`: uses of names as rows and as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from rlm_code.cli import looking
from rlm_code.cli.rows import in_colour, placed

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.codebase.symbol import Reference
    from rlm_code.features.lookup.uses import Uses

_TARGETS = {
    "references": "what to find the uses of",
    "callers": "what to find the calls of",
    "callees": "what to look into, also a whole file",
}
_NOUNS = {"references": "uses", "callers": "calls", "callees": "calls"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the verb that the parser is for."""
    verb = parser.get_default("verb")
    looking.add_target(parser, _TARGETS[verb])
    if verb == "references":
        parser.add_argument("--role", help="of this role alone: call, import, inherit, type, read or write")
    parser.add_argument("--sure", action="store_true", help="leave out what matches by name alone")
    looking.add_limit(parser)
    looking.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the uses and return the exit status."""
    from rlm_code.cli.from_root import from_root
    from rlm_code.codebase.repo import Repo
    from rlm_code.features.lookup import uses

    verb = arguments.verb
    chosen = {"sure": arguments.sure, "limit": arguments.limit}
    chosen |= {"role": arguments.role} if verb == "references" else {}

    def find(queries: HostQueries) -> Uses:
        found: Uses = getattr(uses, verb)(Repo(queries), from_root(queries, arguments.target), arguments.name, **chosen)
        return found

    return looking.look_up(arguments, find, partial(_object, verb), partial(_lines, verb), partial(_notes, verb))


def _object(command: str, queries: HostQueries, found: Uses) -> dict[str, Any]:
    """The JSON object of `command`."""
    from rlm_code.features.lookup.objects import certainties, counted, head, reference_object, symbol_object

    rows = [reference_object(use) for use in found.rows]
    definitions = [symbol_object(symbol) for symbol in found.sought.definitions]
    about = {"query": found.sought.query, "name": found.sought.name, "definitions": definitions}
    doubts = {"certainty": certainties(found.rows), "blind_spots": found.blind_spots, "doubt": found.doubt or None}
    return head(command, queries) | about | counted(rows, found.total) | {command: rows} | doubts


def _lines(command: str, found: Uses) -> Iterator[str]:
    """A line for each use: its place, what it is, how sure that is, and its line."""
    rows = [((use.path, use.line, use.column), _cells(command, use), use.text) for use in found.rows]
    return placed(rows, colour=in_colour())


def _notes(command: str, found: Uses) -> Iterator[str]:
    """What was found and what could hide more."""
    where = "in" if command == "callees" else "of"
    if found.doubt:
        yield found.doubt
    if not found.total:
        yield f"no {_NOUNS[command]} {where} {_named(found)}"
    yield from looking.cut_note(len(found.rows), found.total)
    yield from looking.spot_notes(found.blind_spots)


def _cells(command: str, use: Reference) -> list[str]:
    if command == "callees":
        return [use.certainty, use.name, _place(use)]
    inside = use.inside.short_name if use.inside else "-"
    return [use.certainty, inside] if command == "callers" else [use.role, use.certainty, inside]


def _place(use: Reference) -> str:
    """Where what is called stands; that it is not of this repository, or not known."""
    if use.target is None:
        return "(elsewhere)" if use.certainty == "exact" else "(unknown)"
    line, column = use.target.position
    return f"{use.target.path}:{line}:{column}"


def _named(found: Uses) -> str:
    if not found.sought.definitions:
        return found.sought.name
    symbol = found.sought.definitions[0]
    return f"{symbol.kind} {symbol.qualified_name} ({symbol.place})"
