"""Byte offsets and client positions: the same place in every encoding, whatever the file holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position

from rlm_code_lsp.positions import Encoding, Positions

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
encodings = st.sampled_from(ENCODINGS)
pieces = st.sampled_from(["a", "é", "漢", "😀", "\t", "\n", "\r\n", "\r", "\f", "\u2028", "\u0301", ""])
texts = st.lists(pieces | st.text(max_size=3), max_size=30).map("".join)


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 7), ("utf-16", 5), ("utf-32", 4)])
def test_a_column_counts_units_of_the_agreed_encoding(encoding: Encoding, character: int) -> None:
    data = 'x="😀"'.encode()
    assert Positions(data, encoding).to_proto(data.rindex(b'"')) == Position(0, character)


def test_lines_end_where_the_client_ends_them() -> None:
    positions = Positions(b"a\r\nb\rc\n\x0cd", "utf-16")
    assert [positions.to_proto(at).line for at in (0, 3, 5, 7, 8)] == [0, 1, 2, 3, 3]


def test_a_byte_order_mark_is_no_column() -> None:
    positions = Positions(b"\xef\xbb\xbfimport os", "utf-16")
    assert positions.to_proto(10) == Position(0, 7)
    assert positions.from_proto(Position(0, 7)) == 10


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_bytes_that_are_no_utf8_are_one_replacement_character_each(encoding: Encoding) -> None:
    data = b"caf\xe9 = \xff\xfe1"
    positions = Positions(data, encoding)
    for offset in range(len(data) + 1):
        assert positions.from_proto(positions.to_proto(offset)) == offset


@given(texts, encodings)
def test_every_character_survives_the_way_there_and_back(text: str, encoding: Encoding) -> None:
    data = text.encode("utf-8", "replace")
    positions = Positions(data, encoding)
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    offset = start
    for character in data[start:].decode():
        # Inside CR LF there is no place that a client could name.
        if data[offset - 1 : offset + 1] != b"\r\n":
            assert positions.from_proto(positions.to_proto(offset)) == offset
        offset += len(character.encode())
    assert positions.from_proto(positions.to_proto(len(data))) in (len(data), len(data) - 1, len(data) - 2)


@given(st.binary(max_size=60), encodings, st.integers(0, 9), st.integers(0, 40))
def test_any_position_of_a_client_is_an_offset_within_the_file(
    data: bytes, encoding: Encoding, line: int, character: int
) -> None:
    positions = Positions(data, encoding)
    offset = positions.from_proto(Position(line, character))
    assert 0 <= offset <= len(data)
    back = positions.to_proto(offset)
    assert (back.line, back.character) <= (line, character) or data.startswith(b"\xef\xbb\xbf")


@given(texts, st.integers(0, 60))
def test_two_encodings_name_the_same_place(text: str, at: int) -> None:
    data = text.encode("utf-8", "replace")
    offset = len(text[:at].encode("utf-8", "replace"))
    places = {encoding: Positions(data, encoding).to_proto(offset) for encoding in ENCODINGS}
    assert len({place.line for place in places.values()}) == 1
    assert places["utf-32"].character <= places["utf-16"].character <= places["utf-8"].character
