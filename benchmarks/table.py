"""The table of measured figures in README.md, made from `benchmarks/results.json`: `python -m benchmarks.table`."""

from __future__ import annotations

import json
import re
from pathlib import Path

from benchmarks.figures import Figure, number

HOME = Path(__file__).parent
README = HOME.parent / "README.md"
START, END = "<!-- figures: made by `make bench` -->", "<!-- end of figures -->"


def table() -> str:
    """The figures that have a goal as a Markdown table, with what they were measured on."""
    results = json.loads((HOME / "results.json").read_text())
    machine = results["machine"]
    noise = max(results["noise"])
    lines = [
        f"Measured {machine['date']} on {machine['cores']} cores ({machine['architecture']}, Python "
        f"{machine['python']}) over {results['repository']}; one fixed piece of work varied by {noise:.0%} meanwhile.",
        "",
        "| | | measured | goal | against |",
        "|---|---|---:|---:|---|",
    ]
    figures = (Figure(**figure) for figure in results["figures"])
    return "\n".join([*lines, *(row(figure) for figure in figures if figure.goal is not None)])


def row(figure: Figure) -> str:
    goal = "" if figure.goal is None else f"{'≥' if figure.at_least else '≤'} {number(figure.goal)}"
    measured = f"{number(figure.value)} {figure.unit}".strip()
    verdict = "**" if figure.meets_goal is False else ""
    return f"| {figure.room} | {figure.what} | {verdict}{measured}{verdict} | {goal} | {figure.against} |"


def written(readme: str) -> str:
    """README's text with the table of today's results in its place."""
    between = re.compile(f"(?<={re.escape(START)}\n).*?(?={re.escape(END)})", re.DOTALL)
    return between.sub(lambda _: f"{table()}\n", readme)


def write_table() -> None:
    README.write_text(written(README.read_text()))


if __name__ == "__main__":
    write_table()
