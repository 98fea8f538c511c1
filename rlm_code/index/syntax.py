"""One file's tree and locals, read on demand and kept only while they are among the last ones asked for.

Facts come from the store; this is for what they leave out: local names, expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING

from rlm_code.index.family import language_named
from rlm_code.index.recent import TREES_BYTES, Recent

if TYPE_CHECKING:
    from tree_sitter import Tree

    from rlm_code.parse.scopes import Locals

_BYTES_A_BYTE = 16
"""What a tree and its locals take for each byte of the text; of minified scripts it is more than twice as much."""


Span = tuple[int, int]


class Syntax:
    """The tree and the locals of a file or of a `span` of it, read when first asked for. Offsets are the file's; `cost`
    is about what they take in memory."""

    def __init__(self, language: str, data: bytes, span: Span | None = None) -> None:
        self.data = data
        size = span[1] - span[0] if span else len(data)
        self.cost = _BYTES_A_BYTE * size
        self._language = language
        self._span = span

    @cached_property
    def tree(self) -> Tree | None:
        """The syntax tree; None where there is none (no grammar, too deep, too long)."""
        from rlm_code.parse.tree import read_span, read_tree

        if not self._language:
            return None
        if self._span:
            return read_span(language_named(self._language), self.data, *self._span)
        tree = read_tree(language_named(self._language), self.data)
        return None if isinstance(tree, str) else tree

    @cached_property
    def locals(self) -> Locals | None:
        """Scopes and bindings; None where the language has no locals query or the file no tree."""
        from rlm_code.parse.locals import has_locals, locals_in

        if not self._language or not has_locals(language_named(self._language)) or self.tree is None:
            return None
        return locals_in(language_named(self._language), self.tree)


class SyntaxCache:
    """The syntax of files by path, and of spans of them; those asked for last are kept."""

    def __init__(self, read: Callable[[str], tuple[str, bytes]]) -> None:
        self._read = read
        self._kept: Recent[tuple[str, Span | None], Syntax] = Recent(TREES_BYTES)

    def take_over(self, before: SyntaxCache, changed: Collection[str]) -> None:
        """Keep what `before` holds of files that have not changed."""
        self._kept = before._kept.copied()
        for key in self._kept.known():
            if key[0] in changed:
                self._kept.drop(key)

    def of(self, path: str, span: Span | None = None) -> Syntax:
        """The syntax of the file at `path`, or of a span of it that can be read by itself."""
        key = (path, span)
        syntax = self._kept.get(key)
        if syntax is None:
            syntax = Syntax(*self._read(path), span)
            self._kept.put(key, syntax, syntax.cost)
        return syntax
