"""Readings of Python files, kept over questions for as long as their trees are: they depend on nothing but the file."""

from __future__ import annotations

from rlm_code.errors import SourceError
from rlm_code.index.flow.python_file import PythonFile
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.syntax import Syntax


class PythonFiles:
    """The readings of the Python files of one snapshot."""

    def __init__(self, index: SnapshotIndex) -> None:
        self._index = index
        self._made: dict[str, tuple[Syntax, PythonFile]] = {}

    def size(self, path: str) -> int | None:
        """How many bytes a file has; None if it is no Python or its text is gone since the snapshot was taken."""
        try:
            return len(self._index.data(path)) if self._index.family(path).name == "python" else None
        except SourceError:
            return None

    def of(self, path: str) -> PythonFile | None:
        """The reading of a file; None if it has none."""
        if self._index.family(path).name != "python":
            return None
        try:
            syntax = self._index.syntax(path)
        except SourceError:  # the text is gone since the snapshot was taken
            return None
        made, found = self._made.get(path, (None, None))
        if made is syntax:
            return found
        tree, names = syntax.tree, syntax.locals
        if tree is None or names is None:
            return None
        self._made = {path: made for path, made in self._made.items() if self._index.holds(path, made[0])}
        found = PythonFile(path, tree, names)
        self._made[path] = syntax, found
        return found
