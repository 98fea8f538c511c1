"""Bytes → syntax tree, or the sentence that says why there is none: no grammar, too long, too deep.

Bounded in processor time, and kept from what is known to crash a grammar or to stall a query.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rlm_code.parse.grammar import load_grammar
from rlm_code.parse.language import Language
from rlm_code.parse.limits import MAX_RUN, block_depth, has_endless_error

if TYPE_CHECKING:
    import tree_sitter

PARSE_TIMEOUT_S = 10.0
_CHUNK_BYTES = 256
_SMALL_BYTES = 16_384


def read_tree(language: Language, data: bytes, timeout_s: float = PARSE_TIMEOUT_S) -> tree_sitter.Tree | str:
    """The syntax tree of `data`, or why there is none. `timeout_s` is processor time of this thread."""
    grammar = load_grammar(language)
    if isinstance(grammar, str):
        return grammar
    if language.max_blocks and block_depth(data) > language.max_blocks:
        return f"blocks are nested more than {language.max_blocks} deep"
    tree = _parse(grammar, data, time.thread_time() + timeout_s)
    if tree is None:
        return f"parsing took longer than {timeout_s:g} s"
    if has_endless_error(tree.root_node):
        return f"a syntax error spans more than {MAX_RUN} tokens"
    return tree


def _parse(grammar: tree_sitter.Language, data: bytes, deadline: float) -> tree_sitter.Tree | None:
    """The tree of `data`, or None when this thread's processor time passes `deadline` first."""
    from tree_sitter import Parser

    if len(data) <= _SMALL_BYTES:  # over before it could be stopped, and quicker without asking
        return Parser(grammar).parse(data)
    source = _Source(data)
    late = False

    def progress(_offset: int, _has_error: bool) -> bool:
        nonlocal late
        late = time.thread_time() > deadline
        return late

    try:
        tree = Parser(grammar).parse(source, progress_callback=progress)
    except ValueError:  # what the binding raises for a parse that was stopped
        if late:
            return None
        raise
    source.chunk_bytes = _CHUNK_BYTES
    return None if late else tree


class _Source:
    """Reads out `data` to a parser that can be stopped: all of it, and later in chunks.

    A tree asks again for the text of each node that a predicate looks at, and copies what it gets.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.chunk_bytes = len(data)

    def __call__(self, offset: int, _point: object) -> bytes:
        return self.data[offset : offset + self.chunk_bytes]
