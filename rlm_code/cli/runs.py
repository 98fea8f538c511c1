"""`rlm-code runs`: what was asked before, newest first."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from rlm_code.cli.status import COMPLETE
from rlm_code.config import read_settings
from rlm_code.text import printable

if TYPE_CHECKING:
    from rlm_code.features.runs import RecordedRun

_LONGEST_QUESTION = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `runs`."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Print the runs and return the exit status."""
    from rlm_code.features.runs import recorded_runs

    runs_dir = read_settings().state_dir / "runs"
    is_empty = True
    for one in recorded_runs(runs_dir):
        is_empty = False
        print(_json(one) if arguments.json else _row(one))
    if is_empty and not arguments.json:
        print(f"no runs are recorded in {runs_dir}")
    return COMPLETE


def _json(one: RecordedRun) -> str:
    import json

    return json.dumps(one.to_json())


def _row(one: RecordedRun) -> str:
    question = " ".join(printable(one.question).split())
    if len(question) > _LONGEST_QUESTION:
        question = question[: _LONGEST_QUESTION - 1] + "…"
    cost = "" if one.cost_usd is None else "free" if one.cost_usd == 0 else f"${one.cost_usd:.4f}"
    row = f"{one.id}  {when(one.time):16}  {one.status:10}  {cost:>8}  {printable(one.lm):30}  {question}"
    return row.rstrip()


def when(time: str) -> str:
    """An ISO time as the clock on the wall shows it, to the minute; "" for none."""
    return f"{datetime.fromisoformat(time).astimezone():%Y-%m-%d %H:%M}" if time else ""
