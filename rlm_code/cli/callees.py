"""`rlm-code callees`: the calls written inside a definition or a file."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from rlm_code.cli import looking

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.features.lookup.uses import Uses


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `callees`."""
    looking.add_target(parser, "what to look into, also a whole file")
    parser.add_argument("--sure", action="store_true", help="leave out what matches by name alone")
    looking.add_limit(parser)
    looking.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the calls and return the exit status."""
    from rlm_code.cli.from_root import from_root
    from rlm_code.cli.use_rows import use_lines, use_notes, use_object
    from rlm_code.codebase.repo import Repo
    from rlm_code.features.lookup.uses import callees

    def find(queries: HostQueries) -> Uses:
        asked = (Repo(queries), from_root(queries, arguments.target), arguments.name)
        return callees(*asked, sure=arguments.sure, limit=arguments.limit)

    shown = partial(use_object, "callees"), partial(use_lines, "callees"), partial(use_notes, "callees")
    return looking.look_up(arguments, find, *shown)
