"""One file's tree and locals, read on demand and kept only while they are among the last ones asked for.

Facts come from the store; this is for what they leave out: local names, expressions.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING

from rlm_code.index.family import language_named
from rlm_code.index.recent import LOCALS_BYTES, SPANS_BYTES, TREES_BYTES, Recent

if TYPE_CHECKING:
    from tree_sitter import Tree

    from rlm_code.index.store import Key
    from rlm_code.parse.scopes import Locals

_TREE_BYTES_A_BYTE = 30
_LOCALS_BYTES_A_BYTE = 10
"""What a tree (26 to 31) and its locals (8 to 12) take for each byte of the text, as measured."""

Span = tuple[int, int]


class Syntax:
    """The tree and the locals of a file or of a `span` of it, read when first asked for. Offsets are the file's."""

    def __init__(self, language: str, data: bytes, span: Span | None = None) -> None:
        self.data = data
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


class _KnownLocals:
    """Locals by content, which is the same in all states of a repository; readers of several may ask at once."""

    def __init__(self) -> None:
        self._kept: Recent[Key, Locals] = Recent(LOCALS_BYTES)
        self._lock = threading.Lock()

    def get(self, key: Key) -> Locals | None:
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Key, found: Locals, size: int) -> None:
        with self._lock:
            self._kept.put(key, found, size)


class _OfFile(Syntax):
    """That of a whole file, whose locals outlast its tree: they take twice as long to read, and a third of the room."""

    def __init__(self, language: str, data: bytes, key: Key, known: _KnownLocals) -> None:
        super().__init__(language, data)
        self._key = key
        self._known = known

    @cached_property
    def locals(self) -> Locals | None:
        """Scopes and bindings; None where the language has no locals query or the file no tree."""
        known = self._known.get(self._key)
        found = super().locals if known is None else known
        if known is None and found is not None:
            self._known.put(self._key, found, _LOCALS_BYTES_A_BYTE * len(self.data))
        return found


class SyntaxCache:
    """The syntax of files by path, and of spans of them; those asked for last are kept. `read` gives what a file's
    content is stored under, its language and its bytes."""

    def __init__(self, read: Callable[[str], tuple[Key, str, bytes]]) -> None:
        self._read = read
        self._files: Recent[str, Syntax] = Recent(TREES_BYTES)
        self._locals = _KnownLocals()
        self._spans: Recent[tuple[str, Span], Syntax] = Recent(SPANS_BYTES)

    def take_over(self, before: SyntaxCache, changed: Collection[str]) -> None:
        """Keep what `before` holds of files that have not changed."""
        self._files, self._spans = before._files.copied(), before._spans.copied()
        self._locals = before._locals
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
        return self._of_file(path) if span is None else self._of_span(path, span)

    def _of_file(self, path: str) -> Syntax:
        syntax = self._files.get(path)
        if syntax is None:
            key, language, data = self._read(path)
            syntax = _OfFile(language, data, key, self._locals)
            self._files.put(path, syntax, _TREE_BYTES_A_BYTE * len(data))
        return syntax

    def _of_span(self, path: str, span: Span) -> Syntax:
        syntax = self._spans.get((path, span))
        if syntax is None:
            _, language, data = self._read(path)
            syntax = Syntax(language, data, span)
            size = (_TREE_BYTES_A_BYTE + _LOCALS_BYTES_A_BYTE) * (span[1] - span[0])
            self._spans.put((path, span), syntax, size)
        return syntax
