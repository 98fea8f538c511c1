"""One rule for lines: a line feed ends a line, nothing else does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rlm_code.text import decode, is_binary, line_at, line_starts, printable, printable_line, split_lines


def test_only_line_feeds_end_lines() -> None:
    assert split_lines("a\x0cb\u2028c\r\nd\re\n") == ["a\x0cb\u2028c", "d\re"]
    assert split_lines("") == []
    assert split_lines("\n") == [""]
    assert split_lines("no end") == ["no end"]


def test_decode_never_fails_and_drops_the_byte_order_mark() -> None:
    assert decode(b"\xef\xbb\xbfx\xff") == "x\ufffd"


def test_binary_is_a_nul_byte_near_the_start() -> None:
    assert is_binary(b"GIF\0")
    assert not is_binary(b"x" * 9000 + b"\0")


@given(st.binary(max_size=200))
def test_line_starts_agree_with_split_lines(data: bytes) -> None:
    starts = line_starts(data)
    text = data.decode("latin-1")
    assert len(starts) == max(1, len(split_lines(text)))
    for offset in range(len(data)):
        assert line_at(starts, offset) == min(text.count("\n", 0, offset) + 1, len(starts))


@given(st.text())
def test_printable_text_cannot_steer_a_terminal(text: str) -> None:
    shown = printable(text)
    assert "\x1b" not in shown
    assert "\r" not in shown
    shown.encode()


def test_printable_shows_what_was_there() -> None:
    assert printable("a\x1b[31mb\tc\n") == "a\\x1b[31mb\tc\n"


def test_a_printable_line_is_one_line() -> None:
    assert printable_line("new\nline\t\x1b[1m.py") == "new\\nline\\t\\x1b[1m.py"
