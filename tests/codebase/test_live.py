"""A repository that is held open: every query equals that of a fresh opening, soon, and nothing is left behind."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.live import LiveRepository
from rlm_code.codebase.open import open_host_of
from rlm_code.errors import SourceError
from rlm_code.source import Snapshot, open_snapshot, with_overlay
from tests.conftest import MakeRepository, git, write_files
from tests.processes import eventually, nothing_is_left

FILES = {
    "shop/__init__.py": "from shop.cards import Card\n",
    "shop/cards.py": "class Card:\n    def charge(self, cents): return pay(self)\n\n\ndef pay(card): ...\n",
    "shop/gift.py": (
        "from shop import Card\n\n\nclass Gift(Card):\n    def charge(self, cents): return super().charge(0)\n\n\n"
        "def give(gift: Gift): return gift.charge(1)\n"
    ),
    "web/package.json": '{"name": "web", "main": "index.ts"}\n',
    "web/index.ts": "export { total } from './total';\n",
    "web/total.ts": "export function total(n: number) { return n; }\n",
    "web/use.ts": "import { total } from 'web';\ntotal(1);\n",
    "go.mod": "module example.org/x\n",
    "x/x.go": "package x\n\nfunc Run() { help() }\n",
    "x/help.go": "package x\n\nfunc help() {}\n",
    ".gitignore": "build/\n",
}

Buffers = dict[str, bytes]


@pytest.fixture
def live(make_repository: MakeRepository, tmp_path: Path) -> Iterator[LiveRepository]:
    repository = LiveRepository(make_repository(FILES), tmp_path / "cache")
    with repository.reading():
        pass
    eventually(lambda: is_watching(repository))
    yield repository
    repository.close()


def is_watching(repository: LiveRepository) -> bool:
    """Whether changes are followed and nothing is left to look at."""
    tree = repository._tree
    return tree is not None and tree.follows and not tree.pending.everything


def root_of(repository: LiveRepository) -> Path:
    with repository.reading() as queries:
        return queries.snapshot.root


def everything(queries: HostQueries) -> dict[str, Any]:
    """What can be asked of a repository, and the answers."""
    found: dict[str, Any] = {"files": sorted(queries.files()), "overview": queries.overview()}
    for path, entry in queries.snapshot.entries.items():
        if entry.kind != "file":
            continue
        found[path, "text"] = queries.data(path)
        found[path, "uses"] = queries.outgoing(path, None, None)
        found[path, "imports"] = (queries.imports(path), queries.importers(path))
        for row in queries.outline(path):
            found[path, row.name_start, "row"] = row
            found[path, row.name_start, "uses"] = queries.references(path, row.name_start, None, False, 99)
            found[path, row.name_start, "below"] = queries.subclasses(path, row.name_start)
    for name in ("charge", "pay", "total", "help", "Card", "nothing"):
        found[name] = (
            queries.find(name, None, 9),
            queries.uses_of_name(name, 99),
            queries.symbols(name, None, None, 9),
        )
    found["central"] = queries.central("", 50)
    found["rank"] = [(row.path, row.symbol) for row in queries.rank("Who charges a card?", 5)]
    return found


def fresh(root: Path, cache: Path, buffers: Mapping[str, bytes]) -> dict[str, Any]:
    snapshot = open_snapshot(root, untracked=True)
    queries = open_host_of(with_overlay(snapshot, differing(snapshot, buffers)), cache)
    try:
        return everything(queries)
    finally:
        queries.close()


def differing(disk: Snapshot, buffers: Mapping[str, bytes]) -> Buffers:
    return {p: data for p, data in buffers.items() if p not in disk.entries or disk.read(p) != data}


def settled(repository: LiveRepository, buffers: Mapping[str, bytes]) -> dict[str, Any]:
    return repository.answer(lambda disk: differing(disk, buffers), everything)


def names(repository: LiveRepository, path: str) -> list[str]:
    with repository.reading() as queries:
        return [row.name for row in queries.outline(path)]


def test_a_saved_file_is_seen_by_the_next_query(live: LiveRepository) -> None:
    root = root_of(live)
    for number in range(20):
        write_files(root, {"shop/cards.py": f"def card_{number}(): ...\n"})
        assert names(live, "shop/cards.py") == [f"card_{number}"]


def test_a_saved_file_is_ready_before_anybody_asks(live: LiveRepository) -> None:
    root, renewals = root_of(live), live.renewals
    write_files(root.parent, {"saved": "def ready(): ...\n"})
    (root.parent / "saved").replace(root / "shop/cards.py")
    eventually(lambda: live.renewals > renewals)
    assert names(live, "shop/cards.py") == ["ready"]
    assert live.renewals == renewals + 1


def test_readers_keep_what_they_read(live: LiveRepository) -> None:
    with live.reading() as before:
        rows = everything(before)
        write_files(root_of(live), {"shop/cards.py": "def other(): ...\n", "shop/new.py": "Card = 1\n"})
        (root_of(live) / "web/use.ts").unlink()
        assert names(live, "shop/cards.py") == ["other"]
        assert "web/use.ts" in before.snapshot.entries
        assert before.find("Card", None, 5) == rows["Card"][0]
        assert [row.path for row in before.find("total", None, 5)] == ["web/total.ts"]
    assert settled(live, {}) == fresh(root_of(live), root_of(live).with_name("fresh"), {})


def test_unsaved_buffers_stay_in_memory(live: LiveRepository, tmp_path: Path) -> None:
    root = root_of(live)
    secret = {"shop/cards.py": b"class Card:\n    def a_secret_of_mine(self): ...\n", "shop/draft.py": b"import shop\n"}
    assert settled(live, secret) == fresh(root, tmp_path / "other", secret)
    with live.opened(lambda disk: secret, lambda done, total: None) as queries:
        assert queries.find("a_secret_of_mine", None, 5)
    (database,) = (tmp_path / "cache").glob("index/*/facts-*.sqlite")
    names_stored = sqlite3.connect(database).execute("SELECT name FROM name WHERE name LIKE '%secret%'").fetchall()
    assert names_stored == []
    write_files(root, dict(secret))
    assert settled(live, secret) == fresh(root, tmp_path / "other", {})


def test_saved_files_are_stored_when_there_is_time(
    live: LiveRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rlm_code.codebase.live._STORED_AFTER_S", 3600.0)
    write_files(root_of(live), {"shop/cards.py": "def kept_for_later(): ...\n"})
    assert names(live, "shop/cards.py") == ["kept_for_later"]
    (database,) = (tmp_path / "cache").glob("index/*/facts-*.sqlite")
    found = sqlite3.connect(database)
    stored = "SELECT name FROM name WHERE name = 'kept_for_later'"
    assert not found.execute(stored).fetchall()
    monkeypatch.setattr("rlm_code.codebase.live._STORED_AFTER_S", 0.1)
    write_files(root_of(live), {"shop/gift.py": "def heard_of(): ...\n"})
    eventually(lambda: bool(found.execute(stored).fetchall()))
    found.close()
    assert names(live, "shop/cards.py") == ["kept_for_later"]


def test_a_burst_is_one_renewal(live: LiveRepository, tmp_path: Path) -> None:
    root = root_of(live)
    git(root, "checkout", "--quiet", "-b", "large")
    write_files(root, {f"gen/part_{n % 20}/m{n}.py": f"def f{n}(): return {n}\n" for n in range(600)})
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "large")
    eventually(lambda: len(live.answer(lambda disk: {}, lambda queries: queries.find("f599", None, 2))) == 1)
    eventually(lambda: is_quiet(live))
    for branch, there in (("main", 0), ("large", 1)):
        before = live.renewals
        git(root, "checkout", "--quiet", branch)
        eventually(lambda before=before: is_quiet(live) and live.renewals > before)  # type: ignore[misc]
        assert live.renewals <= before + 2, "one, or one more for what git wrote last"
        with live.reading() as queries:
            assert len(queries.find("f599", None, 2)) == there
    assert settled(live, {}) == fresh(root, tmp_path / "other", {})


def is_quiet(repository: LiveRepository) -> bool:
    tree, now = repository._tree, repository._now
    if tree is None or now is None:
        return False
    tree.settle()
    pending = tree.pending
    return not (pending.count or pending.everything or now.behind) and now.disk is tree.snapshot


def test_while_much_is_read_the_state_before_is_answered_from(live: LiveRepository) -> None:
    root = root_of(live)
    write_files(root, {f"gen/m{n}.py": f"def f{n}(): return {n}\n" for n in range(200)})
    found = live.answer(lambda disk: {}, lambda queries: len(queries.find("f199", None, 2)))
    assert found in (0, 1)
    eventually(lambda: len(live.answer(lambda disk: {}, lambda queries: queries.find("f199", None, 2))) == 1)


def test_a_store_that_breaks_is_built_anew(live: LiveRepository, tmp_path: Path) -> None:
    (database,) = (tmp_path / "cache").glob("index/*/facts-*.sqlite")
    for suffix in ("", "-wal"):
        database.with_name(database.name + suffix).write_bytes(b"not a database at all" * 500)
    write_files(root_of(live), {"shop/cards.py": "def after(): ...\n"})
    assert live.answer(lambda disk: {}, lambda queries: [row.name for row in queries.find("after", None, 2)])


def test_without_watches_changes_are_seen_late_and_that_is_said(
    make_repository: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from watchdog.observers.inotify_c import InotifyFD

    def refuse(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(InotifyFD, "add_callback", refuse)
    repository = LiveRepository(make_repository(FILES), tmp_path / "cache")
    try:
        assert names(repository, "shop/gift.py") == ["Gift", "charge", "give"]
        eventually(lambda: bool(repository.notices))
        (notice,) = repository.notices
        assert notice == (
            "changes on disk are noticed late, by looking at all files: "
            "the system allows no more inotify watches (fs.inotify.max_user_watches)"
        )
        write_files(root_of(repository), {"shop/cards.py": "def late(): ...\n"})
        eventually(lambda: names(repository, "shop/cards.py") == ["late"])
    finally:
        repository.close()


def test_nothing_is_left_behind(make_repository: MakeRepository, tmp_path: Path) -> None:
    root = make_repository(FILES)
    with nothing_is_left():
        for number in range(4):
            repository = LiveRepository(root, tmp_path / "cache")
            names(repository, "shop/cards.py")
            eventually(lambda repository=repository: is_watching(repository))  # type: ignore[misc]
            write_files(root, {"shop/cards.py": f"def f{number}(): ...\n"})
            with repository.reading() as queries:
                repository.close()
                assert queries.outline("shop/cards.py")[0].name == f"f{number}", "closed after the last reader"
            with pytest.raises(SourceError, match="closed"), repository.reading():
                pass


PATHS = st.sampled_from(["shop/cards.py", "shop/gift.py", "shop/new.py", "other/cards.py", "web/total.ts", "x/help.go"])
TEXTS = st.sampled_from(
    [
        FILES["shop/cards.py"],
        "class Card:\n    pass\n",
        "from shop.cards import *\n\n\ndef pay(card): return card.charge(3)\n",
        "export function total(n: string) { return help(n); }\n",
        "package y\n\nfunc help() { Run() }\n",
        "def (:\n",
        "",
    ]
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("save"), PATHS, TEXTS),
        st.tuples(st.just("type"), PATHS, TEXTS),
        st.tuples(st.just("close"), PATHS, st.just("")),
        st.tuples(st.just("delete"), PATHS, st.just("")),
        st.tuples(st.just("rename"), PATHS, PATHS),
        st.tuples(
            st.just("move"), st.sampled_from(["shop", "web", "moved"]), st.sampled_from(["moved", "shop", "web"])
        ),
        st.tuples(
            st.just("save"),
            st.just("web/package.json"),
            st.sampled_from(['{"name": "other"}', "{", FILES["web/package.json"]]),
        ),
        st.tuples(st.just("save"), st.just(".gitignore"), st.sampled_from(["shop/\n", "*.go\n", "build/\n"])),
        st.tuples(st.just("git"), st.sampled_from(["main", "second"]), st.just("")),
        st.tuples(st.just("ask"), st.just(""), st.just("")),
        st.tuples(st.just("ask"), st.just(""), st.just("")),
    ),
    min_size=2,
    max_size=10,
)


def take(root: Path, buffers: Buffers, step: str, one: str, two: str) -> None:
    """One step, as far as the state of the files allows it."""
    try:
        if step == "save":
            write_files(root, {one: two})
            buffers.pop(one, None)
        elif step == "type":
            buffers[one] = two.encode()
        elif step == "close":
            buffers.pop(one, None)
        elif step == "delete":
            (root / one).unlink()
        elif step in ("rename", "move"):
            (root / one).rename(root / two)
        elif step == "git":
            git(root, "checkout", "--quiet", "--force", one)
    except OSError:
        pass


@given(STEPS)
@settings(max_examples=8)
def test_whatever_happens_every_query_equals_a_fresh_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]
) -> None:
    place = tmp_path_factory.mktemp("live")
    root = place / "project"
    write_files(root, FILES)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "first")
    git(root, "checkout", "--quiet", "-b", "second")
    shutil.move(root / "shop/gift.py", root / "shop/new.py")
    write_files(root, {"web/total.ts": "export const total = 1;\n"})
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "second")
    repository = LiveRepository(root, place / "cache")
    buffers: Buffers = {}
    try:
        settled(repository, buffers)
        eventually(lambda: is_watching(repository))
        for step, one, two in steps:
            if step == "ask":
                settled(repository, buffers)
            else:
                take(root, buffers, step, one, two)
        assert settled(repository, buffers) == fresh(root, place / "fresh", buffers)
        assert settled(repository, {}) == fresh(root, place / "fresh", {})
    finally:
        repository.close()
