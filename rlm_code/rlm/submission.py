"""What the cells of one session submit, and what of it stands.

An answer goes back to the model while it has problems, twice at most; after that it stands as a partial one
without the citations that do not hold, and says so. One that cites nothing can be complete where something was
looked for and not found, and only when it is submitted a second time. A cell that fails submits nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rlm_code.rlm.answer import Citation, Status
from rlm_code.rlm.citations import Unverified, dangling_markers, renumber, resolve
from rlm_code.rlm.coverage import Reading
from rlm_code.rlm.events import Submitted
from rlm_code.rlm.run import Outcome
from rlm_code.source.snapshot import Snapshot
from rlm_code.text import printable

MOST_RETURNS = 2
NOTHING_READ = "nothing of the repository was read in this run: look before you answer"
NOTHING_CITED = (
    "it cites nothing: cite the lines that show it, and mark the claims with [1], [2] …; "
    "if there is nothing to cite because nothing was found, submit it again as it is"
)


@dataclass(frozen=True, slots=True)
class Submission:
    """An answer as it would be delivered: `problems` are what could not be mended, empty when all holds;
    `incomplete` is what the model itself says is missing, "" if nothing is."""

    answer: str
    citations: tuple[Citation, ...]
    problems: tuple[str, ...]
    incomplete: str

    @property
    def reason(self) -> str | None:
        """Why it is not complete, None if it is."""
        unverified = f"not all of the answer is verified: {'; '.join(self.problems)}" if self.problems else ""
        return "; ".join(filter(None, [self.incomplete, unverified])) or None


def unfinished(draft: Submission | None, reason: str, otherwise: Status) -> Outcome:
    """How a session ends that cannot go on: with what holds of a `draft` that went back, if there is one."""
    if draft is None or not draft.citations:
        return Outcome(otherwise, reason=reason)
    return Outcome("partial", draft.answer, draft.citations, "; ".join(filter(None, [reason, draft.reason])))


class Submissions:
    """The submissions of one session. `submit` is called on the cell's thread, the rest when the cell is over.

    `draft` is what the latest submission would be delivered as, also where it went back.
    """

    def __init__(self, session: str, snapshot: Snapshot, reading: Reading) -> None:
        self.draft: Submission | None = None
        self._session = session
        self._snapshot = snapshot
        self._reading = reading
        self._returned = 0
        self._accepted: Submission | None = None
        self._attempts: list[Submitted] = []

    def submit(self, answer: str, citations: list[dict[str, Any]], incomplete: str = "") -> dict[str, Any]:
        """What the environment's `submit` gets: {"accepted": true} or {"problems": […]}."""
        self.draft = submission = self._check(answer, citations, incomplete)
        goes_back = bool(submission.problems) and self._returned < MOST_RETURNS
        told = submission.problems if goes_back else ()
        self._attempts.append(Submitted(self._session, answer, tuple(citations), told))
        if goes_back:
            self._returned += 1
            self._accepted = None
            return {"problems": list(told)}
        self._accepted = submission
        return {"accepted": True}

    def take(self) -> tuple[Submission | None, list[Submitted]]:
        """The answer that the cell submitted and that stands, if there is one, and all that it submitted."""
        taken = self._accepted, self._attempts
        self._accepted, self._attempts = None, []
        return taken

    def _check(self, answer: str, cited: Sequence[Mapping[str, Any]], incomplete: str) -> Submission:
        held: list[Citation] = []
        places: list[int | None] = []
        problems: list[str] = []
        if not self._reading.looked:
            problems.append(NOTHING_READ)
        if not answer.strip():
            problems.append("the answer is empty")
        for number, one in enumerate(cited, 1):
            try:
                held.append(resolve(one, self._snapshot))
                places.append(len(held))
            except Unverified as problem:
                problems.append(f"citation {number}: {problem}")
                places.append(None)
        problems += [
            f"the marker [{number}] points at no citation; write code in backticks"
            for number in dangling_markers(answer, len(cited))
        ]
        if not cited and not incomplete and not (self._returned and self._reading.found_nothing):
            problems.append(NOTHING_CITED)
        return Submission(
            printable(renumber(answer, places)), tuple(held), tuple(problems), printable(incomplete.strip())
        )
