"""workspace/symbol."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import write_files
from tests.lsp.client import Client


def test_a_part_of_a_name_in_any_case(client: Client) -> None:
    found = client.request("workspace/symbol", {"query": "CHARGE"})
    assert {symbol["name"] for symbol in found} == {"charge", "charge_card"}
    assert all(symbol["location"]["uri"] == client.uri("pkg/payments.py") for symbol in found)


def test_the_letters_of_a_name_with_gaps_the_closest_names_first(own: Client) -> None:
    names = ("send_single_request", "resend", "sender", "send", "s_e_n_d")
    write_files(own.root, {"pkg/send.py": "".join(f"def {name}():\n    pass\n\n\n" for name in names)})

    def named(query: str) -> list[str]:
        return [symbol["name"] for symbol in own.request("workspace/symbol", {"query": query})]

    assert named("send") == ["send", "sender", "send_single_request", "resend", "s_e_n_d"]
    assert named("Send Single") == named("ssr") == ["send_single_request"]


def test_an_unknown_name_gives_an_empty_list(client: Client) -> None:
    assert client.request("workspace/symbol", {"query": "nobody_defines_this"}) == []


def charging(client: Client) -> list[str]:
    return [symbol["name"] for symbol in client.request("workspace/symbol", {"query": "charge_"})]


def test_folders_that_come_and_go_are_followed(own: Client, tmp_path: Path) -> None:
    library = tmp_path / "c# and 100%"
    write_files(library, {"lib.py": "def charge_battery():\n    pass\n"})
    assert charging(own) == ["charge_card"]
    own.change_folders(added=[library])
    assert charging(own) == ["charge_card", "charge_battery"]
    own.change_folders(removed=[library])
    assert charging(own) == ["charge_card"]


def test_two_folders_of_one_repository_say_everything_once(own: Client) -> None:
    own.change_folders(added=[own.root / "pkg"])
    assert charging(own) == ["charge_card"]
    own.change_folders(removed=[own.root / "pkg"])


def test_a_folder_that_cannot_be_looked_at_is_told_of_beside_the_others(own: Client, tmp_path: Path) -> None:
    own.change_folders(added=[tmp_path / "gone"])
    assert charging(own) == ["charge_card"]
    assert "gone does not exist" in own.wait_for("window/showMessage", type=2)["message"]
    own.change_folders(removed=[tmp_path / "gone"])
