"""Which files a module's name means, seen from the file that writes it: one `Modules` for each way to name them.

They read paths and project files such as go.mod, never syntax.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from rlm_code.index.values import Module

ReadText = Callable[[str], str]
"""The text of a file of the snapshot, by path."""


class Modules(Protocol):
    """The module names of one family of languages in one snapshot."""

    def locate(self, importer: str, module: str) -> Module | None:
        """The module that `module`, as written in the file `importer`, means; None if it is from outside."""
        ...

    def name_of(self, path: str) -> str:
        """The name of the module that the file at `path` is or belongs to, "" if its language has none."""
        ...


def modules_of(family: str, language: str, paths: Collection[str], own: frozenset[str], read: ReadText) -> Modules:
    """The module names of a family, one of whose languages is `language`.

    `paths` are all files of the snapshot, `own` those of the family.
    """
    if family == "python":
        from rlm_code.index.python.modules import PythonModules

        return PythonModules(own)
    if family == "script":
        from rlm_code.index.script.modules import ScriptModules

        return ScriptModules(frozenset(paths), read)
    if family == "go":
        from rlm_code.index.go_modules import GoModules

        return GoModules(own, [path for path in paths if path.rpartition("/")[2] == "go.mod"], read)
    from rlm_code.index.family import separator_of
    from rlm_code.index.suffix_modules import SuffixModules

    return SuffixModules(own, separator_of(language))


def closeness(folder: str, path: str) -> int:
    """How many leading folders a folder (written with its slash) or file shares with a file."""
    count = 0
    for one, other in zip(folder.split("/")[:-1], path.split("/")[:-1], strict=False):
        if one != other:
            break
        count += 1
    return count
