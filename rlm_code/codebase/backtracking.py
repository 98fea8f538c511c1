"""Matches of Python's `re`, line by line: here, or in a process of its own that can be ended.

`re` may take for ever and cannot be interrupted while it does, except by signals in the main thread. So whatever may
take long runs in a child, which is this file run as a program. Standard library only.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import AnyStr, NamedTuple


class Found(NamedTuple):
    """The first match that begins on a line: lines from 1, columns in bytes from 0, `end_column` behind its end."""

    line: int
    column: int
    end_line: int
    end_column: int


class Doubt(NamedTuple):
    """A text in which only `re` can tell what matches: a whole file, or its line number `line`."""

    path: str
    text: str
    line: int = 1


def found_in(expression: re.Pattern[str], text: str) -> list[Found]:
    """The first match that begins on each line of a text."""
    return list(_in_bytes(first_on_lines((match.span() for match in expression.finditer(text)), text, "\n"), text))


def first_on_lines(spans: Iterable[tuple[int, int]], text: AnyStr, feed: AnyStr) -> Iterator[Found]:
    """The first of ascending spans that begins on each line, columns in the units of `text`, in which `feed` ends
    lines."""
    line, counted, last = 1, 0, 0
    for start, end in spans:
        if start == len(text) and (not text or text.endswith(feed)):
            return
        line += text.count(feed, counted, start)
        counted = start
        if line > last:
            last = line
            final = max(start, end - 1)
            end_line = line + text.count(feed, start, final)
            column = start - text.rfind(feed, 0, start) - 1
            end_column = final - text.rfind(feed, 0, final) - 1 + (end > start)
            yield Found(line, column, end_line, end_column)


def _in_bytes(found: Iterable[Found], text: str) -> Iterator[Found]:
    lines: list[str] = []
    for each in found:
        lines = lines or text.split("\n")
        column, end_column = (
            len(f"{lines[line - 1]}\n"[:column].encode())  # a match may take in the line's end
            for line, column in ((each.line, each.column), (each.end_line, each.end_column))
        )
        yield Found(each.line, column, each.end_line, end_column)


def found_in_child(pattern: str, flags: int, texts: Sequence[str], timeout_s: float) -> list[list[Found]]:
    """What `found_in` finds in each text. Raises TimeoutError when that takes too long, RuntimeError when the child
    fails, OSError when there can be none."""
    asked = json.dumps([pattern, flags, texts], ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-S", __file__], input=asked, capture_output=True, timeout=timeout_s, check=False
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    if child.returncode:
        said = child.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RuntimeError(said[-1] if said else f"ended by signal {-child.returncode}")
    return [[Found(*row) for row in rows] for rows in json.loads(child.stdout)]


def main() -> None:
    """Answer one question on standard input."""
    pattern, flags, texts = json.loads(sys.stdin.buffer.read().decode("utf-8", "surrogatepass"))
    expression = re.compile(pattern, flags)
    json.dump([found_in(expression, text) for text in texts], sys.stdout)


if __name__ == "__main__":
    main()
