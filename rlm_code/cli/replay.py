"""`rlm-code replay`: a recorded run again, without a model; 0 if it comes to the same, 1 if it doesn't."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from rlm_code.cli.progress import Progress
from rlm_code.cli.status import COMPLETE, GATED
from rlm_code.config import read_settings
from rlm_code.text import printable

if TYPE_CHECKING:
    from rlm_code.features.replay import Replayed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `replay`."""
    parser.add_argument("run", metavar="RUN", help='the beginning of its id, its file, or "last"')
    parser.add_argument("--json", action="store_true", help="what came of it as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Replay the run, say what came of it and return the exit status."""
    import asyncio

    from rlm_code.codebase.open import open_host_of
    from rlm_code.features.functions import load_functions
    from rlm_code.features.replay import Recording, reopened, replay
    from rlm_code.features.runs import find_run
    from rlm_code.lm.prices import prices_with

    settings = read_settings()
    recording = Recording(find_run(settings.state_dir / "runs", arguments.run))
    with Progress() as progress:
        open_again = partial(open_host_of, cache_dir=settings.cache_dir, progress=progress.files)
        queries = reopened(recording, open_again)
        try:
            functions, price_of = load_functions(settings), prices_with(settings.prices)
            replayed = asyncio.run(replay(recording, queries, functions, price_of))
        finally:
            queries.close()
    if arguments.json:
        from rlm_code.cli.looking import print_json

        found = {"run": recording.path.stem, "difference": replayed.difference, "cut_off": replayed.cut_off}
        print_json({"schema": 1, "command": "replay"} | found)
    else:
        print(printable(_said(recording.path.stem, replayed)))
    return COMPLETE if replayed.difference is None else GATED


def _said(run_id: str, replayed: Replayed) -> str:
    if replayed.difference is not None:
        return f"{run_id} does not replay: {replayed.difference}"
    if replayed.cut_off is not None:
        return f"{run_id} replays as far as it went; it was cut off: {replayed.cut_off}"
    assert replayed.answer is not None
    count = len(replayed.answer.citations)
    noun = "citation" if count == 1 else "citations"
    return (
        f"{run_id} replays: the same {replayed.answer.status} answer with the same {count} {noun}; no model was asked"
    )
