"""Definitions, their uses, and what surrounds them."""

from __future__ import annotations

from pathlib import Path

from rlm_code.codebase import Repo
from rlm_code.codebase.open import open_host
from tests.conftest import MakeRepository


def test_what_a_definition_says_of_itself(shop: Repo) -> None:
    symbol = shop.symbol("charge_card")
    assert symbol.signature.startswith("def charge_card(cart, retries=LIMIT)")
    assert symbol.parameters == ["cart", "retries=LIMIT"]
    assert symbol.doc.startswith("Charge the card of a cart. It tries again.")
    assert symbol.visibility == "public"
    assert symbol.text.endswith("return gateway.post(cart)")


def test_a_decorated_definition_stands_where_its_name_stands(shop: Repo) -> None:
    symbol = shop.symbol("checkout")
    assert (symbol.start_line, symbol.line, symbol.place) == (4, 5, "pkg/shop.py:5")
    assert symbol.decorators == ["@staticmethod"]
    assert (symbol.header.start_line, symbol.header.end_line) == (5, 5)


def test_a_module_is_a_symbol_of_its_whole_file_where_a_place_names_it(shop: Repo) -> None:
    (module,) = shop.definition_at("pkg/shop.py", 1, "payments")
    assert (module.kind, module.qualified_name, module.is_file) == ("module", "pkg.payments", True)
    assert (module.place, module.position, module.is_top_level) == ("pkg/payments.py:1", (1, 0), True)
    assert (module.signature, module.doc) == ("module pkg.payments", "Charges cards.")
    assert module.text == shop.file("pkg/payments.py").lines().text
    assert repr(module) == "<module payments pkg/payments.py:1-27>"
    assert [child.name for child in module.children()] == ["LIMIT", "Gateway", "TestGateway", "charge_card"]
    assert [use.place for use in module.references()] == ["pkg/shop.py:1"]
    assert [use.name for use in module.callees() if use.target] == ["Gateway", "post"]
    assert (list(module.callers()), list(module.bases()), list(module.subclasses())) == ([], [], [])
    assert shop.explain(module).text == shop.explain("pkg/payments.py").text
    assert not shop.find("payments")


def test_what_is_around_and_inside(shop: Repo) -> None:
    gateway = shop.symbol("Gateway")
    assert [child.name for child in gateway.children()] == ["post"]
    assert gateway.children()[0].parent == gateway
    assert gateway.parent is None


def test_its_uses_by_role(shop: Repo) -> None:
    symbol = shop.symbol("charge_card")
    assert [use.role for use in symbol.references()] == ["import", "call"]
    calls = symbol.callers()
    assert repr(calls) == (
        "1 call of charge_card\n  <call charge_card pkg/shop.py:7 in checkout: return charge_card(cart)>"
    )
    assert calls.complete
    assert calls[0].inside == shop.symbol("checkout")


def test_no_calls_is_an_answer(shop: Repo) -> None:
    calls = shop.symbol("TestGateway").callers(sure=True)
    assert not calls
    assert calls.heading.startswith("no calls of TestGateway")


def test_what_it_calls(shop: Repo) -> None:
    calls = shop.symbol("checkout").callees()
    assert [(call.place, call.target) for call in calls if call.target] == [
        ("pkg/shop.py:7", shop.symbol("charge_card"))
    ]
    assert repr(calls[0]) == (
        "<call charge_card pkg/shop.py:7 -> charge_card pkg/payments.py:22: return charge_card(cart)>"
    ), "what it was asked for"
    assert " in checkout: " in repr(shop.symbol("charge_card").callers()[0])


def test_inheritance(shop: Repo) -> None:
    gateway = shop.symbol("Gateway")
    assert [symbol.name for symbol in gateway.implementers()] == ["TestGateway"]
    assert [base.target for base in shop.symbol("TestGateway").bases()] == [gateway]
    assert [symbol.short_name for symbol in shop.symbol("Gateway.post").implementers()] == ["TestGateway.post"]
    assert shop.symbol("charge_card").implementers().heading == "no overrides of charge_card"
    assert shop.symbol("TestGateway").implementers().heading == "no subclasses of TestGateway"


