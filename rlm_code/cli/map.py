"""`rlm-code map`: the outline of a repository within a number of tokens."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rlm_code.cli import looking

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.features.lookup.outline import Entry, Outline


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `map`."""
    parser.add_argument(
        "focus", nargs="*", help="paths, folders or globs to draw alone, or a question to draw what matters to it"
    )
    parser.add_argument("--tokens", type=looking.count, default=4000, metavar="N", help="at most so many (4000)")
    looking.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the outline and return the exit status."""
    from rlm_code.cli.from_root import from_root, glob_from_root
    from rlm_code.features.lookup.outline import draw

    def find(queries: HostQueries) -> Outline:
        words = [(glob_from_root if len(word.split()) == 1 else from_root)(queries, word) for word in arguments.focus]
        return draw(queries, words, arguments.tokens)

    return looking.look_up(arguments, find, _object, _lines, _notes)


def _object(queries: HostQueries, found: Outline) -> dict[str, Any]:
    from rlm_code.features.lookup.objects import head

    files = [{"path": path, "symbols": [_entry(entry) for entry in entries]} for path, entries in found.files]
    about = {"question": found.question or None, "paths": found.paths}
    size = {"tokens": found.tokens, "max_tokens": found.allowed, "shown": len(files), "total": found.of_files}
    return head("map", queries) | about | size | {"files": files}


def _entry(entry: Entry) -> dict[str, Any]:
    from rlm_code.features.lookup.objects import symbol_object

    return symbol_object(entry.symbol) | {"signature": entry.signature, "depth": entry.depth, "score": entry.score}


def _lines(found: Outline) -> Iterator[str]:
    from rlm_code.features.lookup.outline import outline_text
    from rlm_code.text import printable

    if found.files:
        yield printable(outline_text(found))


def _notes(found: Outline) -> Iterator[str]:
    if not found.files and found.of_files:
        yield f"none of {found.of_files:,} files of code fits into {found.allowed:,} tokens; raise --tokens"
        return
    yield (
        f"{len(found.files):,} of {found.of_files:,} files of code, "
        f"at most {found.tokens:,} of {found.allowed:,} tokens; raise --tokens for more"
    )
