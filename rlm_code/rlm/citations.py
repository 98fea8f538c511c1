"""What a citation must hold up to: its path, lines and text are those of the snapshot, or it is not shown.

A model names lines or quotes text; the lines that are delivered are resolved here, and the delivered quote is
the snapshot's own text. This module knows no models and no budgets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from rlm_code.errors import SourceError
from rlm_code.rlm.answer import Citation
from rlm_code.source.snapshot import Snapshot
from rlm_code.text import decode, is_binary, printable, split_lines

MOST_LINES = 60
MOST_PLACES = 10_000
_NAMED = 3
_LONGEST_ALIKE = 200
_WORD = re.compile(r"\w+")

Range = tuple[int, int]

# Code is consumed before markers are, so that `items[0]` in backticks is no marker; nor is the text of a link.
_CODE_OR_MARKER = re.compile(
    r"(?P<code>```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|``.*?``|`[^`\n]*`)"
    r"|(?P<index>(?<=\w))?\[(?P<numbers>\d{1,4}(?:\s*,\s*\d{1,4})*)\](?!\()",
    re.DOTALL,
)

# No colour, no part of a path, a name or a longer number.
_COMMIT_ID = re.compile(r"(?<![\w#./@-])[0-9a-f]{7,40}(?![\w/@-]|\.\w)")


class Unverified(Exception):  # noqa: N818  it is no error: the model acts on its message
    """A citation does not hold: `fact` says why, for people; the message also says to the model what to do about it."""

    def __init__(self, fact: str, advice: str = "") -> None:
        self.fact = fact
        super().__init__(f"{fact}: {advice}" if advice else fact)


def resolve(cited: Mapping[str, Any], snapshot: Snapshot) -> Citation:
    """The citation as it will be delivered. Raises Unverified where the snapshot does not hold it.

    `cited` has `path` and `start_line`, `end_line`, or `quote`, or all; or the `problem` that made it none. A quote
    is found exactly, else without regard to white space; where it stands in several places, the lines choose among
    them.
    """
    if isinstance(problem := cited.get("problem"), str):
        raise Unverified(printable(problem))
    path = cited.get("path")
    if not isinstance(path, str):
        raise Unverified("it names no path")
    path = _meant(path, snapshot)
    lines = _lines_of(path, snapshot)
    wanted = _wanted_range(cited)
    quote = cited.get("quote")
    if quote is not None and not isinstance(quote, str):
        raise Unverified("its quote is no text")
    if quote is None and wanted is None:
        raise Unverified(f"it names no lines of {shown(path)}", "give start_line and end_line, or a quote")
    start, end = _checked(wanted, lines, path) if quote is None else _find(quote, lines, wanted, path)  # type: ignore[arg-type]
    if end - start >= MOST_LINES:
        raise Unverified(f"{end - start + 1} lines are too many", f"cite the {MOST_LINES} or fewer that show it")
    text = "\n".join(lines[start - 1 : end])
    if not text.strip():
        raise Unverified(f"{shown(path)} has only blank lines there")
    entry = snapshot.entries[path]
    return Citation(path, start, end, snapshot.commit if entry.committed else None, text)


def shown(path: str) -> str:
    """`path` as it may be shown to a model or a person."""
    return printable(path)


def commit_ids(answer: str) -> list[str]:
    """What looks like the ids of commits in an answer, each once, in order."""
    return [found for found in dict.fromkeys(_COMMIT_ID.findall(answer)) if not (found.isdigit() or found.isalpha())]


def dangling_markers(answer: str, count: int) -> list[int]:
    """The numbers of markers like `[3]` in prose that point at none of `count` citations, each once, ascending."""
    dangling: set[int] = set()
    for match in _markers(answer):
        numbers = _numbers(match)
        if match["index"] is None:
            dangling.update(number for number in numbers if not 1 <= number <= count)
    return sorted(dangling)


def renumber(answer: str, places: Sequence[int | None]) -> str:
    """`answer` whose marker n becomes `[places[n - 1]]`, and "[unverified]" where that is None or missing."""

    def replace(match: re.Match[str]) -> str:
        if match["code"] is not None:
            return match[0]
        numbers = _numbers(match)
        held = [places[number - 1] if 1 <= number <= len(places) else None for number in numbers]
        if match["index"] is not None and not any(1 <= number <= len(places) for number in numbers):
            return match[0]
        written = [f"[{place}]" for place in held if place is not None]
        return "".join(written if len(written) == len(held) else [*written, "[unverified]"])

    return _CODE_OR_MARKER.sub(replace, answer)


def _markers(answer: str) -> Iterator[re.Match[str]]:
    return (match for match in _CODE_OR_MARKER.finditer(answer) if match["code"] is None)


def _numbers(match: re.Match[str]) -> list[int]:
    return [int(number) for number in match["numbers"].split(",")]


def _meant(path: str, snapshot: Snapshot) -> str:
    """The path itself, or the only one that ends so, as `repo.file` reads it."""
    if path in snapshot.entries:
        return path
    ending = "/" + path.removeprefix("./").lstrip("/")
    found = [known for known in snapshot.entries if known.endswith(ending)] if ending != "/" else []
    if len(found) == 1:
        return found[0]
    raise Unverified(f"no file {shown(path)} in the repository{_near(path, snapshot)}")


def _lines_of(path: str, snapshot: Snapshot) -> list[str]:
    entry = snapshot.entries[path]
    if entry.kind != "file":
        raise Unverified(f"{shown(path)} is a {entry.kind}, not a file")
    try:
        data = snapshot.read(path)
    except SourceError as error:
        raise Unverified(printable(error.message)) from error
    if is_binary(data):
        raise Unverified(f"{shown(path)} is no text")
    return split_lines(decode(data))


def _near(path: str, snapshot: Snapshot) -> str:
    name = path.rsplit("/", 1)[-1]
    found = [known for known in snapshot.entries if known == name or known.endswith(f"/{name}")] if name else []
    return f"; there is {', '.join(map(shown, found[:_NAMED]))}" if found else ""


def _wanted_range(cited: Mapping[str, Any]) -> Range | None:
    start, end = cited.get("start_line"), cited.get("end_line")
    if start is None and end is None:
        return None
    end = start if end is None else end
    if type(start) is not int or type(end) is not int:
        raise Unverified("start_line and end_line must be whole numbers")
    return start, end


def _checked(wanted: Range, lines: list[str], path: str) -> Range:
    start, end = wanted
    if not 1 <= start <= end <= len(lines):
        raise Unverified(f"no lines {start}-{end} in {shown(path)}, which has {len(lines)} lines")
    return wanted


def _find(quote: str, lines: list[str], wanted: Range | None, path: str) -> Range:
    if not quote.strip():
        raise Unverified("its quote is blank")
    places = _exactly(quote, lines) or _loosely(quote, lines)
    if not places:
        raise Unverified(
            f"its quote is not in {shown(path)}", f"copy the text as the file has it{_alike(quote, lines)}"
        )
    if wanted is not None:
        overlapping = [place for place in places if place[0] <= wanted[1] and wanted[0] <= place[1]]
        places = overlapping or places
    if len(places) > 1:
        named = ", ".join(str(start) for start, _ in places[:_NAMED])
        begins = f"its quote begins at {len(places)} places in {shown(path)} (lines {named} …)"
        raise Unverified(begins, "give the lines")
    return places[0]


def _alike(quote: str, lines: list[str]) -> str:
    """The line that shares most words with a quote's longest, for whoever misremembered it; "" if none is like it."""
    wanted = Counter(_WORD.findall(max(quote.splitlines(), key=len)))
    if not wanted:
        return ""
    shared = [sum((Counter(_WORD.findall(line[:_LONGEST_ALIKE])) & wanted).values()) for line in lines]
    best = max(range(len(lines)), key=shared.__getitem__, default=0)
    if not lines or shared[best] * 2 <= wanted.total():
        return ""
    return f"; most like it is line {best + 1}: {printable(lines[best].strip()[:_LONGEST_ALIKE])}"


def _exactly(quote: str, lines: list[str]) -> list[Range]:
    wanted = "\n".join(split_lines(quote.strip("\r\n")))
    return _places(wanted, "\n".join(lines), list(accumulate((len(line) + 1 for line in lines), initial=0)))


def _loosely(quote: str, lines: list[str]) -> list[Range]:
    """As `_exactly`, with each run of white space as one blank and without blank lines."""
    texts = [" ".join(line.split()) for line in lines]
    starts = list(accumulate((len(text) + 1 if text else 0 for text in texts), initial=0))
    return _places(" ".join(quote.split()), " ".join(filter(None, texts)), starts)


def _places(wanted: str, text: str, starts: list[int]) -> list[Range]:
    """The first line ranges at which `wanted` stands in `text`, one for each line it begins on; line n begins at
    `starts[n - 1]`. A few are enough to tell one place from several."""
    found: list[Range] = []
    at = text.find(wanted)
    while at != -1 and len(found) < MOST_PLACES:
        first = bisect_right(starts, at)
        found.append((first, bisect_right(starts, at + len(wanted) - 1)))
        at = text.find(wanted, starts[first]) if first < len(starts) else -1
    return found
