"""What a question in plain words, a bug report or a stack trace points at: names, paths, frames and words.

It reads the question alone and knows no repository.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rlm_code.index.words import terms_of

_FRAMES = (
    re.compile(r'File "(?P<path>[^"\n]+)", line (?P<line>\d+)(?:, in (?P<name>[\w.<>]+))?'),
    re.compile(r"\bat (?:async )?(?:(?P<name>[\w.$<>]+) \()?(?P<path>[\w./\\@-]+\.\w+):(?P<line>\d+)(?::\d+)?\)?"),
    re.compile(r"\bat (?P<name>[\w.$]+)\((?P<path>\w+\.\w+):(?P<line>\d+)\)"),
    re.compile(r"(?P<path>(?:[\w.@-]+/)*[\w.-]+\.\w{1,5}):(?P<line>\d+)(?::\d+)?(?: in (?P<name>\w+))?"),
)
_PATH = re.compile(
    r"(?<![\w/.-])(?:[\w.@-]+[/\\])+[\w-][\w.-]*\.\w{1,5}\b"
    r"|(?<![\w/.-])[\w-]+\.(?:py|js|ts|tsx|jsx|go|java|rs|rb|c|h|cpp|cs|php|kt|swift)\b(?!\()"
)
_DOTTED = re.compile(r"(?<![\w/.])[A-Za-z_$][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)+")
_QUOTED = re.compile(r"`{1,2}([^`\n]{1,120})`{1,2}")
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_SHAPED = re.compile(r".*(?:_|[a-z\d][A-Z]|[A-Z]{2}[a-z])|^[A-Z]\w*[a-z]\w*$")
_CALLED = re.compile(r"([A-Za-z_$][\w$]*)\(")
_BLOCK = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_LONGEST_TEXT = 100_000
_LONGEST_WORD = 200
_ENDLESS = re.compile(rf"\S{{{_LONGEST_WORD},}}")
_TITLE_WEIGHT = 3
_BLOCK_WEIGHT = 0.3


class Frame(NamedTuple):
    """One place of a stack trace or a link to a line."""

    path: str
    line: int
    name: str | None


class Question(NamedTuple):
    """What a question points at. `names` and `terms` carry weights: how plainly it points at them."""

    frames: list[Frame]
    paths: list[str]
    dotted: dict[str, float]
    names: dict[str, float]
    terms: dict[str, float]


def read_question(text: str) -> Question:
    """The pointers in `text`. Its first line, names in backticks and names shaped like code weigh more; blocks of
    code, which show use rather than cause, less."""
    title, _, body = _bounded(text).strip().partition("\n")
    prose = _BLOCK.sub("\n", body)
    blocks = "\n".join(_BLOCK.findall(body))
    return Question(
        frames=_frames(f"{title}\n{body}"),
        paths=list(dict.fromkeys(match[0].replace("\\", "/") for match in _PATH.finditer(f"{title}\n{body}"))),
        dotted=_dotted(title, prose, blocks),
        names=_names(title, prose, blocks),
        terms=_terms(title, prose, blocks),
    )


def _bounded(text: str) -> str:
    """`text` without what no person writes: expressions that look for names take quadratic time on endless words."""
    return _ENDLESS.sub(lambda match: match[0][:_LONGEST_WORD], text[:_LONGEST_TEXT])


def _frames(text: str) -> list[Frame]:
    """The frames in order; of several readings of one place, that of the first pattern that fits."""
    found: dict[tuple[int, str], Frame] = {}
    for pattern in _FRAMES:
        for match in pattern.finditer(text):
            path = match["path"].replace("\\", "/")
            place = (text.count("\n", 0, match.start("path")), path.rpartition("/")[2])
            found.setdefault(place, Frame(path, int(match["line"][:9]), match["name"]))
    return [found[place] for place in sorted(found)]


def _dotted(title: str, prose: str, blocks: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for text, weight in ((title, _TITLE_WEIGHT), (prose, 1.0), (blocks, _BLOCK_WEIGHT)):
        for match in _DOTTED.finditer(text):
            name = re.sub(r"::|#", ".", match[0])
            found[name] = max(found.get(name, 0.0), weight)
    return found


def _names(title: str, prose: str, blocks: str) -> dict[str, float]:
    """Words that may be names of definitions."""
    found: dict[str, float] = {}

    def note(name: str, weight: float) -> None:
        if len(name) > 2:
            found[name] = max(found.get(name, 0.0), weight)

    for text, weight in ((title, _TITLE_WEIGHT), (prose, 1.0), (blocks, _BLOCK_WEIGHT)):
        quoted = {word for span in _QUOTED.findall(text) for word in _WORD.findall(span)}
        called = set(_CALLED.findall(text))
        for word in _WORD.findall(text):
            plain = 1.0 if word in quoted or word in called or _SHAPED.match(word) else 0.2
            note(word, weight * plain)
    return found


def _terms(title: str, prose: str, blocks: str) -> dict[str, float]:
    """The terms of the question with their weights; repetition counts less and less."""
    found: dict[str, float] = {}
    for text, weight in ((title, _TITLE_WEIGHT), (prose, 1.0), (blocks, _BLOCK_WEIGHT)):
        for term, count in terms_of(text.encode("utf-8", "surrogatepass")).items():
            found[term] = found.get(term, 0.0) + weight * float(count**0.5)
    return found
