"""Who read what: believed only where a line of the file was in a text that was shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host
from rlm_code.rlm import coverage as module
from rlm_code.rlm.answer import Coverage
from rlm_code.rlm.coverage import MOST_COMPARED, Reading
from rlm_code.text import decode
from tests.conftest import MakeRepository
from tests.rlm.conftest import Ask
from tests.rlm.scripted import ScriptedLM, cell

SUBMIT = "submit('So [1].', [{'path': 'pkg/shop.py', 'start_line': 6, 'end_line': 6}])"

FILES = {
    "a.py": "import os\n\n\ndef only_in_a():\n    return os.name\n",
    "b.py": "import os\n\n\ndef only_in_b():\n    return os.name\n",
    "tiny.txt": "abcd\n",
    "broken.py": "def (:\n",
    "blob.bin": b"\0\1\2",
}


def coverage_of(
    queries: HostQueries, root: str = "", subs: str = "", touched: tuple[str, ...] = ("a.py", "b.py", "tiny.txt")
) -> Coverage:
    reading = Reading(queries.snapshot)
    reading.report(touched, ["a.py"])
    reading.show(root, to_root=True)
    reading.show(subs, to_root=False)
    return reading.coverage(queries)


def test_a_line_that_only_one_touched_file_has_tells_who_read_it(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    queries = open_host(make_repository(FILES), cache_dir=tmp_path / "cache")
    whole = coverage_of(queries, root="def only_in_a():\n", subs="x\n   def only_in_b():   \n")
    assert (whole.read, whole.read_by_sub_models) == (("a.py",), ("b.py",))
    assert (whole.files, whole.scanned, whole.matched_unread) == (5, 1, ())
    assert [path for path, _ in whole.unparsed] == ["broken.py"]

    assert coverage_of(queries, root="import os\n    return os.name").read == ()  # both have these lines
    assert coverage_of(queries, root="a.py and b.py exist").read == ()  # a name is not a text
    assert coverage_of(queries, root="def only_in_a():", touched=()).read == ()  # nobody opened it
    assert coverage_of(queries).matched_unread == ("a.py",)
    assert coverage_of(queries, root="abcd").read == ("tiny.txt",)
    queries.close()


def test_lines_are_known_in_the_forms_in_which_cells_print_them(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    queries = open_host(make_repository(FILES), cache_dir=tmp_path / "cache")
    for shown in (
        "a.py:4: def only_in_a():",
        "   4  def only_in_a():",
        "4 | def only_in_a():",
        "  <hit a.py:4: def only_in_a():>",
        "  <call name a.py:4 in only (same name only): def only_in_a():>",
        "'import os\\n\\n\\ndef only_in_a():\\n    return os.name\\n'",
    ):
        assert coverage_of(queries, root=shown).read == ("a.py",), shown
    queries.close()


def test_paths_that_the_snapshot_does_not_have_are_not_believed(
    make_repository: MakeRepository, tmp_path: Path
) -> None:
    queries = open_host(make_repository(FILES), cache_dir=tmp_path / "cache")
    assert coverage_of(queries, touched=("a.py", "/etc/passwd", "../x")).scanned == 1
    queries.close()


def test_the_ledger_of_a_whole_run(ask: Ask) -> None:
    """Code looked at every file, two were matched, one was printed."""
    look = (
        "hits = repo.search('charge_card', regex=False)\nlengths = [len(f.text) for f in repo.files()]\n"
        "print(repo.file('pkg/shop.py').text)"
    )
    coverage = ask(ScriptedLM([cell(look), cell(SUBMIT)])).coverage
    assert coverage.read == ("pkg/shop.py",)
    assert coverage.matched_unread == ("pkg/payments.py", "pkg/retry.py")
    assert (coverage.files, coverage.scanned) == (5, 4)


def test_comparing_is_cheap_where_code_looked_at_thousands_of_files(
    make_repository: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[bytes] = []
    monkeypatch.setattr(module, "decode", lambda data: compared.append(data) or decode(data))
    body = "".join(f"    value_{n} = compute_something({n})\n" for n in range(60))
    files = {f"pkg/m{n}.py": f"def function_{n}():\n{body}" for n in range(600)}
    queries = open_host(make_repository(files), cache_dir=tmp_path / "cache")
    coverage = coverage_of(queries, root="In pkg/m550.py:\n1  def function_550():\n", touched=tuple(files))
    assert len(compared) == MOST_COMPARED < len(files)
    assert coverage.read == ("pkg/m550.py",)
    assert coverage.scanned == 599
    queries.close()
