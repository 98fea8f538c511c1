"""One file's bytes → its facts, in one parse and one query pass.

Bad code, a missing grammar and a file that takes too long are issues in the result; nothing raises.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import repeat
from operator import attrgetter, neg
from typing import TYPE_CHECKING

from rlm_code.parse.capture import ROLE_ORDER
from rlm_code.parse.definitions import Assembled, assemble, decode_name
from rlm_code.parse.embedded import Embedded, join
from rlm_code.parse.facts import OFFSET_MASK, ROLE_BITS, FileFacts, Import, Occurrences, ParseIssue
from rlm_code.parse.grammar import broken_places_query, facts_query
from rlm_code.parse.imports import ImportMark, assemble_imports
from rlm_code.parse.landmarks import with_landmarks
from rlm_code.parse.language import Language
from rlm_code.parse.masks import Range, words_in
from rlm_code.parse.registry import language_named
from rlm_code.parse.sweep import Mark, marks_of
from rlm_code.parse.tree import PARSE_TIMEOUT_S, read_masked_tree

if TYPE_CHECKING:
    from tree_sitter import Node, Query, Tree

    Captures = dict[str, list[Node]]

MAX_ISSUES = 20
_LARGE_BYTES = 200_000


_range = attrgetter("byte_range")
_start = attrgetter("start_byte")
_end = attrgetter("end_byte")
_NONE = Occurrences({})


def parse_file(language: Language, data: bytes, *, timeout_s: float = PARSE_TIMEOUT_S) -> FileFacts:
    """The facts of one file. Never raises on bad code: what could not be read is in `issues`.
    `timeout_s` is processor time; a file that takes longer has no facts but that issue."""
    query = facts_query(language)
    read = query if isinstance(query, str) else read_masked_tree(language, data, timeout_s)
    if isinstance(query, str) or isinstance(read, str):
        return FileFacts(language.name, _line_count(data), (), _NONE, (), (ParseIssue(str(read), 0, len(data)),))
    tree, masked = read
    captures = _captures(query, tree.root_node)
    if tree.root_node.has_error:
        _drop_missing(captures)
    _follow_fields(captures)
    text = data.decode("latin-1")
    marks = _marks(captures, text)
    if language.landmarks:
        bare = [(0, len(data))] if tree.root_node.has_error else [*map(_range, captures.get("headings", ()))]
        marks = with_landmarks(marks, text, tree.root_node, language.landmarks, bare) if bare else marks
    assembled = assemble(marks, text, language.constructors)
    facts = FileFacts(
        language=language.name,
        line_count=_line_count(data),
        definitions=tuple(assembled.definitions),
        occurrences=_occurrences(captures, assembled, text, language, words_in(data, masked)),
        imports=_imports(captures, assembled, text, language),
        issues=_issues(tree, data, excused=frozenset(map(_start, captures.get("excused", ())))),
    )
    inner = [
        Embedded(start, _inner(language, name.removeprefix("embedded."), data[start:end], timeout_s))
        for name, nodes in captures.items()
        if name.startswith("embedded.")
        for start, end in map(_range, nodes)
    ]
    return join(facts, inner)


def _inner(outer: Language, name: str, data: bytes, timeout_s: float) -> FileFacts:
    """The facts of text inside a file; text in the file's own language is a type in quotes, and only names types."""
    if name != outer.name:
        return parse_file(language_named(name), data, timeout_s=timeout_s)
    facts = parse_file(outer, data, timeout_s=timeout_s) if b"\n" not in data else FileFacts(name, 0, (), _NONE, (), ())
    uses = (use._replace(role="type") if use.role == "read" else use for use in facts.occurrences)
    whole = not facts.issues and not facts.definitions and not facts.imports
    return FileFacts(name, 0, (), Occurrences.of(uses) if whole else _NONE, (), ())


def _captures(query: Query, root: Node) -> Captures:
    """What each capture of `query` marks below `root`, each node once.

    Captures come in the order of the file: those behind a node that a pattern still waits in are kept back, which takes
    quadratic time (HCL with 25,000 blocks: 14 s). Matches come as they are found, and cost a dict each: half as much
    again for most code, even of 400 KB.
    """
    from tree_sitter import QueryCursor

    if root.end_byte <= _LARGE_BYTES:
        return QueryCursor(query).captures(root)
    found: defaultdict[str, dict[Node, None]] = defaultdict(dict)
    for _, captured in QueryCursor(query).matches(root):
        for name, nodes in captured.items():
            found[name].update(dict.fromkeys(nodes))
    return {name: list(nodes) for name, nodes in found.items()}


def _drop_missing(captures: Captures) -> None:
    """Takes out nodes that the parser only supposes: they have no text."""
    for name, nodes in captures.items():
        if name != "excused":
            captures[name] = [node for node in nodes if node.end_byte > node.start_byte]


