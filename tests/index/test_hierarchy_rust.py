"""What builds on a Rust trait, and which methods stand in for which: by the type after `for`, wherever the block is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rlm_code.codebase import Repo
from rlm_code.codebase.symbol import Symbol
from tests.conftest import MakeRepository
from tests.index.marked import host_of

Open = Callable[[dict[str, str]], Repo]

TRAIT = """\
pub trait Weigh {
    fn weigh(&self) -> u8;
    fn twice(&self) -> u8 { 2 * self.weigh() }
}
"""
BODY = "{ fn weigh(&self) -> u8 { 1 } }\n"


@pytest.fixture
def crate(make_repository: MakeRepository, tmp_path: Path) -> Iterator[Open]:
    opened = []

    def make(files: dict[str, str]) -> Repo:
        queries = host_of(make_repository(files), tmp_path / "cache")
        opened.append(queries)
        return Repo(queries)

    yield make
    for queries in opened:
        queries.close()


def names(symbols: list[Symbol]) -> list[str]:
    return [symbol.qualified_name for symbol in symbols]


def test_the_type_after_for_implements_a_trait(crate: Open) -> None:
    types = "pub struct Box1;\npub struct Sack<T>(T);\npub enum Size { Small }\npub union Bits { a: u8 }\n"
    impls = "".join(
        f"impl{written} {BODY}"
        for written in (" Weigh for Box1", "<T> Weigh for Sack<T>", " Weigh for &mut Size", " crate::Weigh for Bits")
    )
    trait = crate({"src/lib.rs": TRAIT + types + impls}).symbol("Weigh")
    assert names(trait.implementers()) == ["Box1", "Sack", "Size", "Bits"]
    assert list(trait.implementers().blind_spots) == []


def test_a_block_in_a_module_or_a_function_is_no_implementer_of_it(crate: Open) -> None:
    inner = (
        "pub struct Crate;\n"
        "mod tests {\n"
        "    use super::*;\n"
        "    struct Crate;\n"
        f"    impl Weigh for Crate {BODY}"
        "    fn works() {\n"
        "        struct Held;\n"
        f"        impl Weigh for Held {BODY}"
        "    }\n"
        "}\n"
    )
    repo = crate({"src/lib.rs": TRAIT + inner})
    assert names(repo.symbol("Weigh").implementers()) == ["tests.Crate", "tests.works.Held"], "not the outer Crate"
    assert names(repo.symbol("Weigh.weigh").implementers()) == ["tests.Crate.weigh", "tests.works.Held.weigh"]
    held = [method.short_name for method in repo.file("src/lib.rs").symbols("method")]
    assert held == ["Weigh.weigh", "Weigh.twice", "Crate.weigh", "Held.weigh"]


def test_what_no_definition_stands_for_is_counted_and_its_methods_are_overrides(crate: Open) -> None:
    blocks = [
        "impl Weigh for (Jar, Jar) ",
        "impl Weigh for [Jar; 2] ",
        "impl Weigh for () ",
        "impl<T: Clone> Weigh for T ",
        "impl Weigh for Vec<Jar> ",
        "impl Weigh for dyn Lift ",
        "impl Weigh for u8 ",
        "impl Weigh for fn(Jar) ",
    ]
    code = TRAIT + "pub struct Jar;\npub trait Lift {}\n" + "".join(block + BODY for block in blocks)
    repo = crate({"src/lib.rs": code})
    below = repo.symbol("Weigh").implementers()
    assert names(below) == []
    assert list(below.blind_spots) == ["8 places that build on it outside of these: see references('inherit')"]
    overrides = repo.symbol("Weigh.weigh").implementers()
    assert [method.line for method in overrides] == list(range(7, 15))


def test_blocks_in_other_files_and_under_other_names(crate: Open) -> None:
    repo = crate(
        {
            "Cargo.toml": '[workspace]\nmembers = ["core", "app"]\n',
            "core/Cargo.toml": '[package]\nname = "scale-core"\n',
            "core/src/lib.rs": TRAIT + "pub mod jars;\nmod blocks;\n",
            "core/src/jars.rs": "pub struct Tin;\npub struct Can;\npub type Pot = Can;\n"
            "#[derive(Weigh)]\npub struct Mug;\n",
            "core/src/blocks.rs": (
                f"use crate::Weigh as Heavy;\nuse crate::jars::{{self, Pot, Tin as Tinny}};\n"
                f"impl Heavy for Tinny {BODY}impl Heavy for Pot {BODY}"
            ),
            "app/Cargo.toml": '[package]\nname = "app"\n',
            "app/src/main.rs": "use scale_core::Weigh;\nstruct Tin;\nstruct Lid;\n"
            f"impl Weigh for Lid {BODY}fn main() {{}}\n",
        }
    )
    found = [(symbol.path, symbol.name) for symbol in repo.symbol("Weigh").implementers()]
    assert sorted(found) == [("app/src/main.rs", "Lid"), ("core/src/jars.rs", "Can"), ("core/src/jars.rs", "Tin")]


def test_a_trait_that_asks_for_another_brings_its_implementers(crate: Open) -> None:
    code = "pub trait Lift: Weigh { fn weigh(&self); }\npub struct Jar;\nimpl Lift for Jar { fn weigh(&self) {} }\n"
    repo = crate({"src/lib.rs": TRAIT + code})
    assert names(repo.symbol("Weigh").implementers()) == ["Lift", "Jar"]
    assert names(repo.symbol("Weigh.weigh").implementers()) == [], (
        "another trait's method of the name is another method"
    )
    assert names(repo.symbol("Lift.weigh").implementers()) == ["Jar.weigh"]


def test_only_what_stands_in_the_block_of_a_trait_overrides(crate: Open) -> None:
    code = (
        "pub trait Count { fn weigh(&self); }\n"
        "pub struct Jar;\n"
        "impl Weigh for Jar {\n"
        "    fn weigh(&self) -> u8 { fn weigh() {} 1 }\n"
        "}\n"
        "impl Count for Jar { fn weigh(&self) {} }\n"
        "impl Jar { fn weigh(&self) {} fn twice(&self) {} }\n"
    )
    repo = crate({"src/lib.rs": TRAIT + code})
    assert [(s.qualified_name, s.line) for s in repo.symbol("Weigh.weigh").implementers()] == [("Jar.weigh", 8)]
    assert names(repo.symbol("Weigh.twice").implementers()) == []


def test_a_call_through_a_trait_may_run_what_overrides_its_method_and_nothing_else(crate: Open) -> None:
    code = (
        "pub struct Jar;\n"
        f"impl Weigh for Jar {BODY}"
        "pub struct Tin;\n"
        "impl Weigh for Tin { fn weigh(&self) -> u8 { 3 } }\n"
        "impl Tin { fn weigh(&self) {} }\n"
        "fn run(any: &dyn Weigh) { any.weigh(); }\n"
    )
    repo = crate({"src/lib.rs": TRAIT + code})
    methods = [method for method in repo.file("src/lib.rs").symbols("method") if method.name == "weigh"]
    callers = {method.line: [use.line for use in method.references() if use.line == 10] for method in methods}
    assert callers == {2: [10], 6: [10], 8: [10], 9: []}


def test_the_traits_of_a_type_are_its_bases(crate: Open) -> None:
    code = f"pub struct Jar;\nmod inner {{\n    impl super::Weigh for super::Jar {BODY}}}\n"
    repo = crate({"src/lib.rs": TRAIT + code})
    assert [(base.line, base.target) for base in repo.symbol("Jar").bases()] == [(7, repo.symbol("Weigh"))]
