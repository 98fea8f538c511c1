"""`repo`: the same from the host and from behind the wire."""

from __future__ import annotations

from pathlib import Path

import pytest

import rlm_code
from rlm_code.codebase import Repo
from rlm_code.codebase.open import open_host
from rlm_code.errors import SourceError
from tests.conftest import MakeRepository


def test_its_size_and_shape(shop: Repo) -> None:
    overview = shop.overview
    assert (overview.name, overview.files, overview.has_history) == ("shop", 7, True)
    assert repr(overview).startswith("shop: working tree at ")
    assert "languages: python" in repr(overview)


def test_a_tree_counts_what_is_deeper(shop: Repo) -> None:
    assert str(shop.tree(depth=1)).splitlines()[1:4] == [
        "  docs/  1 file, 4 lines",
        "  pkg/  3 files, 39 lines",
        "  tests/  1 file, 5 lines",
    ]
    assert "  payments.py  27 lines" in str(shop.tree("pkg"))
    with pytest.raises(LookupError, match=r"no folder 'src'; the top holds README.md, docs, logo.png, pkg, tests"):
        shop.tree("src")


def test_files_by_glob_and_language(shop: Repo) -> None:
    assert [file.path for file in shop.files("pkg/*.py")] == ["pkg/__init__.py", "pkg/payments.py", "pkg/shop.py"]
    assert [file.path for file in shop.files("shop.py")] == ["pkg/shop.py"]
    assert len(shop.files("pkg/", language="python")) == 3
    assert shop.files("nothing*").heading == "no files"


def test_a_file_by_its_path_or_an_ending_of_it(shop: Repo) -> None:
    assert shop.file("./pkg/shop.py") == shop.file("shop.py")
    assert repr(shop.file("shop.py")) == "<File pkg/shop.py python 11 lines>"
    with pytest.raises(LookupError, match=r"no file 'src/shop.py'; did you mean pkg/shop.py"):
        shop.file("src/shop.py")


def test_a_symbol_by_name(shop: Repo) -> None:
    assert repr(shop.symbol("charge_card")) == "<function charge_card(cart, retries=LIMIT) pkg/payments.py:22-27>"
    assert shop.symbol("TestGateway.post").short_name == "TestGateway.post"
    with pytest.raises(LookupError, match=r"2 definitions are called 'post'.*\n.*\n.*Gateway\.post\(self, amount\)"):
        shop.symbol("post")
    assert shop.symbol("main", path="pkg/").path == "pkg/shop.py"
    assert shop.find("main", path="tests/").heading == "no definitions of main"
    with pytest.raises(LookupError, match=r"nothing here defines 'charge_cart'; alike: .*charge_card"):
        shop.symbol("charge_cart")


def test_what_is_written_inside_a_function_comes_after_members(make_repository: MakeRepository, tmp_path: Path) -> None:
    files = {
        "a.py": "def run():\n    def start():\n        pass\n    start()\n    return start()\n",
        "b.py": "class Spider:\n    def start(self):\n        pass\n",
    }
    queries = open_host(make_repository(files), cache_dir=tmp_path / "cache")
    assert [symbol.short_name for symbol in Repo(queries).find("start")] == ["Spider.start", "run.start"]
    queries.close()


def test_all_definitions_of_a_name(shop: Repo) -> None:
    assert shop.find("post", limit=1).heading == "first 1 definition of post; there are more (raise limit)"
    assert shop.find("post", limit=None).heading == "2 definitions of post"


def test_a_name_that_is_used_but_not_defined_may_be_defined_where_nothing_was_parsed(shop: Repo) -> None:
    used = "dumps is used 1 time, so a macro, generated code or another package may define it: "
    used += "see repo.uses_of_name('dumps')"
    assert shop.find("json.dumps").blind_spots == (used,)
    with pytest.raises(LookupError, match=r"nothing here defines 'dumps'; dumps is used 1 time, so a macro"):
        shop.symbol("dumps")
    assert shop.find("no_such_name").blind_spots == ()
    assert shop.find("post", kind="class").blind_spots == (), "it is defined, as something else"
    assert shop.find("checkout", path="docs/").blind_spots == (), "it is defined, elsewhere"


