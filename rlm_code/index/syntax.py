"""One file's tree and locals, read on demand and kept only while they are among the last ones asked for.

Facts come from the store; this is for what they leave out: local names, expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from rlm_code.index.family import language_named
from rlm_code.index.recent import SPANS_BYTES, TREES_BYTES, Recent

if TYPE_CHECKING:
    from tree_sitter import Tree

    from rlm_code.parse.scopes import Locals

_BYTES_A_BYTE = 40
"""What a tree (26 to 31) and its locals (8 to 12) take for each byte of the text, as measured."""


Span = tuple[int, int]
K = TypeVar("K", bound=Hashable)


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
        self._files: Recent[str, Syntax] = Recent(TREES_BYTES)
        self._spans: Recent[tuple[str, Span], Syntax] = Recent(SPANS_BYTES)

    def take_over(self, before: SyntaxCache, changed: Collection[str]) -> None:
        """Keep what `before` holds of files that have not changed."""
        self._files, self._spans = before._files.copied(), before._spans.copied()
        for path in changed:
            self._files.drop(path)
        for key in self._spans.known():
            if key[0] in changed:
                self._spans.drop(key)

    def holds(self, path: str, syntax: Syntax) -> bool:
        """Whether this syntax of a whole file is still kept."""
        return self._files.holds(path, syntax)

    def of(self, path: str, span: Span | None = None) -> Syntax:
        """The syntax of the file at `path`, or of a span of it that can be read by itself. Thousands of spans, each
        seldom asked for again, do not take the place of files that took long to read."""
        if span is None:
            return self._of(self._files, path, path, None)
        return self._of(self._spans, (path, span), path, span)

    def _of(self, kept: Recent[K, Syntax], key: K, path: str, span: Span | None) -> Syntax:
        syntax = kept.get(key)
        if syntax is None:
            syntax = Syntax(*self._read(path), span)
            kept.put(key, syntax, syntax.cost)
        return syntax
