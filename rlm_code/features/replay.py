"""Replay: a recorded run again, without a model, over the same files; says where it comes to something else.

The models say what they said then, so whatever differs is of our code: what a cell printed, what became of a
submission, the answer. Where the files are others than then, nothing is run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rlm_code.errors import ConfigError
from rlm_code.lm.prices import price_of
from rlm_code.rlm import events
from rlm_code.rlm.loop import run
from rlm_code.rlm.run import fingerprint
from rlm_code.rlm.task import Limits, Task
from rlm_code.rlm.trajectory import read_trajectory
from rlm_code.sandbox import open_sandbox

if TYPE_CHECKING:
    from rlm_code.codebase.host import HostQueries
    from rlm_code.lm.protocol import LanguageModel, Listener, Reply, Request
    from rlm_code.rlm.answer import Answer
    from rlm_code.rlm.task import Price
    from rlm_code.source.snapshot import Snapshot

_SHOWN = 300
_COMPARED = ("status", "answer", "citations", "reason")
_TOO_LATE = "the seconds limit"


class Replayed(NamedTuple):
    """What came of a replay. `difference` is the first one, None where there is none. `cut_off` says why the recorded
    run has no end of its own, None where it has one; then it was compared as far as it went."""

    answer: Answer | None
    difference: str | None
    cut_off: str | None = None


class Step(NamedTuple):
    """Something that our code, and not a model, made of a run."""

    turn: int
    what: str
    said: str


class Recording:
    """The file of a run, read. Raises ConfigError where it is none, or was never begun."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.steps: dict[str, list[Step]] = defaultdict(list)
        self.answer: Mapping[str, Any] | None = None
        self._unanswered = False
        self._ended = False
        try:
            lines = list(read_trajectory(path))
            self.started = lines[0]
            self.question = str(self.started["question"])
            self.root = Path(self.started["repository"])
            for line in lines:
                self._take(line)
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise ConfigError(f"{path} is not a recorded run: {error!r}", hint="`rlm-code runs` lists them") from error

    @property
    def cut_off(self) -> str | None:
        """What ended the run from outside, None where it came to its own end."""
        reason = str(self.answer["reason"] or "") if self.answer else ""
        if self.answer is None or not self._ended or self._unanswered or reason.startswith(_TOO_LATE):
            return reason or "the run was killed"
        return None

    def _take(self, line: Mapping[str, Any]) -> None:
        kind, is_root = line["event"], line.get("session") == ""
        if (step := _step_of(kind, line)) is not None:
            self.steps[line["session"]].append(step)
        elif kind == "run_ended":
            self.answer = line["answer"]
        elif is_root and kind == "session_ended":
            self._ended = True
        elif is_root and kind in ("turn_started", "replied"):
            self._unanswered = kind == "turn_started"


async def replay(
    recording: Recording,
    queries: HostQueries,
    functions: Mapping[str, Callable[..., Any]] | None = None,
    price_of: Callable[[str], Price] = price_of,
) -> Replayed:
    """What the recorded run comes to over `queries`; the user's own `functions` run again, and prices are those of
    now. Raises what `rlm.loop.run` raises."""
    started = recording.started
    if difference := _of_snapshots(started, queries.snapshot):
        return Replayed(None, difference)
    steps: dict[str, list[Step]] = defaultdict(list)

    def heard(event: events.Event) -> None:
        if isinstance(event, events.CellEnded | events.Submitted):
            kind = "cell_ended" if isinstance(event, events.CellEnded) else "submitted"
            step = _step_of(kind, _plain(event))
            assert step is not None
            steps[event.session].append(step)

    answer = await run(replace(_task(recording, queries, functions or {}), price_of=price_of), heard)
    difference = _of_steps(recording.steps, steps)
    if recording.cut_off is not None:
        # What came after its last recorded reply, nobody knows; a replay cannot go beyond it.
        return Replayed(answer, difference, recording.cut_off)
    assert recording.answer is not None
    return Replayed(answer, difference or _of_answers(recording.answer, answer.to_json()))


