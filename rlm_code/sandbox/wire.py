"""Frames between host and worker: a length-prefixed JSON header and, for long text, a raw blob behind it.

Both sides import this module; standard library only. The host never trusts what it decodes: see
`check_json` and `parse_untrusted`. It knows nothing of what the messages mean.
"""

from __future__ import annotations

import json
import math
import struct
from typing import Any

HEADER_LIMIT_BYTES = 8 << 20
BLOB_LIMIT_BYTES = 16 << 20
PREFIX = struct.Struct(">II")
DEPTH_LIMIT = 64
ITEM_LIMIT = 250_000
_INT_LIMIT = 1 << 63
_BLOB_FROM_CHARS = 1024


class WireError(Exception):
    """Bytes that are no well-formed frame, or a value that does not fit into one."""


def _reject(token: str) -> Any:
    raise ValueError(f"{token} is not JSON")


def _int(token: str) -> int:
    if len(token) > 20:
        raise ValueError("an integer has more than 20 characters")
    return int(token)


_encode = json.JSONEncoder(allow_nan=False, check_circular=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode
_decode_untrusted = json.JSONDecoder(parse_constant=_reject, parse_int=_int).decode


def frame(header: dict[str, Any], blob: bytes = b"") -> bytes:
    """The bytes of one frame. Raises WireError if header or blob is too large."""
    head = _encode(header).encode("ascii")
    if len(head) > HEADER_LIMIT_BYTES or len(blob) > BLOB_LIMIT_BYTES:
        size, limit = max((len(head), HEADER_LIMIT_BYTES), (len(blob), BLOB_LIMIT_BYTES), key=lambda pair: pair[0])
        raise WireError(f"{size / 1e6:.1f} MB do not fit through the wire at once, {limit >> 20} MB do: take less")
    return PREFIX.pack(len(head), len(blob)) + head + blob


def lengths(prefix: bytes | bytearray | memoryview) -> tuple[int, int]:
    """The header's and the blob's length in bytes. Raises WireError if either is over its limit."""
    head, blob = PREFIX.unpack_from(prefix)
    if not 0 < head <= HEADER_LIMIT_BYTES or blob > BLOB_LIMIT_BYTES:
        raise WireError("a frame is longer than allowed")
    return head, blob


def parse(head: bytes) -> dict[str, Any]:
    """The header of a frame that the host wrote."""
    header: dict[str, Any] = _decode(head.decode("ascii"))
    return header


def parse_untrusted(head: bytes | bytearray) -> dict[str, Any]:
    """The header of a frame that the worker wrote. Raises WireError for anything but an object of plain JSON."""
    check_items(head)
    try:
        header = _decode_untrusted(head.decode("ascii"))
        check_json(header)
    except (ValueError, RecursionError) as error:
        raise WireError(f"a frame is not JSON: {error}") from None
    if not isinstance(header, dict):
        raise WireError("a frame's header is not an object")
    return header


def check_items(head: bytes | bytearray) -> None:
    """Raise WireError if a header may hold too many values: each costs its reader many times its own bytes."""
    if head.count(b",") + head.count(b"[") + head.count(b"{") > ITEM_LIMIT:
        raise WireError(f"more than {ITEM_LIMIT} values do not fit through the wire at once: take fewer")


def check_json(value: Any, depth: int = DEPTH_LIMIT) -> None:
    """Raise ValueError or TypeError unless `value` is JSON of finite numbers, 64-bit integers and bounded depth."""
    if value is None or isinstance(value, (str, bool)):
        return
    if isinstance(value, int):
        if not -_INT_LIMIT <= value < _INT_LIMIT:
            raise ValueError("an integer does not fit into 64 bits")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a number is not finite")
    else:
        _check_container(value, depth - 1)


def _check_container(value: Any, depth: int) -> None:
    if depth < 0:
        raise ValueError(f"a value is nested deeper than {DEPTH_LIMIT} levels")
    if isinstance(value, (list, tuple)):
        items = value
    elif isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("the keys of an object must be str")
        items = list(value.values())
    else:
        raise TypeError(
            f"{type(value).__name__} cannot cross the wire: only str, numbers, bool, None, list and dict can"
        )
    for item in items:
        if item.__class__ is not str:
            check_json(item, depth)


def pack_result(value: Any) -> tuple[dict[str, Any], bytes]:
    """Header and blob for the result of a host method; long text and bytes travel raw."""
    if isinstance(value, str) and len(value) >= _BLOB_FROM_CHARS:
        return {"b": "s"}, value.encode("utf-8", "surrogatepass")
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"b": "b"}, bytes(value)
    return {"r": value}, b""


def unpack_result(header: dict[str, Any], blob: bytes) -> Any:
    """The value that `pack_result` packed."""
    kind = header.get("b")
    if kind == "s":
        return blob.decode("utf-8", "surrogatepass")
    return blob if kind == "b" else header["r"]
