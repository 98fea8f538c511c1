"""workspace/symbol."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import write_files
from tests.lsp.client import Client


def test_a_part_of_a_name_in_any_case(client: Client) -> None:
    found = client.request("workspace/symbol", {"query": "CHARGE"})
    assert {symbol["name"] for symbol in found} == {"charge", "charge_card"}
    assert all(symbol["location"]["uri"] == client.uri("pkg/payments.py") for symbol in found)


def test_an_unknown_name_gives_an_empty_list(client: Client) -> None:
    assert client.request("workspace/symbol", {"query": "nobody_defines_this"}) == []


def test_folders_that_come_and_go_are_followed(own: Client, tmp_path: Path) -> None:
    write_files(tmp_path / "library", {"lib.py": "def charge_battery():\n    pass\n"})
    folder = {"uri": (tmp_path / "library").as_uri(), "name": "library"}

    def charging() -> set[str]:
        return {symbol["name"] for symbol in own.request("workspace/symbol", {"query": "charge_"})}

    assert charging() == {"charge_card"}
    own.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [folder], "removed": []}})
    assert charging() == {"charge_card", "charge_battery"}
    own.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [folder]}})
    assert charging() == {"charge_card"}
