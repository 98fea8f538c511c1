"""Where a file binds a name that it imports from outside of the snapshot: the nearest that can be shown of it."""

from __future__ import annotations

import re

from rlm_code.index.expressions import dot_before
from rlm_code.index.fileview import FileView
from rlm_code.index.values import Local
from rlm_code.parse.facts import Import, Occurrence

_KEYWORD = re.compile(rb"\s*=(?![=>])")
_LONGEST_STATEMENT = 400
_BETWEEN = frozenset({b'"', b"`", b"="})  # an alias and what is imported, where the alias comes first


def binding_import(path: str, view: FileView, data: bytes, use: Occurrence) -> Local | None:
    """The import that binds the bare name used at a place, as the place of the name in it; None if none does."""
    if use.role in ("import", "write") or dot_before(data, use.start, view.family.joints) is not None:
        return None
    if _KEYWORD.match(data, use.start + len(use.name.encode())):
        return None
    rows = [row for row in view.bound_imports.get(use.name, ()) if _is_seen(view, row, use.start)]
    if not rows:
        return None
    before = [row for row in rows if row.start < use.start]
    start = _place(data, (before or rows)[-1], use.name)
    return None if start is None else Local(path, start, use.name)


def _is_seen(view: FileView, row: Import, offset: int) -> bool:
    if row.parent < 0:
        return True
    around = view.definitions[row.parent]
    return around.start <= offset < around.end


def _place(data: bytes, row: Import, name: str) -> int | None:
    """Where an import writes the name that it binds: in what it imports, as an alias behind it or before it."""
    line_start = data.rfind(b"\n", 0, row.start) + 1
    word = re.compile(rb"(?<![\w$])" + re.escape(name.encode()) + rb"(?![\w$])")
    found = [m.start() for m in word.finditer(data, line_start, row.start + _LONGEST_STATEMENT)]
    written = row.start + len((row.module if row.name is None else row.name).encode())
    if row.alias is None:
        inside = [start for start in found if row.start <= start <= written]
        return inside[-1] if inside else row.start
    before = [start for start in found if data[start + len(name.encode()) : row.start].strip() in _BETWEEN]
    behind = [start for start in found if start >= written]
    return next(iter([*before[-1:], *behind]), None)
