"""What a client hears of a run that is under way: our own notification, and the protocol's progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol.types import WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport

from rlm_code.rlm import events
from rlm_code_lsp.params import RunParams

if TYPE_CHECKING:
    from collections.abc import Callable

    from rlm_code_lsp.language_server import RlmCodeServer

OUTPUT = "rlmCode/output"


class Telling:
    """Tells one client of one run, as far as it asked for it by tokens."""

    def __init__(self, server: RlmCodeServer, params: RunParams, title: str) -> None:
        self._server = server
        self._output = params.output_token
        self._progress = params.work_done_token
        self._title = title

    def begin(self, cancel: Callable[[], None]) -> None:
        """Begin the progress; the client's button for it calls `cancel`."""
        if self._progress is not None:
            progress = self._server.work_done_progress
            progress.begin(self._progress, WorkDoneProgressBegin(title=self._title, cancellable=True))
            progress.tokens[self._progress].add_done_callback(lambda done: cancel() if done.cancelled() else None)

    def end(self) -> None:
        """End the progress."""
        if self._progress is not None:
            self._server.work_done_progress.end(self._progress, WorkDoneProgressEnd())
            self._server.work_done_progress.tokens.pop(self._progress, None)

    def event(self, event: events.Event) -> None:
        """Pass on what happened, where it is something for people."""
        output = output_of(event)
        if output is not None:
            self._say(output)

    def files(self, done: int, total: int) -> None:
        """Pass on how many files of an index are read."""
        if total:
            self._say({"kind": "index", "done": done, "total": total})

    def _say(self, output: dict[str, Any]) -> None:
        if self._output is not None:
            self._server.protocol.notify(OUTPUT, {"token": self._output, **output})
        if self._progress is not None and (message := message_of(output)):
            self._server.work_done_progress.report(self._progress, WorkDoneProgressReport(message=message))


def output_of(event: events.Event) -> dict[str, Any] | None:  # noqa: PLR0911  a table with types
    """The notification's content for an event, None for what is not passed on."""
    match event:
        case events.RunStarted(lm=lm, label=label, commit=commit):
            return {"kind": "started", "lm": lm, "label": label, "commit": commit}
        case events.TurnStarted(session=session, turn=turn):
            return {"kind": "turn", "session": session, "turn": turn}
        case events.TextDelta(session=session, text=text):
            return {"kind": "text", "session": session, "text": text}
        case events.CellStarted(session=session, turn=turn, code=code):
            return {"kind": "cell", "session": session, "turn": turn, "code": code}
        case events.SubCallEnded(session=session, done=done, total=total):
            return {"kind": "subcalls", "session": session, "done": done, "total": total}
        case events.Waited(session=session, seconds=seconds, reason=reason):
            return {"kind": "waiting", "session": session, "seconds": seconds, "reason": reason}
        case events.Submitted(session=session, answer=answer, problems=problems):
            return {"kind": "submitted", "session": session, "answer": answer, "problems": list(problems)}
    return None


_MESSAGES = {
    "index": "reading {done:,} of {total:,} files",
    "turn": "turn {turn}: thinking",
    "cell": "turn {turn}: looking",
    "subcalls": "{done} of {total} sub-queries answered",
    "waiting": "waiting {seconds:.0f} s: {reason}",
    "submitted": "checking the citations",
}


def message_of(output: dict[str, Any]) -> str:
    """A few words for a progress line; "" where there is nothing new to say."""
    return _MESSAGES.get(output["kind"], "").format_map(output)
