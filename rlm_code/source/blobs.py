"""Reads blobs from a repository through one git process that starts when it is first needed."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rlm_code.errors import SourceError
from rlm_code.source.content_id import oid_of
from rlm_code.source.git_process import DEFAULT_TIMEOUT_S, GitProcess
from rlm_code.source.snapshot import Entry, ObjectFormat

_REQUESTS_AT_ONCE = 60  # of 65 bytes at most: less than a pipe takes in one write


class Wanted(NamedTuple):
    """A blob to read: more than `limit_bytes` is an error and is never held in memory."""

    oid: str
    limit_bytes: int


class BlobReader:
    """Gives blobs by id, each checked against its id. Safe to use from several threads, and to pickle."""

    def __init__(self, root: Path, object_format: ObjectFormat) -> None:
        self._root = root
        self._object_format = object_format
        self._lock = threading.Lock()
        self._conversation: _Conversation | None = None

    def __reduce__(self) -> tuple[type[BlobReader], tuple[Path, ObjectFormat]]:
        return BlobReader, (self._root, self._object_format)

    def read(self, wanted: Sequence[Wanted]) -> list[bytes | SourceError]:
        """The content of each blob in order; what cannot be had comes as the error itself."""
        results: list[bytes | SourceError] = []
        with self._lock:
            while len(results) < len(wanted):
                self._read_some(wanted[len(results) : len(results) + _REQUESTS_AT_ONCE], results)
        return results

    def close(self) -> None:
        """End the git process; the next `read` starts another."""
        with self._lock:
            self._end()

    def _read_some(self, wanted: Sequence[Wanted], results: list[bytes | SourceError]) -> None:
        """Append one result for each wanted blob; fewer, but at least one, if git broke off."""
        try:
            conversation = self._started()
            conversation.ask([request.oid for request in wanted])
            for oid, limit_bytes in wanted:
                results.append(self._checked(oid, conversation.next_blob(limit_bytes)))
        except SourceError as error:
            results.append(error)
            self._end()

    def _checked(self, oid: str, data: bytes | None) -> bytes | SourceError:
        if data is None:
            return SourceError(f"object {oid} is not in this repository", hint="`git fsck` says what else is missing")
        if oid_of(data, self._object_format) != oid:
            return SourceError(f"object {oid} is damaged", hint="`git fsck` says what else is")
        return data

    def _started(self) -> _Conversation:
        if self._conversation is not None and not self._conversation.alive():
            self._end()
        if self._conversation is None:
            self._conversation = _Conversation(self._root)
            self._finish = weakref.finalize(self, self._conversation.end)
        return self._conversation

    def _end(self) -> None:
        if self._conversation is not None:
            self._finish()
            self._conversation = None


class CommittedContents:
    """Content from the objects of a repository."""

    def __init__(self, root: Path, object_format: ObjectFormat) -> None:
        self._blobs = BlobReader(root, object_format)

    def read(self, entries: Sequence[Entry]) -> list[bytes | SourceError]:
        """The content of each entry in order; what cannot be had comes as the error itself."""
        return self._blobs.read([Wanted(entry.oid, entry.size_bytes) for entry in entries])

    def close(self) -> None:
        """End the git process behind this."""
        self._blobs.close()


class _Conversation:
    """One `git cat-file --batch`. Every method but `end` raises SourceError once git has broken off."""

    def __init__(self, root: Path) -> None:
        self._process = GitProcess(root, ("cat-file", "--batch"), conversation=True)
        self._received = bytearray()

    def alive(self) -> bool:
        return self._process.running()

    def ask(self, oids: list[str]) -> None:
        try:
            self._process.send("".join(f"{oid}\n" for oid in oids).encode(), _deadline())
        except BrokenPipeError as error:
            raise SourceError("git ended early", hint="check the repository with `git fsck`") from error

    def next_blob(self, limit_bytes: int) -> bytes | None:
        """The next blob asked for, None if the repository has no blob of this id."""
        while (line_end := self._received.find(b"\n")) < 0:
            self._receive()
        header = self._taken(line_end + 1).split()
        if header[-1] == b"missing":
            return None
        size = int(header[2])
        if size > limit_bytes:
            raise SourceError(f"object {header[0].decode()} holds {size} bytes, more than the {limit_bytes} expected")
        data = self._taken(size)
        self._taken(1)
        return data if header[1] == b"blob" else None

    def end(self) -> None:
        self._process.wait(timeout_s=1)

    def _taken(self, size: int) -> bytes:
        while len(self._received) < size:
            self._receive()
        taken = bytes(memoryview(self._received)[:size])
        del self._received[:size]
        return taken

    def _receive(self) -> None:
        chunk = self._process.receive(_deadline())
        if not chunk:
            raise SourceError("git ended early: an object may be damaged", hint="check the repository with `git fsck`")
        self._received += chunk


def _deadline() -> float:
    return time.monotonic() + DEFAULT_TIMEOUT_S
