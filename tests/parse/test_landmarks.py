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


@pytest.mark.parametrize(
    ("language", "before", "halves", "after", "names"),
    [
        (
            "python",
            "a = 1\n",
            ["def half", "x = {", "class Half:\n    def m(self"],
            "def b(): pass\nclass C: pass\n",
            "b C",
        ),
        (
            "javascript",
            "",
            ["function half(", "class Half {", "foo("],
            "function b() {}\nclass C {}\nconst d = 1\n",
            "b C d",
        ),
        ("typescript", "", ["const x: Foo<", "foo("], "function b() {}\ninterface C {}\ntype D = 1\n", "b C D"),
        (
            "go",
            "package p\n",
            ["func half(", "x := []int{", "if x {"],
            "func b() {}\ntype C struct {}\nfunc (c C) D() {}\n",
            "b C D",
        ),
        ("java", "class A {\n", ["void half(", "int x = ", "if (x"], "void b() {}\n}\nclass C {}\n", "A b C"),
        ("c-sharp", "class A {\n", ["void half(", "public int P { get"], "void b() {}\n}\nstruct C {}\n", "A b C"),
        ("php", "<?php\n", ["function half(", "$x->", "$x = "], "function b() {}\nclass C {}\n", "b C"),
        ("ruby", "", ["def half(", "x = ["], "def b; end\nclass C\nend\n", "b C"),
        ("lua", "", ["function half(", "local t = {"], "function b() end\nlocal function c() end\n", "b c"),
        ("dart", "", ["void half(", "final x = ["], "void b() {}\nclass C {}\n", "b C"),
        ("ocaml", "", ["let half =", "let half = ["], "let b x = x\ntype c = int\n", "b c"),
        ("zig", "", ["fn half(", "var x: "], "fn b() void {}\nconst C = struct { f: i32 };\n", "b C"),
        ("julia", "", ["function half(", "foo("], "function b() end\n", "b"),
        ("perl", "", ["my %h = (", "my $x = "], "sub b { 1 }\nsub c { 2 }\n", "b c"),
        ("fortran", "module m\ncontains\n", ["subroutine half("], "subroutine b()\nend subroutine\nend module\n", "b"),
        ("haskell", "", ["half ("], "data C = D\nb x = x\n", "C b"),
        (
            "pascal",
            "unit a; interface implementation\n",
            ["procedure half(", "procedure half; begin"],
            "procedure b; begin end;\nfunction c: Integer; begin end;\nend.\n",
            "a b c",
        ),
        ("fsharp", "module M\n", ["let half =", "let half ("], "let b x = x\ntype C = { X: int }\n", "b C"),
        ("solidity", "contract A {\n", ["function half(", "mapping("], "function b() public {}\n}\n", "b"),
        ("matlab", "", ["function half("], "function b()\nend\n", "b"),
        (
            "cpp",
            "",
            ["class Half : public"],
            "int b() { return 1; }\nclass C { int d; };\n",
            "b C",
        ),
    ],
)
def test_what_follows_something_half_typed_is_found(
    language: str, before: str, halves: list[str], after: str, names: str
) -> None:
    for half in halves:
        found = {definition.name for definition in facts_of(language, f"{before}{half}\n\n{after}").definitions}
        assert found >= set(names.split()), half


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
