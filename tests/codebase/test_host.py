"""The host's answers over one real repository: every question of `Queries`, and what goes wrong."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host, open_host_of
from rlm_code.codebase.queries import SymbolRow
from rlm_code.errors import SourceError
from rlm_code.index.renewal import Change
from rlm_code.source import open_snapshot, with_overlay
from tests.conftest import MakeRepository, git, write_files

PAYMENTS = '''\
"""Money."""


class Card:
    """A card."""

    def charge(self, amount):
        return self.check(amount)

    def check(self, amount):
        return amount > 0


class GoldCard(Card):
    def check(self, amount):
        return True


def refund(card: Card):
    return card.charge(-1)
'''

FILES = {
    "shop/__init__.py": "from .payments import Card, refund\n",
    "shop/payments.py": PAYMENTS,
    "shop/checkout.py": "from shop import refund\nfrom shop.payments import Card\n\n\ndef pay():\n    refund(Card())\n",
    "tests/test_payments.py": "from shop.payments import Card\n\n\ndef test_charge():\n    Card().charge(1)\n",
    "logo.png": b"\x89PNG\0",
    "broken.py": "def (:\n",
    "README.md": "# Shop\n",
}


@pytest.fixture
def root(make_repository: MakeRepository) -> Path:
    return make_repository(FILES, "shop-repository")


@pytest.fixture
def shop(root: Path, tmp_path: Path) -> Iterator[HostQueries]:
    queries = open_host(root, cache_dir=tmp_path / "cache")
    yield queries
    queries.close()


def named(shop: HostQueries, name: str) -> SymbolRow:
    (row,) = shop.find(name, None, 10)
    return row


def test_overview(shop: HostQueries) -> None:
    overview = shop.overview()
    assert (overview.name, overview.files, overview.dirty) == ("shop-repository", 7, 0)
    assert overview.languages[0] == ["python", 5, 33]
    assert overview.folders == [["shop", 3, 27], ["tests", 1, 5]]
    assert overview.unparsed == {"binary": 1, "partial": 1}
    assert overview.has_history


def test_files_say_why_they_are_not_parsed(shop: HostQueries) -> None:
    rows = {row.path: row for row in shop.files()}
    assert list(rows) == sorted(rows)
    assert (rows["logo.png"].status, rows["logo.png"].language) == ("binary", None)
    assert rows["broken.py"].status == "partial"
    assert rows["broken.py"].detail
    assert rows["shop/payments.py"].line_count == 20


def test_an_outline_is_in_order_and_qualified(shop: HostQueries) -> None:
    outline = shop.outline("shop/payments.py")
    assert [row.qualified_name for row in outline] == [
        "shop.payments.Card",
        "shop.payments.Card.charge",
        "shop.payments.Card.check",
        "shop.payments.GoldCard",
        "shop.payments.GoldCard.check",
        "shop.payments.refund",
    ]
    charge = outline[1]
    assert (charge.kind, charge.start_line, charge.end_line, charge.parent) == ("method", 7, 8, "shop.payments.Card")
    assert PAYMENTS.encode()[charge.name_start :].startswith(b"charge")


@pytest.mark.parametrize(
    "name",
    ["charge", "Card.charge", "payments.Card.charge", "shop.payments.Card.charge", "Card::charge", "Card#charge"],
)
def test_find_takes_names_as_people_write_them(shop: HostQueries, name: str) -> None:
    assert named(shop, name).qualified_name == "shop.payments.Card.charge"


def test_find_falls_back_to_any_case_and_puts_code_first(shop: HostQueries) -> None:
    assert named(shop, "CARD.Charge").name == "charge"
    assert [row.name for row in shop.find("check", "method", 10)] == ["check", "check"]
    assert shop.find("check", "class", 10) == []
    assert shop.find("nothing", None, 10) == []
    assert shop.find("", None, 10) == []


def test_symbols_by_part_of_a_name(shop: HostQueries) -> None:
    assert [row.name for row in shop.symbols("card", None, None, 10)] == ["Card", "GoldCard"]
    assert [row.path for row in shop.symbols("", "function", "tests/", 10)] == ["tests/test_payments.py"]
    assert shop.symbols("%", None, None, 10) == []


def test_details(shop: HostQueries) -> None:
    details = shop.details("shop/payments.py", named(shop, "refund").name_start)
    assert details.signature == "def refund(card: Card)"
    assert details.parameters == ["card: Card"]


def test_references_with_their_certainty_and_what_hides_more(shop: HostQueries) -> None:
    page = shop.references("shop/payments.py", named(shop, "charge").name_start, ["call"], False, 10)
    assert [(row.path, row.line, row.certainty, row.inside and row.inside.name) for row in page.rows] == [
        ("shop/payments.py", 20, "inferred", "refund"),
        ("tests/test_payments.py", 5, "inferred", "test_charge"),
    ]
    assert page.blind_spots == ["1 file is parsed with syntax errors: broken.py"]


def test_of_many_files_with_syntax_errors_those_are_named_that_hold_the_name(make_repository: MakeRepository) -> None:
    broken = {f"broken{number}.py": "def (:\n" for number in range(4)} | {"call.py": "def (:\n    charge()\n"}
    root = make_repository(broken | {"shop.py": "def charge(): ...\ndef refund(): ...\n"})
    with closing(open_host(root)) as shop:
        spots = {
            name: shop.references("shop.py", named(shop, name).name_start, None, False, 9).blind_spots
            for name in ("charge", "refund")
        }
    assert spots == {
        "charge": ["5 files are parsed with syntax errors, 1 of them with charge in the text: call.py"],
        "refund": ["5 files are parsed with syntax errors, none of them with refund in the text"],
    }


def test_a_limit_cuts_rows_and_not_the_total(shop: HostQueries) -> None:
    page = shop.references("shop/payments.py", named(shop, "refund").name_start, None, True, 1)
    assert (len(page.rows), page.total) == (1, 3)


def test_a_base_call_may_reach_an_override_by_name(shop: HostQueries) -> None:
    gold = named(shop, "GoldCard.check")
    assert [row.certainty for row in shop.references(gold.path, gold.name_start, None, False, 9).rows] == ["name"]
    assert shop.references(gold.path, gold.name_start, None, True, 9).rows == []


def test_outgoing_names_targets(shop: HostQueries) -> None:
    pay = named(shop, "pay")
    found = shop.outgoing(pay.path, pay.name_start, ["call"])
    assert [(row.name, row.target and row.target.path) for row in found] == [
        ("refund", "shop/payments.py"),
        ("Card", "shop/payments.py"),
    ]
    assert {row.role for row in shop.outgoing("shop/checkout.py", None, None)} == {"import", "call"}


def test_bases_subclasses_and_overrides(shop: HostQueries) -> None:
    gold, card = named(shop, "GoldCard"), named(shop, "payments.Card")
    assert [row.target and row.target.name for row in shop.bases(gold.path, gold.name_start)] == ["Card"]
    assert [row.name for row in shop.subclasses(card.path, card.name_start)] == ["GoldCard"]
    check = named(shop, "payments.Card.check")
    overrides = shop.subclasses(check.path, check.name_start)
    assert [row.qualified_name for row in overrides] == ["shop.payments.GoldCard.check"]


def test_imports_and_importers(shop: HostQueries) -> None:
    rows = shop.imports("shop/checkout.py")
    assert [(row.module, row.name, row.target_path, row.target and row.target.name) for row in rows] == [
        ("shop", "refund", "shop/payments.py", "refund"),
        ("shop.payments", "Card", "shop/payments.py", "Card"),
    ]
    assert {row.path for row in shop.importers("shop/payments.py")} == {
        "shop/__init__.py",
        "shop/checkout.py",
        "tests/test_payments.py",
    }


def test_what_stands_at_a_position(shop: HostQueries) -> None:
    (refund,) = shop.definition_at("shop/checkout.py", 6, 5)
    assert refund.path == "shop/payments.py"
    assert shop.references_at("shop/checkout.py", 6, 5).total == 3
    (itself,) = shop.definition_at("shop/payments.py", 19, 4)
    assert itself == refund
    assert shop.definition_at("shop/payments.py", 2, 0) == []
    assert shop.references_at("shop/payments.py", 2, 0).total == 0


def test_uses_of_a_name_that_nothing_defines(shop: HostQueries) -> None:
    page = shop.uses_of_name("amount", 2)
    assert (len(page.rows), page.total, {row.certainty for row in page.rows}) == (2, 5, {"name"})


def test_chains_from_one_definition_to_another(shop: HostQueries) -> None:
    ends = [[row.path, row.name_start] for row in (named(shop, "pay"), named(shop, "payments.Card.check"))]
    (chain,) = shop.call_path(ends[0], ends[1], 3)
    assert [(row.line, row.target and row.target.name) for row in chain] == [
        (6, "refund"),
        (20, "charge"),
        (8, "check"),
    ]
    assert shop.call_path(ends[1], ends[0], 3) == []


def test_history(shop: HostQueries) -> None:
    (commit,) = shop.commits("shop/payments.py", 7, 8, 10)
    assert (commit.subject, commit.author) == ("first", "Ada")
    assert shop.commit("HEAD").sha == commit.sha
    (blame,) = shop.blame("shop/payments.py", 1, 3)
    assert (blame.start_line, blame.end_line, blame.commit.sha) == (1, 3, commit.sha)


def test_lines_of_a_changed_file_are_followed_into_its_commit(root: Path, tmp_path: Path) -> None:
    write_files(root, {"shop/payments.py": "import os\n\n" + PAYMENTS})
    queries = open_host(root, cache_dir=tmp_path / "cache")
    rows = queries.blame("shop/payments.py", 1, 5)
    assert [(row.start_line, row.end_line) for row in rows] == [(3, 5)]
    assert queries.overview().dirty == 1
    queries.close()


def test_without_history_there_is_none(tmp_path: Path) -> None:
    write_files(tmp_path / "plain", {"a.py": "def f(): ...\n"})
    queries = open_host(tmp_path / "plain", cache_dir=tmp_path / "cache")
    assert queries.commits("a.py", None, None, 5) == []
    assert queries.blame("a.py", 1, 1) == []
    assert not queries.overview().has_history
    with pytest.raises(LookupError, match="no history"):
        queries.commit("HEAD")
    queries.close()


def test_a_revision_and_unsaved_buffers_are_snapshots_too(root: Path, tmp_path: Path) -> None:
    git(root, "rm", "-q", "shop/checkout.py")
    git(root, "commit", "-q", "-m", "second")
    before = open_host(root, "HEAD~1", cache_dir=tmp_path / "cache")
    assert named(before, "pay").path == "shop/checkout.py"
    before.close()
    unsaved = with_overlay(open_snapshot(root), {"shop/new.py": b"from shop import refund\nrefund(None)\n"})
    queries = open_host_of(unsaved, tmp_path / "cache")
    assert queries.find("pay", None, 5) == []
    refund = named(queries, "refund")
    uses = queries.references(refund.path, refund.name_start, ["call"], True, 9).rows
    assert [row.path for row in uses] == ["shop/new.py"]
    queries.close()


def test_queries_are_renewed_for_newer_buffers(root: Path, tmp_path: Path) -> None:
    disk = open_snapshot(root)
    queries = open_host_of(disk, tmp_path / "cache")
    refund = named(queries, "refund")
    assert queries.references(refund.path, refund.name_start, ["call"], True, 9).total == 1
    buffers = {"shop/new.py": b"from shop import refund\nrefund(None)\n"}
    newer = queries.renewed(with_overlay(disk, buffers), Change((), in_memory=buffers))
    uses = newer.references(refund.path, refund.name_start, ["call"], True, 9).rows
    assert [row.path for row in uses] == ["shop/checkout.py", "shop/new.py"]
    assert queries.references(refund.path, refund.name_start, ["call"], True, 9).total == 1, "they stay usable"
    newer.close()


def test_unknown_paths_and_places_name_near_misses(shop: HostQueries) -> None:
    with pytest.raises(LookupError, match=r"no file 'payments.py'; did you mean shop/payments.py"):
        shop.outline("payments.py")
    with pytest.raises(LookupError, match="no definition's name starts at byte 3"):
        shop.details("shop/payments.py", 3)
    with pytest.raises(LookupError, match="has 20 lines, not 99"):
        shop.definition_at("shop/payments.py", 99, 0)
    for question in (shop.text, shop.outline, shop.imports, shop.importers):
        with pytest.raises(LookupError):
            question("nowhere.py")


def test_rows_are_plain_json(shop: HostQueries) -> None:
    card = named(shop, "payments.Card")
    page = shop.references(card.path, card.name_start, None, False, 10)
    path, line, column, *_ = json.loads(json.dumps(page))[0][0]
    assert (path, line, column) == page.rows[0][:3]


def test_the_corpus_holds_all_text_where_its_table_says(shop: HostQueries) -> None:
    corpus = shop.corpus()
    start = 8 + int.from_bytes(corpus[:8], "little")
    table = json.loads(corpus[8:start])
    assert set(table) == set(FILES) - {"logo.png"}
    for path, (offset, length) in table.items():
        assert corpus[start + offset : start + offset + length] == shop.data(path)


def test_any_thread_may_ask(shop: HostQueries) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(shop.outline("shop/payments.py")))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [6] * 8


def test_text_that_is_gone_is_an_error_for_its_reader_and_no_other(root: Path, tmp_path: Path) -> None:
    write_files(root, {"shop/checkout.py": f"{FILES['shop/checkout.py']}# changed\n"})
    queries = open_host(root, cache_dir=tmp_path / "cache")
    write_files(root, {"shop/checkout.py": "changed again\n"})
    with pytest.raises(SourceError):
        queries.text("shop/checkout.py")
    refund = named(queries, "refund")
    certainties = {row.certainty for row in queries.references(refund.path, refund.name_start, None, False, 9).rows}
    assert "name" in certainties
    assert [path for path, _ in queries.scan(["shop/checkout.py", "README.md"])] == ["README.md"]
    queries.close()


def test_texts_that_are_kept_for_searching_are_those_that_were_read(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    files: dict[str, str | bytes] = {f"pkg/m{number}.py": f"x = {number}\n" for number in range(80)}
    files |= {"logo.png": b"\0png", "empty.py": ""}
    queries = open_host(make_repository(files), cache_dir=tmp_path / "cache")
    paths = [row.path for row in queries.files()]
    first = dict(queries.scan(paths))
    (tmp_path / "project" / "pkg/m1.py").write_text("changed\n")  # git still has what it was
    assert dict(queries.scan(paths)) == dict(queries.scan(list(reversed(paths)))) == first
    assert first.keys() == files.keys()
    queries.close()
