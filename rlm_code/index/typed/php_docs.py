"""What PHP's doc comments say of types: `@var`, `@param`, and `@return` where the code writes no type."""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import TYPE_CHECKING

from rlm_code.index.typed.model import ARRAY, Target, Type, Types
from rlm_code.index.typed.objects import ObjectNaming
from rlm_code.index.typed.tree import text_of
from rlm_code.index.values import Local

if TYPE_CHECKING:
    from tree_sitter import Node

_NO_CLASSES = frozenset(
    {"null", "int", "string", "bool", "float", "mixed", "void", "array", "callable", "iterable", "object", "false",
     "true", "resource", "never", "scalar", "integer", "boolean", "double", "list", "iterator", "class-string"}
)  # fmt: skip
_ITSELF = frozenset({"self", "static", "$this"})
_ONE = r"\??[$\\\w-]+(?:<[^<>]*(?:<[^<>]*>[^<>]*)*>)?(?:\[\])*"
_TYPE = rf"\s+(?P<type>{_ONE}(?:\s?[|&]\s?{_ONE})*)"
_GENERIC = re.compile(r"(?P<of>[\\\w-]+)<(?P<inner>.*)>$")
_MOST_DEEP = 12


class PhpDocs(ObjectNaming):
    """Reads the doc comments of one snapshot."""

    @abstractmethod
    def named_class(self, path: str, leaf: Node, written: str) -> list[Target]:
        """The class that a name written at a place means."""

    def returned(self, target: Target, node: Node | None) -> Types:
        """See `ObjectNaming`."""
        return self._said(target.path, node, "return")

    def _held(self, target: Target) -> Types:
        leaf = self.leaf_at(target.path, self.definition(target).name_start)
        return self._said(target.path, leaf, "var") or super()._held(target)

    def _local(self, path: str, local: Local) -> Types:
        leaf = self.leaf_at(path, local.start)
        said = self._said(path, leaf, "param", local.name) or self._said(path, leaf, "var", local.name)
        return said or super()._local(path, local)

    def _said(self, path: str, node: Node | None, tag: str, variable: str = "") -> Types:
        """The types that the comment before a statement or a declaration around a node says."""
        at = node
        for _ in range(_MOST_DEEP):
            if at is None or at.type in ("compound_statement", "declaration_list", "program"):
                return ()
            comment = at.prev_named_sibling
            if comment is not None and comment.type == "comment":
                found = self._in_comment(path, comment, tag, variable)
                if found:
                    return found
            if at.type.endswith(("_definition", "method_declaration")):
                return ()
            at = at.parent
        return ()

    def _in_comment(self, path: str, comment: Node, tag: str, variable: str) -> Types:
        name = rf"\s+(?:\.\.\.|&)?\${re.escape(variable)}\b" if variable else ""
        written = re.search(rf"@(?:phpstan-|psalm-)?{tag}{_TYPE}{name}", text_of(comment))
        return self._read_text(path, comment, written["type"]) if written else ()

    def _read_text(self, path: str, place: Node, written: str) -> Types:
        """The types that a text names at a place."""
        generic = _GENERIC.match(written)
        if generic:
            inner = self._read_text(path, place, generic["inner"].rpartition(",")[2].strip())
            outer = self._read_text(path, place, generic["of"]) or (Type(ARRAY),)
            return tuple(t._replace(args=(inner,)) if isinstance(t, Type) else t for t in outer)
        if "|" in written or "&" in written:
            return tuple(t for part in re.split(r"[|&]", written) for t in self._read_text(path, place, part.strip()))
        if written.endswith("[]"):
            return (Type(ARRAY, (self._read_text(path, place, written[:-2]),)),)
        name = written.lstrip("?").strip()
        if name in _ITSELF:
            return self._receiver(path, place, is_base=False)
        if not name or name.lower() in _NO_CLASSES:
            return ()
        return tuple(Type(target) for target in self.named_class(path, place, name)) or (Type(name),)
