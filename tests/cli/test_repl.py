"""`rlm-code repl` as a process: cells from a file over a real repository."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MakeRepository

SHOP = {
    "shop/pay.py": "def charge_card(n):\n    return n\n",
    "shop/till.py": "from shop.pay import charge_card\ncharge_card(1)\n",
}


@pytest.fixture
def shop(make_repository: MakeRepository) -> Path:
    return make_repository(SHOP)


def repl(repository: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rlm_code.cli.main", "repl"]
    return subprocess.run(
        [*command, "--repo", str(repository), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )


def test_cells_of_a_file_as_json(shop: Path, tmp_path: Path) -> None:
    cells = tmp_path / "cells.py"
    cells.write_text(
        "files = [f.path for f in repo.files()]\nprint(files)\n"
        "# %% who calls it\n[r.place for r in repo.symbol('charge_card').callers()]\n"
        "# %%\nopen('/etc/passwd')\n"
        "# %%\nwhile True: pass\n"
        "# %%\n6 * 7\n"
    )
    ran = repl(shop, "--cells", str(cells), "--timeout", "4", "--json")
    assert ran.returncode == 0, ran.stderr
    results = [json.loads(line) for line in ran.stdout.splitlines()]
    statuses = [result["status"] for result in results]
    assert statuses[:3] == ["ok", "ok", "error"]
    assert statuses[3] in ("timeout", "killed")  # on a machine that is too busy to let it stop
    assert "shop/pay.py" in results[0]["output"]
    assert results[1]["value"] == "['shop/till.py:2']"
    assert "PermissionError" in results[2]["error"]
    assert results[4]["value"] == "42"


def test_cells_typed_at_it(shop: Path) -> None:
    ran = repl(shop, stdin="x = 20\ndef f():\n    return x + 1\n\nf()\n1 +\n")
    assert ran.returncode == 0, ran.stderr
    assert "21\n" in ran.stdout
    assert "SyntaxError" in ran.stdout
    assert "confined by seccomp" in ran.stderr


def test_help_and_an_end_as_people_type_them(shop: Path) -> None:
    ran = repl(shop, stdin="help()\nhelp(repo.find)\nquit()\n1 + 1\n")
    assert ran.returncode == 0, ran.stderr
    assert "help(x) tells what x offers, also of its parts: help(x.y); there are repo, " in ran.stdout
    assert "Definitions called `name`" in ran.stdout
    assert "[3] ok" not in ran.stdout
    assert "SystemExit" not in ran.stdout


def test_a_file_that_is_not_there(shop: Path) -> None:
    ran = repl(shop, "--cells", "/nowhere/cells.py")
    assert ran.returncode == 2
    assert "cannot be read" in ran.stderr


def test_none_is_refused_under_ci(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    ran = repl(shop, "--sandbox", "none", stdin="1")
    assert ran.returncode != 0
    assert "refused under CI" in ran.stderr
