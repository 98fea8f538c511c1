"""Bytes → syntax tree, or the sentence that says why there is none: no grammar, too long, too deep.

Bounded in processor time, and kept from what is known to crash a grammar or to stall a query.
"""

from __future__ import annotations

import time
from math import inf
from typing import TYPE_CHECKING

from rlm_code.parse.grammar import broken_places_query, load_grammar
from rlm_code.parse.language import Language
from rlm_code.parse.limits import (
    MAX_CHILDREN,
    MAX_DEPTH,
    MAX_RUN,
    MAX_UNCLOSED,
    block_depth,
    has_endless_error,
    is_endless_chain,
    longest_unclosed,
)
from rlm_code.parse.masks import Mask, blanked, candidates
from rlm_code.parse.wrappers import masks_of, without_broken, wrappers_in

if TYPE_CHECKING:
    import tree_sitter

PARSE_TIMEOUT_S = 10.0
_CHUNK_BYTES = 1024  # with a quarter of it a parse takes a twentieth longer; perl asks, and copies, for each token
_SMALL_BYTES = 16_384  # what a grammar takes longest for, `fn(fn(…` in reStructuredText, takes 10 s at that size
_LOOK_S = 0.01


class Deadline:
    """Whether this thread has taken its processor time; called as often as one likes.

    The system is asked for processor time every 10 ms only: to ask it each time takes a fifth of a parse.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.thread_time() + seconds
        self._next_look = 0.0
        self.passed = False

    def __call__(self, _offset: int = 0, _has_error: bool = False) -> bool:
        """Whether the time is over, as of the last look. Takes what a parser tells of its progress."""
        now = time.monotonic()
        if now >= self._next_look:
            self.passed = time.thread_time() > self._end
            self._next_look = now + _LOOK_S
        return self.passed


def read_tree(language: Language, data: bytes, timeout_s: float = PARSE_TIMEOUT_S) -> tree_sitter.Tree | str:
    """The syntax tree of `data`, or why there is none. `timeout_s` is processor time of this thread."""
    read = read_masked_tree(language, data, timeout_s)
    return read if isinstance(read, str) else read[0]


def read_span(language: Language, data: bytes, start: int, end: int) -> tree_sitter.Tree | None:
    """The tree of the bytes between two offsets of `data`, as if nothing stood around them; its offsets are those of
    `data`. For parts of files that have been parsed whole. None without a grammar, or where brokenness has no end."""
    from tree_sitter import Parser, Range

    grammar = load_grammar(language)
    if isinstance(grammar, str):
        return None
    parser = Parser(grammar)
    column = start - (data.rfind(b"\n", 0, start) + 1)
    parser.included_ranges = [Range((0, column), (1, 0), start, end)]  # rows serve nobody and are not counted
    tree = parser.parse(data)
    return None if has_endless_error(tree.root_node) else tree


def read_masked_tree(
    language: Language, data: bytes, timeout_s: float = PARSE_TIMEOUT_S
) -> tuple[tree_sitter.Tree, list[Mask]] | str:
    """The tree as of `read_tree`, and what was blanked out of `data` because the parser understands more without."""
    grammar = load_grammar(language)
    if isinstance(grammar, str):
        return grammar
    if refusal := _refusal(language, data):
        return refusal
    deadline = Deadline(timeout_s)
    tree, ranges = _unwrapped(language, grammar, data, deadline)
    if tree is None:
        return f"parsing took longer than {timeout_s:g} s"
    if tree.root_node.has_error and (language.masks or language.conditionals):
        tree, ranges = _better(language, grammar, data, tree, deadline)
    if has_endless_error(tree.root_node):
        return f"a syntax error spans more than {MAX_RUN} tokens in a row or {MAX_CHILDREN} in all"
    if is_endless_chain(tree.root_node):
        return f"more than {MAX_DEPTH} expressions are nested in each other"
    return tree, ranges


def _refusal(language: Language, data: bytes) -> str | None:
    """Why `data` is not even handed to the parser, if so: it could not be stopped there."""
    if language.max_blocks and block_depth(data) > language.max_blocks:
        return f"blocks are nested more than {language.max_blocks} deep"
    if longest_unclosed(data) > MAX_UNCLOSED:
        return f"more than {MAX_UNCLOSED} brackets < are opened in a row and not closed"
    return None


def _unwrapped(
    language: Language, grammar: tree_sitter.Language, data: bytes, deadline: Deadline
) -> tuple[tree_sitter.Tree | None, list[Mask]]:
    """The tree of `data`, where the items of macros stand free if they can be read so."""
    wrappers = wrappers_in(data, language.wrappers) if language.wrappers else []
    while True:
        ranges = masks_of(wrappers)
        tree = _parse(grammar, blanked(data, ranges) if ranges else data, deadline)
        if tree is None or not ranges or not tree.root_node.has_error:
            return tree, ranges
        endless = has_endless_error(tree.root_node)
        kept = [] if endless else without_broken(wrappers, _broken_starts(grammar, tree))
        if len(kept) == len(wrappers):
            return tree, ranges
        wrappers = kept


def _better(
    language: Language, grammar: tree_sitter.Language, data: bytes, tree: tree_sitter.Tree, deadline: Deadline
) -> tuple[tree_sitter.Tree, list[Mask]]:
    """`tree`, or that of `data` without what a preprocessor would take away if fewer places are broken in it."""
    best, blank = tree, list[Mask]()
    broken = _broken_places(grammar, tree)
    for ranges in candidates(data, language.masks, language.conditionals):
        if deadline():
            break
        other = _parse(grammar, blanked(data, ranges), deadline) if broken and ranges else None
        if other and (left := _broken_places(grammar, other)) < broken:
            best, blank, broken = other, ranges, left
    return best, blank


def _broken_places(grammar: tree_sitter.Language, tree: tree_sitter.Tree) -> float:
    """How many places are broken; without end, and uncounted, where counting them might not end."""
    return inf if has_endless_error(tree.root_node) else len(_broken_starts(grammar, tree))


def _broken_starts(grammar: tree_sitter.Language, tree: tree_sitter.Tree) -> list[int]:
    """Where the broken places begin."""
    from tree_sitter import QueryCursor

    captures = QueryCursor(broken_places_query(grammar)).captures(tree.root_node)
    return [node.start_byte for nodes in captures.values() for node in nodes]


def _parse(grammar: tree_sitter.Language, data: bytes, deadline: Deadline) -> tree_sitter.Tree | None:
    """The tree of `data`, or None when `deadline` passes first."""
    from tree_sitter import Parser

    if len(data) <= _SMALL_BYTES:  # over before it could be stopped, and quicker without asking
        return Parser(grammar).parse(data)

    source = _Source(data)
    try:
        tree = Parser(grammar).parse(source, progress_callback=deadline)
    except ValueError:  # what the binding raises for a parse that was stopped
        if deadline.passed:
            return None
        raise
    finally:
        source.drop_buffer()
    return None if deadline.passed else tree


class _Source:
    """Reads out `data` in chunks to a parser that can be stopped, and later to its tree.

    The binding (0.26.1) keeps a reference to each object that the parser is given, for good, and some grammars ask for
    each token: so the parser is given one and the same buffer, filled anew. A tree keeps nothing, and wants `bytes`; it
    asks for each node that a predicate looks at.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._buffer: bytearray | None = bytearray()

    def __call__(self, offset: int, _point: object) -> bytes | bytearray:
        chunk = self._data[offset : offset + _CHUNK_BYTES]
        if self._buffer is None:
            return chunk
        self._buffer[:] = chunk
        return self._buffer

    def drop_buffer(self) -> None:
        """Says that the file is parsed; leaves nothing in the buffer, which nobody frees."""
        if self._buffer is not None:
            self._buffer.clear()
            self._buffer = None
