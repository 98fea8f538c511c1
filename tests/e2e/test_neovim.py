"""Another editor, the same server: a headless Neovim with nothing but its own client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import write_files
from tests.e2e.conftest import HERE
from tests.lm.messages_server import Hang, MessagesServer
from tests.lsp.conftest import make_shop

pytestmark = pytest.mark.workbench

SERVER = Path(sys.executable).with_name("rlm-code-lsp")


def neovim(root: Path, results: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """What `neovim.lua` found."""
    command = ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {HERE / 'neovim.lua'}"]
    given = {"SERVER": str(SERVER), "SHOP": str(root), "RESULTS": str(results), **environ}
    done = subprocess.run(command, env=os.environ | given, capture_output=True, text=True, timeout=180, check=False)
    assert results.exists(), done.stderr
    found: dict[str, Any] = json.loads(results.read_text())
    assert "problem" not in found, (found["problem"], done.stderr)
    return found


@pytest.fixture
def shop(tmp_path: Path, programs: Path) -> Path:
    return make_shop(tmp_path)


def test_navigation_and_an_ask(shop: Path, tmp_path: Path) -> None:
    write_files(shop, {"pkg/gift.py": "from pkg.payments import Card\n\n\nclass Gift(Card):\n    pass\n"})
    found = neovim(shop, tmp_path / "results.json", {})
    assert found["definition"] == [str(shop / "pkg/payments.py"), 12, 4]
    assert [Path(name).name for name, _, _ in found["references"]] == ["payments.py", "retry.py", "shop.py", "shop.py"]
    assert found["references"][-1][1:] == [6, 27], "in bytes, after a character of four"
    assert found["callers"] == ["charge", "retry", "checkout"]
    assert found["implementation"] == [str(shop / "pkg/gift.py"), 4, 6]
    assert "def charge_card(card: Card, cents: int) -> bool" in "\n".join(found["hover"])
    assert found["unsaved"] == "written_now"
    answer = found["ask"]["answer"]
    assert answer["status"] == "complete"
    assert {citation["path"] for citation in answer["citations"]} >= {"pkg/shop.py", "pkg/payments.py"}
    assert [output["kind"] for output in found["output"]][:2] == ["started", "turn"]


def test_an_ask_is_cancelled(shop: Path, tmp_path: Path) -> None:
    with MessagesServer(lambda body: Hang()) as claude:
        key = {"ANTHROPIC_API_KEY": claude.key, "ANTHROPIC_BASE_URL": claude.url, "ASK": "cancel"}
        found = neovim(shop, tmp_path / "results.json", key)
    assert found["ask"]["answer"]["status"] == "partial"
    assert "cancelled" in found["ask"]["answer"]["reason"]
