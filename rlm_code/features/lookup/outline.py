"""The outline of a repository: its most important definitions with their signatures, as many as fit so many tokens."""

from __future__ import annotations

import re
from typing import NamedTuple

from rlm_code.codebase.file import File
from rlm_code.codebase.globs import matcher
from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.places import Ranked
from rlm_code.codebase.repo import Repo
from rlm_code.codebase.symbol import Symbol
from rlm_code.codebase.view import View
from rlm_code.errors import ConfigError
from rlm_code.places import DATA_LANGUAGES
from rlm_code.rlm.budget import tokens_in

_RANKED = 60
_FOR_RANKED = 0.4
_IN_VAIN = 300
_SIGNATURE = 160
_LIKE_PATH = re.compile(r"\S*[/*]\S*")


class Entry(NamedTuple):
    """One definition of an outline; `depth` counts the definitions around it, all of which are shown."""

    symbol: Symbol
    signature: str
    depth: int
    score: float


class Outline(NamedTuple):
    """Files with their entries in source order, the most important file first. `tokens` is an upper estimate for its
    text; `of_files` counts the files of code that it was made from."""

    files: list[tuple[str, list[Entry]]]
    tokens: int
    allowed: int
    of_files: int
    question: str
    paths: list[str]


def draw(queries: HostQueries, words: list[str], allowed: int) -> Outline:
    """The outline within `allowed` tokens. `words` are paths, folders or globs, to which it is confined then, or a
    question, on which it is focused. Raises ConfigError for paths that lead nowhere."""
    repo, view = Repo(queries), View(queries)
    paths = _paths(repo, words)
    question = "" if paths else " ".join(words)
    meant = {file.path for file in _code(repo, paths)}
    ranked = list(repo.rank(question, _RANKED)) if question else []
    drawing = _Drawing(allowed)
    for place in ranked:
        if place.symbol is not None and place.path in meant and drawing.tokens < allowed * _FOR_RANKED:
            drawing.add(place.symbol, place.score)
    vain = 0
    for row, score in queries.important(_focus(meant, len(repo.files()), ranked)):
        if row.path in meant:
            vain = 0 if drawing.add(Symbol(view, row), score) else vain + 1
            if vain >= _IN_VAIN:
                break
    return Outline(drawing.files(), drawing.tokens, allowed, len(meant), question, paths)


def outline_text(outline: Outline) -> str:
    """The outline as text: each file's path, and below it a line for each definition."""
    return "\n\n".join("\n".join([path, *map(entry_line, entries)]) for path, entries in outline.files)


def entry_line(entry: Entry) -> str:
    """One definition: its line in the file, and its signature, further right the deeper it lies."""
    return f"{entry.symbol.position[0]:>6}  {'  ' * entry.depth}{entry.signature}"


def _paths(repo: Repo, words: list[str]) -> list[str]:
    """`words` if they are paths, none if they are a question. Raises ConfigError for a path that leads nowhere."""
    nowhere = [word for word in words if not _leads_somewhere(repo, word)]
    if not nowhere:
        return words
    if all(word not in nowhere or _LIKE_PATH.fullmatch(word) for word in words):
        hint = "give a file, a folder or a glob such as 'src/**/*.py', or a question in several words"
        raise ConfigError(f"no file is meant by {nowhere[0]!r}", hint=hint)
    return []


def _leads_somewhere(repo: Repo, word: str) -> bool:
    """Whether a word is a path or a glob of files; a question that could not be a glob is none."""
    try:
        return bool(repo.files(word))
    except ValueError:
        return False


def _code(repo: Repo, paths: list[str]) -> list[File]:
    matchers = [matcher(path) for path in paths or [""]]
    files = [file for file in repo.files() if file.language and file.language not in DATA_LANGUAGES]
    return [file for file in files if any(matches(file.path) for matches in matchers)]


def _focus(meant: set[str], of_files: int, ranked: list[Ranked]) -> dict[str, float]:
    """How much the files that matter more than others do, at most 1."""
    if not ranked:
        return dict.fromkeys(meant, 1.0) if len(meant) < of_files else {}
    weights: dict[str, float] = {}
    for place in ranked:
        weights[place.path] = max(weights.get(place.path, 0.0), place.score)
    most = max(weights.values())
    return {path: weight / most for path, weight in weights.items()}


class _Drawing:
    """Definitions chosen so far, none twice, each with those around it."""

    def __init__(self, allowed: int) -> None:
        self._allowed = allowed
        self._text = ""
        self._chosen: dict[str, dict[Symbol, Entry]] = {}
        self._names: set[tuple[str, str]] = set()

    @property
    def tokens(self) -> int:
        """An upper estimate for the text so far."""
        return tokens_in(self._text) if self._text else 0

    def add(self, symbol: Symbol, score: float) -> bool:
        """Choose a definition and those around it, if they fit; whether that adds anything."""
        known = self._chosen.get(symbol.path, {})
        if (symbol.path, symbol.qualified_name) in self._names:
            return False  # overloads, a property's setter
        around = _around(symbol)
        if any(each.kind in ("function", "method", "constructor") for each in around):
            return False  # what a function keeps to itself says nothing to others
        added = [
            Entry(each, _shortened(each.heading), depth, score)
            for depth, each in enumerate([*around, symbol])
            if each not in known
        ]
        text = "".join(f"{entry_line(entry)}\n" for entry in added)
        text += "" if known else f"{symbol.path}\n\n"
        if tokens_in(self._text + text) > self._allowed:
            return False
        self._text += text
        self._names.update((entry.symbol.path, entry.symbol.qualified_name) for entry in added)
        self._chosen.setdefault(symbol.path, {}).update((entry.symbol, entry) for entry in added)
        return True

    def files(self) -> list[tuple[str, list[Entry]]]:
        """The files in the order in which their first definition was chosen."""
        return [
            (path, sorted(entries.values(), key=lambda entry: entry.symbol.key[1]))
            for path, entries in self._chosen.items()
        ]


def _around(symbol: Symbol) -> list[Symbol]:
    """The definitions around one, outermost first."""
    found: list[Symbol] = []
    parent = symbol.parent
    while parent is not None:
        found.insert(0, parent)
        parent = parent.parent
    return found


def _shortened(text: str) -> str:
    return text if len(text) <= _SIGNATURE else f"{text[: _SIGNATURE - 1]}…"
