"""The ways out that are left: the host's own methods. They give what the snapshot holds, and are counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rlm_code.errors import LimitReached
from rlm_code.sandbox import HostMethod, Namespace, Sandbox, open_sandbox
from tests.conftest import git, write_files

TOKEN = "ghp_notarealtoken"

# An attacker finds the wire wherever the handles keep it.
_HUNT = """
import gc
seen, queue, queries = set(), [repo], None
while queue and queries is None:
    thing = queue.pop(0)
    if type(thing).__name__ == "RemoteQueries":
        queries = thing
    elif id(thing) not in seen and len(seen) < 100_000:
        seen.add(id(thing))
        queue += gc.get_referents(thing)
call = queries._call
queries is not None
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository beside which, in which and behind which there are secrets."""
    place = tmp_path_factory.mktemp("place")
    root = place / "project"
    root.mkdir()
    write_files(place, {"outside.txt": TOKEN})
    write_files(root, {"app.py": "def run():\n    return 1\n", ".gitignore": ".env\n"})
    (root / "link.py").symlink_to(place / "outside.txt")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "first")
    git(root, "config", "http.extraheader", f"AUTHORIZATION: basic {TOKEN}")
    write_files(root, {".env": f"KEY={TOKEN}\n", "untracked.py": f"key = '{TOKEN}'\n"})
    return root


@pytest.fixture(scope="module")
def explored(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    from rlm_code.codebase import open_host
    from rlm_code.rlm.coverage import Reading
    from rlm_code.rlm.methods import namespace

    queries = open_host(project, cache_dir=tmp_path_factory.mktemp("cache"))
    with open_sandbox(namespace(queries, Reading(queries.snapshot), {}), "confined") as sandbox:
        assert sandbox.run(_HUNT, 10).value == "True"
        yield sandbox
    queries.close()


PATHS = [
    ".git/config",
    ".env",
    "untracked.py",
    "link.py",
    "../outside.txt",
    "/etc/passwd",
    "app.py/../.env",
    "./.env",
    "app.py\0",
    "",
    ".",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_the_snapshot(path: str, explored: Sandbox) -> None:
    for read in (f"repo.file({path!r}).text", f"call('repo.outline', {path!r})", f"call('repo.blame', {path!r}, 1, 1)"):
        result = explored.run(f"print({read})", 10)
        assert TOKEN not in result.output + (result.value or "") + (result.error or "")
        assert "root:" not in result.output


def test_the_shared_bytes_hold_what_is_tracked_alone(explored: Sandbox) -> None:
    held = explored.run(f"data = bytes(queries._shared())\nb'def run' in data, {TOKEN.encode()!r} in data", 10)
    assert held.value == "(True, False)", held.error


def test_the_secrets_are_there_for_whoever_can_read_files(project: Path) -> None:
    assert TOKEN in (project / ".git/config").read_text()
    assert TOKEN in (project / ".env").read_text()
    assert TOKEN in (project / "link.py").read_text()


@pytest.mark.parametrize(
    "call",
    [
        "'repo.commit', '--output=/tmp/owned'",
        "'repo.commit', '-p'",
        "'repo.commits', '--all', None, None, 5",
        "'repo.commits', None, None, None, -1",
        "'repo.commits', None, None, None, 10**18",
        "'repo.blame', 'app.py', -5, 10**9",
        "'repo.find', 'run', None, 10**12",
        "'repo.find', 'x' * 1_000_000, None, 5",
        "'repo.find', ['run'], None, 5",
        "'repo.details', 'app.py', -2",
        "'repo.text', 'app.py'",
        "'repo.data', '.env'",
        "'repo.__class__'",
        "'repo.close'",
        "'repo.snapshot'",
        "'repo.overview', 1",
        "'evidence', 'app.py', []",
    ],
)
def test_arguments_that_make_no_sense_do_nothing(call: str, explored: Sandbox) -> None:
    result = explored.run(f"call({call})", 10)
    assert result.status == "error", result
    assert (result.error or "").splitlines()[-1].partition(":")[0] in (
        "TypeError",
        "ValueError",
        "LookupError",
        "RlmCodeError",
    )
    assert explored.run("repo.symbol('run').name", 10).value == "'run'"


def test_calls_are_counted_by_the_host_whoever_makes_them() -> None:
    sent: list[str] = []

    def llm_query(prompt: str) -> str:
        if len(sent) >= 3:
            raise LimitReached("calls", spent=3, allowed=3)
        sent.append(prompt)
        return "no"

    raw = (
        "import os, json, struct\n"
        "def forged(i):\n"
        "    head = json.dumps({'t': 'call', 'k': host.nonce, 'm': 'llm_query', 'a': [f'secret {i}']}).encode()\n"
        "    os.write(host._pipes._write_fd, struct.pack('>II', len(head), 0) + head)\n"
        "    return host._pipes.receive()[0]\n"
        "print([forged(i).get('e') for i in range(6)])\n"
        "host.call('llm_query', 'once more')"
    )
    methods = {"llm_query": HostMethod(llm_query, stops_clock=True)}
    with open_sandbox(Namespace("tests.sandbox.names:names", methods), "confined") as sandbox:
        result = sandbox.run(raw, 5)
        assert "the calls limit is reached: 3 of 3" in (result.error or "")
        assert sent == ["secret 0", "secret 1", "secret 2"]
        assert result.output.count("the calls limit is reached") == 3
