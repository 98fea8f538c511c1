"""Readings of Python files, kept over questions: they cost time to make and depend on nothing but the file."""

from __future__ import annotations

from rlm_code.errors import SourceError
from rlm_code.index.flow.python_file import PythonFile
from rlm_code.index.recent import Recent
from rlm_code.index.snapshot_index import SnapshotIndex

_MOST_BYTES = 800_000  # of source: its tree and locals take about forty times as much


class PythonFiles:
    """The readings of the Python files of one snapshot."""

    def __init__(self, index: SnapshotIndex) -> None:
        self._index = index
        self._kept: Recent[str, PythonFile] = Recent(_MOST_BYTES)

    def size(self, path: str) -> int | None:
        """How many bytes a file has; None if it is no Python or its text is gone since the snapshot was taken."""
        try:
            return len(self._index.data(path)) if self._index.family(path).name == "python" else None
        except SourceError:
            return None

    def of(self, path: str) -> PythonFile | None:
        """The reading of a file; None if it has none."""
        found = self._kept.get(path)
        size = self.size(path) if found is None else None
        if found is not None or size is None:
            return found
        syntax = self._index.syntax(path)
        tree, names = syntax.tree, syntax.locals
        if tree is None or names is None:
            return None
        found = PythonFile(path, tree, names)
        self._kept.put(path, found, size)
        return found
