"""What `parse_file` finds in one file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from rlm_code.parse import grammar_problem, language_of, languages, parse_file
from rlm_code.parse.facts import FileFacts, Import
from rlm_code.parse.registry import language_named


def facts(path: str, code: str) -> FileFacts:
    language = language_of(path, code.encode())
    assert language is not None
    return parse_file(language, code.encode())


def outline(found: FileFacts) -> list[str]:
    """Each definition as `kind Outer.name`."""
    lines = []
    for definition in found.definitions:
        names = [definition.name]
        parent = definition.parent
        while parent != -1:
            names.append(found.definitions[parent].name)
            parent = found.definitions[parent].parent
        lines.append(f"{definition.kind} {'.'.join(reversed(names))}")
    return lines


def test_definitions_nest_and_locals_are_none() -> None:
    found = facts("a.py", "LIMIT = 3\nclass A:\n    size = 1\n    def f(self, a):\n        b = a\n        self.c = b\n")
    assert outline(found) == ["variable LIMIT", "class A", "field A.size", "method A.f", "field A.c"]


def test_every_use_has_a_role() -> None:
    found = facts("a.py", "import os\n@wrap\ndef f(a: int) -> None:\n    g(a.b)\n    a.b = LIMIT\n")
    assert [(use.name, use.role) for use in found.occurrences] == [
        ("os", "import"),
        ("wrap", "call"),
        ("a", "write"),
        ("int", "type"),
        ("g", "call"),
        ("a", "read"),
        ("b", "read"),
        ("a", "read"),
        ("b", "write"),
        ("LIMIT", "read"),
    ]


def test_imports_say_module_name_and_alias() -> None:
    found = facts("a.py", "from ..x import y as z, w\nimport a.b as c\nfrom .m import *\n")
    assert [item[:3] for item in found.imports] == [
        ("..x", "y", "z"),
        ("..x", "w", None),
        ("a.b", None, "c"),
        (".m", "*", None),
    ]


def test_an_import_knows_its_place_and_encloser() -> None:
    found = facts("a.py", "def f():\n    import os\n")
    assert found.imports == (Import("os", None, None, 20, 0),)


def test_of_two_nodes_that_begin_at_one_place_the_inner_one_is_the_name() -> None:
    """Both are captured as calls, in no order; asked only where a call is none of the identifiers."""
    calls = "".join(f"    this->get{number}<int>();\n" for number in range(100))
    found = facts("a.cpp", f"struct S {{ void f() {{\n    v.template make<int>();\n{calls}}} }};\n")
    names = [use.name for use in found.occurrences if use.name.startswith("get")]
    assert names == [f"get{number}" for number in range(100)]


def test_broken_code_keeps_what_can_be_read() -> None:
    found = facts("a.py", "def f(:\n    pass\n\ndef g():\n    return 1\n")
    assert "function g" in outline(found)
    assert found.issues


def test_a_file_that_takes_too_long_is_an_issue() -> None:
    language = language_of("a.py", b"")
    assert language is not None
    found = parse_file(language, b"x = (1)\n" * 50_000, timeout_s=0.001)
    assert [issue.message for issue in found.issues] == ["parsing took longer than 0.001 s"]
    assert found.definitions == ()
    assert found.line_count == 50_000


def test_languages_have_unique_names() -> None:
    names = [language.name for language in languages()]
    assert len(names) == len(set(names))


def test_a_missing_grammar_is_an_issue_and_a_sentence() -> None:
    row = language_named("python")._replace(name="nowhere", package="tree_sitter_nowhere")
    problem = grammar_problem(row)
    assert problem is not None
    assert "install the package tree-sitter-nowhere" in problem
    found = parse_file(row, b"x = 1\n")
    assert found.definitions == ()
    assert [issue.message for issue in found.issues] == [problem]


def test_a_query_that_does_not_fit_its_grammar_is_an_issue() -> None:
    row = language_named("python")._replace(name="odd", queries=("go",))
    assert grammar_problem(row) is None
    assert "does not fit" in parse_file(row, b"x = 1\n").issues[0].message


def test_no_grammar_has_a_problem() -> None:
    assert [grammar_problem(language) for language in languages()] == [None] * len(languages())


def test_markdown_headings_of_both_kinds_are_sections() -> None:
    found = facts("a.md", "Title\n=====\n\ntext\n\nSub\n---\n\n# Other\n")
    assert outline(found) == ["section Title", "section Sub", "section Other"]


def test_text_outside_ascii_keeps_its_names_and_offsets() -> None:
    code = "größe = 1\nprint('ä', größe)\n"
    found = facts("a.py", code)
    assert found.definitions[0].name == "größe"
    use = list(found.occurrences)[-1]
    assert (use.name, code.encode()[use.start :].decode()) == ("größe", "größe)\n")


def test_a_script_in_a_page_is_read_in_its_place() -> None:
    page = "<script>\nfunction f() { g(); }\n</script>\n<p id='x'></p>\n"
    found = facts("a.html", page)
    assert outline(found) == ["function f", "selector x"]
    assert page[found.definitions[0].start :].startswith("function f()")
    assert [(use.name, page[use.start]) for use in found.occurrences] == [("g", "g")]


def test_issues_are_bounded_and_say_how_many_more() -> None:
    found = facts("a.json", "[" + "%,1," * 100 + "1]")
    assert len(found.issues) == 21
    assert found.issues[-1].message.endswith("more syntax errors")


def test_what_is_missing_at_one_place_comes_in_one_order() -> None:
    broken = [facts("a.json", " " * place + '{"a": 1, "c": 2, "e": "d') for place in range(20)]
    assert {tuple(issue.message for issue in found.issues) for found in broken} == {('missing "', "missing }")}


def test_every_grammar_is_a_dependency() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {language.package.replace("_", "-") for language in languages()}
    assert wanted <= {line.split(">=")[0] for line in project["project"]["dependencies"]}


def test_names_that_one_statement_chains_are_members_of_the_class_around_it() -> None:
    assert outline(facts("a.py", "class A:\n    b = c = 1\n")) == ["class A", "field A.b", "field A.c"]
    assert outline(facts("a.c", "struct a { struct { int b; } c; };")) == ["struct a", "field a.c", "field a.c.b"]


def test_queries_use_predicates_that_the_library_asks() -> None:
    queries = (Path(__file__).parents[2] / "rlm_code/parse/queries").rglob("*.scm")
    asked = {predicate for query in queries for predicate in re.findall(r"#[\w-]+\?", query.read_text("utf-8"))}
    assert asked == {"#any-of?", "#eq?", "#match?", "#not-eq?", "#not-match?"}
