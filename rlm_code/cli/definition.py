"""`rlm-code definition`: where something is defined."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rlm_code.cli import looking

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.features.lookup.target import Sought


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `definition`."""
    looking.add_target(parser, "what to find the definition of")
    looking.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the definitions and return the exit status."""
    from rlm_code.cli.from_root import from_root
    from rlm_code.codebase.repo import Repo
    from rlm_code.features.lookup.target import find_targets, refuse_module

    def find(queries: HostQueries) -> Sought:
        repo = Repo(queries)
        found = find_targets(repo, from_root(queries, arguments.target), arguments.name)
        if not found.definitions and found.name == found.query:
            refuse_module(repo, found.query)
        return found

    return looking.look_up(arguments, find, _object, _lines, _notes)


def _object(queries: HostQueries, found: Sought) -> dict[str, Any]:
    from rlm_code.features.lookup.objects import counted, head, symbol_object

    rows = [symbol_object(symbol) for symbol in found.definitions]
    about = {"query": found.query, "name": found.name}
    return head("definition", queries) | about | counted(rows, len(rows)) | {"definitions": rows}


def _lines(found: Sought) -> Iterator[str]:
    from rlm_code.cli.symbol_rows import symbol_lines

    return symbol_lines(found.definitions)


def _notes(found: Sought) -> Iterator[str]:
    if not found.definitions:
        yield f"nothing in this repository defines {found.name!r}, though it is used"
