"""The types that JavaScript writes in comments: `@param {Type} name`, `@returns {Type}`, `@type {Type}`.

Names of types, arrays, unions and type arguments are read; everything else says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rlm_code.index.script.syntax import FUNCTIONS, Source
from rlm_code.index.script.values import Type, Types, library, union

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.script.checker import Checker

_TAG = re.compile(r"@(param|arg|argument|returns?|type)\s*\{([^{}]*)\}(?:\s*\[?([\w$]+))?")
_TOKEN = re.compile(r"\s*(?:import\(\s*['\"]([^'\"]+)['\"]\s*\)\.|([A-Za-z_$][\w$.]*)|(\[\]|[<>,|?!=()*.]))")
_KINDS = {"arg": "param", "argument": "param", "return": "returns"}
_PLAIN = {"string": "String", "number": "Number", "boolean": "Boolean"}
_NOTHING = frozenset({"any", "unknown", "object", "Object", "void", "undefined", "null", "never", "mixed"})
_LONGEST = 5000
_MOST_DEEP = 3
_HOLDERS = frozenset({"assignment_expression", "variable_declarator", "pair"})
_BLOCKS = frozenset({"program", "statement_block", "class_body", "object", "arguments", *FUNCTIONS})


class JsDoc:
    """Reads types from comments."""

    def __init__(self, checker: Checker) -> None:
        self._c = checker

    def of_parameter(self, source: Source, function: Node, name: str) -> Types:
        """The type that the comment before a function gives a parameter."""
        return self._tagged(source, function, "param", name)

    def of_result(self, source: Source, function: Node) -> Types:
        """The type that the comment before a function says it returns."""
        return self._tagged(source, function, "returns", None)

    def of_variable(self, source: Source, declaration: Node) -> Types:
        """The type that the comment before a declaration or an assignment gives it."""
        return self._tagged(source, declaration, "type", None)

    def _tagged(self, source: Source, node: Node, kind: str, name: str | None) -> Types:
        if source.typed:
            return ()
        comment = _comment_before(node)
        text = source.text(comment)[:_LONGEST] if comment is not None else ""
        for tag in _TAG.finditer(text):
            if _KINDS.get(tag[1], tag[1]) == kind and (name is None or tag[3] == name):
                found = _Reader(self._c, source, tag[2], node.start_byte).types()
                return union(found, _described(source, comment, tag)) if comment is not None else found
        return ()


def described_members(source: Source, comment: Node, owner: str, name: str) -> list[int]:
    """Where a comment describes a member of what it calls `owner`: `@param {T} [owner.name]`. Of the type that it
    defines (`owner` is ""): `@property {T} name`."""
    path = re.escape(f"{owner}.{name}" if owner else name)
    tag = "param|arg|argument" if owner else "property|prop"
    text = source.data[comment.start_byte : comment.end_byte][:_LONGEST]
    found = re.search(rf"@(?:{tag})\s*(?:\{{[^{{}}]*\}})?\s*\[?({path})(?![\w$.])".encode(), text)
    return [comment.start_byte + found.end(1) - len(name.encode())] if found else []


def _described(source: Source, comment: Node, tag: re.Match[str]) -> Types:
    """An object that a comment describes member by member, by the place of its name."""
    if tag[1] not in ("param", "arg", "argument") or f"{tag[3]}." not in tag.string[tag.end() :]:
        return ()
    start = comment.start_byte + len(tag.string[: tag.start(3)].encode())
    return (Type("shape", source.path, start, start + len(tag[3].encode())),)


class _Reader:
    """Reads one type."""

    def __init__(self, checker: Checker, source: Source, text: str, offset: int, depth: int = 0) -> None:
        self._depth = depth
        self._c = checker
        self._source = source
        self._offset = offset
        self._tokens = [match.groups() for match in _TOKEN.finditer(text)][:60]

    def types(self) -> Types:
        """What the type means: each part of a union."""
        found = [self._one()]
        while self._take("|"):
            found.append(self._one())
        return union(*found)

    def _one(self) -> Types:
        while self._take("?") or self._take("!") or self._take("("):
            pass
        module, name = None, None
        if self._tokens and self._tokens[0][0]:
            module = self._tokens.pop(0)[0]
        if self._tokens and self._tokens[0][1]:
            name = self._tokens.pop(0)[1]
        args = self._arguments()
        found = self._named(module, name, args) if name else ()
        while self._take("[]"):
            found = (library("Array", found),)
        while self._take("=") or self._take(")"):
            pass
        return found

    def _arguments(self) -> tuple[Types, ...]:
        self._take(".")
        if not self._take("<"):
            return ()
        found = [self.types()]
        while self._take(","):
            found.append(self.types())
        self._take(">")
        return tuple(found)

    def _named(self, module: str | None, name: str, args: tuple[Types, ...]) -> Types:
        if name in _NOTHING:
            return ()
        first, *rest = name.split(".")
        names = self._c.names
        if module is not None:
            entities = names.modules.member(self._source.path, module, first)
        else:
            entities = names.follow_all(names.lookup(self._source, first, self._offset))
        for part in rest:
            entities = tuple(e for entity in entities for e in names.member(entity, part, self._source.path))
        defined = _defined(self._source, name) if not entities and self._depth < _MOST_DEEP else None
        if not entities and defined is None and module is None:
            described = _object_of_typedef(self._source, name)
            if described:
                return described
        if defined is not None:
            return _Reader(self._c, self._source, defined, self._offset, self._depth + 1).types()
        if not entities:
            return (library(_PLAIN.get(name, name), *args),)
        return union(*(self._c.written.of_entity(entity, args, ()) for entity in entities))

    def _take(self, token: str) -> bool:
        if self._tokens and self._tokens[0][2] == token:
            self._tokens.pop(0)
            return True
        return False


def _object_of_typedef(source: Source, name: str) -> Types:
    """The object that `@typedef {Object} Name` describes by `@property` tags, by the place of its name."""
    found = re.search(rb"@typedef\s*(?:\{[Oo]bject\}\s*)?(" + re.escape(name.encode()) + rb")\b(?!\S)", source.data)
    if found is None:
        return ()
    comment = source.node(found.start(1), found.end(1))
    return (Type("shape", source.path, *found.span(1)),) if comment is not None and comment.type == "comment" else ()


def _defined(source: Source, name: str) -> str | None:
    """What `@typedef {Type} Name` says of a name."""
    found = re.search(rb"@typedef\s*\{([^{}\n]*)\}\s+" + re.escape(name.encode()) + rb"\b", source.data)
    return found[1].decode("utf-8", "replace") if found and found[1].strip().lower() != b"object" else None


def _comment_before(node: Node) -> Node | None:
    """The comment that stands before a declaration, or before the statement that it begins."""
    current: Node | None = node
    while current is not None:
        before = current.prev_named_sibling
        if before is not None and before.type == "comment":
            return before
        around = current.parent
        begins = before is None or (around is not None and around.type in _HOLDERS)
        current = around if begins and around is not None and around.type not in _BLOCKS else None
    return None