def reopened(recording: Recording, open_host_of: Callable[[Snapshot], HostQueries]) -> HostQueries:
    """Queries over what the run looked at, as far as it is still there. Raises SourceError where nothing is."""
    from rlm_code.source import open_snapshot
    from rlm_code.source.repository import find_repository
    from rlm_code.source.revision import open_revision

    started = recording.started
    root, commit = recording.root, started["commit"]
    repository = find_repository(root) if commit and started["label"] != "working tree" else None
    if repository is not None:
        snapshot = open_revision(repository, commit)
        snapshot.label = started["label"]  # its name may mean another commit by now
        return open_host_of(snapshot)
    plain: Snapshot = open_snapshot(root)
    if fingerprint(plain) != started.get("fingerprint"):
        untracked = open_snapshot(root, untracked=True)
        if fingerprint(untracked) == started.get("fingerprint"):
            plain = untracked
    return open_host_of(plain)


class _SaysAgain:
    """The recorded model under its own name, so that limits in dollars hold as they did."""

    def __init__(self, name: str, lm: LanguageModel) -> None:
        self.name = name
        self._lm = lm

    async def complete(self, request: Request, listener: Listener) -> Reply:
        return await self._lm.complete(request, listener)

    async def close(self) -> None:
        await self._lm.close()


def _task(recording: Recording, queries: HostQueries, functions: Mapping[str, Callable[..., Any]]) -> Task:
    from rlm_code.lm.replay import ReplayLM
    from rlm_code.rlm.answer import Route

    started = recording.started
    lm = ReplayLM(recording.path)
    known = {field.name for field in fields(Limits)}
    return Task(
        question=recording.question,
        snapshot=queries.snapshot,
        queries=queries,
        lm=_SaysAgain(started["lm"], lm),
        sub_lm=_SaysAgain(started["sub_lm"], lm) if started["sub_lm"] else None,
        open_sandbox=partial(open_sandbox, kind="auto"),
        limits=Limits(**{name: value for name, value in started["limits"].items() if name in known}),
        routes=tuple(Route(route["name"], route["reason"]) for route in started.get("routes", ())),
        functions=functions,
    )


def _plain(event: events.CellEnded | events.Submitted) -> Mapping[str, Any]:
    """An event as a file of it would be read."""
    plain = {field.name: getattr(event, field.name) for field in fields(event)}
    if isinstance(event, events.CellEnded):
        plain["result"] = {field.name: getattr(event.result, field.name) for field in fields(event.result)}
    return plain


def _step_of(kind: str, line: Mapping[str, Any]) -> Step | None:
    if kind == "cell_ended":
        result = line["result"]
        said = [result["output"], result["value"] or "", result["error"] or ""]
        return Step(line["turn"], "the cell", "\n".join(filter(None, [result["status"], *said])))
    if kind == "submitted":
        return Step(0, "what was submitted", "\n".join([line["answer"], *line["problems"]]))
    return None


def _of_snapshots(started: Mapping[str, Any], snapshot: Snapshot) -> str | None:
    then, now = started["commit"], snapshot.commit
    if then != now:
        return f"the snapshot differs: it was at commit {then or 'none'}, and is at {now or 'none'} now"
    if started.get("fingerprint") not in (None, fingerprint(snapshot)):
        return f"the snapshot differs: files in the {snapshot.label} of {snapshot.root} were changed since"
    return None


def _of_steps(then: Mapping[str, list[Step]], now: Mapping[str, list[Step]]) -> str | None:
    """The first recorded step that did not come about again."""
    turn = 0
    for session in sorted(then):
        who = f"child {session}, " if session else ""
        repeated: Iterable[Step | None] = [*now.get(session, []), None]
        for old, new in zip(then[session], repeated, strict=False):
            turn = old.turn or turn
            if new is None:
                return None  # it went no further: why is in its own reason
            if new.said != old.said or new.what != old.what:
                return f"{who}turn {turn}: {old.what} {_differently(old.said, new.said)}"
    return None


def _of_answers(then: Mapping[str, Any], now: Mapping[str, Any]) -> str | None:
    if now["status"] == "failed" and then["status"] != "failed":
        return str(now["reason"])
    for name in _COMPARED:
        old, new = _listed(then[name]), _listed(now[name])
        if old != new:
            return f"the {name} {_differently(str(old), str(new))}"
    return None


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _differently(then: str, now: str) -> str:
    old, new = then.split("\n"), now.split("\n")
    at = next((n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new)))
    was, is_now = ("\n".join(lines[at : at + 1])[:_SHOWN] or "(its end)" for lines in (old, new))
    return f"said {was!r} then, and says {is_now!r} now"
