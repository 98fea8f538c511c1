"""Questions about whole codebases, answered with evidence.

`rlm_code.open(path, rev=None)` gives the same `repo` object that the command line, the editor and a
language model explore. Everything heavy is imported when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing has it, too, and takes 10 ms to import: Ctrl-C would come in the midst of that

if TYPE_CHECKING:
    import os

    from rlm_code.codebase import Repo

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(path: str | os.PathLike[str] = ".", rev: str | None = None, *, untracked: bool = False) -> Repo:  # noqa: A001
    """The repository or folder at `path` as a `Repo`, indexed: its working tree, or the revision `rev`.

    `untracked` adds files that git does not track and does not ignore. The first call for a repository
    parses it; later ones parse what changed. Raises SourceError if there is no such path or revision.
    """
    from rlm_code.codebase import Repo, open_host

    return Repo(open_host(path, rev, untracked=untracked))
