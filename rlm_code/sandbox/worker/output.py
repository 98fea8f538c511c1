"""What cells print: kept whole up to a bound, and shown as head and tail.

Stands in for sys.stdout and sys.stderr. Knows nothing of cells or frames.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from rlm_code.sandbox.worker.guard import InterruptGuard

KEPT_CHARS = 4_000_000
KEPT_CHARS_IN_ALL = 32_000_000


def clipped(text: str, limit_chars: int, rest: str = "") -> str:
    """`text`, or its head and tail with a note between them that tells how much is left out (and where it is)."""
    if len(text) <= limit_chars:
        return text
    tail = limit_chars // 3
    head = limit_chars - tail
    left_out = len(text) - limit_chars
    return f"{text[:head]}\n[… {left_out} characters left out{rest} …]\n{text[len(text) - tail :]}"


class Output(io.TextIOBase):
    """A text stream that remembers at most `KEPT_CHARS` characters, first and last, and counts them all."""

    def __init__(self, guard: InterruptGuard) -> None:
        self._guard = guard
        self._head = io.StringIO()
        self._tail = io.StringIO()
        self.length = 0

    encoding = "utf-8"
    errors = "surrogatepass"

    def write(self, text: str, /) -> int:
        """Append `text`."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with self._guard:
            self._append(text)
        return len(text)

    def _append(self, text: str) -> None:
        half = KEPT_CHARS // 2
        room = half - self._head.tell()
        self.length += len(text)
        if room > 0:
            self._head.write(text[:room])
            text = text[room:]
        if text:
            self._tail.write(text[-half:])
            if self._tail.tell() > 2 * half:
                self._keep_tail(half)

    def _keep_tail(self, chars: int) -> None:
        kept = self._tail.getvalue()[-chars:]
        self._tail = io.StringIO()
        self._tail.write(kept)

    def flush(self) -> None:
        """Do nothing: it is all here already."""

    def close(self) -> None:
        """Do nothing: there is more to come."""

    def reconfigure(self, **options: object) -> None:
        """Do nothing: text stays text."""

    @property
    def buffer(self) -> _Bytes:
        """The same stream for bytes."""
        return _Bytes(self)

    def writable(self) -> bool:
        """Yes."""
        return True

    def writelines(self, lines: Iterable[str], /) -> None:  # type: ignore[override]
        """Append each."""
        for line in lines:
            self.write(line)

    def take(self) -> tuple[str, int]:
        """What was written since the last time (of too much, its head and tail) and its true length."""
        half = KEPT_CHARS // 2
        tail = self._tail.getvalue()[-half:]
        text, length = self._head.getvalue(), self.length
        dropped = length - len(text) - len(tail)
        if dropped:
            tail = f"\n[… {dropped} characters were not kept …]\n{tail}"
        self._head, self._tail, self.length = io.StringIO(), io.StringIO(), 0
        return text + tail, length


class _Bytes(io.RawIOBase):
    """`sys.stdout.buffer`: bytes are decoded as UTF-8 and written as text."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        raw = bytes(data)
        self._output.write(raw.decode("utf-8", "replace"))
        return len(raw)


class Outputs(dict[int, str]):
    """What each cell printed, by its number; the oldest leave when there is too much."""

    def keep(self, number: int, text: str) -> None:
        """Remember what cell `number` printed."""
        self[number] = text
        while len(self) > 1 and sum(map(len, self.values())) > KEPT_CHARS_IN_ALL:
            del self[next(iter(self))]

    def __missing__(self, number: object) -> str:
        raise KeyError(f"no output of cell {number!r} is kept; there are {sorted(self)}")