def test_what_builds_on_a_trait_in_places_that_are_no_definition_is_not_hidden(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    code = (
        "pub trait Extract {}\n\npub trait Deep: Extract {}\n\npub struct Path;\n\nimpl Extract for Path {}\n\n"
        "impl Extract for (Path, Path) {}\n\nfn works() {\n    struct Inner;\n    impl Extract for Inner {}\n}\n"
    )
    queries = open_host(make_repository({"a.rs": code}), cache_dir=tmp_path / "cache")
    trait = Repo(queries).symbol("Extract")
    below = trait.implementers()
    assert [symbol.name for symbol in below] == ["Deep", "Path", "Inner"], "a function builds on nothing"
    assert list(below.blind_spots) == ["1 places that build on it outside of these: see references('inherit')"]
    assert [use.line for use in trait.references("inherit")] == [3, 7, 9, 13]
    queries.close()


def test_its_history(shop: Repo) -> None:
    assert [commit.subject for commit in shop.symbol("main").commits()] == ["second [1]", "first"]
    assert [commit.subject for commit in shop.symbol("checkout").commits()] == ["first"]
    assert [part.commit.subject for part in shop.symbol("main").blame()] == ["first", "second [1]"]


def test_files_and_what_they_import(shop: Repo) -> None:
    file = shop.file("pkg/payments.py")
    assert [symbol.short_name for symbol in file.symbols("method")] == ["Gateway.post", "TestGateway.post"]
    assert repr(file.imports()[0]) == "<import json pkg/payments.py:5 (not in this repository)>"
    assert [use.place for use in file.importers()] == ["pkg/shop.py:1"]
    assert shop.file("pkg/shop.py").imports()[0].target == shop.symbol("charge_card")
    assert shop.file("tests/test_shop.py").is_test


def test_lines_are_shown_with_their_numbers(shop: Repo) -> None:
    lines = shop.file("pkg/shop.py").lines(9, 99)
    assert repr(lines) == "pkg/shop.py:9-11\n 9  \n10  def main():\n11      checkout([1])"
    assert lines.text == "\ndef main():\n    checkout([1])"
    assert len(lines) == 3


def test_all_lines_come_with_their_numbers_for_a_sub_query(make_repository: MakeRepository, tmp_path: Path) -> None:
    """What a listing or a range prints is cut; what is put into a prompt by hand must not be."""
    queries = open_host(make_repository({"a.txt": "x\n" * 500}), cache_dir=tmp_path / "cache")
    lines = Repo(queries).file("a.txt").lines()
    assert repr(lines).endswith("400  x\n… 100 more lines, to line 500")
    assert lines.numbered.startswith("a.txt:1-500\n  1  x\n")
    assert lines.numbered.endswith("499  x\n500  x")
    queries.close()


def test_all_references_come_on_demand_however_many(make_repository: MakeRepository, tmp_path: Path) -> None:
    calls = "".join(f"f({number})\n" for number in range(1200))
    queries = open_host(
        make_repository({"a.py": f"def f(n):\n    return n\n\n\n{calls}"}), cache_dir=tmp_path / "cache"
    )
    repo = Repo(queries)
    assert len(repo.symbol("f").references()) == 100
    assert len(repo.symbol("f").references(limit=None)) == len(repo.symbol("f").callers(limit=None)) == 1200
    whole = repo.references_at("a.py", 5, 0)
    assert len(whole) == 1200
    assert whole.complete
    assert len(repo.file("a.py").callees()) == 1200
    assert len(repo.uses_of_name("f", limit=None)) == 1200
    queries.close()


def test_a_use_in_tests_that_stand_beside_the_code(make_repository: MakeRepository, tmp_path: Path) -> None:
    text = """\
fn save() {}
fn f() { save(); }
#[cfg(test)]
mod tests {
    fn t() { super::save(); }
}
#[tokio::test]
async fn u() { save(); }
#[cfg(not(test))]
fn g() { save(); }
"""
    root = make_repository(
        {"Cargo.toml": '[package]\nname = "demo"\n', "src/lib.rs": text, "tests/a.rs": "fn a() {}\n"}
    )
    repo = Repo(open_host(root, cache_dir=tmp_path / "cache"))
    uses = repo.symbol("save").references()
    assert {use.line: use.is_test for use in uses} == {2: False, 5: True, 8: True, 10: False}
    assert [symbol.is_test for symbol in repo.file("src/lib.rs").symbols()] == [False, False, True, True, True, False]
    assert repo.symbol("a").is_test


def test_a_heading_is_without_comments_and_empty_ones(make_repository: MakeRepository, tmp_path: Path) -> None:
    text = "# markup\nmodule Clock\n  # Tells\n  #\n  # the time.\n  class Zone; end\nend\n"
    queries = open_host(make_repository({"clock.rb": text}), cache_dir=tmp_path / "cache")
    assert Repo(queries).symbol("Clock").heading == "module Clock"
    queries.close()
