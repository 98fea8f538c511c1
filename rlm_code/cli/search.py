"""`rlm-code search`: the lines of all files that match."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rlm_code.cli import looking
from rlm_code.errors import ConfigError

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.codebase.search import Hit
    from rlm_code.features.lookup.searching import Found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `search`."""
    parser.add_argument("pattern", help="a Python regular expression; ^ and $ match at each line")
    where = parser.add_argument(
        "where", metavar="[PATH]", help="in this file, folder or glob alone (default: everywhere)"
    )
    where.required = False  # to argparse, what nargs="?" declares is left out at the first option before it
    parser.add_argument("--literal", action="store_true", help="a text as written, not an expression")
    parser.add_argument("-i", "--ignore-case", action="store_true", help="capitals and small letters are the same")
    parser.add_argument("--path", default="", metavar="GLOB", help="the same as PATH: src/, *.py, tests/**/a_*.py")
    parser.add_argument("--language", metavar="L", help="in files of this language alone")
    parser.add_argument(
        "--max-seconds", type=looking.count, default=60, metavar="S", help="give up after this long (60)"
    )
    looking.add_limit(parser)
    looking.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the matching lines and return the exit status."""
    from rlm_code.cli.from_root import glob_from_root
    from rlm_code.codebase.repo import Repo
    from rlm_code.features.lookup.searching import Asked, find_text

    if arguments.where and arguments.path:
        raise ConfigError(f"two places are given: {arguments.where} and {arguments.path}", hint="leave out --path")
    asked = Asked(
        arguments.pattern,
        arguments.literal,
        arguments.ignore_case,
        arguments.where or arguments.path,
        arguments.language,
        arguments.limit,
        arguments.max_seconds,
    )

    def find(queries: HostQueries) -> Found:
        return find_text(Repo(queries), asked._replace(path=glob_from_root(queries, asked.path)))

    return looking.look_up(arguments, find, _object, _lines, _notes)


def _object(queries: HostQueries, found: Found) -> dict[str, Any]:
    from rlm_code.features.lookup.objects import counted, head

    asked = found.asked
    about = {"pattern": asked.pattern, "literal": asked.literal, "ignore_case": asked.ignore_case}
    files = {"files": found.files, "searched": found.searched, "not_searched": found.left_out}
    rows = [
        {
            "path": hit.path,
            "line": hit.line,
            "column": hit.column,
            "end_line": hit.end_line,
            "end_column": hit.end_column,
            "text": hit.line_text,
        }
        for hit in found.rows
    ]
    return head("search", queries) | about | counted(rows, found.total) | files | {"hits": rows}


def _lines(found: Found) -> Iterator[str]:
    from rlm_code.cli.rows import in_colour, shown_place

    colour = in_colour()
    for hit in found.rows:
        place = shown_place((hit.path, hit.line, hit.column), colour=colour)
        yield f"{place} {_shown(hit, colour=colour)}"


def _shown(hit: Hit, *, colour: bool) -> str:
    """The line of a hit, without its end, with what was found in it set off."""
    from rlm_code.cli.rows import marked

    line = hit.line_text
    if not colour:
        return marked(line, 0, 0, colour=False)
    encoded = line.encode("utf-8", "surrogatepass")
    end = hit.end_column if hit.end_line == hit.line else len(encoded)
    start, end = (len(encoded[:at].decode("utf-8", "replace")) for at in (hit.column, end))
    return marked(line, start, end, colour=True)


def _notes(found: Found) -> Iterator[str]:
    from rlm_code.text import counted

    if not found.total:
        yield f"no line matches in {counted(found.searched, 'file')}"
    yield from looking.cut_note(len(found.rows), found.total)
    if found.left_out:
        counts = ", ".join(f"{count:,} {status}" for status, count in sorted(found.left_out.items()))
        yield f"not searched: {counts}"
