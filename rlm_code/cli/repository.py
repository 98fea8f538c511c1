"""Which repository a verb looks at: its arguments, and the opening with progress."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rlm_code.cli.progress import Progress
    from rlm_code.codebase.host import HostQueries
    from rlm_code.config import Settings


def add_place_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the repository is and where its index is kept."""
    parser.add_argument(
        "--repo", default=".", type=place, metavar="PATH", help="a repository or folder (default: here)"
    )
    parser.add_argument("--cache-dir", metavar="PATH", help="where indexes are kept (default: the user's cache)")


def place(text: str) -> str:
    """A path, as an argument. Raises ArgumentTypeError for an empty one, as an unset variable leaves it."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the path is empty; leave the option out to look here")
    return text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments by which a verb finds the snapshot it looks at."""
    add_place_arguments(parser)
    parser.add_argument("--rev", help="look at this revision instead of the working tree")
    parser.add_argument("--untracked", action="store_true", help="also files that git does not track or ignore")


@contextmanager
def opened(arguments: argparse.Namespace, settings: Settings, progress: Progress) -> Iterator[HostQueries]:
    """The snapshot that `arguments` name, indexed, until the block ends. Raises SourceError where there is none."""
    from rlm_code.codebase import open_host

    place = _cache_dir(arguments, settings)
    queries = open_host(arguments.repo, arguments.rev, arguments.untracked, place, progress.files)
    _warn(queries)
    try:
        yield queries
    finally:
        queries.close()


@contextmanager
def opened_at(arguments: argparse.Namespace, rev: str, settings: Settings, progress: Progress) -> Iterator[HostQueries]:
    """One revision of the repository that `arguments` name, indexed, until the block ends."""
    from rlm_code.codebase import open_host

    queries = open_host(arguments.repo, rev, cache_dir=_cache_dir(arguments, settings), progress=progress.files)
    _warn(queries)
    try:
        yield queries
    finally:
        queries.close()


def _cache_dir(arguments: argparse.Namespace, settings: Settings) -> Path:
    return Path(arguments.cache_dir).absolute() if arguments.cache_dir else settings.cache_dir


def _warn(queries: HostQueries) -> None:
    for notice in queries.notices:
        print(f"rlm-code: {notice}", file=sys.stderr)
