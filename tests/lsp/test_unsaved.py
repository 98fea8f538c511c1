"""Unsaved buffers are seen by every answer, and so is what changes on disk."""

from __future__ import annotations

import contextlib
from pathlib import Path

from tests.conftest import write_files
from tests.lsp.client import Client
from tests.lsp.conftest import SHOP
from tests.processes import eventually

EDITED = SHOP["pkg/shop.py"].replace(
    "def checkout", "# a form feed \x0c ends no line, nor does \u2028\ndef refund(card):\n    pass\n\n\ndef checkout"
)
EMPTY = {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 0}}


def names(client: Client, path: str = "pkg/shop.py") -> list[str]:
    found = client.request("textDocument/documentSymbol", client.document(path))
    return [symbol["name"] for symbol in found or []]


def test_every_request_sees_the_buffer(own: Client) -> None:
    assert names(own) == ["checkout"]
    own.open("pkg/shop.py", SHOP["pkg/shop.py"])
    own.change("pkg/shop.py", EDITED)
    assert names(own) == ["refund", "checkout"]
    found = own.request("workspace/symbol", {"query": "refund"})
    assert found[0]["location"]["range"]["start"] == {"line": 4, "character": 4}
    definition = own.request("textDocument/definition", own.at("pkg/shop.py", "charge_card(card, 100)", EDITED))
    assert definition[0]["uri"] == own.uri("pkg/payments.py")
    references = own.request(
        "textDocument/references",
        own.at("pkg/payments.py", "charge_card(card:") | {"context": {"includeDeclaration": False}},
    )
    assert references[-1]["range"]["start"] == {"line": 10, "character": 24}


def test_an_answer_cites_the_buffer_without_a_commit(own: Client) -> None:
    own.open("pkg/shop.py", EDITED)
    answer = own.request("rlmCode/ask", {"question": "Where is refund defined?"})
    (citation,) = [citation for citation in answer["citations"] if citation["path"] == "pkg/shop.py"]
    assert citation["start_line"] == 5
    assert citation["quote"].startswith("def refund(card):")
    assert citation["commit"] is None


def test_a_closed_buffer_is_gone(own: Client) -> None:
    own.open("pkg/shop.py", EDITED)
    assert "refund" in names(own)
    own.close("pkg/shop.py")
    assert names(own) == ["checkout"]


def test_a_file_that_was_never_saved_is_part_of_the_code(own: Client) -> None:
    own.open("pkg/new.py", "from pkg.payments import charge_card\n\n\ndef gift(card):\n    charge_card(card, 5)\n")
    params = own.at("pkg/payments.py", "charge_card(card:") | {"context": {"includeDeclaration": False}}
    assert own.uri("pkg/new.py") in {found["uri"] for found in own.request("textDocument/references", params)}


def test_what_git_ignores_stays_out_even_when_it_is_open(own: Client) -> None:
    write_files(own.root, {"build/made.py": "def made():\n    pass\n"})
    own.open("build/made.py", "def made_up():\n    pass\n")
    assert own.request("workspace/symbol", {"query": "made"}) == []
    assert own.request("textDocument/documentSymbol", own.document("build/made.py")) is None


def test_a_saved_file_is_seen_at_once(own: Client) -> None:
    assert names(own) == ["checkout"]
    write_files(own.root, {"pkg/shop.py": EDITED, "pkg/extra.py": "def extra():\n    pass\n"})
    own.notify("textDocument/didSave", own.document("pkg/shop.py"))
    assert names(own) == ["refund", "checkout"]
    assert names(own, "pkg/extra.py") == ["extra"]


def test_a_file_that_changes_on_disk_is_heard_of(own: Client) -> None:
    assert names(own) == ["checkout"]
    write_files(own.root, {"pkg/shop.py": EDITED})
    changes = {"changes": [{"uri": own.uri("pkg/shop.py"), "type": 2}]}
    own.notify("workspace/didChangeWatchedFiles", changes)
    assert names(own) == ["refund", "checkout"]


def watched(pid: int) -> set[int]:
    """The inodes of the folders that a process watches."""
    found: set[int] = set()
    for descriptor in Path(f"/proc/{pid}/fdinfo").iterdir():
        with contextlib.suppress(OSError):  # it was closed meanwhile
            lines = descriptor.read_text().splitlines()
            found |= {int(line.split("ino:")[1].split()[0], 16) for line in lines if line.startswith("inotify wd:")}
    return found


def test_a_file_that_changes_without_a_word_is_seen(own: Client) -> None:
    assert names(own) == ["checkout"]
    eventually(lambda: (own.root / "pkg").stat().st_ino in watched(own.process.pid))
    write_files(own.root, {"pkg/loose.py": "def before():\n    pass\n"})
    eventually(lambda: names(own, "pkg/loose.py") == ["before"])
    for number in range(20):
        write_files(own.root, {"pkg/loose.py": f"def after_{number}():\n    pass\n"})
        assert names(own, "pkg/loose.py") == [f"after_{number}"]


def test_a_subfolder_of_a_repository_may_be_open(own: Client) -> None:
    root = own.root
    own.show(root / "pkg")
    assert names(own, "shop.py") == ["checkout"]
    assert own.request("rlmCode/explain", own.document("shop.py"))["repository"] == str(root)


def test_a_folder_may_be_reached_through_a_link(own: Client) -> None:
    link = own.root.parent / "link"
    link.symlink_to(own.root)
    real = own.root
    own.show(link)
    own.open("pkg/shop.py", EDITED)
    assert names(own) == ["refund", "checkout"]
    (definition,) = own.request("textDocument/definition", own.at("pkg/shop.py", "charge_card(card, 100)", EDITED))
    assert definition["uri"] == own.uri("pkg/payments.py"), "a client that goes to the real path would leave its folder"
    by_real_path = {"textDocument": {"uri": (real / "pkg/shop.py").as_uri()}}
    assert len(own.request("textDocument/documentSymbol", by_real_path)) == 2


def test_a_file_may_be_reached_through_a_link(own: Client) -> None:
    (own.root / "pkg/linked.py").symlink_to("shop.py")
    own.open("pkg/linked.py", EDITED)
    assert names(own, "pkg/linked.py") == names(own, "pkg/shop.py") == ["refund", "checkout"]


def test_a_file_of_the_repository_outside_the_open_folder_is_known_too(own: Client) -> None:
    write_files(own.root, {"tools/run.py": "def run():\n    pass\n"})
    root = own.root
    own.show(root / "pkg")
    assert names(own, "shop.py") == ["checkout"]
    assert names(own, "../tools/run.py") == ["run"]


def test_what_is_in_the_folder_of_git_itself_is_no_code(own: Client) -> None:
    own.open(".git/rebase-merge/git-rebase-todo", "pick 1 first\n")
    assert names(own) == ["checkout"]


def test_of_a_binary_file_nothing_is_known(own: Client) -> None:
    (own.root / "pkg/logo.bin").write_bytes(b"a\n\n\0")
    place = own.document("pkg/logo.bin") | {"position": {"line": 2, "character": 0}}
    assert own.request("textDocument/hover", place) is None
    assert own.request("rlmCode/explain", own.document("pkg/logo.bin") | {"range": EMPTY})["status"]


def test_a_name_with_a_number_sign_is_part_of_the_name(own: Client) -> None:
    own.open("pkg/c#%41.py", "def sharp():\n    pass\n")
    assert names(own, "pkg/c#%41.py") == ["sharp"]