def _follow_fields(captures: Captures) -> None:
    """Adds what `@field.FIELD.CAPTURE` asks for: the child in that field, under that capture."""
    for name in [name for name in captures if name.startswith("field.")]:
        _, field, capture = name.split(".", 2)
        found = (node.child_by_field_name(field) for node in captures[name])
        captures.setdefault(capture, []).extend(child for child in found if child)


def _line_count(data: bytes) -> int:
    return data.count(b"\n") + (not data.endswith(b"\n") and bool(data))


def _marks(captures: Captures, text: str) -> list[Mark]:
    return marks_of({name: (map(_start, nodes), map(neg, map(_end, nodes))) for name, nodes in captures.items()}, text)


def _occurrences(
    captures: Captures, assembled: Assembled, text: str, language: Language, masked: Iterable[Range]
) -> Occurrences:
    """It runs for each identifier of a repository: one loop over offsets, which makes nothing but names."""
    ends = dict(masked)  # words that the parser was not shown
    ends.update(map(_range, captures.get("reference.read", ())))
    roles: dict[int, int] = {}
    for role in ROLE_ORDER:
        if nodes := captures.get(f"reference.{role}"):
            stated = dict.fromkeys(map(_start, nodes), ROLE_BITS[role])
            roles |= stated
            if not stated.keys() <= ends.keys():  # of nodes that begin at one place, the innermost is the name
                ends = dict(sorted(map(_range, nodes), reverse=True)) | ends
    if sigil := language.sigil:
        ends = {start + text.startswith(sigil, start): end for start, end in ends.items()}
        roles = {start + text.startswith(sigil, start): role for start, role in roles.items()}
    roles |= dict.fromkeys(assembled.locals, ROLE_BITS["write"])
    for definition in assembled.definitions:
        ends.pop(definition.name_start, None)
    starts = sorted(ends)
    _add_roles_within(roles, captures, starts)
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    read = ROLE_BITS["read"]
    role_of = roles.get
    for start in starts:
        by_name[text[start : ends[start]]].append(start | role_of(start, read))
    for keyword in language.keywords:
        by_name.pop(keyword, None)
    return Occurrences(by_name if text.isascii() else _decoded(by_name))


def _add_roles_within(roles: dict[int, int], captures: Captures, starts: list[int]) -> None:
    """Gives what lies in a `@within.ROLE` that role, unless one is stated."""
    for role in ROLE_ORDER:
        bits = ROLE_BITS[role]
        for start, end in map(_range, captures.get(f"within.{role}", ())):
            inside = starts[bisect_left(starts, start) : bisect_left(starts, end)]
            if role == "import":
                roles |= dict.fromkeys(inside, bits)
            else:
                for place in inside:
                    roles.setdefault(place, bits)


def _decoded(by_name: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """The same under names that stand for slices of Latin-1 text; bytes that are no UTF-8 may make two names one."""
    decoded: defaultdict[str, list[int]] = defaultdict(list)
    for name, words in by_name.items():
        decoded[decode_name(name)] += words
    return {name: sorted(words, key=OFFSET_MASK.__and__) for name, words in decoded.items()}


def _imports(captures: Captures, assembled: Assembled, text: str, language: Language) -> tuple[Import, ...]:
    statements = captures.get("import")
    if not statements:
        return ()
    marks: list[ImportMark] = []
    for name, nodes in captures.items():
        if name.startswith("import."):
            ends = map(neg, map(_end, nodes))
            marks.extend(zip(map(_start, nodes), ends, repeat(name.removeprefix("import.")), strict=False))
    separator = language.import_separator or language.separator
    return assemble_imports(map(_range, statements), marks, text, separator, assembled.import_parents)


def _issues(tree: Tree, data: bytes, excused: frozenset[int]) -> tuple[ParseIssue, ...]:
    """The outermost broken places in source order, at most `MAX_ISSUES` and a last one that counts the rest."""
    root = tree.root_node
    if not root.has_error:
        return ()
    from tree_sitter import QueryCursor

    captures = QueryCursor(broken_places_query(tree.language)).captures(root)
    found: list[ParseIssue] = []
    covered = -1
    errors = [(*node.byte_range, "") for node in captures.get("error", ())]
    missing = [(*node.byte_range, node.type) for node in captures.get("missing", ()) if node.start_byte not in excused]
    for start, end, expected in sorted(set(errors + missing), key=lambda place: (place[0], -place[1], place[2])):
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
    text = written.decode("utf-8", "replace").strip()
    if "\n" in text:
        return "a syntax error in these lines"
    return f"syntax error at {text[:40]!r}" if text else "syntax error"
