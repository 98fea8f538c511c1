"""`rlm-code repl`: the cells that a language model would write, written by hand or read from a file."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from rlm_code.cli import repository
from rlm_code.cli.progress import Progress
from rlm_code.cli.status import COMPLETE
from rlm_code.config import read_settings

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.sandbox import Namespace, Sandbox

_ENDS = ("exit", "exit()", "quit", "quit()")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `repl`."""
    repository.add_arguments(parser)
    parser.add_argument("--cells", metavar="FILE", help="run the cells of a file, split at '# %%%%' lines; - is stdin")
    parser.add_argument("--timeout", type=_seconds, default=30.0, metavar="S", help="time limit of each cell (30)")
    parser.add_argument("--json", action="store_true", help="with --cells: one JSON object a line for each cell")
    parser.add_argument(
        "--sandbox",
        choices=("auto", "confined", "monty", "none"),
        default="auto",
        help="how the cells are confined; none only for code that you trust",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the cells; the exit status is 0 once they have run, whatever came of each."""
    from rlm_code.sandbox import open_sandbox

    cells = _cells(arguments.cells) if arguments.cells else None
    with Progress() as progress, repository.opened(arguments, read_settings(), progress) as queries:
        sandbox = open_sandbox(_namespace(queries), arguments.sandbox)
        try:
            if cells is None:
                _converse(sandbox, arguments.timeout)
            else:
                _run_all(sandbox, cells, arguments.timeout, as_json=arguments.json)
        finally:
            sandbox.close()
    return COMPLETE


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < 1e6:
        raise argparse.ArgumentTypeError(f"not a time limit: {text}")
    return seconds


def _cells(name: str) -> list[str]:
    from pathlib import Path

    from rlm_code.errors import ConfigError
    from rlm_code.sandbox.cells import split_cells

    try:
        return split_cells(sys.stdin.read() if name == "-" else Path(name).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the cells of {name} cannot be read: {error}") from None


def _namespace(queries: HostQueries) -> Namespace:
    """What cells see in a run, without a run around them: no sub-queries, nothing to submit to, no limits."""
    from rlm_code.rlm.coverage import Reading
    from rlm_code.rlm.methods import namespace
    from rlm_code.sandbox import HostMethod

    def submit(*answer: object) -> dict[str, list[str]]:
        return {"problems": ["there is no run to end in a REPL"]}

    def budget() -> dict[str, dict[str, float]]:
        return {}

    methods = {"submit": HostMethod(submit), "budget": HostMethod(budget)}
    return namespace(queries, Reading(queries.snapshot), methods)


def _run_all(sandbox: Sandbox, cells: list[str], timeout_s: float, *, as_json: bool) -> None:
    from rlm_code.sandbox.cells import result_as_json, result_as_text, run_cells

    for result in run_cells(sandbox, cells, timeout_s):
        sys.stdout.write(f"{result_as_json(result)}\n" if as_json else result_as_text(result))
        sys.stdout.flush()


def _converse(sandbox: Sandbox, timeout_s: float) -> None:
    """Read cells from the terminal until its end. Ctrl-C stops a running cell."""
    import signal

    from rlm_code.sandbox.cells import result_as_text

    print(f"cells see `repo`; help() says more; confined by {sandbox.confinement}; Ctrl-D ends", file=sys.stderr)
    number = 1
    while (cell := _read_cell(number)) is not None:
        if cell.strip() in _ENDS:
            return
        if not cell.strip():
            continue
        before = signal.signal(signal.SIGINT, lambda *_: sandbox.interrupt())
        try:
            result = sandbox.run(cell, timeout_s)
        finally:
            signal.signal(signal.SIGINT, before)
        sys.stdout.write(result_as_text(result))
        number = result.number + 1


def _read_cell(number: int) -> str | None:
    """The next cell that somebody types, "" after Ctrl-C, None at the end."""
    import contextlib

    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):  # not every Python has it; it only makes typing nicer
            import readline  # noqa: F401
    lines: list[str] = []
    prompt = f"[{number}] "
    try:
        while True:
            lines.append(input(prompt))
            prompt = " " * (len(prompt) - 2) + "… "
            if _is_whole(lines):
                return "\n".join(lines)
    except EOFError:
        return "\n".join(lines) if lines else None
    except KeyboardInterrupt:
        print()
        return ""


def _is_whole(lines: list[str]) -> bool:
    """Whether these lines are a statement that needs no more; one that can never be right is whole, too."""
    import codeop

    try:
        return codeop.compile_command("\n".join(lines), "<cell>", "single") is not None
    except (SyntaxError, ValueError, OverflowError):
        return True
