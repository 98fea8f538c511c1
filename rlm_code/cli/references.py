"""`rlm-code references`: the uses of a definition."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from rlm_code.cli import looking

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.features.lookup.uses import Uses


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `references`."""
    looking.add_target(parser, "what to find the uses of")
    parser.add_argument("--role", help="of this role alone: call, import, inherit, type, read or write")
    parser.add_argument("--sure", action="store_true", help="leave out what matches by name alone")
    looking.add_limit(parser)
    looking.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the uses and return the exit status."""
    from rlm_code.cli.from_root import from_root
    from rlm_code.cli.use_rows import use_lines, use_notes, use_object
    from rlm_code.codebase.repo import Repo
    from rlm_code.features.lookup.uses import references

    def find(queries: HostQueries) -> Uses:
        asked = (Repo(queries), from_root(queries, arguments.target), arguments.name)
        return references(*asked, role=arguments.role, sure=arguments.sure, limit=arguments.limit)

    shown = partial(use_object, "references"), partial(use_lines, "references"), partial(use_notes, "references")
    return looking.look_up(arguments, find, *shown)
