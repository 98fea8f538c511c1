"""Frames and what they may hold."""

from __future__ import annotations

import contextlib
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_code.sandbox import wire

scalars = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
)
text = st.text(st.characters(codec=None), max_size=50)
values = st.recursive(
    scalars | text, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(text, inner, max_size=5), max_leaves=20
)


def split(frame: bytes) -> tuple[bytes, bytes]:
    head, blob = wire.lengths(frame)
    start = wire.PREFIX.size
    assert len(frame) == start + head + blob
    return frame[start : start + head], frame[start + head :]


@given(values, st.binary(max_size=100))
def test_what_goes_in_comes_out(value: Any, blob: bytes) -> None:
    wire.check_json(value)
    head, body = split(wire.frame({"v": value}, blob))
    assert wire.parse(head) == wire.parse_untrusted(head) == {"v": value}
    assert body == blob


@given(values | st.text(min_size=1000, max_size=3000) | st.binary(max_size=3000))
def test_results_come_back_as_they_were(value: Any) -> None:
    header, blob = wire.pack_result(value)
    head, body = split(wire.frame(header, blob))
    assert wire.unpack_result(wire.parse(head), body) == value


def test_lone_surrogates_survive_in_names_and_long_text() -> None:
    for value in ("\udcff", "\ud800" * 5000, {"\udc80": ["\udfff"]}):
        header, blob = wire.pack_result(value)
        head, body = split(wire.frame(header, blob))
        assert wire.unpack_result(wire.parse(head), body) == value


@given(st.binary(max_size=200))
def test_no_bytes_break_the_parser(data: bytes) -> None:
    with contextlib.suppress(wire.WireError):
        wire.parse_untrusted(data)


@given(st.binary(min_size=8, max_size=8))
def test_lengths_are_within_their_limits(prefix: bytes) -> None:
    try:
        head, blob = wire.lengths(prefix)
    except wire.WireError:
        return
    assert 0 < head <= wire.HEADER_LIMIT_BYTES
    assert blob <= wire.BLOB_LIMIT_BYTES


@pytest.mark.parametrize(
    "value",
    [2**63, -(2**63) - 1, 10**400, math.nan, math.inf, -math.inf, [[math.nan]], {"a": 2**64}],
)  # fmt: skip
def test_numbers_have_bounds(value: Any) -> None:
    with pytest.raises(ValueError, match=r"finite|64 bits"):
        wire.check_json(value)


@pytest.mark.parametrize("value", [{1: 2}, {None: 1}, object(), {1, 2}, b"bytes", [b""], 1j])
def test_nothing_but_json_goes_through(value: Any) -> None:
    with pytest.raises(TypeError):
        wire.check_json(value)


def test_nesting_has_a_bound() -> None:
    value: Any = 1
    for _ in range(wire.DEPTH_LIMIT):
        value = [value]
    wire.check_json(value)
    with pytest.raises(ValueError, match="deeper"):
        wire.check_json([value])
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(ValueError, match="deeper"):
        wire.check_json(endless)


@pytest.mark.parametrize(
    "head",
    [b"[1]", b"1", b"null", b'"x"', b"{", b"", b"{} {}", b'{"a": NaN}', b'{"a": Infinity}', b'{"a": 1e999}', b"\xff{}",
     b'{"a": ' + b"1" * 30 + b"}", b"[" * 100_000, b'{"a": [' + b"0," * 300_000 + b"0]}"],
)  # fmt: skip
def test_an_untrusted_header_is_an_object_of_bounded_values(head: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.parse_untrusted(head)


def test_too_much_does_not_fit() -> None:
    with pytest.raises(wire.WireError, match="8 MB"):
        wire.frame({"a": "x" * wire.HEADER_LIMIT_BYTES})
    with pytest.raises(wire.WireError, match="16 MB"):
        wire.frame({}, bytes(wire.BLOB_LIMIT_BYTES + 1))


def test_named_tuples_travel_as_lists() -> None:
    from rlm_code.codebase.queries import RankRow

    head, _ = split(wire.frame(wire.pack_result([RankRow("a.py", None, 1.5, "why")])[0]))
    assert json.loads(head) == {"r": [["a.py", None, 1.5, "why"]]}
