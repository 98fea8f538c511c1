"""The command line: finds the verb, runs it, and turns errors into one line and an exit status.

    0  complete     2  usage: wrong arguments, path, revision, name or setting     4  failed
    1  gated        3  partial                                                   130  stopped by Ctrl-C

A verb is a module of this package with `add_arguments(parser)` and `run(arguments) -> status`, or one of several that
share a module; only the one that was asked for is imported. This module knows nothing of what verbs do.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from contextlib import suppress
from functools import partial
from typing import Any, NoReturn, cast

from rlm_code import __version__
from rlm_code.cli.status import COMPLETE, FAILED, INTERRUPTED, error_status
from rlm_code.errors import ConfigError, RlmCodeError
from rlm_code.text import printable

VERBS: dict[str, str] = {
    "ask": "answer a question about a repository, with citations",
    "explain": "introduce a folder, a file, a definition or the whole repository",
    "review": "find what a change breaks elsewhere, and whom it reaches",
    "index": "build the index of a repository, or bring it up to date, and say what is in it",
    "symbols": "list the definitions in a file, a folder or everywhere",
    "definition": "show where something is defined",
    "references": "list the uses of a definition",
    "callers": "list the calls of a definition, and who makes them",
    "callees": "list the calls inside a definition or a file",
    "search": "search the text of all files for a regular expression or a text",
    "map": "draw the outline of a repository: what matters most, within a number of tokens",
    "runs": "list what was asked before",
    "show": "show one run: its turns, cells, sub-queries and what they cost",
    "replay": "run one again without a model, and say whether it comes to the same",
    "repl": "run Python where a model's code runs, with the same names",
    "doctor": "show what works on this machine, and what to do about what doesn't",
}
MODULES = dict.fromkeys(("references", "callers", "callees"), "uses")
"""The modules of verbs that are not called like them."""


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    if sys.stderr is None:  # closed by the caller
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    try:
        if sys.stdout is None:
            raise ConfigError("standard output is closed, so there is nowhere to write an answer")
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except RlmCodeError as error:
        return _failed(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _stop_writing()  # the reader went away (`| head`)
        return COMPLETE
    except OSError as error:
        _stop_writing()
        _complain(f"the system refused: {error}")
        return FAILED
    except Exception:  # noqa: BLE001  the outermost edge: whatever gets here is a bug of ours
        import traceback

        traceback.print_exc()
        print("rlm-code: this is a bug in rlm-code; please report it with the lines above", file=sys.stderr)
        return FAILED


def _complain(text: str, lead: str = "rlm-code:") -> None:
    with suppress(OSError):  # standard error is full, or nobody reads it: the exit status has to say it
        print(lead, printable(text), file=sys.stderr)


def _stop_writing() -> None:
    """Keep the interpreter from complaining when it flushes what is left at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str]) -> int:
    verb = arguments[0] if arguments else ""
    parser = _parser_of(verb) if verb in VERBS else _parser_of_all(arguments)
    if verb and verb not in VERBS and not verb.startswith("-"):
        _refuse_verb(parser, verb)
    parsed, unknown = parser.parse_known_args(arguments[1:] if verb in VERBS else arguments)
    if unknown:
        _refuse(parser, parsed, unknown)
    try:
        status: int = _module(parsed.verb).run(parsed)
    except RlmCodeError as error:
        if not _wants_json(parsed):
            raise
        from rlm_code.cli.looking import print_error

        print_error(parsed.verb, error)
        return error_status(error.code)
    return status


def _failed(error: RlmCodeError) -> int:
    from rlm_code.cli.looking import show_candidates

    with suppress(OSError):
        show_candidates(error)
    _complain(error.message)
    if error.hint:
        _complain(error.hint, lead=" " * 9)
    return error_status(error.code)


def _refuse_verb(parser: argparse.ArgumentParser, verb: str) -> NoReturn:
    """Say which verb may be meant, else which there are."""
    from difflib import get_close_matches

    near = get_close_matches(verb, VERBS, n=2)
    meant = f"did you mean {' or '.join(near)}?" if near else f"verbs are {', '.join(VERBS)}"
    asked = f'; a question is asked with rlm-code ask "{verb}"' if " " in verb else ""
    parser.error(f"there is no verb {verb!r}; {meant}{asked}")


def _wants_json(parsed: argparse.Namespace) -> bool:
    return getattr(parsed, "json", False) or getattr(parsed, "format", "") == "json"


def _refuse(parser: argparse.ArgumentParser, parsed: argparse.Namespace, unknown: list[str]) -> NoReturn:
    """Say which arguments there are not, and how a repository is given: people write it last, as for grep."""
    known = f"unrecognized arguments: {' '.join(unknown)}"
    is_about_place = hasattr(parsed, "repo") and not any(each.startswith("-") for each in unknown)
    parser.error(known + ("; another repository or folder is given as --repo PATH" if is_about_place else ""))


def _module(verb: str) -> Any:
    return importlib.import_module(f"rlm_code.cli.{MODULES.get(verb, verb)}")


def _parser_of(verb: str) -> argparse.ArgumentParser:
    """The parser of one verb, which is all that most calls need."""
    parser = argparse.ArgumentParser(prog=f"rlm-code {verb}", description=_sentence(verb), formatter_class=_formatter())
    _add_arguments(parser, verb)
    return parser


def _add_arguments(parser: argparse.ArgumentParser, verb: str) -> None:
    parser.set_defaults(verb=verb)
    _module(verb).add_arguments(parser)


def _sentence(verb: str) -> str:
    summary = VERBS[verb]
    return f"{summary[0].upper()}{summary[1:]}."


def _formatter() -> type[argparse.HelpFormatter]:
    """Help as wide as the terminal. argparse would find that out by a module that costs as much as a look-up."""
    from rlm_code.cli.rows import terminal_columns

    columns = terminal_columns() or 80
    return cast("type[argparse.HelpFormatter]", partial(argparse.HelpFormatter, width=max(columns - 2, 20)))


def _parser_of_all(arguments: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rlm-code",
        description="Answers questions about whole codebases, with every citation verified against the commit.",
        epilog="`rlm-code VERB --help` explains one. No key is needed; with ANTHROPIC_API_KEY set, "
        "`ask` uses a language model.",
    )
    parser.add_argument("--version", action="version", version=f"rlm-code {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, summary in VERBS.items():
        verb = verbs.add_parser(name, help=summary, description=_sentence(name))
        if name in arguments:
            _add_arguments(verb, name)
    return parser


if __name__ == "__main__":
    sys.exit(main())
