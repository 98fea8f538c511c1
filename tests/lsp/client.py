"""A client of the language server that speaks plain JSON over a real process's standard input and output."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

OWN_VARIABLES = ("RLM_CODE_", "ANTHROPIC_", "OPENAI_", "GIT_", "XDG_")


class ResponseError(Exception):
    """What the server answered instead of a result."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.code: int = error["code"]
        self.message: str = error["message"]
        self.data: Any = error.get("data")


class Client:
    """One server process. `heard` are its notifications and requests in order; requests of its own get null."""

    def __init__(
        self, root: Path, home: Path, environ: Mapping[str, str] | None = None, under: Sequence[str] = ()
    ) -> None:
        self.root = root
        self.heard: list[dict[str, Any]] = []
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OWN_VARIABLES)}
        self.process = subprocess.Popen(
            [*under, sys.executable, "-P", "-m", "rlm_code_lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=home,
            env=clean | {"HOME": str(home)} | dict(environ or {}),
        )
        self._open: list[Any] = []
        self._responses: dict[int, dict[str, Any]] = {}
        self._changed = threading.Condition()
        self._ids = itertools.count(1)
        self._log: list[bytes] = []
        self._threads = [
            threading.Thread(target=self._read, daemon=True),
            threading.Thread(target=self._read_log, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def log(self) -> str:
        """What the server has written to its standard error."""
        return b"".join(self._log).decode()

    def initialize(self, capabilities: Mapping[str, Any] | None = None) -> Any:
        """Connect with `root` open, and return what the server says of itself."""
        result = self.request("initialize", self.initialize_params(capabilities))
        self.notify("initialized", {})
        return result

    def initialize_params(self, capabilities: Mapping[str, Any] | None = None) -> dict[str, Any]:
        folders = [{"uri": self.root.as_uri(), "name": self.root.name}]
        return {"processId": None, "rootUri": None, "capabilities": capabilities or {}, "workspaceFolders": folders}

    def request(self, method: str, params: Any, within_s: float = 120.0) -> Any:
        """The result of a request; raises ResponseError for an error."""
        return self.wait(self.send(method, params), within_s)

    def send(self, method: str, params: Any) -> int:
        """Send a request without waiting; the id that `wait` and `cancel` take."""
        number = next(self._ids)
        self.write({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return number

    def wait(self, number: int, within_s: float = 120.0) -> Any:
        """The result of a request that was sent."""
        response = self._wait(lambda: self._responses.get(number), within_s, f"no response to request {number}")
        if "error" in response:
            raise ResponseError(response["error"])
        return response["result"]

    def cancel(self, number: int) -> None:
        self.notify("$/cancelRequest", {"id": number})

    def notify(self, method: str, params: Any) -> None:
        self.write({"jsonrpc": "2.0", "method": method, "params": params})

    def wait_for(self, method: str, within_s: float = 120.0, **params: Any) -> Any:
        """The params of the first notification of `method` that hold `params`."""

        def find() -> Any:
            for message in self.heard:
                if message["method"] == method and params.items() <= message["params"].items():
                    return message["params"]
            return None

        return self._wait(find, within_s, f"no {method} with {params}")

    def outputs(self, token: str) -> list[dict[str, Any]]:
        """What `rlmCode/output` said under a token."""
        params = [message["params"] for message in self.heard if message["method"] == "rlmCode/output"]
        return [output for output in params if output["token"] == token]

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def document(self, path: str) -> dict[str, Any]:
        return {"textDocument": {"uri": self.uri(path)}}

    def at(self, path: str, needle: str, text: str | None = None) -> dict[str, Any]:
        """The position of the first `needle` in a file, or in `text`, in UTF-16 units."""
        text = (self.root / path).read_text() if text is None else text
        before = text[: text.index(needle)]
        line = before.rpartition("\n")[2]
        character = len(line.encode("utf-16-le")) // 2
        return self.document(path) | {"position": {"line": before.count("\n"), "character": character}}

    def open(self, path: str, text: str) -> None:
        document = {"uri": self.uri(path), "languageId": "python", "version": 1, "text": text}
        self._open.append(document["uri"])
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, path: str, text: str, version: int = 2) -> None:
        document = {"uri": self.uri(path), "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def close(self, path: str) -> None:
        self._open.remove(self.uri(path))
        self.notify("textDocument/didClose", self.document(path))

    def show(self, root: Path) -> None:
        """Have only `root` open from now on, and no document."""
        for uri in self._open:
            self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        self._open.clear()
        self.heard.clear()
        if root != self.root:
            self.change_folders([root], [self.root])
        self.root = root

    def change_folders(self, added: Sequence[Path] = (), removed: Sequence[Path] = ()) -> None:
        """Open and close folders."""
        event = {
            name: [{"uri": each.as_uri(), "name": each.name} for each in folders]
            for name, folders in (("added", added), ("removed", removed))
        }
        self.notify("workspace/didChangeWorkspaceFolders", {"event": event})

    def stop(self) -> int:
        """Leave as the protocol asks, and return the server's exit status."""
        if self.process.poll() is None:
            self.request("shutdown", None)
            self.notify("exit", None)
        return self.left()

    def left(self, within_s: float = 120.0) -> int:
        """The exit status of a server that ends by itself; one that does not is killed, and that is an error."""
        try:
            status = self.process.wait(within_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            for thread in self._threads:
                thread.join(5)
            for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
                if stream:
                    stream.close()
        return status

    def write(self, message: Any) -> None:
        """Send any message at all."""
        body = json.dumps(message).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> None:
        stdout = self.process.stdout
        assert stdout
        while header := stdout.readline():
            length = int(header.removeprefix(b"Content-Length: "))
            while stdout.readline().strip():
                pass
            self._take(json.loads(stdout.read(length)))

    def _take(self, message: dict[str, Any]) -> None:
        if "method" in message and "id" in message:
            self.write({"jsonrpc": "2.0", "id": message["id"], "result": None})
        with self._changed:
            if "method" in message:
                self.heard.append(message)
            else:
                self._responses[message["id"]] = message
            self._changed.notify_all()

    def _read_log(self) -> None:
        assert self.process.stderr
        self._log.extend(self.process.stderr)

    def _wait(self, found: Callable[[], Any], within_s: float, otherwise: str) -> Any:
        deadline = time.monotonic() + within_s
        with self._changed:
            while (result := found()) is None:
                left = deadline - time.monotonic()
                ended = self.process.poll() is not None
                assert left > 0 and not ended, (
                    f"{otherwise}; the server {'has ended' if ended else 'runs'}:\n{self.log}"
                )
                self._changed.wait(min(left, 0.5))
        return result
