"""`rlm-code show`: one run as a tree of turns, cells, sub-queries and children, with what each cost."""

from __future__ import annotations

import argparse

from rlm_code.cli.status import COMPLETE
from rlm_code.config import read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `show`."""
    parser.add_argument("run", metavar="RUN", help='the beginning of its id, its file, or "last"')
    parser.add_argument("--json", action="store_true", help="its events as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the run and return the exit status. Raises ConfigError where there is none, or its file is damaged."""
    from rlm_code.cli.run_tree import render_run
    from rlm_code.errors import ConfigError
    from rlm_code.features.runs import find_run
    from rlm_code.rlm.trajectory import read_trajectory

    path = find_run(read_settings().state_dir / "runs", arguments.run)
    try:
        events = list(read_trajectory(path))
        lines = [] if arguments.json else list(render_run(path.stem, events))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path} cannot be read as a run: {error!r}", hint="it may be of another version") from error
    if arguments.json:
        from rlm_code.cli.looking import print_json

        print_json({"schema": 1, "command": "show", "run": path.stem, "events": events})
    else:
        print("\n".join(lines))
    return COMPLETE
