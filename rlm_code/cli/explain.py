"""`rlm-code explain`: a colleague's introduction to a folder, a file, a definition or the whole repository."""

from __future__ import annotations

import argparse
import sys
import time

from rlm_code.cli import answering, repository
from rlm_code.cli.progress import Progress
from rlm_code.cli.status import exit_status
from rlm_code.config import read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `explain`."""
    parser.add_argument(
        "target",
        nargs="?",
        default="",
        help="a folder, a file, path:line or a definition's name (default: everything; . is the current folder)",
    )
    answering.add_arguments(parser)
    parser.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="markdown adds a Mermaid diagram"
    )
    parser.add_argument("--json", action="store_const", dest="format", const="json", help="the same as --format json")


def run(arguments: argparse.Namespace) -> int:
    """Explain the target and return the exit status."""
    from rlm_code.cli.from_root import from_root
    from rlm_code.features.explain import diagram_for, question_for

    settings = read_settings()
    answered = answering.answerer(arguments, settings)
    started = time.monotonic()
    with Progress() as progress, repository.opened(arguments, settings, progress) as queries:
        opened_s = time.monotonic() - started
        target = from_root(queries, arguments.target)
        question = question_for(queries, target)
        answer = answered(question, queries, progress)
        title = queries.overview().name if target in ("", ".") else arguments.target
        diagram = diagram_for(queries, target) if arguments.format == "markdown" else ""
    if arguments.format == "json":
        import json

        print(json.dumps(answer.to_json(), indent=2))
    elif arguments.format == "markdown":
        from rlm_code.cli.markdown import render_markdown

        sys.stdout.write(render_markdown(answer, title=title, diagram=diagram))
    else:
        answering.show(answer, opened_s)
    return exit_status(answer.status)
