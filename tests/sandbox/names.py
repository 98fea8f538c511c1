"""What cells see in these tests: the host itself, and a function of its own for each method."""

from __future__ import annotations

from typing import Any


def names(host: Any) -> dict[str, Any]:
    def echo(value: Any) -> Any:
        return host.call("echo", value)

    def ask(prompt: str) -> str:
        return host.call("ask", prompt)

    return {"host": host, "echo": echo, "ask": ask}
