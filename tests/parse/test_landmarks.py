"""Where the parser gave up, a heading still names its definition; elsewhere headings change nothing."""

from __future__ import annotations

import pytest

from rlm_code.parse import parse_file
from rlm_code.parse.facts import FileFacts
from rlm_code.parse.registry import language_named


def facts_of(language: str, code: str) -> FileFacts:
    return parse_file(language_named(language), code.encode())


@pytest.mark.parametrize(
    ("language", "code", "names"),
    [
        ("kotlin", "class A {\n  ((((\n}\nsealed interface B\nfun <T> List<T>.c() {\n", {"A", "B", "c"}),
        ("swift", "struct A {\n  ((((\n\npublic final class B: C {\n  func d() {\n", {"A", "B", "d"}),
        ("scala", "object A {\n  ((((\n\ntrait B {\n  def c = 1\n", {"A", "B", "c"}),
        ("java", "class A {\n  ((((\n\npublic interface B extends C {\n", {"A", "B"}),
        ("sql", "SELECT ((((;\nCREATE OR REPLACE TRIGGER a BEFORE INSERT\nCREATE UNIQUE INDEX b ON c\n", {"a", "b"}),
        ("bash", "(( $+functions[a] )) ||\n_a() {\n  local -aU x=(\n}\nfunction b {\n", {"_a", "b"}),
    ],
)
def test_headings_in_a_broken_file(language: str, code: str, names: set[str]) -> None:
    facts = facts_of(language, code)
    assert facts.issues
    assert names <= {definition.name for definition in facts.definitions}


def test_a_heading_in_a_comment_or_a_string_is_none() -> None:
    code = 'class A {\n/*\nclass Commented {\n*/\nval s = """\nclass Quoted {\n"""\n((((\n'
    assert {definition.name for definition in facts_of("kotlin", code).definitions} <= {"A", "s"}


def test_what_is_found_so_spans_its_heading() -> None:
    code = "SELECT ((((;\nCREATE PROCEDURE restock (IN a INT)\nBEGIN\n  SELECT 1;\nEND;\n"
    (definition,) = facts_of("sql", code).definitions
    assert code[definition.start : definition.end] == "CREATE PROCEDURE restock"
    assert (definition.kind, definition.header_end) == ("function", definition.end)


def test_a_file_without_errors_has_the_grammars_definitions_alone() -> None:
    facts = facts_of("sql", "CREATE TABLE a (b INT);\n")
    assert [definition.name for definition in facts.definitions] == ["a", "b"]
    assert facts.definitions[0].end > facts.definitions[0].name_end
