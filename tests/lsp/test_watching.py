"""What a real server does where the system allows it few watches."""

from __future__ import annotations

import subprocess

import pytest

from tests.conftest import write_files
from tests.lsp.conftest import Connect
from tests.processes import eventually

# A user namespace has limits of its own.
LIMITED = [
    "unshare",
    "--user",
    "--map-root-user",
    "sh",
    "-c",
    'echo 4 > /proc/sys/user/max_inotify_watches && exec "$@"',
]


def may_limit() -> bool:
    try:
        return subprocess.run([*LIMITED, "sh", "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not may_limit(), reason="no user namespaces here")
def test_where_watches_run_out_the_user_is_told_once_and_changes_are_seen(connect: Connect) -> None:
    client = connect(under=[*LIMITED, "sh"])
    query = {"query": "late"}
    assert client.request("workspace/symbol", query) == []
    write_files(client.root, {"pkg/late.py": "def late():\n    pass\n"})
    eventually(lambda: bool(client.request("workspace/symbol", query)))
    said = client.wait_for("window/showMessage", type=2)
    assert "noticed late" in said["message"]
    assert "fs.inotify.max_user_watches" in said["message"]
    client.request("workspace/symbol", query)
    assert len([message for message in client.heard if message["method"] == "window/showMessage"]) == 1
