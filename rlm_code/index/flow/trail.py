"""Where a search for calls has been and still has to go, and the calls it came by."""

from __future__ import annotations

from rlm_code.index.flow.expressions import Call, Implicit
from rlm_code.index.flow.python_file import CallSite
from rlm_code.index.values import Target

_MOST_PLACES = 120


class Trail:
    """The places that a search has been at, and the calls it came by. Of the definition that is `asked` for, the uses
    by name are known."""

    def __init__(self, asked: Target | None = None) -> None:
        self.asked = asked
        self.seen: set[object] = set()
        self.calls: dict[tuple[str, int, int, str], CallSite] = {}
        self.ahead: list[tuple[str, int, int]] = []
        self.whole = True

    def enter(self, place: object) -> bool:
        """Whether a place is new and may be looked at."""
        if place in self.seen:
            return False
        if len(self.seen) >= _MOST_PLACES:
            self.whole = False
            return False
        self.seen.add(place)
        return True

    def add(self, site: CallSite) -> None:
        """Notes a call."""
        call = site.call
        end = call.end if isinstance(call, Call) else call.at
        start = call.start if isinstance(call, Call) else call.value.start
        self.calls[site.path, start, end, call.way if isinstance(call, Implicit) else ""] = site

    def follow(self, path: str, start: int, end: int) -> None:
        """Notes the expression between two offsets as one whose value is to be followed."""
        if self.enter((path, start, end)):
            self.ahead.append((path, start, end))
