"""Names that no definition has: packages from outside, members of instances, keys in quotes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rlm_code.codebase.open import open_host
from rlm_code.lm.structural import StructuralLM
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Task
from rlm_code.sandbox import open_sandbox
from tests.conftest import MakeRepository, write_files

FILES = {
    "notes.md": 'We import `net/http` from Go and "API_KEY" from the environment.\n',
    "serve/serve.go": 'package serve\n\nimport (\n\t"fmt"\n\t"net/http"\n)\n\nvar _ = fmt.Sprint(http.StatusOK)\n',
    "serve/one.go": 'package serve\n\nimport web "net/http/httputil"\n\nvar _ = web.DumpRequest\n',
    "view.ts": "import {\n  useState,\n} from '@scope/react'\nimport { helper } from './tools/helper'\nhelper(0)\n",
    "tools/helper.ts": "export function helper(value: unknown) {}\n",
    "site/app.py": (
        "class Site:\n    def route(self, path): ...\n\n\n"
        'app = Site()\nCONFIG = {"API_KEY": None}\n\n\n'
        "@app.route(\"/\")\ndef index():\n    return CONFIG['API_KEY'], settings.DEBUG_SQL\n"
        "def about():\n    page_limit = 3\n    return page_limit\n\n\n"
        "def mixed():\n    helped = 3\n    return helped\n\n\nprint(helped, odata.blob)\n"
    ),
    "site/defaults.py": 'DEBUG_SQL = False\n__version__ = "1.2"\n',
    "pyproject.toml": '[project]\nversion = "1.2"\n',
    "uv.lock": '[[package]]\nversion = "9.9"\n',
    "shapes.py": (
        "class Shape:\n    def draw(self): ...\n\n\nclass Circle(Shape):\n    def draw(self): ...\n\n\n"
        "class Chart:\n    def draw(self): ...\n"
    ),
    "site/json.py": "def dumps(value): ...\n",
    "web.py": (
        "class Web:\n    def close(self): ...\n\n\n"
        "def one():\n    page = Web()\n    page.close()\n\n\n"
        "def two(page):\n    page.close()\n\n\ndef three(page):\n    page.close()\n\n\nNAMES = ['SITE']\n"
    ),
    "shop.py": "class Shop:\n    def sell(self): ...\n\n\nclass Rule:\n    sell = None\n",
    "main.py": "import json\nfrom site.json import dumps\nfrom queue import get\nget(request.form)\n",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """What is answered to a question about the files above."""
    root: Path = tmp_path_factory.mktemp("outside")
    write_files(root, FILES)
    queries = open_host(root)

    def answer(question: str) -> str:
        return asyncio.run(run(Task(question, queries.snapshot, queries, StructuralLM(), open_sandbox))).answer

    yield answer
    queries.close()


Said = Callable[[str], str]


def test_what_is_imported_from_outside_is_known_by_the_imports_and_not_by_the_text(said: Said) -> None:
    answer = said("Who imports net/http?")
    assert answer.startswith("2 lines of code import something called net/http, in 2 files:")
    assert "serve/serve.go:5" in answer
    assert "serve/one.go:3" in answer
    assert "notes.md" not in answer
    assert "None of them leads to a file of this repository." in answer
    assert "view.ts:2" in said("Who imports useState?")
    assert "view.ts:2" in said("Who imports @scope/react?")
    assert "serve/one.go:3" in said("Where is web imported?")


def test_imports_of_one_name_are_told_apart_by_where_they_lead(said: Said) -> None:
    answer = said("Who imports json?")
    assert answer.startswith("site/json.py is imported in 1 place:")
    assert "main.py:2" in answer
    assert "1 more line of code with json in an import, which leads to no file here:" in answer
    assert "main.py:1  import json" in answer


def test_nobody_imports_it(said: Said) -> None:
    answer = said("Who imports pkg/nobody?")
    assert answer.startswith("No import in the 14 files has the name pkg/nobody, and nothing called so is defined")


def test_a_member_of_an_instance_is_what_it_means_where_code_writes_it(said: Said) -> None:
    answer = said("Who calls app.route?")
    understood = "No definition is called app.route; where code writes that, it means Site.route (site/app.py:2)."
    assert answer.startswith(understood)
    assert "site/app.py:9" in answer
    assert said("Where is app.route defined?").startswith(understood)


def test_a_name_that_is_defined_here_is_not_said_to_be_from_outside(said: Said) -> None:
    answer = said("Who calls proxy.route?")
    assert "outside" not in answer
    assert "What is called route here, though nothing shows that proxy.route means it:" in answer
    assert "site/app.py:2" in answer


def test_only_uses_of_the_whole_name_count_for_what_is_from_outside(said: Said) -> None:
    answer = said("Where is request.form used?")
    assert "The name request.form is used in 1 place, so it is probably defined outside:" in answer
    answer = said("Who calls get?")
    assert "It is imported in 1 place:" in answer
    assert "The name get is used in 2 places, imports among them:" in answer


def test_a_local_name_is_said_to_be_one(said: Said) -> None:
    answer = said("Where is page_limit used?")
    assert "It is only a local name:" in answer
    assert "site/app.py:13  variable about.page_limit" in answer
    assert "outside" not in answer


def test_a_name_that_is_local_in_one_place_alone_is_not_said_to_be_local(said: Said) -> None:
    answer = said("Who calls helped?")
    assert "local" not in answer
    assert "print(helped, odata.blob)" in answer


def test_a_name_that_only_ends_so_is_another(said: Said) -> None:
    assert "is used in" not in said("Who calls data.blob?")


def test_the_version_of_something_else_is_another_question(said: Said) -> None:
    assert 'version = "1.2"' in said("What is the version of this package?")
    assert 'version = "1.2"' not in said("What is the version of the protocol?")


def test_keys_are_found_in_quotes_and_said_to_be(said: Said) -> None:
    answer = said("Where is API_KEY used?")
    assert "In quotes, as a key or a name to look up, it stands in 2 lines of code (found by the text" in answer
    assert "site/app.py:6" in answer
    assert "site/app.py:11" in answer
    assert "notes.md" not in answer


def test_uses_that_share_only_the_name_are_listed_where_no_other_is_known(said: Said) -> None:
    answer = said("Where is DEBUG_SQL used?")
    assert answer.startswith("No certain use of DEBUG_SQL (site/defaults.py:1) was found")
    assert "1 place of code uses something named DEBUG_SQL, which may be it or not:" in answer
    assert "site/app.py:11" in answer


def test_the_version_is_what_manifests_and_code_call_so(said: Said) -> None:
    answer = said("What version is this?")
    assert answer.startswith("2 lines of manifests and code say a version:")
    assert "    pyproject.toml:2" in answer
    assert "    site/defaults.py:2" in answer


def test_where_nothing_says_a_version_the_answer_is_left_open(make_repository: MakeRepository) -> None:
    queries = open_host(make_repository({"lock.toml": "version = 1\n", "a.py": "def f():\n    VERSION = 2\n"}))
    answer = asyncio.run(run(Task("What version is this?", queries.snapshot, queries, StructuralLM(), open_sandbox)))
    queries.close()
    assert answer.status == "partial"
    assert answer.answer.startswith("Neither pyproject.toml, package.json")


def test_what_overrides_a_method_leaves_out_those_that_nothing_overrides(said: Said) -> None:
    answer = said("Which methods override draw?")
    assert answer.startswith("Shape.draw (shapes.py:2) has 1 override:")
    assert "Chart" not in answer
    none = said("What overrides sell?")
    assert none.startswith("No override of Shop.sell (shop.py:2) was found")
    assert "Rule" not in none


def test_a_name_in_another_case_is_said_to_be_one(said: Said) -> None:
    answer = said("Where is SITE used?")
    assert answer.startswith("No definition is called SITE as it is written; in another case there is Site (site/app")
    assert "In quotes, as a key or a name to look up, it stands in 1 line of code" in answer
    assert "No definition is called" not in said("Where is Site used?")


def test_what_most_lines_mean_by_a_name_counts(said: Said) -> None:
    """One of the three lines that write `page.close` is known to mean what is here."""
    answer = said("Who calls page.close?")
    assert "where code writes that" not in answer
    assert "What is called close here, though nothing shows that page.close means it:" in answer


def test_a_path_as_an_import_writes_it_is_that_of_a_file(said: Said) -> None:
    assert said("Who imports ./tools/helper?").startswith("tools/helper.ts is imported in 1 place:")
    assert said("Who imports ./helper?").startswith("tools/helper.ts is imported in 1 place:")
