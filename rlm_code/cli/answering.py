"""What verbs that end in an answer share: who answers, within which limits, with what progress."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from rlm_code.cli import repository

if TYPE_CHECKING:
    from collections.abc import Callable

    from rlm_code.cli.progress import Progress
    from rlm_code.codebase.host import HostQueries
    from rlm_code.config import Settings
    from rlm_code.rlm.answer import Answer
    from rlm_code.rlm.events import Event

_OF_STRATEGY = {"direct": "direct", "retrieve": "one-call"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which repository to look at, who looks and what it may use."""
    repository.add_arguments(parser)
    parser.add_argument(
        "--lm",
        help="who explores: structural (no key), anthropic, anthropic:MODEL, bedrock:MODEL, vertex:MODEL, "
        "openai:MODEL, openai-chat:MODEL (Ollama, vLLM, llama.cpp, LM Studio, OpenRouter); +fenced after it for a "
        "model without tool use; anthropic where a key is set, else structural",
    )
    parser.add_argument("--sub-lm", help="who answers sub-queries, as for --lm")
    parser.add_argument(
        "--route",
        choices=("auto", "structure", "one-call", "direct", "explore", "sub-queries", "children"),
        default="auto",
        help="how the answer comes about; auto tries the cheap ways first where they can be enough",
    )
    parser.add_argument(
        "--strategy",
        choices=("rlm", "direct", "retrieve"),
        default="rlm",
        help="for comparison: one request with the whole text, or with the places that rank best, in place of a run",
    )
    parser.add_argument("--max-cost", type=_positive, metavar="USD", help="stop before this much is spent")
    parser.add_argument("--max-seconds", type=_positive, metavar="S", help="stop after this long (900)")
    parser.add_argument(
        "--depth",
        type=int,
        choices=(0, 1, 2),
        help="levels of child runs, each with cells of its own, that the model may start (0)",
    )
    parser.add_argument(
        "--sandbox",
        choices=("auto", "confined", "monty", "none"),
        default="auto",
        help="how the code that explores is confined; none only for a repository you trust",
    )


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < 1e9:
        raise argparse.ArgumentTypeError(f"not a positive number: {text}")
    return number


def answerer(arguments: argparse.Namespace, settings: Settings) -> Callable[[str, HostQueries, Progress], Answer]:
    """What answers a question about an opened repository, by whom and within what the arguments say.

    Raises ConfigError for what they and the settings cannot mean, before anything is read for it.
    """
    from rlm_code.features.ask import ask, sub_call_cache
    from rlm_code.features.functions import load_functions
    from rlm_code.features.telemetry import listening
    from rlm_code.lm.choose import choose, choose_sub
    from rlm_code.lm.prices import prices_with
    from rlm_code.rlm.task import Limits

    lm = choose(arguments.lm or settings.lm, settings)
    sub_lm = choose_sub(arguments.sub_lm or settings.sub_lm, lm, settings)
    named = {"cost_usd": arguments.max_cost, "seconds": arguments.max_seconds, "depth": arguments.depth}
    limits = Limits.of(dict(settings.limits) | {name: value for name, value in named.items() if value is not None})
    functions = load_functions(settings)

    def answer(question: str, queries: HostQueries, progress: Progress) -> Answer:
        import asyncio

        return asyncio.run(
            ask(
                queries,
                question,
                lm=lm,
                sub_lm=sub_lm,
                limits=limits,
                sandbox=arguments.sandbox,
                runs_dir=settings.state_dir / "runs",
                cache=sub_call_cache(settings),
                functions=functions,
                price_of=prices_with(settings.prices),
                route=_OF_STRATEGY.get(arguments.strategy, arguments.route),
                on_event=listening(settings, lambda event: _tell(progress, event)),
            )
        )

    return answer


def show(answer: Answer, opened_s: float) -> None:
    """Print an answer for people; it took `opened_s` seconds to have the repository open."""
    from rlm_code.cli.render import render_answer
    from rlm_code.cli.rows import terminal_columns

    links = sys.stdout.isatty()
    sys.stdout.write(render_answer(answer, links=links, columns=terminal_columns(), opened_s=opened_s))


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
