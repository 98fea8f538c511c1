"""Many cells: a file split at its `# %%` lines, and run one after the other. For the command line and for tests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from rlm_code.sandbox.protocol import CellResult, Sandbox
from rlm_code.text import printable

_MARK = re.compile(r"^# ?%%.*\n?", re.MULTILINE)


def split_cells(text: str) -> list[str]:
    """The cells of a file: what stands between lines that start with `# %%`, those lines and blank cells left out."""
    return [cell for cell in _MARK.split(text) if cell.strip()]


def run_cells(sandbox: Sandbox, cells: Iterable[str], timeout_s: float) -> Iterator[CellResult]:
    """The result of each cell, as it comes. An error or a lost worker does not keep the next from running."""
    for cell in cells:
        yield sandbox.run(cell, timeout_s)


def result_as_json(result: CellResult) -> str:
    """One result as one line of JSON, its keys the fields of CellResult."""
    return json.dumps(asdict(result))


def result_as_text(result: CellResult) -> str:
    """One result for people, safe to write to a terminal: output, value, error, and how it ended."""
    output = result.output if result.output.endswith("\n") or not result.output else f"{result.output}\n"
    value = f"{result.value}\n" if result.value is not None else ""
    error = f"{result.error}\n" if result.error is not None else ""
    silent = "(nothing was printed)\n" if not output + value + error else ""
    return printable(f"{output}{value}{error}{silent}[{result.number}] {result.status}, {result.seconds:.3f} s\n")
