"""A worker that lies: nothing it sends is believed, and the host goes on with another."""

# ruff: noqa: E501 - a line is a lie

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rlm_code.errors import SandboxError
from rlm_code.sandbox import CellResult, Sandbox, open_sandbox
from tests.sandbox.conftest import namespace

# What an attacker who found the wire would write first.
PRELUDE = """
import os, json, struct, gc
def raw(data):
    rest = memoryview(data)
    while rest: rest = rest[os.write(host._pipes._write_fd, rest):]
def frame(header, blob=b""):
    head = header if isinstance(header, bytes) else json.dumps(header).encode()
    raw(struct.pack(">II", len(head), len(blob)) + head + blob)
def done(blob=b"", **changes):
    fields = {"t": "done", "k": host.nonce, "status": "ok", "length": 0, "value": "forged", "error": None, "names": []}
    frame({**fields, **changes}, blob)
"""

KILLED = {
    "garbage": "raw(b'garbage garbage garbage')",
    "a frame that is too long": "raw(struct.pack('>II', 2**31, 0))",
    "a blob that is too long": "raw(struct.pack('>II', 10, 2**31))",
    "an empty frame": "raw(struct.pack('>II', 0, 0))",
    "a header that is no JSON": "frame(b'{')",
    "a header that is no object": "frame([1])",
    "a header that is no ASCII": "frame('{\"ä\": 1}'.encode())",
    "deep nesting": "frame(b'[' * 1_000_000)",
    "many items": "frame(b'[' + b'0,' * 3_000_000 + b'0]')",
    "many dicts": "frame(b'[' + b'{},' * 2_000_000 + b'0]')",
    "as many dicts as may be": "frame(b'[' + b'{},' * 120_000 + b'0]')",
    "as many lists as may be": "frame(b'[' + b'[],' * 120_000 + b'0]')",
    "as many keys as may be": "frame(('{' + ''.join(f'\"{i}\":1.5,' for i in range(240_000)) + '\"x\":0}').encode())",
    "NaN": "frame({'t': 'call', 'k': host.nonce, 'm': 'echo', 'a': [float('nan')]})",
    "a number beyond floats": 'frame(b\'{"t":"call","m":"echo","a":[1e999],"k":"\' + host.nonce.encode() + b\'"}\')',
    "a very long integer": "frame(b'[' + b'9' * 1_000_000 + b']')",
    "a long integer": "frame({'t': 'call', 'k': host.nonce, 'm': 'echo', 'a': [10**30]})",
    "no nonce": "frame({'t': 'call', 'm': 'echo', 'a': [1]})",
    "a wrong nonce": "frame({'t': 'call', 'k': '0' * 32, 'm': 'echo', 'a': [1]})",
    "a nonce that is no text": "frame({'t': 'call', 'k': [host.nonce], 'm': 'echo', 'a': [1]})",
    "an unknown kind": "frame({'t': 'exec', 'k': host.nonce})",
    "a kind that is no text": "frame({'t': {}, 'k': host.nonce})",
    "a call without a method": "frame({'t': 'call', 'k': host.nonce, 'a': []})",
    "a method that is no text": "frame({'t': 'call', 'k': host.nonce, 'm': ['echo'], 'a': []})",
    "arguments that are no list": "frame({'t': 'call', 'k': host.nonce, 'm': 'echo', 'a': {'value': 1}})",
    "a module without a name": "frame({'t': 'module', 'k': host.nonce, 'm': 5})",
    "a second ready": "frame({'t': 'ready', 'k': host.nonce, 'report': {}})",
    "done with a strange status": "done(status='submitted')",
    "done with a length that is no number": "done(length='5')",
    "done with a negative length": "done(length=-5)",
    "done with a value that is no text": "done(value=['x'])",
    "done with a long value": "done(value='x' * 1_000_000)",
    "done with an error that is no text": "done(error=5)",
    "done with long output": "done(blob=b'x' * 1_000_000)",
    "done with names that are none": "done(names=['\\x1b[2J'])",
    "done with too many names": "done(names=['a'] * 1000)",
    "done with a long name": "done(names=['a' * 1000])",
    "done twice": "done()\ndone()",
    "done and more bytes": "done()\nraw(b'x')",
}


@pytest.fixture(scope="module")
def liar() -> Iterator[Sandbox]:
    sandbox = open_sandbox(namespace(), "confined", shown_chars=5000)
    yield sandbox
    sandbox.close()


