"""The extension in a real editor: explain, open a citation, ask, cancel, and every way to be without a server."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="needs the dependency group e2e: `make e2e` installs it")

from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e import workbench
from tests.e2e.conftest import ENVIRON
from tests.e2e.workbench import CHECKOUT, CodeServer, Window
from tests.lm.messages_server import Hang, MessagesServer, Say, call, say
from tests.lsp.conftest import make_shop
from tests.processes import children_of, eventually

pytestmark = pytest.mark.workbench

SERVER = str(Path(sys.executable).with_name("rlm-code-lsp"))

Start = Callable[..., Window]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real project: this one, as its last commit has it."""
    root = tmp_path_factory.mktemp("project") / "rlm-code"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", CHECKOUT, root], env=ENVIRON, check=True)
    return root


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=workbench.PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def start(
    programs: Path, vsix: Path, project: Path, browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Start]:
    """Opens the project in a fresh editor: `start(settings={…}, environ={…})`."""
    running: list[CodeServer] = []
    windows: list[Window] = []

    def begin(
        root: Path = project,
        *,
        settings: Mapping[str, Any] | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> Window:
        home = tmp_path / f"home{len(running)}"
        chosen = {"rlm-code.serverCommand": [SERVER]} if settings is None else settings
        server = CodeServer(programs, home, vsix, chosen, environ)
        running.append(server)
        name = request.node.name.removeprefix("test_")[:40]
        windows.append(Window(browser, server, root, name))
        return windows[-1]

    yield begin
    if windows and request.session.testsfailed:
        windows[-1].screenshot("at-the-end")
    for window in windows:
        window.close()
    for server in running:
        server.stop()


def workers_of(window: Window) -> dict[int, str]:
    """The processes in which the language server has the model's code run."""
    (server,) = [pid for pid, line in window.server.processes().items() if "rlm-code-lsp" in line]
    return children_of(server)


def test_a_folder_is_explained_and_a_citation_opens_its_lines(start: Start, project: Path) -> None:
    window = start()
    window.context_menu(window.in_explorer("rlm_code"), "Explain This Subsystem")
    answer = window.answer()
    expect(answer.locator("h1")).to_have_text("Explain rlm_code")
    expect(answer.locator("footer")).to_contain_text("without a key")
    expect(answer.locator("main")).to_contain_text("rlm_code/ holds")
    window.screenshot("explained")

    item = answer.locator("section ol li").first
    item.locator("summary").click(position={"x": 4, "y": 8})
    quote = item.locator("pre").inner_text()
    link = item.locator("a")
    path, _, lines = link.inner_text().rpartition(":")
    last = re.findall(r"\d+", lines)[-1]
    link.click()
    expect(window.open_tab()).to_have_attribute("data-resource-name", Path(path).name)
    expect(window.status_bar("Ln ")).to_contain_text(f"Ln {last}, Col")
    assert window.selected_text() == quote
    window.screenshot("citation-open")


def test_a_file_of_the_explorer_and_the_name_at_the_cursor(start: Start, tmp_path: Path) -> None:
    window = start(make_shop(tmp_path))
    window.in_explorer("pkg").click()
    window.in_explorer("shop.py").click()
    expect(window.open_tab()).to_have_attribute("data-resource-name", "shop.py")
    window.go_to(6, 30)
    window.context_menu(window.in_explorer("shop.py"), "Explain This Subsystem")
    expect(window.answer().locator("h1")).to_have_text("Explain pkg/shop.py")
    expect(window.answer().locator("main")).to_contain_text("pkg/shop.py is a python file")
    window.screenshot("file")
    window.close_tab()
    window.in_explorer("shop.py").dblclick()
    window.go_to(6, 30)
    window.run_command("RLM Code: Explain This Subsystem")
    expect(window.answer().locator("h1")).to_have_text("Explain charge_card in pkg/shop.py")
    expect(window.answer().locator("main")).to_contain_text("charge_card (pkg/payments.py:12) is a function")
    window.screenshot("symbol")


def test_an_ask_streams_and_a_cancel_stops_it(start: Start) -> None:
    talk = "I will look at where the command line is defined, and then at who calls it. " * 20

    def answer(body: dict[str, Any]) -> Say | Hang:
        first = len(body["messages"]) == 1
        return say(talk, call("python", code="print(repo.overview)"), every_s=0.3) if first else Hang()

    with MessagesServer(answer) as claude:
        window = start(environ={"ANTHROPIC_API_KEY": claude.key, "ANTHROPIC_BASE_URL": claude.url})
        window.run_command("RLM Code: Ask About the Repository")
        window.type_into_input_box("Ask about rlm-code", "How does the command line find its verb?")
        page = window.answer()
        expect(page.locator("h1")).to_have_text("How does the command line find its verb?")
        expect(page.locator(".step")).to_contain_text("I will look at where the command line is defined")
        window.screenshot("streaming")
        assert workers_of(window)
        window.notification_button("Cancel").click()
        expect(page.locator("[role=alert]")).to_contain_text("cancelled")
        expect(page.locator("[role=status]")).to_have_count(0)
        window.screenshot("cancelled")
        eventually(lambda: not workers_of(window))


def test_without_a_server_the_editor_offers_to_install_it_and_then_answers(start: Start) -> None:
    window = start(settings={})
    window.run_command("RLM Code: Ask About the Repository")
    expect(window.notification("its server is not installed")).to_be_visible()
    window.screenshot("no-server")
    window.notification_button("Install the Server").click()
    expect(window.notification("the server is installed and running")).to_be_visible(timeout=600_000)
    window.run_command("RLM Code: Ask About the Repository")
    window.type_into_input_box("Ask about rlm-code", "Where is VERBS defined?")
    expect(window.answer().locator("main")).to_contain_text("rlm_code/cli/main.py")
    window.screenshot("answered")


def test_an_untrusted_folder_is_not_read(start: Start) -> None:
    trust = {"security.workspace.trust.enabled": True, "security.workspace.trust.startupPrompt": "never"}
    window = start(settings={"rlm-code.serverCommand": [SERVER], **trust})
    window.run_command("RLM Code: Ask About the Repository")
    expect(window.notification("this folder is not trusted")).to_be_visible()
    window.screenshot("untrusted")


def test_a_server_that_does_not_start_is_said(start: Start) -> None:
    window = start(settings={"rlm-code.serverCommand": ["/nowhere/rlm-code-lsp"]})
    expect(window.notification("/nowhere/rlm-code-lsp")).to_be_visible()
    window.screenshot("no-such-server")
