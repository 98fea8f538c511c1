"""What `parse_file` finds in one file."""

from __future__ import annotations

from rlm_code.parse import language_of, languages, parse_file
from rlm_code.parse.facts import FileFacts, Import


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