def lie(sandbox: Sandbox, code: str, timeout_s: float = 60) -> CellResult:
    """The result of an attack on the wire, by a worker that still works."""
    assert sandbox.run(f"kept = 1\n{PRELUDE}", 5).status == "ok"
    return sandbox.run(code, timeout_s)


def _marks(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.slow] if name.startswith("as many") else []


@pytest.mark.parametrize("code", [pytest.param(code, id=name, marks=_marks(name)) for name, code in KILLED.items()])
def test_a_worker_that_breaks_the_rules_is_killed(code: str, liar: Sandbox) -> None:
    result = lie(liar, code + "\nwhile True: pass")
    if result.status == "ok":  # the end was forged; the next cell finds what came after it
        assert "done" in code
        result = liar.run("2", 0.5)
    assert result.status == "killed", result
    assert "done" in code or "kept" in result.lost
    assert liar.run("1 + 1", 5).value == "2"


def test_a_forged_end_is_nothing_but_an_end(liar: Sandbox) -> None:
    forged = lie(liar, "done(value='all good', blob=b'printed')")
    assert forged.status in ("ok", "killed")  # the real end may already be there
    assert liar.run("1", 5).status == "killed" or forged.status == "killed"
    assert liar.run("1 + 1", 5).value == "2"


def test_bytes_between_cells_are_noticed(liar: Sandbox) -> None:
    patch = "import rlm_code.sandbox.worker.client as c\nreal = os.read\nc.os.read = lambda *a: (raw(b'x' * 99), real(*a))[1]"
    first = lie(liar, patch)
    assert "killed" in (first.status, liar.run("1", 5).status)
    assert liar.run("1 + 1", 5).value == "2"


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import time\nraw(b'\\0\\0')\nwhile True: time.sleep(.01)", id="half a frame"),
        pytest.param("import time\nraw(struct.pack('>II', 9999, 0))\nwhile True:\n    raw(b' ')\n    time.sleep(.01)", id="drop by drop", marks=pytest.mark.slow),
        pytest.param("host._guard.depth = 10**9\nwhile True: pass", id="never interrupted"),
        pytest.param("while True: frame({'t': 'call', 'k': host.nonce, 'm': 'echo', 'a': ['x' * 9999]})", id="never reads answers", marks=pytest.mark.slow),
        pytest.param("frame({'t': 'call', 'k': host.nonce, 'm': 'large', 'a': []})\nwhile True: pass", id="never reads a large answer", marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_time_is_up_for_those_who_stall(code: str, liar: Sandbox) -> None:
    result = lie(liar, code, 0.3)
    assert result.status in ("timeout", "killed")
    assert result.seconds < 30
    if result.status == "timeout":
        assert liar.run("1", 5).status in ("killed", "ok")
    assert liar.run("1 + 1", 5).value == "2"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("host.call('nothing')", "LookupError: the host has no method 'nothing'"),
        ("host.call('__class__')", "LookupError"),
        ("host.call('x' * 1000)", "LookupError"),
        ("host.call('typed', 'a')", "TypeError: typed(text: str, count: int, ratio: float | None = None, "),
        ("host.call('typed', 'a', '1')", "TypeError: typed(): count must be int, not str"),
        ("host.call('typed', 'a', 1, 'x')", "TypeError: typed(): ratio must be float | None, not str"),
        ("host.call('typed', 'a', 1, 1.5, ['a', 2])", "TypeError: typed(): rest must be list[str] | None, not list of int, str"),
        ("host.call('typed', 'a', 1, 1, [], 5)", "TypeError: typed(text: str, count: int, "),
        ("host.call('fail', 'lookup')", "LookupError: no such thing"),
        ("host.call('fail', 'value')", "ValueError: bad"),
        ("host.call('fail', 'source')", "RlmCodeError: unreadable"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_an_error_in_the_cell(code: str, error: str, liar: Sandbox) -> None:
    result = liar.run(code, 5)
    assert result.status == "error"
    assert (result.error or "").splitlines()[-1].startswith(error)


def test_a_host_method_that_fails_otherwise_ends_the_sandbox() -> None:
    with open_sandbox(namespace(), "confined") as sandbox:
        with pytest.raises(SandboxError, match="the host's fail failed: OSError: boom"):
            sandbox.run("host.call('fail', 'bug')", 5)
        with pytest.raises(SandboxError, match="closed"):
            sandbox.run("1", 5)


def test_a_result_that_is_no_json_ends_the_sandbox() -> None:
    with (
        open_sandbox(namespace(), "confined") as sandbox,
        pytest.raises(SandboxError, match="returned what is no JSON"),
    ):
        sandbox.run("host.call('odd')", 5)
