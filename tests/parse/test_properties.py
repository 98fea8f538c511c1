"""What holds for every language and any bytes: nothing raises, spans nest, occurrences are all there and in order."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tree_sitter import Node, Parser

from rlm_code.parse import Language, details, language_of, languages, parse_file
from rlm_code.parse.facts import ROLES, FileFacts
from rlm_code.parse.grammar import load_grammar
from tests.parse.test_fixtures import FIXTURES, REPOSITORIES

QUICK = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
EMBEDDING = {"html", "svelte"}


def sample(language: Language) -> bytes:
    """The fixture of a language."""
    return next(path for path in FIXTURES if path.relative_to(REPOSITORIES).parts[0] == language.name).read_bytes()


def check(facts: FileFacts, data: bytes) -> None:
    """Everything that must hold of the facts of `data`."""
    check_definitions(facts, data)
    starts = [use.start for use in facts.occurrences]
    assert starts == sorted(set(starts))
    assert not set(starts) & {definition.name_start for definition in facts.definitions}
    for use in facts.occurrences:
        assert use.role in ROLES
        assert use.name
        assert data[use.start :].startswith(use.name.encode()) or "\ufffd" in use.name
    for item in facts.imports:
        assert 0 <= item.start < len(data)
        assert -1 <= item.parent < len(facts.definitions)
        assert item.module
    for issue in facts.issues:
        assert 0 <= issue.start <= issue.end <= len(data)
        assert issue.message


def check_definitions(facts: FileFacts, data: bytes) -> None:
    last = (0, -len(data) - 1)
    for index, definition in enumerate(facts.definitions):
        assert definition.name
        assert 0 <= definition.start <= definition.name_start < definition.name_end <= definition.end <= len(data)
        assert definition.start <= definition.header_end <= definition.end
        assert (definition.start, -definition.end) >= last
        last = (definition.start, -definition.end)
        if definition.parent != -1:
            outer = facts.definitions[definition.parent]
            assert definition.parent < index
            assert outer.start <= definition.start
            assert definition.end <= outer.end


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.name)
@QUICK
@given(cut=st.floats(0, 1), junk=st.binary(max_size=12), at=st.floats(0, 1))
def test_a_damaged_file_is_read_as_far_as_it_goes(language: Language, cut: float, junk: bytes, at: float) -> None:
    whole = sample(language)
    data = whole[: int(len(whole) * cut)]
    place = int(len(data) * at)
    data = data[:place] + junk + data[place:]
    check(parse_file(language, data), data)


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.name)
@settings(QUICK, max_examples=5)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read(language: Language, data: bytes) -> None:
    check(parse_file(language, data), data)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.relative_to(REPOSITORIES).as_posix())
def test_every_identifier_is_a_name_or_an_occurrence(path: Path) -> None:
    data = path.read_bytes()
    language = language_of(path.name, data)
    assert language is not None
    facts = parse_file(language, data)
    known = {use.start for use in facts.occurrences} | {definition.name_start for definition in facts.definitions}
    sigil = (language.sigil or "\n").encode()
    walked = {node.start_byte + data.startswith(sigil, node.start_byte) for node in walk(language, data)}
    assert walked <= known
    if language.identifiers and language.name not in EMBEDDING:
        extra = {use.name for use in facts.occurrences if use.start not in walked}
        assert extra <= stated_beyond_identifiers(language), extra


def walk(language: Language, data: bytes) -> list[Node]:
    """Every identifier of a file, found by going through its whole tree."""
    grammar = load_grammar(language)
    assert not isinstance(grammar, str)
    kinds = {*language.identifiers, *language.types}
    cursor = Parser(grammar).parse(data).walk()
    found: list[Node] = []
    while True:
        node = cursor.node
        assert node is not None
        if node.type in kinds and node.text and node.text.decode() not in language.keywords:
            found.append(node)
        if cursor.goto_first_child() or cursor.goto_next_sibling():
            continue
        while cursor.goto_parent():
            if cursor.goto_next_sibling():
                break
        else:
            return found


def stated_beyond_identifiers(language: Language) -> set[str]:
    """Names of a fixture that only the query calls references: of shells and Perl, what is loaded."""
    return {
        "bash": {"source", ".", "log", "deploy", "echo"},
        "perl": {"round", "strict", "parent", "constant", "Shop::Prices", "Shop::Base", "total", "bless", "shift"},
        "powershell": {"Import-Module", "Write-Host", "./prices.ps1"},
        "starlark": {"cart", "cents", "there"},
    }.get(language.name, set())


@cache
def definitions_of(path: Path) -> FileFacts:
    data = path.read_bytes()
    language = language_of(path.name, data)
    assert language is not None
    return parse_file(language, data)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.relative_to(REPOSITORIES).as_posix())
def test_every_definition_has_details(path: Path) -> None:
    data = path.read_bytes()
    facts = definitions_of(path)
    language = language_of(path.name, data)
    assert language is not None
    for definition in facts.definitions[:6]:
        detail = details(language, data, definition)
        assert detail.signature
        assert "\n" not in detail.signature
        assert all(detail.parameters)


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.name)
def test_endless_brackets_end(language: Language) -> None:
    data = b"(" * 3_000 + b"[" * 3_000 + b"{" * 3_000
    check(parse_file(language, data, timeout_s=2), data)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.py", b"x = " + b"(" * 5_000 + b"1" + b")" * 5_000),
        ("a.js", b"x = " + b"f(" * 5_000 + b")" * 5_000),
        ("a.go", b"package a\nvar x = " + b"a.b(" * 5_000 + b")" * 5_000),
        ("a.c", b"int x = " + b"a+" * 5_000 + b"a;" + b";" * 5_000),
        ("a.json", b"[" * 5_000 + b"]" * 5_000),
    ],
)
def test_deep_nesting_is_read(path: str, data: bytes) -> None:
    language = language_of(path, data)
    assert language is not None
    facts = parse_file(language, data)
    assert facts.issues == ()
    check(facts, data)


@pytest.mark.parametrize("data", [b"- " * 400 + b"a", b"".join(b" " * depth + b"a:\n" for depth in range(400))])
def test_blocks_too_deep_for_the_grammar_of_yaml_are_an_issue(data: bytes) -> None:
    language = language_of("a.yaml", data)
    assert language is not None
    assert [issue.message for issue in parse_file(language, data).issues] == ["blocks are nested more than 200 deep"]
