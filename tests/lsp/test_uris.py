"""URIs name files whatever their names hold."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_code_lsp.uris import path_of, uri_of


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a/b.py", "/a/b.py"),
        ("file://localhost/a/b.py", "/a/b.py"),
        ("file:///a%20b/c%3Bd%23e%3F.py", "/a b/c;d#e?.py"),
        ("file:///a;b.py", "/a;b.py"),
        ("file:///%C3%A9.py", "/é.py"),
        ("file:///caf%E9.py", os.fsdecode(b"/caf\xe9.py")),
        ("file:///a/../b.py", "/b.py"),
        ("untitled:Untitled-1", None),
        ("file://elsewhere/a.py", None),
        ("file:///a%00b", None),
        ("", None),
    ],
)
def test_a_file_uri_names_a_path(uri: str, path: str | None) -> None:
    assert path_of(uri) == path


@given(st.lists(st.binary(min_size=1, max_size=8), min_size=1, max_size=4))
def test_every_path_survives_the_way_there_and_back(parts: list[bytes]) -> None:
    path = os.path.normpath("/" + "/".join(os.fsdecode(part.replace(b"\0", b"_")) for part in parts)).replace("//", "/")
    assert path_of(uri_of(path)) == path
