"""A range of lines of one file: what is read, shown with its numbers, and cited."""

from __future__ import annotations

from rlm_code.codebase.view import View
from rlm_code.text import printable_line

_SHOWN = 400


class Lines:
    """Lines `start_line`..`end_line` of `path`, 1-based and inclusive. Prints them with their numbers."""

    __slots__ = ("_view", "end_line", "path", "start_line")

    def __init__(self, view: View, path: str, start_line: int, end_line: int) -> None:
        self._view = view
        self.path = path
        self.start_line = start_line
        self.end_line = end_line

    @property
    def text(self) -> str:
        """The text without numbers."""
        return "\n".join(self._texts())

    @property
    def numbered(self) -> str:
        """All of it with path and line numbers, for a sub-query; what is printed ends after 400 lines."""
        return self._shown(self._texts())

    def __len__(self) -> int:
        return self.end_line - self.start_line + 1

    def __repr__(self) -> str:
        texts = self._texts()
        more = [f"… {len(texts) - _SHOWN} more lines, to line {self.end_line}"] if len(texts) > _SHOWN else []
        return "\n".join([self._shown(texts[:_SHOWN]), *more])

    def _shown(self, texts: list[str]) -> str:
        width = len(str(self.end_line))
        numbered = [f"{self.start_line + n:>{width}}  {text}" for n, text in enumerate(texts)]
        return "\n".join([place_at(self.path, span(self.start_line, self.end_line)), *numbered])

    def _texts(self) -> list[str]:
        return self._view.lines(self.path)[self.start_line - 1 : self.end_line]


class Located:
    """Something on a line of a file: `path`, `line`."""

    __slots__ = ("_view", "line", "path")

    def __init__(self, view: View, path: str, line: int) -> None:
        self._view = view
        self.path = path
        self.line = line

    @property
    def place(self) -> str:
        """Where it stands: "path:line"."""
        return place_at(self.path, self.line)

    @property
    def is_test(self) -> bool:
        """Whether it belongs to the tests."""
        return self._view.is_test(self.path, self.line)

    @property
    def text(self) -> str:
        """Its line, stripped."""
        return self._view.lines(self.path)[self.line - 1].strip()

    @property
    def lines(self) -> Lines:
        """Its line as a range that can be shown and cited."""
        return Lines(self._view, self.path, self.line, self.line)


def lines_of(view: View, path: str, start_line: int, end_line: int | None) -> Lines:
    """Lines of a file, to its last one if `end_line` is None or beyond it. Raises LookupError outside the file."""
    count = len(view.lines(path))
    last = count if end_line is None else min(end_line, count)
    if not 1 <= start_line <= last:
        asked = span(start_line, start_line if end_line is None else end_line)
        raise LookupError(f"{path} has lines 1 to {count}, not {asked}" if count else f"{path} is empty")
    return Lines(view, path, start_line, last)


def place_at(path: str, lines: int | str) -> str:
    """A line or range of lines of a file as people read it, on one line also where the path has line feeds."""
    return f"{printable_line(path)}:{lines}"


def span(start_line: int, end_line: int) -> str:
    """A range of lines as people write it: "12" or "12-40"."""
    return str(start_line) if start_line == end_line else f"{start_line}-{end_line}"
