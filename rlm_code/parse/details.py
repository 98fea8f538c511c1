"""What a definition's text says of itself, read when someone asks: signature, parameters, doc, visibility.

It parses the file again rather than keep any of this in the index. It knows no language, only the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rlm_code.parse.comments import doc_text, docstring_text
from rlm_code.parse.facts import Definition
from rlm_code.parse.language import Language, Visibility, VisibilityRule
from rlm_code.parse.tree import read_tree

if TYPE_CHECKING:
    from tree_sitter import Node

_SIGNATURE_CHARS = 400
_OPENERS = {"(": ")", "[": "]", "|": "|"}
_SEPARATORS = frozenset({",", ";"})
_WITH_PARAMETERS = frozenset({"function", "method", "constructor", "macro", "class", "struct", "type", "enum"})
_TAIL = re.compile(r"\s*(\{|:|=>|->|=|\bdo\b|\bthen\b|\bis\b|;|,)\s*$")


class Detail(NamedTuple):
    """A definition's header on one line, its parameters and decorators as written, its docstring or leading
    comment ("" if none) and its visibility."""

    signature: str
    parameters: tuple[str, ...]
    decorators: tuple[str, ...]
    doc: str
    visibility: Visibility


def details(language: Language, data: bytes, definition: Definition) -> Detail:
    """What the text of `definition`, found in `data` by `parse_file`, says of itself. Costs a parse of `data`;
    without a grammar, or when that takes too long, only the signature is known."""
    tree = read_tree(language, data)
    if isinstance(tree, str):
        return Detail(_signature(data, definition, []), (), (), "", language.visibility.default)
    node = tree.root_node.descendant_for_byte_range(definition.start, definition.end) or tree.root_node
    decorators = list(_within(node, language.decorators, definition.start, definition.name_start))
    comments = list(_within(node, language.comments, definition.start, definition.header_end))
    return Detail(
        signature=_signature(data, definition, [place.byte_range for place in (*decorators, *comments)]),
        parameters=tuple(_parameters(node, language, data, definition)),
        decorators=tuple(_one_line(_text(data, found)) for found in decorators),
        doc=_doc(node, language, data, definition),
        visibility=_visibility(node, language.visibility, data, definition),
    )


def _text(data: bytes, node: Node) -> str:
    return data[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _within(node: Node, kinds: tuple[str, ...], start: int, end: int) -> Iterator[Node]:
    """The nodes of these kinds that lie in `start`..`end`, outermost only, in order."""
    pending = [node] if kinds else []
    while pending:
        found = pending.pop()
        if found.start_byte >= end or found.end_byte <= start:
            continue
        if found.is_named and found.type in kinds and found.start_byte >= start and found.end_byte <= end:
            yield found
        else:
            pending.extend(reversed(found.children))


def _signature(data: bytes, definition: Definition, without: list[tuple[int, int]]) -> str:
    """The header on one line, without decorators and comments; of a header without a body only its first line."""
    parts = []
    at = definition.start
    for start, end in sorted(without):
        parts.append(data[at:start])
        at = max(at, end)
    parts.append(data[at : definition.header_end])
    text = b" ".join(parts).decode("utf-8", "replace").strip()
    if definition.header_end == definition.end and "\n" in text and definition.kind not in _WITH_PARAMETERS:
        text = text.split("\n", 1)[0] + " …"
    line = _one_line(text)
    while (shorter := _TAIL.sub("", line)) != line:
        line = shorter
    return line if len(line) <= _SIGNATURE_CHARS else line[: _SIGNATURE_CHARS - 1] + "…"


def _parameters(node: Node, language: Language, data: bytes, definition: Definition) -> Iterator[str]:
    """The parameters as written: what stands between the separators of the first list after the name."""
    if definition.kind not in _WITH_PARAMETERS:
        return
    first = next(_within(node, language.parameters, definition.name_end, definition.header_end), None)
    if first is None:
        lone = _lone_parameter(node, definition)
        yield from _joined([lone] if lone else [], data)
        return
    children = [child for child in _list_children(first, definition.name_end) if child.type not in language.comments]
    separated = any(child.type in _SEPARATORS for child in children)
    group: list[Node] = []
    for child in children:
        if child.type in _SEPARATORS:
            yield from _joined(group, data)
            group = []
        elif separated or _bracketed(first):
            group.append(child)
        else:
            yield from _joined([child], data)
    yield from _joined(group, data)


def _lone_parameter(node: Node, definition: Definition) -> Node | None:
    """The parameter of a function that takes one without a list (`a => …`)."""
    pending = [node]
    while pending:
        found = pending.pop()
        if found.end_byte <= definition.name_end or found.start_byte >= definition.header_end:
            continue
        if lone := found.child_by_field_name("parameter"):
            return lone
        pending.extend(found.children)
    return None


def _bracketed(first: Node) -> bool:
    """Whether brackets stand around the parameters, in the list itself or in what it is part of."""
    return any(child.type in _OPENERS for node in (first, first.parent) if node for child in node.children)


def _list_children(first: Node, after: int) -> list[Node]:
    """What stands between the brackets of a parameter list, whether `first` is the list or its first element."""
    for container in (first, first.parent):
        children = [child for child in container.children if child.start_byte >= after] if container else []
        opening = next((at for at, child in enumerate(children) if child.type in _OPENERS), None)
        if opening is not None and (container is first or children[opening].end_byte <= first.start_byte):
            rest = children[opening + 1 :]
            closer = _OPENERS[children[opening].type]
            closing = next((at for at, child in enumerate(rest) if child.type == closer), len(rest))
            return rest[:closing]
    if first.type.endswith("s"):  # a list without brackets
        return first.children
    return [child for child in (first.parent.children if first.parent else []) if child.type == first.type]


def _joined(group: list[Node], data: bytes) -> Iterator[str]:
    if group:
        yield _one_line(data[group[0].start_byte : group[-1].end_byte].decode("utf-8", "replace"))


def _doc(node: Node, language: Language, data: bytes, definition: Definition) -> str:
    if language.docstring and definition.header_end < definition.end:
        first = node.descendant_for_byte_range(definition.header_end, definition.header_end + 1)
        while first and first.type != "string" and first.parent and first.parent.start_byte == definition.header_end:
            first = first.parent
        if first and first.type == "string" and first.start_byte == definition.header_end:
            return docstring_text(_text(data, first))
    return doc_text([_text(data, comment) for comment in _comments_before(node, language, data, definition.start)])


def _outermost_at(node: Node, start: int) -> Node:
    """The largest node that begins at `start`, the root excepted."""
    found: Node = node.descendant_for_byte_range(start, start + 1) or node
    while found.parent and found.parent.parent and found.parent.start_byte == start:
        found = found.parent
    return found


def _comments_before(node: Node, language: Language, data: bytes, start: int) -> list[Node]:
    """The comments that end on the line before `start`, with nothing between them, in order."""
    found: list[Node] = []
    at = start
    previous = _outermost_at(node, start).prev_sibling
    while previous and previous.type in language.comments:
        gap = data[previous.end_byte : at]
        line_start = data.rfind(b"\n", 0, previous.start_byte) + 1
        if gap.strip() or gap.count(b"\n") > 1 or data[line_start : previous.start_byte].strip():
            break
        found.append(previous)
        at = previous.start_byte
        previous = previous.prev_sibling
    return found[::-1]


def _visibility(node: Node, rule: VisibilityRule, data: bytes, definition: Definition) -> Visibility:
    header = data[definition.start : definition.name_start].decode("utf-8", "replace")
    words = frozenset(re.findall(r"\w+", header))
    for word, visibility in rule.keywords:
        if word in words:
            return visibility
    name = definition.name
    if rule.capital:
        return "public" if name[:1].isupper() else "private"
    if not (name.startswith("__") and name.endswith("__")):
        for prefix, visibility in rule.prefixes:
            if name.startswith(prefix):
                return visibility
    return _visibility_around(_outermost_at(node, definition.start), rule, data)


def _visibility_around(node: Node, rule: VisibilityRule, data: bytes) -> Visibility:
    """What a section label before the definition (`private:`) or the construct around it says."""
    labels = dict(rule.keywords) if not rule.labels else dict(rule.labels)
    previous = node.prev_sibling if rule.sections else None
    while previous:
        if previous.type in rule.sections and (word := _text(data, previous).strip(": \n")) in labels:
            return labels[word]
        previous = previous.prev_sibling
    around = dict(rule.inside)
    parent = node.parent
    while parent and around:
        if parent.type in around:
            return around[parent.type]
        parent = parent.parent
    return rule.default
