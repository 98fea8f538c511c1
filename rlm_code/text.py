"""How bytes of a file become text and lines: one rule for the index, the citations and every front end.

A line ends at a line feed and nowhere else (form feeds and U+2028 are characters), as git, editors and
tree-sitter count. A file that ends with a line feed has no empty last line. Standard library only:
the confined worker imports this module. It knows nothing of paths, languages or git.
"""

from __future__ import annotations

from bisect import bisect_right

_BOM = b"\xef\xbb\xbf"
_SNIFFED_BYTES = 8192


def is_binary(data: bytes) -> bool:
    """Whether `data` looks like no text: a NUL byte among its first 8192 bytes, as git decides."""
    return b"\0" in data[:_SNIFFED_BYTES]


def decode(data: bytes) -> str:
    """The text of `data`: UTF-8 without its byte-order mark, each undecodable byte as U+FFFD."""
    return (data[3:] if data.startswith(_BOM) else data).decode("utf-8", "replace")


def split_lines(text: str) -> list[str]:
    """The lines of `text` without their line ends (a carriage return before a line feed belongs to the end)."""
    if not text:
        return []
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return [line[:-1] if line.endswith("\r") else line for line in lines]


def line_starts(data: bytes) -> list[int]:
    """The byte offset at which each line of `data` starts, ascending; `[0]` for empty data."""
    starts = [0]
    find = data.find
    at = find(b"\n")
    while at != -1:
        starts.append(at + 1)
        at = find(b"\n", at + 1)
    if len(starts) > 1 and starts[-1] == len(data):
        starts.pop()
    return starts


def line_at(starts: list[int], offset_bytes: int) -> int:
    """The 1-based line that holds `offset_bytes`, given `line_starts` of the same data."""
    return bisect_right(starts, offset_bytes)


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 file", "3 files"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def printable(text: str) -> str:
    """`text` with control characters and lone surrogates made visible, safe to write to a terminal."""
    if text.isprintable():
        return text
    return "".join(
        ch if ch.isprintable() or ch in "\n\t" else "\ufffd" if "\ud800" <= ch <= "\udfff" else ascii(ch)[1:-1]
        for ch in text
    )


def printable_line(text: str) -> str:
    """`text` as `printable` shows it, on one line: line feeds and tabs are made visible, too."""
    return printable(text).replace("\n", "\\n").replace("\t", "\\t")
