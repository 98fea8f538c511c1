"""The JSON objects of the look-ups: plain dicts of a shape that scripts may rely on (docs/commands.md).

Lines count from 1, columns are bytes from 0, and every list says how many there are in all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.symbol import Reference, Symbol

Json = dict[str, Any]

SCHEMA = 1
"""Changes when a key is removed or means something else; new keys may come at any time."""


def head(command: str, queries: HostQueries) -> Json:
    """What every object begins with: which command, which state of which repository."""
    snapshot = queries.snapshot
    repository = {"root": str(snapshot.root), "label": snapshot.label, "commit": snapshot.commit}
    return {"schema": SCHEMA, "command": command, "repository": repository}


def symbol_object(symbol: Symbol) -> Json:
    """One definition: where its name stands, and which lines it spans."""
    line, column = symbol.position
    return {
        "name": symbol.name,
        "qualified_name": symbol.qualified_name,
        "kind": symbol.kind,
        "language": symbol.language,
        "path": symbol.path,
        "line": line,
        "column": column,
        "start_line": symbol.start_line,
        "end_line": symbol.end_line,
        "text": symbol.line_text,
    }


def brief_object(symbol: Symbol | None) -> Json | None:
    """A definition that another row points at."""
    if symbol is None:
        return None
    line, column = symbol.position
    return {
        "qualified_name": symbol.qualified_name,
        "kind": symbol.kind,
        "path": symbol.path,
        "line": line,
        "column": column,
    }


def reference_object(use: Reference) -> Json:
    """One use of a name."""
    return {
        "path": use.path,
        "line": use.line,
        "column": use.column,
        "name": use.name,
        "role": use.role,
        "certainty": use.certainty,
        "text": use.text,
        "inside": brief_object(use.inside),
        "target": brief_object(use.target),
    }


def counted(rows: Sequence[object], total: int) -> Json:
    """How many there are, how many are shown, and whether that is all."""
    return {"total": total, "shown": len(rows), "complete": len(rows) == total}


def certainties(uses: Sequence[Reference]) -> Json:
    """How many of the uses are known how well."""
    counts = Counter(use.certainty for use in uses)
    return {certainty: counts[certainty] for certainty in ("exact", "inferred", "name")}
