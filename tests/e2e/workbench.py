"""A real editor for tests: code-server and Chromium, the extension as it is shipped, a profile made for the day.

`install_workbench.sh` brings the programs. Screenshots are kept in `tests/e2e/output/`.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FrameLocator, Locator, Page
from playwright.sync_api import TimeoutError as TooLate

from tests.processes import descendants_of

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
EXTENSION = CHECKOUT / "vscode-extension"
OUTPUT = HERE / "output"
PATIENCE_MS = 180_000
OWN_VARIABLES = ("RLM_CODE_", "ANTHROPIC_", "OPENAI_", "GIT_", "XDG_", "VSCODE_")

QUIET = {
    "telemetry.telemetryLevel": "off",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "chat.commandCenter.enabled": False,
    "security.workspace.trust.enabled": False,
    "git.openRepositoryInParentFolders": "never",
    "git.autofetch": False,
    "extensions.ignoreRecommendations": True,
    "explorer.compactFolders": False,
}


def environment_of_the_person(environ: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment without settings of ours."""
    return {name: value for name, value in environ.items() if not name.startswith(OWN_VARIABLES)}


def build_extension(bin_folder: Path, environ: Mapping[str, str]) -> Path:
    """Build the .vsix as it is shipped, with the tools that the lockfile names, and return its path."""
    environ = {**environ, "PATH": f"{bin_folder}{os.pathsep}{environ['PATH']}", "PYTHON": sys.executable}
    npm = [str(bin_folder / "npm"), "--silent"]
    installed, wanted = EXTENSION / "node_modules/.package-lock.json", EXTENSION / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime:
        subprocess.run([*npm, "ci"], cwd=EXTENSION, env=environ, check=True, timeout=600)
        installed.touch()
    for made in EXTENSION.glob("*.vsix"):
        made.unlink()
    subprocess.run([*npm, "run", "package"], cwd=EXTENSION, env=environ, check=True, timeout=600)
    (vsix,) = EXTENSION.glob("*.vsix")
    return vsix


