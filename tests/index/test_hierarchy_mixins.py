"""Bases that a class names in its body: PHP's traits, Ruby's modules; and what is no base there."""

from __future__ import annotations

from pathlib import Path

from rlm_code.codebase import Repo
from tests.conftest import MakeRepository
from tests.index.marked import host_of


def test_php_traits(make_repository: MakeRepository, tmp_path: Path) -> None:
    code = (
        "<?php\n"
        "trait Traced { public function trace() {} }\n"
        "class Base {}\n"
        "class Step extends Base { use Traced; }\n"
        "class Loud extends Base { use Traced; public function trace() {} }\n"
        "function run() { return new class { use Traced; }; }\n"
    )
    queries = host_of(make_repository({"a.php": code}), tmp_path / "cache")
    repo = Repo(queries)
    trait = repo.symbol("Traced")
    assert [base.target for base in repo.symbol("Step").bases()] == [repo.symbol("Base"), trait]
    assert [below.name for below in trait.implementers()] == ["Step", "Loud"]
    assert list(trait.implementers().blind_spots) == [
        "1 places that build on it outside of these: see references('inherit')"
    ], "the nameless class"
    assert [below.qualified_name for below in repo.symbol("Traced.trace").implementers()] == ["Loud.trace"]
    assert list(repo.symbol("run").bases()) == []
    queries.close()


def test_ruby_modules(make_repository: MakeRepository, tmp_path: Path) -> None:
    code = (
        "module Traced\n  def trace; end\nend\n"
        "class Base; end\n"
        "class Step < Base\n  include Traced\n\n  def trace; end\nend\n"
        "class Quiet\n  def trace; end\nend\n"
    )
    queries = host_of(make_repository({"a.rb": code}), tmp_path / "cache")
    repo = Repo(queries)
    assert [base.target for base in repo.symbol("Step").bases()] == [repo.symbol("Base"), repo.symbol("Traced")]
    assert [below.name for below in repo.symbol("Traced").implementers()] == ["Step"]
    assert [below.qualified_name for below in repo.symbol("Traced.trace").implementers()] == ["Step.trace"]
    queries.close()


def test_what_a_scala_class_makes_in_its_body_is_no_base_of_it(make_repository: MakeRepository, tmp_path: Path) -> None:
    code = (
        "trait Monoid[A] { def empty: A }\n"
        "trait Suite\n"
        "class Sums\n  extends Suite\n  with Monoid[Int] { def empty: Int = 0 }\n"
        "class MonoidSuite extends Suite {\n"
        "  {\n    implicit val and: Monoid[Boolean] = new Monoid[Boolean] { def empty = true }\n  }\n"
        "  val or = new Monoid[Boolean] { def empty = false }\n}\n"
    )
    queries = host_of(make_repository({"a.scala": code}), tmp_path / "cache")
    repo = Repo(queries)
    assert [below.qualified_name for below in repo.symbol("Monoid").implementers()] == ["Sums", "MonoidSuite.or"]
    assert [base.name for base in repo.symbol("MonoidSuite").bases()] == ["Suite"]
    assert [below.name for below in repo.symbol("Suite").implementers()] == ["Sums", "MonoidSuite"]
    queries.close()
