"""`rlm-code index`: builds the index of a repository or brings it up to date, and says what is in it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from rlm_code.cli import looking, repository
from rlm_code.cli.progress import Progress
from rlm_code.cli.status import COMPLETE
from rlm_code.config import read_settings
from rlm_code.errors import ConfigError
from rlm_code.text import counted

if TYPE_CHECKING:
    from rlm_code.features.lookup.indexing import Indexed

_MOST_LISTED = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `index`."""
    parser.add_argument(
        "path", nargs="?", type=repository.place, help="the repository or folder, as --repo gives it (default: here)"
    )
    looking.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build or refresh the index, say what is in it, and return the exit status."""
    from rlm_code.features.lookup.indexing import indexed

    if arguments.path is not None:
        if arguments.repo not in (".", arguments.path):
            raise ConfigError(
                f"two repositories are given: {arguments.path} and {arguments.repo}", hint="leave one out"
            )
        arguments.repo = arguments.path
    settings = read_settings()
    with Progress() as progress:
        found = indexed(partial(repository.opened, arguments, settings, progress))
    if arguments.json:
        looking.print_json(found.to_json())
    else:
        print("\n".join(_lines(found)))
    return COMPLETE


def _lines(found: Indexed) -> Iterator[str]:
    from rlm_code.text import printable_line

    commit = f" at {found.commit[:10]}" if found.commit else ""
    yield printable_line(f"indexed    {found.root}, {found.label}{commit}")
    held = ((found.files, "file"), (found.lines, "line"), (found.size_bytes, "byte"))
    yield f"files      {', '.join(counted(*each) for each in held)}"
    for label, rows in (("languages", _languages(found)), ("not parsed", _unparsed(found)), ("left out", _left(found))):
        for number, row in enumerate(rows):
            yield printable_line(f"{label if not number else '':10} {row}").rstrip()
    yield printable_line(f"stored     {found.stored_at or 'in memory only'}, {counted(found.stored_bytes, 'byte')}")
    yield f"took       {found.seconds:.2f} s"


def _languages(found: Indexed) -> list[str]:
    width = max((len(str(name)) for name, _, _ in found.languages), default=0)
    return [
        f"{name:{width}}  {files:>7,} {'file ' if files == 1 else 'files'}  {lines:>10,} line{'s' * (lines != 1)}"
        for name, files, lines in found.languages
    ]


def _unparsed(found: Indexed) -> list[str]:
    return _some([f"{path}: {status}{': ' if why else ''}{why}" for path, status, why in found.unparsed])


def _left(found: Indexed) -> list[str]:
    return _some([f"{path}: {reason}" if path else reason for path, reason in found.left_out])


def _some(rows: list[str]) -> list[str]:
    rest = len(rows) - _MOST_LISTED
    return rows[:_MOST_LISTED] + ([f"… and {rest:,} more, which --json lists"] if rest > 0 else [])
