"""Ways to answer compared, over the same questions, model and budget: `python -m benchmarks.strategies FILE …`.

FILE holds one question a line as JSON: {"question": …, "cites": [{"path": …, "line": …}, …]}. A citation counts as
right where it covers a wanted line; `found` is the share of wanted places that are cited, `right` the share of
citations that are wanted. All citations are verified by rlm-code itself, whichever way they came about.

    rlm        the router's own choice        direct     one request with the whole text until the window is full
    explore    the loop, whatever the router  retrieve   one request with the places that rank best
               would say

Needs a key for --lm anthropic or openai; every sub-query is sent, as nothing is kept between the ways.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from rlm_code.config import read_settings
from rlm_code.features.ask import ask
from rlm_code.lm.choose import choose, choose_sub
from rlm_code.rlm.answer import Answer
from rlm_code.rlm.task import Limits

WAYS = {"rlm": "auto", "explore": "sub-queries", "direct": "direct", "retrieve": "one-call"}


@dataclass
class Score:
    """What one way came to over all questions."""

    complete: int = 0
    wanted: int = 0
    found: int = 0
    cited: int = 0
    right: int = 0
    tokens: int = 0
    cost_usd: float | None = 0.0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    def add(self, question: dict[str, Any], answer: Answer) -> None:
        """Count one answer."""
        wanted = [(place["path"], place["line"]) for place in question.get("cites", [])]
        spans = [(cited.path, cited.start_line, cited.end_line) for cited in answer.citations]
        hits = lambda place, span: place[0] == span[0] and span[1] <= place[1] <= span[2]  # noqa: E731
        self.complete += answer.status == "complete"
        self.wanted += len(wanted)
        self.found += sum(any(hits(place, span) for span in spans) for place in wanted)
        self.cited += len(spans)
        self.right += sum(any(hits(place, span) for place in wanted) for span in spans)
        used = answer.usage
        self.tokens += used.input_tokens + used.output_tokens + used.cache_read_tokens + used.cache_write_tokens
        known = self.cost_usd is not None and used.cost_usd is not None
        self.cost_usd = self.cost_usd + used.cost_usd if known else None  # type: ignore[operator]
        self.seconds += used.seconds
        if answer.reason:
            self.notes.append(f"{question['question'][:50]}: {answer.status}, {answer.reason[:120]}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare ways to answer the same questions.")
    parser.add_argument("file", type=Path, help="questions, one JSON object a line")
    parser.add_argument("--repo", default=".", help="the repository that they are about")
    parser.add_argument("--rev", help="at this revision")
    parser.add_argument("--lm", help="as for `rlm-code ask`")
    parser.add_argument("--sub-lm", help="as for `rlm-code ask`")
    parser.add_argument("--max-cost", type=float, default=0.5, metavar="USD", help="for each question and way (0.5)")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    arguments = parser.parse_args()
    questions = [json.loads(line) for line in arguments.file.read_text().splitlines() if line.strip()]
    queries = open_host(arguments.repo, arguments.rev)
    print(f"{'way':10}{'complete':>10}{'found':>8}{'right':>8}{'tokens':>12}{'dollars':>10}{'seconds':>9}")
    for way in arguments.ways:
        _print(way, len(questions), _score(way, questions, queries, arguments))
    queries.close()


def _score(way: str, questions: list[dict[str, Any]], queries: HostQueries, arguments: argparse.Namespace) -> Score:
    settings = read_settings()
    score = Score()
    for question in questions:
        lm = choose(arguments.lm, settings)
        sub_lm = choose_sub(arguments.sub_lm, lm, settings)
        limits = Limits(cost_usd=arguments.max_cost)
        asked = ask(queries, question["question"], lm=lm, sub_lm=sub_lm, limits=limits, route=WAYS[way])
        score.add(question, asyncio.run(asked))
    return score


def _print(way: str, questions: int, score: Score) -> None:
    found = f"{score.found / score.wanted:.0%}" if score.wanted else "-"
    right = f"{score.right / score.cited:.0%}" if score.cited else "-"
    dollars = "unknown" if score.cost_usd is None else f"{score.cost_usd:.4f}"
    complete = f"{score.complete}/{questions}"
    print(f"{way:10}{complete:>10}{found:>8}{right:>8}{score.tokens:>12,}{dollars:>10}{score.seconds:>9.1f}")
    for note in score.notes:
        print(f"    {note}")


if __name__ == "__main__":
    main()
