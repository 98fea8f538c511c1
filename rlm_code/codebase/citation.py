"""What may be cited as evidence, and how it is written down: {"path", "start_line", "end_line"} or {"path", "quote"}.

Whether a citation holds is for the host to decide, against the snapshot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rlm_code.codebase.commit import Blame, Commit
from rlm_code.codebase.file import File
from rlm_code.codebase.lines import Lines, Located
from rlm_code.codebase.symbol import Symbol

Json = dict[str, "str | int"]
Citable = Symbol | Located | Lines | Blame | Mapping[str, object] | str

MAX_LINES = 60
_PLACE = re.compile(r"(?P<path>.+?):(?P<first>\d{1,9})(?:-(?P<last>\d{1,9}))?", re.DOTALL)


def citation(place: object) -> Json:
    """A citation as plain JSON: a symbol's header, the lines of a reference, import, hit, blame or range, a place as
    it is printed ("a.py:3-9"), or a dict that already is one. Raises ValueError with what to cite instead."""
    if isinstance(place, Mapping):
        return _checked(place)
    if isinstance(place, str) and (written := _PLACE.fullmatch(place)):
        first, last = int(written["first"]), int(written["last"] or written["first"])
        return _checked({"path": written["path"], "start_line": first, "end_line": last})
    if isinstance(place, Symbol):
        place = place.header
    elif isinstance(place, Located):
        place = place.lines
    if isinstance(place, Lines | Blame):
        return _checked({"path": place.path, "start_line": place.start_line, "end_line": place.end_line})
    raise ValueError(_refusal(place))


def _refusal(place: object) -> str:
    if isinstance(place, File):
        return f"a whole file is no evidence: cite the lines that matter, repo.file({place.path!r}).lines(a, b)"
    if isinstance(place, Commit):
        return f"name commit {place.sha[:10]} in the answer and cite lines it changed, as they are now"
    return (
        f"{type(place).__name__} cannot be cited: give a symbol, reference, import, hit or lines, "
        "'path:3-9', {'path', 'start_line', 'end_line'} or {'path', 'quote'}"
    )


def _checked(given: Mapping[str, object]) -> Json:
    path, quote = given.get("path"), given.get("quote")
    first, last = given.get("start_line"), given.get("end_line", given.get("start_line"))
    if not isinstance(path, str) or not path:
        raise ValueError("it names no path")
    if quote is not None and (not isinstance(quote, str) or not quote.strip()):
        raise ValueError("its quote is not text of the file")
    made: Json = {"path": path}
    if isinstance(first, int) and isinstance(last, int):
        _check_range(first, last)
        made |= {"start_line": first, "end_line": last}
    elif first is not None or quote is None:
        raise ValueError("give start_line and end_line as numbers, or the exact text as quote")
    return made | ({"quote": quote} if isinstance(quote, str) else {})


def _check_range(first: int, last: int) -> None:
    if not 1 <= first <= last:
        raise ValueError(f"lines {first} to {last} are no range: lines count from 1, the end is included")
    if last - first >= MAX_LINES:
        raise ValueError(f"{last - first + 1} lines are too many (at most {MAX_LINES}): cite the lines that matter")
