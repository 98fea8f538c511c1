"""Replies to sub-queries that outlive a run: asked again, or after an unrelated commit, they cost nothing.

One small file per reply, named by a digest of all that a reply depends on: the model, where it is reached, its
settings and the prompt's text. A file is written whole and then moved into place, so that two processes may share
the folder; what cannot be read as a reply is as good as absent and is written anew. Entries hold what a model
said, never a prompt and never a key, and are readable by their owner alone. It knows no budgets and no events.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

from rlm_code.lm.protocol import Message, Reply, Request, Stop, Text, Usage

SCHEMA = 1
MOST_BYTES = 100_000_000
KEPT_SHARE = 0.8


class SubCallCache:
    """The replies kept in `folder`, at most about `most_bytes` of them: those unused for longest go first.

    `endpoint` says where models are reached: the same name may mean another model elsewhere. A folder that cannot
    be read or written is an empty cache.
    """

    def __init__(self, folder: Path, endpoint: str = "", most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._endpoint = endpoint
        self._most_bytes = most_bytes
        self._written = 0

    def key(self, lm: str, request: Request) -> str:
        """What the reply of `lm` to `request`, which has one message, is kept under."""
        said = [block.text for message in request.messages for block in message.content if isinstance(block, Text)]
        settings = [SCHEMA, self._endpoint, lm, request.system, request.max_tokens, request.effort]
        return hashlib.sha256(json.dumps([settings, said]).encode()).hexdigest()

    def get(self, key: str) -> Reply | None:
        """The reply kept under `key`, which used nothing this time; None where there is none."""
        path = self._folder / key
        try:
            reply = _reply(json.loads(path.read_bytes()))
            os.utime(path)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return reply

    def put(self, key: str, reply: Reply) -> None:
        """Keep what `reply` says under `key`."""
        entry = json.dumps({"schema": SCHEMA, "text": reply.text, "stop": reply.stop, "lm": reply.lm}).encode()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(self._folder / key, entry)
            self._written += len(entry)

    def close(self) -> None:
        """Drop what is too much, where something was added (some milliseconds per thousand entries)."""
        if self._written:
            self._written = 0
            with suppress(OSError):
                self._shrink()

    def _shrink(self) -> None:
        with os.scandir(self._folder) as entries:
            files = [(stat.st_mtime_ns, stat.st_size, entry.path) for entry in entries if (stat := _stat(entry))]
        size = sum(each for _, each, _ in files)
        if size <= self._most_bytes:
            return
        for _, each, path in sorted(files):
            if size <= self._most_bytes * KEPT_SHARE:
                break
            with suppress(FileNotFoundError):  # another process dropped it
                Path(path).unlink()
            size -= each


def _write(path: Path, entry: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(entry)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)  # where it was not moved


def _stat(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None


def _reply(entry: dict[str, Any]) -> Reply:
    text, stop, lm = entry["text"], entry["stop"], entry["lm"]
    if entry["schema"] != SCHEMA or stop not in get_args(Stop) or not isinstance(lm, str) or not isinstance(text, str):
        raise ValueError("no entry of this cache")
    return Reply(Message("assistant", (Text(text),)), stop, Usage(), lm)