def test_symbols_by_a_part_of_their_name(shop: Repo) -> None:
    found = shop.symbols("GATE", kind="class")
    assert [symbol.name for symbol in found] == ["Gateway", "TestGateway"]
    assert shop.symbols("GATE", limit=1).heading == "first 1 definition; there are more (raise limit)"


def test_what_most_other_code_means(shop: Repo) -> None:
    assert [symbol.name for symbol in shop.central(limit=1)] == ["charge_card"]
    assert {symbol.path for symbol in shop.central("tests")} == {"tests/test_shop.py"}
    assert {symbol.path for symbol in shop.central("pkg/")} == {"pkg/payments.py", "pkg/shop.py"}
    assert list(shop.central("nowhere")) == []


def test_what_leads_from_one_definition_to_another(shop: Repo) -> None:
    (chain,) = shop.call_path("main", "charge_card")
    assert [step.place for step in chain] == ["pkg/shop.py:11", "pkg/shop.py:7"]
    assert not shop.call_path("charge_card", "main")


def test_a_place_in_a_file(shop: Repo) -> None:
    assert shop.symbol_at("pkg/shop.py", 7) == shop.symbol("checkout")
    assert shop.symbol_at("pkg/shop.py", 1) is None
    assert shop.definition_at("pkg/shop.py", 7, "charge_card")[0] == shop.symbol("charge_card")
    assert shop.definition_at("pkg/shop.py", 7, 11)[0] == shop.symbol("charge_card")
    assert {use.path for use in shop.references_at("pkg/shop.py", 5, "checkout")} == {
        "pkg/shop.py",
        "tests/test_shop.py",
    }
    with pytest.raises(LookupError, match=r"'nope' is not on line 7 of pkg/shop.py: return charge_card\(cart\)"):
        shop.definition_at("pkg/shop.py", 7, "nope")


def test_uses_of_a_name_that_nothing_here_defines(shop: Repo) -> None:
    assert [use.place for use in shop.uses_of_name("dumps")] == ["pkg/payments.py:14"]


def test_history(shop: Repo) -> None:
    assert [commit.subject for commit in shop.commits()] == ["second [1]", "first"]
    assert [commit.subject for commit in shop.commits("pkg/payments.py")] == ["first"]
    assert [commit.subject for commit in shop.commits("pkg")] == ["second [1]", "first"]
    with pytest.raises(LookupError, match="no file 'src'"):
        shop.commits("src")
    last = shop.commits(limit=1)[0]
    assert shop.commit(last.sha[:8]) == last
    assert last.files == ["pkg/shop.py"]
    assert repr(last) == f"<commit {last.sha[:10]} 2026-01-02 Ada: second [1]>"


def test_what_a_commit_changed(shop: Repo) -> None:
    second, first = shop.commits()
    assert "+++ b/pkg/shop.py\n" in second.diff()
    assert second.diff("pkg/payments.py") == ""
    assert "+LIMIT = 3\n" in first.diff("pkg/")
    with pytest.raises(SourceError, match="is outside repository"):
        first.diff("../x")


def test_commits_that_added_or_removed_a_text(shop: Repo) -> None:
    assert [commit.subject for commit in shop.commits(text="LIMIT = 3")] == ["first"]
    assert repr(shop.commits(text="-nowhere")) == "no commits that added or removed '-nowhere'"


def test_places_for_a_question(shop: Repo) -> None:
    places = shop.rank("which code charges a card of a cart?", limit=3)
    assert any(place.symbol and place.symbol.name == "charge_card" for place in places)
    assert len(places) <= 3


def test_an_inherited_member_is_found_where_it_stands(make_repository: MakeRepository) -> None:
    files = {
        "p.py": "class P:\n    def m(self):\n        return 1\n",
        "q.py": "from p import P\n\n\nclass Q(P):\n    pass\n",
    }
    (found,) = rlm_code.open(make_repository(files)).find("Q.m")
    assert found.place == "p.py:2"


def test_a_dotted_name_of_which_only_the_last_part_is_known_is_none_of_those_called_so(shop: Repo) -> None:
    found = shop.find("bank.Gateway")
    assert not found
    assert found.blind_spots == ("what is called Gateway here has other names before it: see repo.find('Gateway')",)
