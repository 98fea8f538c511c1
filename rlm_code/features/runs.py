"""Runs: the files that runs left behind, found and summed up. Says nothing to people and runs nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rlm_code.errors import ConfigError

LAST = "last"
_BLOCK = 65_536


class RecordedRun(NamedTuple):
    """One run's file in short. `status` is that of its answer; "unfinished" where it was ended from outside or still
    goes on, "unreadable" where the file is none of a run (all else is empty then). `time` is ISO 8601 in UTC."""

    id: str
    path: Path
    time: str
    status: str
    question: str
    repository: str
    commit: str | None
    lm: str
    cost_usd: float | None
    seconds: float | None

    def to_json(self) -> dict[str, Any]:
        """The run as plain JSON values."""
        return self._asdict() | {"path": str(self.path)}


def recorded_runs(runs_dir: Path) -> Iterator[RecordedRun]:
    """The runs recorded in a folder, newest first."""
    return map(summed_up, sorted(runs_dir.glob("*.jsonl"), reverse=True))


def find_run(runs_dir: Path, wanted: str) -> Path:
    """The file of the run that `wanted` names: "last", a path, or the beginning of its id or of the id's last part.

    Raises ConfigError where it names none or several.
    """
    if wanted.endswith(".jsonl") and Path(wanted).is_file():
        return Path(wanted)
    paths = sorted(runs_dir.glob("*.jsonl"), reverse=True)
    if wanted == LAST:
        found = paths[:1]
    else:
        found = [path for path in paths if any(part.startswith(wanted) for part in (path.stem, _short(path)))]
    if not found or not wanted:
        raise ConfigError(f"there is no run {wanted!r} in {runs_dir}", hint="`rlm-code runs` lists them")
    if len(found) > 1:
        named = ", ".join(path.stem for path in found[:3])
        raise ConfigError(f"{len(found)} runs begin with {wanted!r}: {named} …", hint="give more of the id")
    return found[0]


def summed_up(path: Path) -> RecordedRun:
    """A run's file in short; reads its first and its last line alone."""
    try:
        started, last = _ends(path)
        answer = last["answer"] if last["event"] == "run_ended" else {}
        usage = answer.get("usage", {})
        return RecordedRun(
            path.stem,
            path,
            started["time"],
            answer.get("status", "unfinished"),
            started["question"],
            started["repository"],
            started["commit"],
            started["lm"],
            usage.get("cost_usd"),
            usage.get("seconds"),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return RecordedRun(path.stem, path, "", "unreadable", "", "", None, "", None, None)


def _short(path: Path) -> str:
    return path.stem.partition("-")[2]


def _ends(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first and the last whole line of a file, read."""
    with path.open("rb") as file:
        first = file.readline()
        at = size = file.seek(0, 2)
        tail = b""
        # The last line ends at the last line feed, and begins after the one before that.
        while at > 0 and tail.rpartition(b"\n")[0].count(b"\n") < 1:
            at = max(0, at - max(_BLOCK, size - at))
            file.seek(at)
            tail = file.read(size - at)
    lines = tail.rpartition(b"\n")[0].split(b"\n")
    return json.loads(first), json.loads(lines[-1])
