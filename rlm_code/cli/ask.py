"""`rlm-code ask`: a question about a repository, answered in the terminal or as JSON."""

from __future__ import annotations

import argparse
import sys
import time

from rlm_code.cli import answering, repository
from rlm_code.cli.progress import Progress
from rlm_code.cli.status import exit_status
from rlm_code.config import read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `ask`."""
    parser.add_argument("question", help='the question; "-" reads it from standard input')
    answering.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="the whole answer as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Answer the question and return the exit status."""
    from rlm_code.features.ask import checked_question

    question = checked_question(sys.stdin.read() if arguments.question == "-" else arguments.question)
    settings = read_settings()
    answered = answering.answerer(arguments, settings)
    started = time.monotonic()
    with Progress() as progress, repository.opened(arguments, settings, progress) as queries:
        opened_s = time.monotonic() - started
        answer = answered(question, queries, progress)
    if arguments.json:
        import json

        print(json.dumps(answer.to_json(), indent=2))
    else:
        answering.show(answer, opened_s)
    return exit_status(answer.status)
