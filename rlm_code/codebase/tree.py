"""The folders of a snapshot drawn as text."""

from __future__ import annotations

from collections.abc import Iterable

from rlm_code.codebase.queries import FileRow
from rlm_code.text import counted

_MOST_LINES = 200


def tree(files: Iterable[FileRow], folder: str, depth: int) -> str:
    """The files and folders below `folder`, down to `depth` levels, deeper ones counted; at most 200 lines."""
    prefix = f"{folder}/" if folder else ""
    inside = [row for row in files if row.path.startswith(prefix)]
    lines = _level([(row.path.removeprefix(prefix).split("/"), row) for row in inside], depth, 0)
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = [f"… {len(lines) - _MOST_LINES} more lines: ask for a folder or a smaller depth"]
    return "\n".join([f"{folder or '.'}/  {_size(inside)}", *lines])


def _level(entries: list[tuple[list[str], FileRow]], depth: int, indent: int) -> list[str]:
    folders: dict[str, list[tuple[list[str], FileRow]]] = {}
    for parts, row in entries:
        if len(parts) > 1:
            folders.setdefault(parts[0], []).append((parts[1:], row))
    pad = "  " * (indent + 1)
    lines = []
    for name, below in folders.items():
        lines.append(f"{pad}{name}/  {_size([row for _, row in below])}")
        if depth > 1:
            lines += _level(below, depth - 1, indent + 1)
    return lines + [f"{pad}{parts[0]}  {counted(row.line_count, 'line')}" for parts, row in entries if len(parts) == 1]


def _size(rows: list[FileRow]) -> str:
    return f"{counted(len(rows), 'file')}, {counted(sum(row.line_count for row in rows), 'line')}"
