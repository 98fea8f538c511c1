"""The text of a snapshot as one run of bytes, for the sandbox's shared read-only mapping.

Layout, which `codebase.remote` reads: 8 bytes little-endian, the length of a JSON table in UTF-8; the table
`{path: [offset, length]}`; then the files' bytes one after the other. Offsets count from the first byte after
the table. Files stand in the order given, with their bytes as they are (a byte-order mark included), so that
every offset of the index holds here too. What git takes for binary, and what cannot be read, is left out. Paths
that are not UTF-8 carry surrogate escapes, which JSON can write.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from rlm_code.text import is_binary


def lay_out(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The bytes of files, those that are text, with their table in front."""
    table: dict[str, list[int]] = {}
    contents: list[bytes] = []
    offset = 0
    for path, data in files:
        if is_binary(data):
            continue
        table[path] = [offset, len(data)]
        contents.append(data)
        offset += len(data)
    header = json.dumps(table, separators=(",", ":")).encode("ascii")
    return b"".join([len(header).to_bytes(8, "little"), header, *contents])
