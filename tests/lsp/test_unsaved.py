"""Unsaved buffers are seen by every answer, and so is what changes on disk."""

from __future__ import annotations

from tests.conftest import write_files
from tests.lsp.client import Client
from tests.lsp.conftest import SHOP, Connect

EDITED = SHOP["pkg/shop.py"].replace(
    "def checkout", "# a form feed \x0c ends no line, nor does \u2028\ndef refund(card):\n    pass\n\n\ndef checkout"
)


def names(client: Client, path: str = "pkg/shop.py") -> list[str]:
    found = client.request("textDocument/documentSymbol", client.document(path))
    return [symbol["name"] for symbol in found or []]


def test_every_request_sees_the_buffer(connect: Connect) -> None:
    client = connect()
    assert names(client) == ["checkout"]
    client.open("pkg/shop.py", SHOP["pkg/shop.py"])
    client.change("pkg/shop.py", EDITED)
    assert names(client) == ["refund", "checkout"]
    found = client.request("workspace/symbol", {"query": "refund"})
    assert found[0]["location"]["range"]["start"] == {"line": 4, "character": 4}
    definition = client.request("textDocument/definition", client.at("pkg/shop.py", "charge_card(card, 100)", EDITED))
    assert definition[0]["uri"] == client.uri("pkg/payments.py")
    references = client.request(
        "textDocument/references",
        client.at("pkg/payments.py", "charge_card(card:") | {"context": {"includeDeclaration": False}},
    )
    assert references[-1]["range"]["start"] == {"line": 10, "character": 24}


def test_an_answer_cites_the_buffer_without_a_commit(connect: Connect) -> None:
    client = connect()
    client.open("pkg/shop.py", EDITED)
    answer = client.request("rlmCode/ask", {"question": "Where is refund defined?"})
    (citation,) = [citation for citation in answer["citations"] if citation["path"] == "pkg/shop.py"]
    assert citation["start_line"] == 5
    assert citation["quote"].startswith("def refund(card):")
    assert citation["commit"] is None


def test_a_closed_buffer_is_gone(connect: Connect) -> None:
    client = connect()
    client.open("pkg/shop.py", EDITED)
    assert "refund" in names(client)
    client.close("pkg/shop.py")
    assert names(client) == ["checkout"]


def test_a_file_that_was_never_saved_is_part_of_the_code(connect: Connect) -> None:
    client = connect()
    client.open("pkg/new.py", "from pkg.payments import charge_card\n\n\ndef gift(card):\n    charge_card(card, 5)\n")
    params = client.at("pkg/payments.py", "charge_card(card:") | {"context": {"includeDeclaration": False}}
    assert client.uri("pkg/new.py") in {found["uri"] for found in client.request("textDocument/references", params)}


def test_what_git_ignores_stays_out_even_when_it_is_open(connect: Connect) -> None:
    client = connect()
    write_files(client.root, {"build/made.py": "def made():\n    pass\n"})
    client.open("build/made.py", "def made_up():\n    pass\n")
    assert client.request("workspace/symbol", {"query": "made"}) == []
    assert client.request("textDocument/documentSymbol", client.document("build/made.py")) is None


def test_a_saved_file_is_seen_at_once(connect: Connect) -> None:
    client = connect()
    assert names(client) == ["checkout"]
    write_files(client.root, {"pkg/shop.py": EDITED, "pkg/extra.py": "def extra():\n    pass\n"})
    client.notify("textDocument/didSave", client.document("pkg/shop.py"))
    assert names(client) == ["refund", "checkout"]
    assert names(client, "pkg/extra.py") == ["extra"]


def test_watched_files_are_asked_for_and_heard_of(connect: Connect) -> None:
    watching = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    client = connect(capabilities=watching)
    registered = client.wait_for("client/registerCapability")
    assert registered["registrations"][0]["method"] == "workspace/didChangeWatchedFiles"
    assert names(client) == ["checkout"]
    write_files(client.root, {"pkg/shop.py": EDITED})
    changes = {"changes": [{"uri": client.uri("pkg/shop.py"), "type": 2}]}
    client.notify("workspace/didChangeWatchedFiles", changes)
    assert names(client) == ["refund", "checkout"]


def test_a_subfolder_of_a_repository_may_be_open(connect: Connect, tmp_path: object) -> None:
    first = connect()
    client = connect(first.root / "pkg")
    uri = {"textDocument": {"uri": (first.root / "pkg/shop.py").as_uri()}}
    assert client.request("textDocument/documentSymbol", uri)[0]["name"] == "checkout"
    answer = client.request("rlmCode/explain", uri)
    assert answer["repository"] == str(first.root)


def test_a_folder_may_be_reached_through_a_link(connect: Connect) -> None:
    first = connect()
    link = first.root.parent / "link"
    link.symlink_to(first.root)
    client = connect(link)
    client.open("pkg/shop.py", EDITED)
    assert names(client) == ["refund", "checkout"]