class CodeServer:
    """One code-server with a profile of its own. Ends with `stop`."""

    def __init__(
        self,
        bin_folder: Path,
        home: Path,
        vsix: Path,
        settings: Mapping[str, Any],
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home
        profile = home / "profile"
        (profile / "User").mkdir(parents=True)
        self._settings = profile / "User/settings.json"
        self._settings.write_text(json.dumps(QUIET | dict(settings)))
        config = home / ".config/rlm-code/config.toml"
        config.parent.mkdir(parents=True)
        config.write_text(f"[limits]\ncell_seconds = {PATIENCE_MS // 1000}\n")
        base = environment_of_the_person(os.environ)
        self._environ = base | {"HOME": str(home)} | dict(environ or {})
        folders = ["--user-data-dir", str(profile), "--extensions-dir", str(home / "extensions")]
        self._command = [str(bin_folder / "code-server"), *folders]
        self._run("--install-extension", str(vsix))
        self._log = (home / "code-server.log").open("wb")
        options = ["--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry"]
        more = ["--disable-update-check", "--reconnection-grace-time", "10"]
        # A test run that is killed must not leave an editor behind.
        dies_with_us = ["setpriv", "--pdeathsig", "TERM"]
        self._process = subprocess.Popen(
            [*dies_with_us, *self._command, *options, *more],
            cwd=home,
            env=self._environ,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.port = self._port_when_it_answers()

    def _run(self, *arguments: str) -> None:
        done = subprocess.run(
            [*self._command, *arguments],
            cwd=self.home,
            env=self._environ,
            capture_output=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def _port_when_it_answers(self) -> int:
        """The port that it has chosen, as its log says once it listens."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while True:
            log = (self.home / "code-server.log").read_text()
            if listening := re.search(r"HTTP server listening on http://127\.0\.0\.1:(\d+)/", log):
                return int(listening[1])
            assert self._process.poll() is None and time.monotonic() < deadline, log
            time.sleep(0.1)

    def processes(self) -> dict[int, str]:
        """The processes below this one: their command lines by id."""
        return descendants_of(self._process.pid)

    def stop(self) -> None:
        """End it and every process below it."""
        processes = [self._process.pid, *self.processes()]
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        for pid in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(10)
        self._log.close()


class Window:
    """The editor in one browser window, with the words people use for its parts."""

    def __init__(self, browser: Browser, server: CodeServer, folder: Path, name: str) -> None:
        self.server = server
        self.name = name
        self._shots = 0
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()
        self.page.goto(f"http://127.0.0.1:{server.port}/?folder={folder}", timeout=PATIENCE_MS)
        self.page.locator(".explorer-folders-view .monaco-list-row").first.wait_for()

    def close(self) -> None:
        self.page.context.close()

    def in_explorer(self, name: str) -> Locator:
        """The row of a file or folder in the Explorer."""
        label = self.page.locator(".explorer-folders-view .label-name", has_text=re.compile(f"^{re.escape(name)}$"))
        return label.first

    def context_menu(self, row: Locator, item: str) -> None:
        """Click an item of a row's context menu; a menu that was opened too early lacks those of extensions."""
        wanted = self.page.locator(".context-view .action-label", has_text=re.compile(f"^{re.escape(item)}"))
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while True:
            row.click(button="right")
            self.page.locator(".context-view .action-label").first.wait_for()
            if wanted.count():
                with contextlib.suppress(TooLate):  # the menu closed
                    wanted.click(timeout=10_000)
                    return
            assert time.monotonic() < deadline, f"there is no item {item}"
            self.page.keyboard.press("Escape")
            self.page.wait_for_timeout(500)

    def run_command(self, title: str) -> None:
        """Run a command from the palette."""
        self._pick(f">{title}", title)

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor somewhere in the active editor."""
        self._pick(f":{line}:{column}", f"Press 'Enter' to go to line {line} at column {column}.")
        self.status_bar(f"Ln {line}, ").wait_for()

    def _pick(self, typed: str, row: str) -> None:
        """Type into the palette and take a row of it. A palette that was opened too early lacks the commands of
        extensions, and one that is opened while another closes may close as well."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while True:
            assert time.monotonic() < deadline, f"there is no row {row}"
            self.page.keyboard.press("Escape")
            self.page.keyboard.press("F1")
            with contextlib.suppress(TooLate):
                self.page.locator(".quick-input-widget input").fill(typed, timeout=10_000)
                self.page.locator(".quick-input-list").get_by_text(row, exact=True).first.click(timeout=10_000)
                return

    def close_tab(self) -> None:
        """Close the tab that has the focus."""
        self.run_command("View: Close Editor")

    def type_into_input_box(self, title: str, text: str) -> None:
        """Answer the input box called `title`."""
        self.page.locator(".quick-input-title", has_text=title).wait_for()
        self.page.locator(".quick-input-widget input").fill(text)
        self.page.keyboard.press("Enter")

    def answer(self) -> FrameLocator:
        """The page of the answer that is shown."""
        return self.page.frame_locator("iframe.webview.ready").frame_locator("iframe#active-frame")

    def notification_button(self, label: str) -> Locator:
        """A button of a notification."""
        return self.page.locator(".notifications-toasts .monaco-button", has_text=re.compile(f"^{re.escape(label)}$"))

    def notification(self, text: str) -> Locator:
        """A notification that says `text`."""
        return self.page.locator(".notifications-toasts .notification-list-item-message", has_text=text)

    def open_tab(self) -> Locator:
        """The tab of the active editor group's open file."""
        return self.page.locator(".editor-group-container.active .tab.active")

    def selected_text(self) -> str:
        """What is selected in the active editor, through the clipboard as a person gets it."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.keyboard.press("Control+C")
        text: str = self.page.evaluate("navigator.clipboard.readText()")
        return text.replace("\r\n", "\n")

    def status_bar(self, label: str) -> Locator:
        """The entry of the status bar that screen readers call `label`."""
        return self.page.locator(f".statusbar-item-label[aria-label^='{label}']")

    def screenshot(self, what: str) -> Path:
        """Keep a picture of the window as it is."""
        OUTPUT.mkdir(exist_ok=True)
        self._shots += 1
        path = OUTPUT / f"{self.name}-{self._shots}-{what}.png"
        self.page.screenshot(path=path)
        return path
