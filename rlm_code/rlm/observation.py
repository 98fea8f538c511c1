"""What the model is shown of a cell, and of the turn: the one place that words it."""

from __future__ import annotations

from collections.abc import Mapping

from rlm_code.rlm.budget import Ledger
from rlm_code.sandbox.protocol import CellResult

MOST_OUTPUT = 12_000
MOST_VALUE = 6_000
MOST_ERROR = 3_000


def render(result: CellResult) -> str:
    """The observation of one cell: its output, head and tail where it is long, its value, its error, what was lost."""
    parts = [_output(result)]
    if result.value is not None:
        parts.append(f"value: {_shortened(result.value, MOST_VALUE, len(result.value), '')}")
    if result.error is not None:
        parts.append(_shortened(result.error.rstrip(), MOST_ERROR, len(result.error), ""))
    if result.lost and not (result.error and result.lost[0] in result.error):
        parts.append(f"The worker was killed; variables lost: {', '.join(result.lost)}.")
    return "\n".join(part for part in parts if part)


def status_line(turn: int, ledger: Ledger, *, last: bool) -> str:
    """The turn that comes next and what is left: for the newest message alone, since it changes every turn."""
    left = ledger.left()
    parts = [f"turn {turn} of {ledger.limits.turns}"]
    parts += [_amount(name, row) for name, row in left.items() if row["allowed"] is not None]
    line = f"[{', '.join(parts)}]"
    return f"{line}\nThis is your last turn: call submit(answer, citations) now, with what you have." if last else line


def _output(result: CellResult) -> str:
    if result.output_length == 0:
        return "" if result.value is not None or result.error is not None else "(the cell ran; nothing was printed)"
    return _shortened(
        result.output.rstrip("\n"), MOST_OUTPUT, result.output_length, f", all of it is in out[{result.number}]"
    )


def _shortened(text: str, most: int, length: int, where: str) -> str:
    if len(text) <= most:
        # The sandbox may have cut it already, and says so where it did.
        return text
    head, tail = text[: most * 2 // 3], text[-most // 3 :]
    return f"{head}\n… {length - len(head) - len(tail):,} of {length:,} characters left out{where} …\n{tail}"


def _amount(name: str, row: Mapping[str, float | int | None]) -> str:
    spent, allowed = row["spent"], row["allowed"]
    if name == "cost_usd":
        return f"${spent:.2f} of ${allowed:g} spent"
    if name == "seconds":
        return f"{spent:.0f} of {allowed:g} s"
    return f"{spent:,} of {allowed:,} {name}"
