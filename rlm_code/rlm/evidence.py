"""Text of the repository for a model that cannot look itself: the likeliest places, or all there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rlm_code.codebase.queries import RankRow
from rlm_code.rlm.budget import tokens_in
from rlm_code.rlm.citations import shown
from rlm_code.rlm.task import Limits
from rlm_code.text import decode, is_binary, split_lines

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries

PLACES = 24
PLACES_TOKENS = 24_000
MOST_LINES = 160
HEADING_TOKENS = 100
PROMPT_TOKENS = 4_000  # what stands around the text


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pieces of files as one text; `paths` are the files, `is_whole` says that nothing of the repository is missing."""

    text: str
    paths: tuple[str, ...]
    is_whole: bool


def likeliest(queries: HostQueries, question: str, limits: Limits) -> Evidence:
    """The places that most likely hold the answer, best first, as the index ranks them."""
    room = min(PLACES_TOKENS, _room(limits))
    return _packed(_places(queries, queries.rank(question, PLACES)), room, is_whole=False)


def everything(queries: HostQueries, question: str, limits: Limits) -> Evidence:
    """All text files in order of path until the window is full; the last one may be cut."""
    return _packed(_files(queries), _room(limits), is_whole=True)


Piece = tuple[str, int, list[str]]
"""A path, the number of the first line, and the lines."""


def _room(limits: Limits) -> int:
    return max(0, limits.window_tokens - limits.reply_tokens - PROMPT_TOKENS)


def _places(queries: HostQueries, ranked: list[RankRow]) -> Iterator[Piece]:
    taken: dict[str, set[int]] = {}
    for row in ranked:
        lines = split_lines(queries.text(row.path))
        first, last = (row.symbol.start_line, row.symbol.end_line) if row.symbol else (1, len(lines))
        last = min(last, first + MOST_LINES - 1)
        seen = taken.setdefault(row.path, set())
        if not seen.issuperset(range(first, last + 1)):
            seen.update(range(first, last + 1))
            yield row.path, first, lines[first - 1 : last]


def _files(queries: HostQueries) -> Iterator[Piece]:
    for path, data in queries.scan([row.path for row in queries.files()]):
        if not is_binary(data):
            yield path, 1, split_lines(decode(data))


def _packed(pieces: Iterator[Piece], room: int, *, is_whole: bool) -> Evidence:
    """The pieces that fit; the last one may be cut."""
    texts: list[str] = []
    paths: dict[str, None] = {}
    for path, first, lines in pieces:
        kept = _fitting(lines, room)
        if kept:
            texts.append("\n".join([f"=== {shown(path)}, lines {first}-{first + len(kept) - 1} ===", *kept]))
            paths[path] = None
            room -= tokens_in(texts[-1])
        if len(kept) < len(lines):
            is_whole = False
            break
    return Evidence("\n\n".join(texts), tuple(paths), is_whole)


def _fitting(lines: list[str], room: int) -> list[str]:
    """The first of `lines` that fit below a heading."""
    room -= HEADING_TOKENS
    for count, line in enumerate(lines):
        room -= tokens_in(line) - 7  # what tokens_in adds counts once, and a line has its end
        if room < 0:
            return lines[:count]
    return lines
