"""What extraction costs beside the bare parse: `python -m benchmarks.extraction FOLDER [LANGUAGE …]`.

Prints, for each language found, the seconds of a bare parse of all its files, those of `parse_file`, and
their ratio: the quicker of two rounds each, one process, without garbage collection as in the processes that index.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tree_sitter import Language as Grammar
from tree_sitter import Parser

from rlm_code.parse import Language, language_of, parse_file
from rlm_code.parse.grammar import load_grammar


def main(folder: str, only: list[str]) -> None:
    print(f"{'language':12} {'files':>6} {'MB':>7} {'parse s':>8} {'facts s':>8} {'ratio':>6} {'defs':>8} {'uses':>9}")
    for language, files in sorted(read(folder).items(), key=lambda item: -sum(map(len, item[1]))):
        grammar = load_grammar(language)
        if not isinstance(grammar, str) and (not only or language.name in only):
            report(language, grammar, files)


def read(folder: str) -> dict[Language, list[bytes]]:
    """The content of every file below `folder` that is in a known language and below 2 MB."""
    found: dict[Language, list[bytes]] = {}
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file() and not path.is_symlink() and ".git" not in path.parts:
            data = path.read_bytes()
            language = language_of(path.name, data)
            if language and len(data) < 2_000_000:
                found.setdefault(language, []).append(data)
    return found


def report(language: Language, grammar: Grammar, files: list[bytes]) -> None:
    parser = Parser(grammar)
    gc.disable()
    bare = quicker(parser.parse, files)
    full = quicker(partial(parse_file, language), files)
    facts = [parse_file(language, data) for data in files[:200]]
    definitions, uses = sum(len(f.definitions) for f in facts), sum(len(f.occurrences) for f in facts)
    size = sum(map(len, files)) / 1e6
    print(
        f"{language.name:12} {len(files):6} {size:7.2f} {bare:8.2f} {full:8.2f} {full / bare:6.2f}"
        f" {definitions:8} {uses:9}"
    )


def quicker(work: Callable[[bytes], object], files: list[bytes]) -> float:
    """Process seconds of the quicker of two runs over `files`, none of whose results is kept."""
    seconds = []
    for _ in range(2):
        start = time.process_time()
        for data in files:
            work(data)
        seconds.append(time.process_time() - start)
    return min(seconds)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
