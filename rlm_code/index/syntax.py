"""One file's tree and locals, read on demand and kept only while they are among the last ones asked for.

Facts come from the store; this is for what they leave out: local names, expressions.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from rlm_code.index.family import language_named

if TYPE_CHECKING:
    from tree_sitter import Tree

    from rlm_code.parse.scopes import Locals

_MOST_BYTES = 8_000_000


class Syntax:
    """The tree and the locals of one file, each read when first asked for."""

    def __init__(self, language: str, data: bytes) -> None:
        self.data = data
        self._language = language

    @cached_property
    def tree(self) -> Tree | None:
        """The syntax tree; None where there is none (no grammar, too deep, too long)."""
        from rlm_code.parse.tree import read_tree

        tree = read_tree(language_named(self._language), self.data) if self._language else ""
        return None if isinstance(tree, str) else tree

    @cached_property
    def locals(self) -> Locals | None:
        """Scopes and bindings; None where the language has no locals query or the file no tree."""
        from rlm_code.parse.locals import has_locals, locals_in

        if not self._language or not has_locals(language_named(self._language)) or self.tree is None:
            return None
        return locals_in(language_named(self._language), self.tree)


class SyntaxCache:
    """The syntax of files by path; of more than some megabytes of source, those asked for last are kept."""

    def __init__(self, read: Callable[[str], tuple[str, bytes]]) -> None:
        self._read = read
        self._kept: OrderedDict[str, Syntax] = OrderedDict()
        self._bytes = 0

    def of(self, path: str) -> Syntax:
        """The syntax of the file at `path`."""
        syntax = self._kept.get(path)
        if syntax is not None:
            self._kept.move_to_end(path)
            return syntax
        syntax = self._kept[path] = Syntax(*self._read(path))
        self._bytes += len(syntax.data)
        while self._bytes > _MOST_BYTES and len(self._kept) > 1:
            self._bytes -= len(self._kept.popitem(last=False)[1].data)
        return syntax
