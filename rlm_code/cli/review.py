"""`rlm-code review`: what a change breaks and reaches, for a terminal, a page, or a code-scanning tool.

0  clean, or nothing at or above --fail-on     2  usage
1  findings at or above --fail-on              3  incomplete: changed code that could not be looked at
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from rlm_code.cli import repository
from rlm_code.cli.fitting import wrapped
from rlm_code.cli.progress import Progress
from rlm_code.cli.rows import terminal_columns
from rlm_code.cli.status import COMPLETE, GATED, PARTIAL
from rlm_code.config import read_settings

if TYPE_CHECKING:
    from rlm_code.features.review.findings import Review

_INDENT = " " * 11


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `review`."""
    parser.add_argument("--base", required=True, metavar="REV", help="what the change is to be merged into")
    parser.add_argument("--head", default="HEAD", metavar="REV", help="the change (default: HEAD)")
    repository.add_place_arguments(parser)
    parser.add_argument(
        "--format", choices=("text", "markdown", "json", "sarif", "rdjson", "gitlab", "github"), default="text"
    )
    parser.add_argument("--json", action="store_const", dest="format", const="json", help="the same as --format json")
    parser.add_argument(
        "--fail-on",
        choices=("none", "info", "warning", "error"),
        default="none",
        help="exit with 1 if there is a finding of this level or worse (default: none)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Review the change since the base and the head parted, and return the exit status."""
    from rlm_code.features.review.findings import SEVERITY
    from rlm_code.features.review.reviewing import review
    from rlm_code.source.ancestry import merge_base

    settings = read_settings()
    base = merge_base(arguments.repo, arguments.base, arguments.head)
    with (
        Progress() as progress,
        repository.opened_at(arguments, base, settings, progress) as before,
        repository.opened_at(arguments, arguments.head, settings, progress) as after,
    ):
        progress.say("comparing")
        found = review(before, after)
    sys.stdout.write(_rendered(found, arguments.format))
    if arguments.fail_on != "none" and found.worst() >= SEVERITY[arguments.fail_on]:
        return GATED
    return PARTIAL if found.incomplete else COMPLETE


def _rendered(review: Review, form: str) -> str:
    import json

    if form == "json":
        return json.dumps(review.to_json(), indent=2) + "\n"
    if form in ("sarif", "rdjson", "gitlab"):
        from rlm_code.features.review.formats import to_gitlab, to_rdjson
        from rlm_code.features.review.sarif import to_sarif

        made = {"sarif": to_sarif, "rdjson": to_rdjson, "gitlab": to_gitlab}[form](review)
        return json.dumps(made, indent=2) + "\n"
    from rlm_code.cli.review_text import as_annotations, as_markdown, as_text

    if form == "text" and (columns := terminal_columns()):
        lines = as_text(review).split("\n")
        return "\n".join(
            part for line in lines for part in ([line] if line[:1] == " " else wrapped(line, columns, _INDENT))
        )
    return {"text": as_text, "markdown": as_markdown, "github": as_annotations}[form](review)
