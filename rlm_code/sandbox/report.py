"""What a worker says about a finished cell, checked: nothing in it is believed to be the type or size it claims."""

from __future__ import annotations

from typing import Any, NamedTuple

from rlm_code.sandbox.channel import WorkerGone

_SLACK_CHARS = 10_000
_NAMES = 200


class Done(NamedTuple):
    """A worker's report of one cell; `status` is ok, error or interrupted."""

    status: str
    output: str
    output_length: int
    value: str | None
    error: str | None
    names: tuple[str, ...]


def done(header: dict[str, Any], blob: bytes, shown_chars: int) -> Done:
    """The report in a frame. Raises WorkerGone for one that a sound worker would not send."""
    status, length, names = header.get("status"), header.get("length"), header.get("names")
    if status not in ("ok", "error", "interrupted") or type(length) is not int or length < 0:
        raise WorkerGone("its report is malformed")
    if not isinstance(names, list) or len(names) > _NAMES or not all(map(_is_name, names)):
        raise WorkerGone("its report is malformed")
    limit = shown_chars + _SLACK_CHARS
    return Done(
        str(status),
        _text(blob.decode("utf-8", "replace"), limit),
        length,
        _text_or_none(header.get("value"), limit),
        _text_or_none(header.get("error"), limit),
        tuple(names),
    )


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) < 100 and value.isidentifier()


def _text_or_none(value: Any, limit: int) -> str | None:
    return None if value is None else _text(value, limit)


def _text(value: Any, limit: int) -> str:
    """`value` without lone surrogates, which no encoder takes."""
    if not isinstance(value, str) or len(value) > limit:
        raise WorkerGone("its report is malformed")
    return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
