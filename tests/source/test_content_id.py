"""Content has the id that git gives it."""

from __future__ import annotations

import subprocess

from hypothesis import given, settings
from hypothesis import strategies as st

from rlm_code.source import oid_of
from rlm_code.source.content_id import oid_of_chunks


def test_the_empty_file_has_gits_well_known_id() -> None:
    assert oid_of(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert oid_of(b"", "sha256") == "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"


@settings(max_examples=15)
@given(st.binary(max_size=200))
def test_any_content_has_the_id_that_git_computes(data: bytes) -> None:
    printed = subprocess.run(["git", "hash-object", "--stdin"], input=data, capture_output=True, check=True).stdout
    assert oid_of(data) == printed.decode().strip()


@given(st.lists(st.binary(max_size=20)))
def test_content_in_chunks_has_the_same_id(chunks: list[bytes]) -> None:
    data = b"".join(chunks)
    assert oid_of_chunks(chunks, len(data)) == oid_of(data)


@given(st.lists(st.binary(max_size=20)), st.integers(-3, 3).filter(bool))
def test_chunks_that_do_not_add_up_have_no_id(chunks: list[bytes], off_by: int) -> None:
    size = sum(map(len, chunks)) + off_by
    assert size < 0 or oid_of_chunks(chunks, size) is None
