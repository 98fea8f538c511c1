"""`rlm-code ask`: a question about a repository, answered in the terminal or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from rlm_code.cli import repository
from rlm_code.cli.progress import Progress
from rlm_code.cli.status import exit_status
from rlm_code.config import read_settings

if TYPE_CHECKING:
    from rlm_code.rlm.answer import Answer
    from rlm_code.rlm.events import Event


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `ask`."""
    parser.add_argument("question", help='the question; "-" reads it from standard input')
    repository.add_arguments(parser)
    parser.add_argument(
        "--lm",
        help="who explores: structural (no key), anthropic, anthropic:MODEL; "
        "anthropic where a key is set, else structural",
    )
    parser.add_argument("--sub-lm", help="who answers sub-queries, as for --lm")
    parser.add_argument("--max-cost", type=float, metavar="USD", help="stop before this much is spent")
    parser.add_argument("--max-seconds", type=float, metavar="S", help="stop after this long (default 900)")
    parser.add_argument(
        "--sandbox",
        choices=("auto", "confined", "monty", "none"),
        default="auto",
        help="how the code that explores is confined; none only for a repository you trust",
    )
    parser.add_argument("--json", action="store_true", help="the whole answer as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Answer the question and return the exit status."""
    question = sys.stdin.read() if arguments.question == "-" else arguments.question
    with Progress() as progress:
        answer = _ask(question, arguments, progress)
    if arguments.json:
        print(json.dumps(answer.to_json(), indent=2))
    else:
        from rlm_code.cli.render import render_answer

        sys.stdout.write(render_answer(answer, links=sys.stdout.isatty()))
    return exit_status(answer.status)


def _ask(question: str, arguments: argparse.Namespace, progress: Progress) -> Answer:
    import asyncio

    from rlm_code.features.ask import ask
    from rlm_code.lm.choose import choose, choose_sub
    from rlm_code.rlm.task import Limits

    settings = read_settings()
    lm = choose(arguments.lm or settings.lm, settings)
    sub_lm = choose_sub(arguments.sub_lm or settings.sub_lm, lm, settings)
    limits = Limits(**_given(cost_usd=arguments.max_cost, seconds=arguments.max_seconds))
    queries = repository.open_queries(arguments, settings, progress)
    try:
        return asyncio.run(
            ask(
                queries,
                question,
                lm=lm,
                sub_lm=sub_lm,
                limits=limits,
                sandbox=arguments.sandbox,
                runs_dir=settings.state_dir / "runs",
                on_event=lambda event: _tell(progress, event),
            )
        )
    finally:
        queries.close()


def _given(**limits: float | None) -> dict[str, float]:
    return {name: value for name, value in limits.items() if value is not None}


def _tell(progress: Progress, event: Event) -> None:
    """Say in a few words what a run is doing."""
    from rlm_code.rlm import events

    match event:
        case events.TurnStarted(session=session, turn=turn):
            progress.say(f"{_who(session)}turn {turn}: thinking")
        case events.CellStarted(session=session, turn=turn):
            progress.say(f"{_who(session)}turn {turn}: looking")
        case events.SubCallEnded(session=session, done=done, total=total):
            progress.say(f"{_who(session)}{done} of {total} sub-queries answered")
        case events.Waited(seconds=seconds, reason=reason):
            progress.say(f"waiting {seconds:.0f} s: {reason}")


def _who(session: str) -> str:
    return f"child {session}, " if session else ""
