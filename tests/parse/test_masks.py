"""What a preprocessor would take away is blanked where the rest can be read only so; no word of it is lost."""

from __future__ import annotations

import pytest

from rlm_code.parse import parse_file
from rlm_code.parse.masks import blanked, candidates, words_in
from rlm_code.parse.registry import language_named


def listed(language: str, code: str) -> list[tuple[str, str]]:
    """Names and kinds of all definitions in `code`."""
    facts = parse_file(language_named(language), code.encode())
    return [(definition.name, definition.kind) for definition in facts.definitions]


def test_a_word_before_the_name_of_a_class() -> None:
    code = "class EXPORT_API Shape : public Base {\npublic:\n  void draw() { int local = 0; }\n  int width;\n};\n"
    assert listed("cpp", code) == [("Shape", "class"), ("draw", "method"), ("width", "field")]


def test_annotations_behind_members_and_parameters() -> None:
    code = "class Queue {\n  void push(int x) REQUIRES(lock_);\n  int size_ GUARDED_BY(lock_);\n  Lock lock_;\n};\n"
    assert listed("cpp", code) == [("Queue", "class"), ("push", "method"), ("size_", "field"), ("lock_", "field")]


def test_macros_alone_on_a_line() -> None:
    code = "BEGIN_DECLARATIONS\nint first(void) { return 1; }\nEND_DECLARATIONS\nint second(void) { return 2; }\n"
    assert listed("c", code) == [("first", "function"), ("second", "function")]


def test_branches_that_open_the_same_block() -> None:
    code = "#ifdef WIDE\nlong read(long at) {\n#else\nint read(int at) {\n#endif\n  return at;\n}\nint after;\n"
    assert listed("c", code) == [("read", "function"), ("after", "variable")]


def test_branches_that_write_the_parameters_in_two_ways() -> None:
    code = (
        "int add\n#ifdef OLD\n  (a, b) int a; int b;\n#else\n  (int a, int b)\n#endif\n{ return a + b; }\nint after;\n"
    )
    assert listed("c", code) == [("add", "function"), ("after", "variable")]


def test_a_block_that_a_conditional_cuts() -> None:
    code = "int f(int x) {\n  if (x)\n    return 1;\n#ifdef SLOW\n  else if (x < 0) {\n#else\n  else {\n#endif\n"
    code += "    x = 2;\n  }\n  return x;\n}\nint after;\n"
    assert listed("c", code) == [("f", "function"), ("after", "variable")]


def test_sections_of_qt() -> None:
    code = (
        "class View : public QObject {\n  Q_OBJECT\n\npublic slots:\n  void open() {}\nsignals:\n  void opened();\n};\n"
    )
    assert listed("cpp", code) == [("View", "class"), ("open", "method"), ("opened", "method")]


def test_words_of_what_is_blanked_are_still_read() -> None:
    code = b"class EXPORT_API Shape : public Base { int f() REQUIRES(lock); };\n"
    facts = parse_file(language_named("cpp"), code)
    reads = {use.name for use in facts.occurrences if use.role == "read"}
    assert {"EXPORT_API", "REQUIRES", "lock"} <= reads


def test_what_parses_is_left_alone() -> None:
    facts = parse_file(language_named("c"), b"#ifdef A\nint a;\n#else\nint b;\n#endif\nint FLAGS;\n")
    assert [definition.name for definition in facts.definitions] == ["a", "b", "FLAGS"]


@pytest.mark.parametrize("language", ["c", "cpp", "objc"])
def test_blanking_keeps_places(language: str) -> None:
    row = language_named(language)
    code = (
        b"#if A\nint f() {\n#else\nint f(int x) {\n#define D 1\n#endif\n}\nclass API_X Y {\n  int a GUARD_BY(b);\n};\n"
    )
    for ranges in candidates(code, row.masks, row.conditionals):
        other = blanked(code, ranges)
        assert len(other) == len(code)
        assert other.count(b"\n") == code.count(b"\n")
        assert b"#define D 1" in other
        assert all(code[start:end].decode().isidentifier() for start, end in words_in(code, ranges))


def test_enumerations_and_externs_behind_macros() -> None:
    code = "#import <a.h>\ntypedef NS_ENUM(NSInteger, Kind) {\n  KindA,\n  KindB = 2\n};\n"
    code += "FOUNDATION_EXPORT NSString *const Name;\n@interface A : B\n- (nullable id)f NS_UNAVAILABLE;\n@end\n"
    names = [("Kind", "enum"), ("KindA", "enum_member"), ("KindB", "enum_member"), ("A", "class"), ("f", "method")]
    assert listed("objc", code) == names


@pytest.mark.parametrize("junk", [b"AAAAEXPORT", b"template <", b"A(b)", b"/*", b"AAAA\n", b") ", b"#if (\n"])
def test_looking_for_masks_takes_time_in_proportion(junk: bytes) -> None:
    row = language_named("objc")
    for ranges in candidates(junk * 20_000 + b"(", row.masks, row.conditionals):
        assert all(mask.start < mask.end for mask in ranges)


@pytest.mark.parametrize("junk", [b"DEFAULT (", b"DEFAULT 'a' ", b"UNSIGNED ", b"CREATE TRIGGER BEGIN ", b", KEY a ("])
def test_looking_for_masks_in_sql_takes_time_in_proportion(junk: bytes) -> None:
    row = language_named("sql")
    for ranges in candidates(junk * 20_000, row.masks, row.conditionals):
        assert all(mask.start <= mask.end for mask in ranges)


def test_conditionals_inside_a_list_of_ports() -> None:
    code = "module a(\n  input b\n`ifdef FAST\n  , input c\n`else\n  input d\n`endif\n);\n  wire e;\nendmodule\n"
    assert [name for name, _ in listed("systemverilog", code)] == ["a", "b", "c", "e"]
    assert "ifdef" not in parse_file(language_named("systemverilog"), code.encode()).occurrences.by_name


def test_properties_as_the_arguments_of_a_macro() -> None:
    code = "module a(input b);\n  `ASSERT(A_b, b |=> (##[1:2] c(b)),\n    clk)\n  wire [`W-1:0] d;\nendmodule\n"
    assert [name for name, _ in listed("systemverilog", code)] == ["a", "b", "d"]
    facts = parse_file(language_named("systemverilog"), code.encode())
    assert not facts.issues
    assert {"ASSERT", "clk", "c"} <= facts.occurrences.by_name.keys()


@pytest.mark.parametrize("junk", [b"`A(\n", b"`A(()\n", b"`else ", b"`ifdef A\n`else\n", b"'h`", b"("])
def test_looking_for_masks_in_verilog_takes_time_in_proportion(junk: bytes) -> None:
    row = language_named("systemverilog")
    for ranges in candidates(junk * 20_000 + b"(", row.masks, row.conditionals):
        assert all(mask.start < mask.end for mask in ranges)
