"""The user's own functions: named in config.toml, run in the host, seen in the prompt, never of the repository."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rlm_code.config import Settings, read_settings
from rlm_code.errors import ConfigError
from rlm_code.features.functions import load_functions
from rlm_code.rlm import events
from tests.conftest import write_files
from tests.rlm.conftest import Ask
from tests.rlm.scripted import ScriptedLM, cell

TOOLS = '''
import os

def ticket(number: int, fields: list[str] = []) -> dict[str, str]:
    """The ticket of this number."""
    if number == 404:
        raise ConnectionError("no such ticket")
    return {"title": f"Ticket {number}", "pid": str(os.getpid())}

def strange(number: int):
    return object()

def secret(path: os.PathLike[str]): ...
'''

Configure = Callable[..., Settings]


@pytest.fixture
def configure(tmp_path: Path) -> Configure:
    """Writes the user's config.toml and tools, and gives the settings."""

    def write(text: str, tools: str = TOOLS) -> Settings:
        write_files(tmp_path, {"rlm-code/config.toml": text, "rlm-code/tools.py": tools})
        return read_settings({"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)})

    return write


def test_cells_call_them_and_the_model_is_told_of_them(ask: Ask, configure: Configure) -> None:
    import os

    functions = load_functions(configure('[functions]\nticket = "tools.py:ticket"\nother = "tools.py:strange"'))
    lm = ScriptedLM(
        [
            cell("print(functions.ticket(7))"),
            cell("functions.ticket('seven')"),
            cell("functions.ticket(404)"),
            cell("functions.other(1)"),
            cell("functions.nothing()"),
            cell("import os\nprint(os.getpid(), repo.file('pkg/shop.py').lines())"),
            cell("submit('So [1].', [{'path': 'pkg/shop.py', 'start_line': 6}])"),
        ]
    )
    cells: list[Any] = []
    heard = lambda event: cells.append(event.result) if isinstance(event, events.CellEnded) else None  # noqa: E731
    answer = ask(lm, functions=functions, on_event=heard)
    assert answer.status == "complete"
    assert cells[0].output.strip() == str({"title": "Ticket 7", "pid": str(os.getpid())})
    assert "number must be int" in cells[1].error
    assert "ticket failed: ConnectionError: no such ticket" in cells[2].error
    assert "other failed: TypeError" in cells[3].error
    assert "the host has no method 'function.nothing'" in cells[4].error
    said = lm.requests[0].system
    assert "functions.ticket(number: int, fields: list[str] = []) -> dict[str, str]: The ticket of this number." in said


def test_without_any_the_model_is_told_of_none(ask: Ask) -> None:
    lm = ScriptedLM([cell("print(repo.overview)"), cell("submit('So.', incomplete='all of it')")])
    ask(lm, limits={"turns": 2})
    assert "functions" not in lm.requests[0].system.split("# Names in the REPL")[1]


@pytest.mark.parametrize(
    ("text", "tools", "says"),
    [
        ("functions = 3", TOOLS, "its tables are functions"),
        ("[functions]\nticket = 3", TOOLS, "must be texts"),
        ("[functions", TOOLS, "is no TOML"),
        ('[functions]\nticket = "tools.py:nobody"', TOOLS, "no 'nobody'"),
        ('[functions]\nticket = "json:loads"', TOOLS, "names no function of a file"),
        ('[functions]\n_ticket = "tools.py:ticket"', TOOLS, "names no function of a file"),
        ('[functions]\nticket = "missing.py:ticket"', TOOLS, "cannot be loaded"),
        ('[functions]\nticket = "tools.py:ticket"', "1/0", "ZeroDivisionError"),
        ('[functions]\nticket = "tools.py:secret"', TOOLS, "is no JSON type"),
    ],
)
def test_what_cannot_be_had_is_said(configure: Configure, text: str, tools: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        load_functions(configure(text, tools))


def test_nothing_comes_from_the_folder_one_stands_in(
    configure: Configure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"repo/rlm-code.toml": '[functions]\nevil = "tools.py:evil"', "repo/tools.py": "1/0"})
    monkeypatch.chdir(tmp_path / "repo")
    assert list(load_functions(configure('[functions]\nticket = "tools.py:ticket"'))) == ["ticket"]
    assert load_functions(read_settings({"HOME": "/nowhere"})) == {}
