"""The file of a run: every event as one line of JSON, written when it happens, so that a crash leaves the truth.

Schema 1. Each line is an object with

    event   the event's name in snake case: run_started, routed, session_started, turn_started, waited, replied,
            cell_started, cell_ended, observed, sub_call_ended, submitted, compacted, session_ended, run_ended
    at      seconds since the run began
    …       the fields of the event of that name in `rlm.events`

The first line is a run_started with two fields more, `schema` (1) and `time` (ISO 8601, UTC). Messages are
{role, content, raw}: `content` holds {text} | {id, name, arguments} | {call_id, text, is_error}, `raw` is the
provider's own form of an assistant message where JSON can hold it, else null. The last line of a whole file
is a run_ended. Pieces of text (`TextDelta`) are left out: the reply has them.

The file holds what models saw, so parts of the repository, and is readable by its owner alone. Keys
never get here: they are the providers' and in no message. Readers must ignore fields they don't know.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from rlm_code.rlm.events import Event, RunStarted, TextDelta

SCHEMA = 1


class Trajectory:
    """A run's file that grows. What cannot be written is said once in `problem` and ends the recording."""

    def __init__(self, runs_dir: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.path: Path | None = None
        self.problem: str | None = None
        self._clock = clock
        self._started = clock()
        self._file: IO[str] | None = None
        try:
            runs_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = runs_dir / _file_name()
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(descriptor, "w", encoding="utf-8")
            self.path = path
        except OSError as error:
            self._give_up(error)

    def record(self, event: Event) -> None:
        """Append one event and hand it to the system."""
        if self._file is None or isinstance(event, TextDelta):
            return
        try:
            self._file.write(_line(event, self._clock() - self._started))
            self._file.flush()
        except OSError as error:
            self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            try:
                self._file.close()
            except OSError as error:
                self._give_up(error)
            self._file = None

    def _give_up(self, error: OSError) -> None:
        self.problem = f"the run is not recorded: {error.strerror or error}"
        broken, self._file = self._file, None
        if broken is not None:
            # Closing flushes again, and fails again: what could be written already has been.
            try:
                broken.close()
            except OSError as again:
                self.problem = f"the run is not recorded to its end: {again.strerror or again}"


def read_trajectory(path: Path) -> Iterator[dict[str, Any]]:
    """The events of a run's file in order; a last line that a crash cut off is left out."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.endswith("\n"):
                return
            yield json.loads(line)


def _line(event: Event, at: float) -> str:
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()
    head: dict[str, Any] = {"event": name, "at": round(at, 6)}
    if isinstance(event, RunStarted):
        head |= {"schema": SCHEMA, "time": datetime.now(UTC).isoformat(timespec="milliseconds")}
    return json.dumps(head | _fields_of(event), default=_plain) + "\n"


def _fields_of(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _plain(value: object) -> Any:
    """What JSON writes for a value that it does not know; null for a provider's own objects."""
    if is_dataclass(value):
        return _fields_of(value)
    return dict(value) if isinstance(value, Mapping) else None


def _file_name() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}.jsonl"
