"""One file's bytes → its facts, in one parse and one query pass, within a time limit.

Bad code, a missing grammar and a file that takes too long are issues in the result; nothing raises.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterable
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from rlm_code.parse.capture import ROLE_ORDER
from rlm_code.parse.definitions import Assembled, Marks, assemble, decode_name
from rlm_code.parse.facts import FileFacts, Import, Occurrence, ParseIssue, Role
from rlm_code.parse.grammar import Grammar, load
from rlm_code.parse.imports import Mark, assemble_imports
from rlm_code.parse.language import Language

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

    Captures = dict[str, list[Node]]

PARSE_TIMEOUT_S = 10.0
MAX_ISSUES = 20

# A parser that can be stopped reads through a callback, and so does each predicate: small chunks keep both cheap.
_CHUNK_BYTES = 2048

_range = attrgetter("byte_range")
_start = attrgetter("start_byte")
_make_occurrence = partial(tuple.__new__, Occurrence)


def parse_file(language: Language, data: bytes, *, timeout_s: float = PARSE_TIMEOUT_S) -> FileFacts:
    """The facts of one file. Never raises on bad code: what could not be read is in `issues`."""
    grammar = load(language)
    if isinstance(grammar, str):
        return _no_facts(language, data, grammar)
    deadline = time.monotonic() + timeout_s
    tree = parse_tree(grammar, data, deadline)
    if tree is None:
        return _no_facts(language, data, f"parsing took longer than {timeout_s:g} s")
    captures = _captures(grammar, tree)
    text = data.decode("latin-1")
    assembled = assemble(_marks(captures), text, language.constructors)
    return FileFacts(
        language=language.name,
        line_count=_line_count(data),
        definitions=tuple(assembled.definitions),
        occurrences=_occurrences(captures, assembled, text),
        imports=_imports(captures, assembled, text, language),
        issues=_issues(grammar, tree, data),
    )


def parse_tree(grammar: Grammar, data: bytes, deadline: float) -> Tree | None:
    """The syntax tree of `data`, or None when `deadline` (monotonic seconds) passes first."""
    from tree_sitter import Parser

    late = False

    def read(offset: int, _point: object) -> bytes:
        return data[offset : offset + _CHUNK_BYTES]

    def progress(_offset: int, _has_error: bool) -> bool:
        nonlocal late
        late = time.monotonic() > deadline
        return late

    try:
        tree = Parser(grammar.language).parse(read, progress_callback=progress)
    except ValueError:
        if late:
            return None
        raise
    return None if late else tree


def _captures(grammar: Grammar, tree: Tree) -> Captures:
    from tree_sitter import QueryCursor

    return QueryCursor(grammar.facts).captures(tree.root_node)


def _line_count(data: bytes) -> int:
    return data.count(b"\n") + (not data.endswith(b"\n") and bool(data))


def _no_facts(language: Language, data: bytes, problem: str) -> FileFacts:
    issue = ParseIssue(problem, 0, len(data))
    return FileFacts(language.name, _line_count(data), (), (), (), (issue,))


def _marks(captures: Captures) -> Marks:
    def ranges(name: str) -> Iterable[tuple[int, int]]:
        return map(_range, captures.get(name, ()))

    def kinds(prefix: str) -> dict[str, Iterable[tuple[int, int]]]:
        return {name.removeprefix(prefix): ranges(name) for name in captures if name.startswith(prefix)}

    return Marks(
        definitions=kinds("definition."),  # type: ignore[arg-type]
        members=kinds("member."),  # type: ignore[arg-type]
        scopes=ranges("scope"),
        locals=ranges("local"),
        wrappers=ranges("wrapper"),
        leading=ranges("leading"),
        names=ranges("name"),
        bodies=ranges("body"),
        qualifiers=ranges("qualifier"),
        imports=ranges("import"),
    )


def _occurrences(captures: Captures, assembled: Assembled, text: str) -> tuple[Occurrence, ...]:
    ends = dict(map(_range, captures.get("reference.read", ())))
    roles: dict[int, Role] = dict.fromkeys(ends, "read")
    for role in ROLE_ORDER:
        if nodes := captures.get(f"reference.{role}"):
            places = dict(map(_range, nodes))
            ends.update(places)
            roles.update(dict.fromkeys(places, role))
    roles.update((start, "write") for start in assembled.locals if start in roles)
    for definition in assembled.definitions:
        roles.pop(definition.name_start, None)
    starts = sorted(roles)
    for role in ROLE_ORDER:
        for start, end in map(_range, captures.get(f"within.{role}", ())):
            for place in starts[bisect_left(starts, start) : bisect_left(starts, end)]:
                if role == "import" or roles[place] == "read":
                    roles[place] = role
    names: dict[str, str] = {}
    rows = []
    for start in starts:
        written = text[start : ends[start]]
        name = names.get(written)
        if name is None:
            name = names[written] = decode_name(written)
        rows.append((name, start, roles[start]))
    return tuple(map(_make_occurrence, rows))


def _imports(captures: Captures, assembled: Assembled, text: str, language: Language) -> tuple[Import, ...]:
    statements = captures.get("import")
    if not statements:
        return ()
    marks = [
        Mark(*node.byte_range, name.removeprefix("import."))
        for name, nodes in captures.items()
        if name.startswith("import.")
        for node in nodes
    ]
    separator = language.import_separator or language.separator
    return assemble_imports(map(_range, statements), marks, text, separator, assembled.import_parents)


def _issues(grammar: Grammar, tree: Tree, data: bytes) -> tuple[ParseIssue, ...]:
    """The outermost broken places in source order, at most `MAX_ISSUES` and a last one that counts the rest."""
    root = tree.root_node
    if not root.has_error:
        return ()
    from tree_sitter import QueryCursor

    captures = QueryCursor(grammar.errors).captures(root)
    found: list[ParseIssue] = []
    covered = -1
    errors = [(*node.byte_range, "") for node in captures.get("error", ())]
    missing = [(*node.byte_range, node.type) for node in captures.get("missing", ())]
    for start, end, expected in sorted(set(errors + missing), key=lambda place: (place[0], -place[1])):
        if start < covered:
            continue
        covered = end
        found.append(ParseIssue(_message(expected, data[start:end]), start, end))
    more = len(found) - MAX_ISSUES
    if more > 0:
        last = found[-1]
        found[MAX_ISSUES:] = [ParseIssue(f"{more} more syntax errors", last.start, last.end)]
    return tuple(found)


def _message(expected: str, written: bytes) -> str:
    if expected:
        return f"missing {expected}"
    line = written.split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    return f"syntax error at {line[:40]!r}" if line else "syntax error"
