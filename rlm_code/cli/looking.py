"""What the verbs that look something up share: their arguments, their two forms of output, errors as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from rlm_code.cli import repository
from rlm_code.cli.progress import Progress
from rlm_code.cli.status import COMPLETE
from rlm_code.config import read_settings
from rlm_code.errors import ChangedMeanwhileError, RlmCodeError
from rlm_code.text import printable

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.codebase.symbol import Symbol

T = TypeVar("T")

_MOST_SPOTS = 5
_ATTEMPTS = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which repository to look at, and in what form to print."""
    repository.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object, described in docs/commands.md")


def add_target(parser: argparse.ArgumentParser, meant: str) -> None:
    """Declare what is looked at."""
    parser.add_argument(
        "target",
        help=f"{meant}: path:line:column (line from 1, column in bytes from 0), path:line with a name, "
        "or a qualified name (Class.method, pkg::f, Class#m)",
    )
    name = parser.add_argument("name", metavar="[NAME]", help="the name on the line, where the target is path:line")
    name.required = False  # as PATH of search, so that options may stand before it


def add_limit(parser: argparse.ArgumentParser) -> None:
    """Declare how much is shown."""
    parser.add_argument("--limit", type=count, metavar="N", help="show the first N alone (default: all)")


def count(text: str) -> int:
    """A number of rows, as an argument. Raises ArgumentTypeError."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 10**9:
        raise argparse.ArgumentTypeError(f"not a positive number: {text}")
    return int(text)


def look_up(
    arguments: argparse.Namespace,
    find: Callable[[HostQueries], Any],
    as_json: Callable[[HostQueries, Any], dict[str, Any]],
    as_text: Callable[[Any], Iterable[str]],
    notes: Callable[[Any], Iterable[str]],
) -> int:
    """Open the repository, find, print, and return the exit status. Looks again where files change meanwhile."""

    def looked_up() -> tuple[dict[str, Any], list[str], list[str]]:
        with Progress() as progress, repository.opened(arguments, read_settings(), progress) as queries:
            found = find(queries)
            if arguments.json:
                return as_json(queries, found), [], []
            return {}, list(as_text(found)), list(notes(found))

    value, lines, said = _again_where_files_change(looked_up)
    if arguments.json:
        print_json(value)
    for line in lines:
        print(line)
    sys.stdout.flush()
    for note in said:
        print(printable(note), file=sys.stderr)
    return COMPLETE


def _again_where_files_change(look: Callable[[], T]) -> T:
    """What `look` gives, once nothing that it reads changes before it is done; at most so often."""
    for _ in range(_ATTEMPTS - 1):
        with suppress(ChangedMeanwhileError):
            return look()
    return look()


def print_json(value: dict[str, Any]) -> None:
    """Print one object, each row of its lists on a line of its own; whatever is not ASCII is written as escapes.

    (Python's own indenting is ten times slower.)
    """
    from json import dumps

    keys = []
    for key, held in value.items():
        rows = ",\n    ".join(map(dumps, held)) if isinstance(held, list) else ""
        keys.append(f"  {dumps(key)}: " + (f"[\n    {rows}\n  ]" if rows else dumps(held)))
    print("{\n" + ",\n".join(keys) + "\n}")


def show_candidates(error: RlmCodeError) -> None:
    """List the definitions that an error says are meant, if it does."""
    if error.code == "ambiguous":
        from rlm_code.cli.symbol_rows import symbol_lines

        for line in symbol_lines(_candidates(error), colour=False):
            print(line, file=sys.stderr)


def print_error(command: str, error: RlmCodeError) -> None:
    """Print an error as an object, in place of an answer."""
    said: dict[str, Any] = {"code": error.code, "message": error.message, "hint": error.hint}
    if error.code == "ambiguous":
        from rlm_code.features.lookup.objects import symbol_object

        said["candidates"] = [symbol_object(symbol) for symbol in _candidates(error)]
    print_json({"schema": 1, "command": command, "error": said})


def _candidates(error: RlmCodeError) -> Sequence[Symbol]:
    from rlm_code.features.lookup.target import AmbiguousTargetError

    return error.candidates if isinstance(error, AmbiguousTargetError) else ()


def cut_note(shown: int, total: int) -> list[str]:
    """That something is left out, if it is."""
    return [f"{shown:,} of {total:,} shown; raise --limit for more"] if shown < total else []


def spot_notes(spots: list[str]) -> list[str]:
    """What could hide more."""
    rest = len(spots) - _MOST_SPOTS
    more = [f"not seen: {rest} more, which --json lists"] if rest > 0 else []
    return [f"not seen: {spot}" for spot in spots[:_MOST_SPOTS]] + more
