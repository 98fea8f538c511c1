"""What the model is shown of a cell, and of the turn: the one place that words it."""

from __future__ import annotations

from collections.abc import Mapping

from rlm_code.rlm.budget import Ledger
from rlm_code.sandbox.protocol import CellResult

MOST_OUTPUT = 16_000
MOST_VALUE = 6_000
MOST_ERROR = 3_000
_LINE_END_WITHIN = 400  # cuts move to the end of a line that is as near as that


def render(result: CellResult) -> str:
    """The observation of one cell: its output, head and tail where it is long, its value, its error, what was lost."""
    parts = [_output(result)]
    if result.value is not None:
        parts.append(f"value: {_shortened(result.value, MOST_VALUE, len(result.value))}")
    if result.error is not None:
        parts.append(_shortened(result.error.rstrip(), MOST_ERROR, len(result.error)))
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
    return _shortened(result.output, MOST_OUTPUT, result.output_length, f"out[{result.number}]").rstrip("\n")


def _shortened(text: str, most: int, length: int, kept_in: str = "") -> str:
    if len(text) <= most:
        # The sandbox may have cut it already, and says so where it did.
        return text
    first, second = _cut(text, most)
    left_out = length - len(text) + second - first
    where = f": {kept_in}[{first}:{first + left_out}]" if kept_in else ""
    return f"{text[:first].rstrip()}\n… {left_out:,} of {length:,} characters left out{where} …\n{text[second:]}"


def _cut(text: str, most: int) -> tuple[int, int]:
    """Where the head ends and the tail begins, two thirds and one third of `most`; between lines if lines are short."""
    first, second = most * 2 // 3, len(text) - most // 3
    end_of_line = text.rfind("\n", first - _LINE_END_WITHIN, first)
    next_line = text.find("\n", second, second + _LINE_END_WITHIN)
    return (end_of_line + 1 or first), (next_line + 1 or second)


def _amount(name: str, row: Mapping[str, float | int | None]) -> str:
    spent, allowed = row["spent"], row["allowed"]
    if name == "cost_usd":
        return f"${spent:.2f} of ${allowed:g} spent"
    if name == "seconds":
        return f"{spent:.0f} of {allowed:g} s"
    return f"{spent:,} of {allowed:,} {name}"
