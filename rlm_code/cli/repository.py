"""Which repository a verb looks at: its arguments, and the opening with progress."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rlm_code.cli.progress import Progress
    from rlm_code.codebase.host import HostQueries
    from rlm_code.config import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments by which every verb finds its repository."""
    parser.add_argument("--repo", default=".", metavar="PATH", help="a repository or folder (default: here)")
    parser.add_argument("--rev", help="look at this revision instead of the working tree")
    parser.add_argument("--untracked", action="store_true", help="also files that git does not track or ignore")
    parser.add_argument("--cache-dir", metavar="PATH", help="where indexes are kept (default: the user's cache)")


@contextmanager
def opened(arguments: argparse.Namespace, settings: Settings, progress: Progress) -> Iterator[HostQueries]:
    """The repository that `arguments` name, indexed, until the block ends. Raises SourceError where there is none."""
    from pathlib import Path

    from rlm_code.codebase import open_host

    queries = open_host(
        arguments.repo,
        arguments.rev,
        untracked=arguments.untracked,
        cache_dir=Path(arguments.cache_dir).absolute() if arguments.cache_dir else settings.cache_dir,
        progress=progress.files,
    )
    try:
        yield queries
    finally:
        queries.close()
