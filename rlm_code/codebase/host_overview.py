"""The size and shape of a snapshot, counted from its files' rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rlm_code.codebase.queries import FileRow, OverviewRow
from rlm_code.source.snapshot import Snapshot


def overview(snapshot: Snapshot, files: list[FileRow]) -> OverviewRow:
    """The overview of `snapshot`, whose files' rows are given."""
    unparsed = Counter(row.status for row in files if row.status not in ("parsed", "text"))
    return OverviewRow(
        name=snapshot.root.name.removesuffix(".git") or str(snapshot.root),
        label=snapshot.label,
        commit=snapshot.commit,
        dirty=sum(not entry.committed for entry in snapshot.entries.values()) if snapshot.commit else 0,
        files=len(files),
        lines=sum(row.line_count for row in files),
        size_bytes=sum(row.size_bytes for row in files),
        languages=_most_lines_first((row.language, row) for row in files if row.language),
        folders=_most_lines_first((row.path.partition("/")[0], row) for row in files if "/" in row.path),
        unparsed=dict(sorted(unparsed.items())),
        has_history=snapshot.commit is not None,
    )


def _most_lines_first(named: Iterable[tuple[str, FileRow]]) -> list[list[str | int]]:
    files: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for name, row in named:
        files[name] += 1
        lines[name] += row.line_count
    return [[name, files[name], lines[name]] for name in sorted(files, key=lambda name: (-lines[name], name))]
