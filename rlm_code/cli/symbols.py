"""`rlm-code symbols`: the definitions in a file, in a folder or in all files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rlm_code.cli import looking

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.features.lookup.symbols import Symbols


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `symbols`."""
    parser.add_argument("path", nargs="?", default="", help="a file, a folder or a glob (default: everything)")
    parser.add_argument("--contains", default="", metavar="TEXT", help="whose name contains this, in any case")
    parser.add_argument("--kind", help="of this kind alone: function, class, method, …")
    looking.add_limit(parser)
    looking.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the definitions and return the exit status."""
    from rlm_code.cli.from_root import glob_from_root
    from rlm_code.codebase.repo import Repo
    from rlm_code.features.lookup.symbols import find_symbols

    def find(queries: HostQueries) -> Symbols:
        path = glob_from_root(queries, arguments.path)
        return find_symbols(Repo(queries), path, arguments.contains, arguments.kind, arguments.limit)

    return looking.look_up(arguments, find, _object, _lines, _notes)


def _object(queries: HostQueries, found: Symbols) -> dict[str, Any]:
    from rlm_code.features.lookup.objects import counted, head, symbol_object

    rows = [symbol_object(symbol) for symbol in found.rows]
    more = {"unparsed": [{"path": path, "reason": reason} for path, reason in found.unparsed]}
    return head("symbols", queries) | counted(rows, found.total) | {"symbols": rows} | more


def _lines(found: Symbols) -> Iterator[str]:
    from rlm_code.cli.symbol_rows import symbol_lines

    return symbol_lines(found.rows)


def _notes(found: Symbols) -> Iterator[str]:
    if not found.total:
        yield "no definitions"
    yield from looking.cut_note(len(found.rows), found.total)
    yield from looking.spot_notes([f"{path}: {reason}" for path, reason in found.unparsed])
