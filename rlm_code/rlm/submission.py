"""What the cells of one session submit, and what of it stands.

An answer goes back to the model while it has problems, twice at most; after that it stands as a partial one
without the citations that do not hold, and says so. Lines that nobody was shown are no evidence, nor is a commit that
does not exist; where a look-up of ours broke, no answer is complete. One that cites nothing can be complete where
something was looked for and not found, and only when it is submitted a second time. A cell that fails submits nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rlm_code.codebase.narrow import HostView
from rlm_code.errors import SourceError
from rlm_code.rlm.answer import Citation, Status
from rlm_code.rlm.citations import Unverified, commit_ids, dangling_markers, renumber, resolve, shown
from rlm_code.rlm.coverage import Reading
from rlm_code.rlm.events import Submitted
from rlm_code.rlm.run import Outcome
from rlm_code.text import printable

MOST_RETURNS = 2
MOST_IDS = 20
SHOWN_LINES = 3
SHOWN_CHARS = 120
LAST_RETURN = "it comes back no more: what does not hold next time is left out, and the answer is a partial one"


class Problem(NamedTuple):
    """What does not hold: what people are told of it, and what the model is told, who is to mend it."""

    fact: str
    told: str

    @classmethod
    def of(cls, fact: str, advice: str = "") -> Problem:
        """A fact, and for the model what to do about it."""
        return cls(fact, f"{fact}: {advice}" if advice else fact)


EMPTY = Problem.of("the answer is empty")
NOTHING_READ = Problem.of("nothing of the repository was read in this run", "look before you answer")
NOTHING_CITED = Problem.of(
    "it cites nothing",
    "cite the lines that show it, and mark the claims with [1], [2] …; "
    "if there is nothing to cite because nothing was found, submit it again as it is",
)


@dataclass(frozen=True, slots=True)
class Submission:
    """An answer as it would be delivered: `problems` are what could not be mended, empty when all holds;
    `incomplete` is what the model itself says is missing, "" if nothing is."""

    answer: str
    citations: tuple[Citation, ...]
    problems: tuple[Problem, ...]
    incomplete: str

    @property
    def reason(self) -> str | None:
        """Why it is not complete, None if it is."""
        unverified = (
            f"not all of the answer is verified: {'; '.join(each.fact for each in self.problems)}"
            if self.problems
            else ""
        )
        return "; ".join(filter(None, [self.incomplete, unverified])) or None


def unfinished(draft: Submission | None, reason: str, otherwise: Status) -> Outcome:
    """How a session ends that cannot go on: with what holds of a `draft` that went back, if there is one."""
    if draft is None or not draft.citations:
        return Outcome(otherwise, reason=reason)
    return Outcome("partial", draft.answer, draft.citations, "; ".join(filter(None, [reason, draft.reason])))


class Submissions:
    """The submissions of one session. `submit` is called on the cell's thread, the rest when the cell is over.

    `draft` is what the latest submission would be delivered as, also where it went back. It is held up to all of the
    repository; `part` is what the session was shown of it, "" for all.
    """

    def __init__(self, session: str, queries: HostView, reading: Reading, part: str = "") -> None:
        self.draft: Submission | None = None
        self._session = session
        self._queries = queries
        self._part = part
        self._reading = reading
        self._returned = 0
        self._unknown: set[str] = set()
        self._accepted: Submission | None = None
        self._attempts: list[Submitted] = []

    def submit(self, answer: str, citations: list[dict[str, Any]], incomplete: str = "") -> dict[str, Any]:
        """What the environment's `submit` gets: {"accepted": true} or {"problems": […]}."""
        self.draft = submission = self._check(answer, citations, incomplete)
        goes_back = bool(submission.problems) and self._returned < MOST_RETURNS
        told = tuple(each.told for each in submission.problems) if goes_back else ()
        self._attempts.append(Submitted(self._session, answer, tuple(citations), told))
        if goes_back:
            self._returned += 1
            self._accepted = None
            return {"problems": [*told, *([LAST_RETURN] if self._returned == MOST_RETURNS else [])]}
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
        problems: list[Problem] = []
        if not self._reading.looked:
            problems.append(NOTHING_READ)
        if not answer.strip():
            problems.append(EMPTY)
        for number, one in enumerate(cited, 1):
            try:
                citation = resolve(one, self._queries.snapshot)
                self._require_read(citation)
                held.append(citation)
                places.append(len(held))
            except Unverified as problem:
                problems.append(Problem(f"a citation did not hold ({problem.fact})", f"citation {number}: {problem}"))
                places.append(None)
        problems += [
            Problem.of(f"the marker [{number}] points at no citation", "write code in backticks")
            for number in dangling_markers(answer, len(cited))
        ]
        problems += [
            Problem.of(f"there is no commit {sha} in the history, and nothing that was shown names it")
            for sha in commit_ids(answer)[:MOST_IDS]
            if not self._exists(sha)
        ]
        sought_in_vain = self._returned and self._reading.searched_in_vain(self._part)
        if not cited and not incomplete and not sought_in_vain:
            problems.append(NOTHING_CITED)
        missing = "; ".join(filter(None, [printable(incomplete.strip()), *self._reading.broken]))
        return Submission(printable(renumber(answer, places)), tuple(held), tuple(problems), missing)

    def _require_read(self, citation: Citation) -> None:
        """Raises Unverified for lines that nobody was shown, and shows them: whoever cites them again has read them."""
        if self._reading.has_read(citation):
            return
        lines = [line for line in citation.quote.split("\n") if line.strip()][:SHOWN_LINES]
        there = "\n".join(f"    {printable(line[:SHOWN_CHARS])}" for line in lines)
        place = f"{shown(citation.path)}:{citation.start_line}-{citation.end_line}"
        raise Unverified(
            f"nobody has read {place} in this run", f"it begins so; cite it if it shows what you say:\n{there}"
        )

    def _exists(self, sha: str) -> bool:
        """Whether there is such a commit; a text that was shown may name other things by such numbers."""
        if sha not in self._unknown and self._reading.was_shown(sha):
            return True
        try:
            self._queries.commit(sha)
        except (LookupError, SourceError):
            self._unknown.add(sha)  # what we say of it is shown, too
            return False
        return True
