"""The turns of one model: what is sent, what comes back, and what is told of both. Knows no cells and no answers."""

from __future__ import annotations

from rlm_code.lm.protocol import LanguageModel, Reply, Request
from rlm_code.rlm import events
from rlm_code.rlm.calls import Account
from rlm_code.rlm.observation import status_line
from rlm_code.rlm.run import Run
from rlm_code.rlm.transcript import Transcript

FULLEST = 0.8  # of the window: estimates are not exact


class Conversation:
    """A transcript that is sent to `lm` turn by turn. `turn` counts them; `account` is what was used for it."""

    def __init__(self, the_run: Run, name: str, lm: LanguageModel, transcript: Transcript, *, is_root: bool) -> None:
        self.name = name
        self.turn = 0
        self.account = Account(name)
        self.transcript = transcript
        self._run = the_run
        self._lm = lm
        self._is_root = is_root

    def require_room(self) -> None:
        """Raises ConfigError where the limits leave no room for a single turn."""
        self._run.calls.require_room(self._lm, self.transcript.tokens)

    @property
    def is_full(self) -> bool:
        """Whether the next request and its reply may not fit the window."""
        limits = self._run.task.limits
        return self.transcript.tokens + limits.reply_tokens > limits.window_tokens * FULLEST

    def begin(self, task: str, sandbox: str) -> None:
        """Tell that the session begins."""
        transcript = self.transcript
        self._run.emit(events.SessionStarted(self.name, task, sandbox, transcript.system, transcript.first))

    async def ask(self, *, last: bool) -> Reply:
        """The reply to the next request; as for the `last` turn, what is held back may be used. Raises as `send`."""
        calls, transcript, emit = self._run.calls, self.transcript, self._run.emit
        message = transcript.next_message(status_line(self.turn, calls.ledger, last=last))
        emit(events.TurnStarted(self.name, self.turn, calls.ledger.left()))
        most = self._run.task.limits.reply_tokens
        size = calls.size_turn(self._lm, transcript.tokens, most, hold=self._is_root)
        wanted = calls.estimate(self._lm, transcript.tokens, size)
        request = Request(transcript.system, transcript.with_message(message), (transcript.tool,), max_tokens=size)
        sent = await calls.send(self._lm, request, wanted, self.account, turn=True, last=last and self._is_root)
        transcript.add(message, sent.reply)
        if message is not None and self.turn > 1:
            emit(events.Observed(self.name, self.turn, message))
        emit(events.Replied.of(self.name, self.turn, sent.reply, sent.cost_usd, sent.seconds))
        return sent.reply
