"""Local variables and parameters as targets: their definition, their uses, and what hides what."""

from rlm_code.codebase.host import HostQueries
from tests.conftest import MakeRepository
from tests.index.marked import host_of

SOURCE = """\
import os

def outer(a, b=os):
    total = a + b
    for item in total:
        total = item
    def inner(a):
        return a, total
    return [a for a in total], inner

class C:
    a = 1
    def m(self):
        return self, a

a = 0
"""


def opened(make_repository: MakeRepository, files: dict[str, str]) -> HostQueries:
    root = make_repository(files)
    return host_of(root, root.parent / "cache")


def place(text: str, marked: str, name: str) -> tuple[int, int]:
    """The line and column of `name` in the one place where `marked` stands."""
    assert text.count(marked) == 1
    offset = text.index(marked) + marked.index(name)
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1)


def definition(queries: HostQueries, text: str, marked: str, name: str) -> list[tuple[str, int]]:
    return [(row.kind, row.start_line) for row in queries.definition_at("a.py", *place(text, marked, name))]


def uses(queries: HostQueries, text: str, marked: str, name: str) -> list[int]:
    page = queries.references_at("a.py", *place(text, marked, name))
    assert {row.certainty for row in page.rows} <= {"exact"}
    return [row.line for row in page.rows]


def test_the_definition_of_a_local_name(make_repository: MakeRepository) -> None:
    queries = opened(make_repository, {"a.py": SOURCE})
    assert definition(queries, SOURCE, "= a + b", "a") == [("parameter", 3)]
    assert definition(queries, SOURCE, "(a, b=os)", "a") == [("parameter", 3)]
    assert definition(queries, SOURCE, "return a, total", "a") == [("parameter", 7)]
    assert definition(queries, SOURCE, "[a for a", "a") == [("variable", 9)]
    assert definition(queries, SOURCE, "return self, a", "self") == [("parameter", 13)]
    assert definition(queries, SOURCE, "self, a\n", "a") == [("variable", 16)]


def test_the_uses_of_a_local_name(make_repository: MakeRepository) -> None:
    queries = opened(make_repository, {"a.py": SOURCE})
    assert uses(queries, SOURCE, "(a, b=os)", "a") == [4]
    assert uses(queries, SOURCE, "total = a + b", "total") == [5, 6, 8, 9]
    assert uses(queries, SOURCE, "inner(a)", "a") == [8]
    assert uses(queries, SOURCE, "for a in total]", "a") == [9]
    assert uses(queries, SOURCE, "a = 0", "a") == [14]


def test_a_local_name_is_a_symbol(make_repository: MakeRepository) -> None:
    queries = opened(make_repository, {"a.py": SOURCE})
    (row,) = queries.definition_at("a.py", *place(SOURCE, "= a + b", "b"))
    assert (row.name, row.qualified_name, row.parent) == ("b", "a.outer.b", "a.outer")
    assert queries.details(row.path, row.name_start).signature == "b=os"
    assert [use.line for use in queries.references(row.path, row.name_start, None, True, 10).rows] == [4]
    assert queries.subclasses(row.path, row.name_start) == queries.bases(row.path, row.name_start) == []


def test_a_function_is_read_without_what_is_around_it(make_repository: MakeRepository) -> None:
    source = "class C:\n    @staticmethod\n    async def f(x, y=1):\n        def g():\n            nonlocal x\n"
    source += "            x = 2\n        return x\n\n    z = [x for x in ()]\n"
    queries = opened(make_repository, {"a.py": source})
    assert uses(queries, source, "f(x", "x") == [5, 6, 7]
    assert uses(queries, source, "for x in", "x") == [9]


def test_what_a_header_makes_is_no_name_of_its_function(make_repository: MakeRepository) -> None:
    text = "t = 1\n@deco(lambda doc: doc)\ndef f(a=lambda t: t + 1, b=lambda t: t + 2):\n    return t\ndoc = 2\n"
    queries = opened(make_repository, {"a.py": text})
    assert uses(queries, text, "lambda doc", "doc") == [2]
    assert uses(queries, text, "a=lambda t", "t") == [3]
    assert definition(queries, text, "t + 2", "t") == [("parameter", 3)]
    assert uses(queries, text, "t = 1", "t") == [4]


def test_a_parameter_is_named_where_its_function_has_another_name(make_repository: MakeRepository) -> None:
    text = "class Regexp:\n    def __init__(self, flag=1): ...\ndef made(flag=1): ...\nregexp = Regexp\nother = made\n"
    using = "from a import other, regexp\nregexp(flag=2)\nclass A:\n    b: Annotated[int, other(flag=3)]\n"
    queries = opened(make_repository, {"a.py": text, "b.py": using})
    for marked, line in (("self, flag", 2), ("made(flag", 4)):
        page = queries.references_at("a.py", *place(text, marked, "flag"))
        assert [(row.path, row.line, row.certainty) for row in page.rows] == [("b.py", line, "inferred")]
