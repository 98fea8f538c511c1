"""One file's bytes → packed facts; run as a process of its own when there is much to parse.

The parent writes frames of files to standard input and reads frames of packed facts from standard output, so a
grammar that crashes takes this process with it and nothing else. It knows nothing of paths or the store.
"""

from __future__ import annotations

import gc
import json
import struct
import sys
from collections.abc import Sequence
from typing import IO, Any

from rlm_code.index.packing import MAX_TEXT_BYTES, PackedFacts, PackedFile, pack_bare, pack_file
from rlm_code.parse import grammar_problem, language_of, parse_file
from rlm_code.places import DATA_LANGUAGES
from rlm_code.text import is_binary

MAX_CODE_BYTES = 2_000_000


def analyse(path: str, data: bytes) -> PackedFile:
    """The facts of one file. `path` only tells its language."""
    if is_binary(data):
        return pack_bare("", "binary", "")
    language = language_of(path, data)
    name = language.name if language else ""
    limit = MAX_CODE_BYTES if name else MAX_TEXT_BYTES
    if len(data) > limit:
        too_long = f"{len(data):,} bytes, the limit is {limit:,}"
        is_data = name in DATA_LANGUAGES
        return pack_bare(name, "text", too_long, data) if is_data else pack_bare(name, "too_large", too_long)
    if not language:
        return pack_bare("", "text", "", data)
    problem = grammar_problem(language)
    if problem:
        return pack_bare(name, "no_grammar", problem, data)
    facts = parse_file(language, data)
    return pack_file(facts, "partial" if facts.issues else "parsed", data)


def write_request(stream: IO[bytes], files: Sequence[tuple[str, bytes]]) -> None:
    """Send files to be analysed: (path, data) each."""
    _write_frame(stream, [[path, len(data)] for path, data in files], [data for _, data in files])


def read_request(stream: IO[bytes]) -> list[tuple[str, bytes]] | None:
    """The files of the next request; None at the end."""
    header = _read_header(stream)
    if header is None:
        return None
    return [(path, _read_exactly(stream, size)) for path, size in header]


def write_reply(stream: IO[bytes], files: Sequence[PackedFile]) -> None:
    """Send packed facts in the order of the request."""
    header = [[*file[:-1], *map(len, file.facts)] for file in files]
    _write_frame(stream, header, [column for file in files for column in file.facts])


def read_reply(stream: IO[bytes]) -> list[PackedFile]:
    """The packed facts of the next reply. Raises EOFError when the worker died."""
    header = _read_header(stream)
    if header is None:
        raise EOFError
    plain = len(PackedFile._fields) - 1
    return [
        PackedFile._make([*row[:plain], PackedFacts._make(_read_exactly(stream, size) for size in row[plain:])])
        for row in header
    ]


def main() -> None:
    """Answer requests until standard input ends."""
    gc.disable()  # nothing that is made for a file outlives it, and few of it are cycles; a fifth of the time
    while (files := read_request(sys.stdin.buffer)) is not None:
        write_reply(sys.stdout.buffer, [analyse(path, data) for path, data in files])
        gc.collect()
        gc.freeze()  # what outlives a batch stays: looking at it again each time takes a tenth


def _write_frame(stream: IO[bytes], header: object, parts: Sequence[bytes]) -> None:
    encoded = json.dumps(header).encode()
    stream.write(struct.pack("<I", len(encoded)) + encoded)
    stream.write(b"".join(parts))
    stream.flush()


def _read_header(stream: IO[bytes]) -> list[list[Any]] | None:
    prefix = stream.read(4)
    if not prefix:
        return None
    if len(prefix) < 4:
        raise EOFError
    header: list[list[Any]] = json.loads(_read_exactly(stream, struct.unpack("<I", prefix)[0]))
    return header


def _read_exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
