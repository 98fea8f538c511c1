"""What a question is about: the name or path in a phrase like "the `run` method of Flask".

It knows words, not repositories: whether such a thing exists is found out by a program.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_KINDS = {
    "def": "function",
    "class": "class",
    "classes": "class",
    "interface": "interface",
    "struct": "struct",
    "enum": "enum",
    "trait": "trait",
    "function": "function",
    "func": "function",
    "method": "method",
    "constant": "constant",
    "variable": "variable",
    "folder": "folder",
    "directory": "folder",
}
_NOISE = (
    "a an the this that these those its of in for to our your my me all any some symbol definition implementation "
    "source code declaration file module package folder directory type helper decorator component object name called "
    "named please exactly actually currently work works here there"
)
_NOISE_WORDS = frozenset(_NOISE.split())
_ANYWHERE = frozenset(
    ("anywhere", "everywhere", "base", "codebase", "repo", "repository", "project", "app", "library", "defined")
)
_WHOLE = re.compile(
    r"(?:(?:the|this|that|whole|entire|our|my) )*"
    r"(?:repo(?:sitory)?|project|code ?base|code|library|package|app(?:lication)?|architecture|structure)"
    r"(?: (?:about|for|do))?"
)
_RECEIVER = re.compile(r"\(\*?(\w+)\)\.(?=\w)")  # Go writes (*Engine).ServeHTTP
_TICKS = re.compile(r"`+([^`\n]+?)`+")
_QUOTED = re.compile(r"\"([^\"\n]+)\"|\u201c([^\u201d\n]+)\u201d|(?<!\w)'([^'\n]+)'(?!\w)")
_LINE = re.compile(r"^(?P<path>[^\s:]+\.\w+):(?P<line>\d+)(?::\d+)?$")
_IN_FILE = re.compile(r"^(?P<path>[^\s:]+\.\w+):(?:(?<=\.py:):)?(?P<name>[^\W\d][\w.$#]*)$")
_WITHIN = re.compile(
    r"(?P<what>.+?) (?:(?:defined |declared )?(?P<in>in|inside|within|from|at)|of) (?:the )?(?:file |folder |module )?"
    r"`?(?P<path>[^\s`]*(?:/|\w\.\w)[^\s`]*)`?",
    re.IGNORECASE,
)
_TRIMMED = " \t\n.,;:!?"


class Subject(NamedTuple):
    """What to look for: `names` to try in turn, the `kind` of definition asked for, "folder" for one, or "", and
    whether it is written like code, so that not finding it is an answer. `line` is that of a "path:line", else 0;
    `within` is the file, folder or module in which it is said to stand, or ""; `besides` are words around the name
    that may ask for more than it names, or ""."""

    names: tuple[str, ...]
    kind: str
    is_code: bool
    line: int = 0
    within: str = ""
    besides: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is the repository itself."""
        return self.names == ("",)


WHOLE = Subject(("",), "", is_code=False)
NOTHING = Subject((), "", is_code=False)


def subject(phrase: str) -> Subject:
    """What `phrase` names; NOTHING where it is plain words that name nothing."""
    text = _RECEIVER.sub(r"\1.", phrase)
    text = re.sub(r"(?<=\w)\([^()]*\)", "", text).strip(_TRIMMED)
    if _WHOLE.fullmatch(text.lower()):
        return WHOLE
    if inside := _within(text):
        return inside
    kind = next((_KINDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _KINDS), "")
    if marked := _marked(text):
        around = (_TICKS if _TICKS.search(text) else _QUOTED).sub(" ", text)
        return _named(_joined(marked), kind, is_code=True)._replace(besides=_besides(around.split()))
    words = [word.strip("\"'“”()[],;!?") or word for word in text.split()]
    telling = [re.sub(r"['\u2019]s$", "", word) for word in words if word.lower() not in _NOISE_WORDS]
    return _from_words(telling or words[-1:], kind)


def setting(phrase: str) -> Subject:
    """The setting that a phrase names: what stands in quotes, or one word as settings are written, an option's dashes
    included; NOTHING for other words."""
    text = phrase.strip(_TRIMMED)
    name = marked[0] if len(marked := _marked(text)) == 1 else text
    is_name = bool(marked) or (len(name.split()) == 1 and (looks_like_code(name) or name.isupper() or "-" in name))
    return Subject((name,), "", is_code=True) if is_name and re.search(r"\w", name) else NOTHING


def looks_like_code(word: str) -> bool:
    """Whether a word is written as names in code are: snake_case, camelCase, dotted, a path, or called."""
    return bool(
        re.search(r"[_/#\\]|::|\w\.\w|\(|\d", word) or re.search(r"[a-z][A-Z]|[A-Z]{2,}[a-z]|^[A-Z][a-z]+[A-Z]", word)
    )


def _within(text: str) -> Subject | None:
    """What "main in src/cli.c" names: a definition, and where it is said to stand."""
    match = _WITHIN.fullmatch(text)
    if match is None or all(word.lower() in _NOISE_WORDS or word.lower() in _KINDS for word in match["what"].split()):
        return None
    found = subject(match["what"])
    is_sure = bool(match["in"]) or found.is_code or bool(found.kind) or "/" in match["path"]
    if found.is_whole or found.line or found.within or not found.names or not is_sure:
        return None
    return found._replace(is_code=True, within=match["path"].removeprefix("./"))


def _besides(words: list[str]) -> str:
    """What is left of a phrase around a name, "" where nothing of it tells anything."""
    telling = [word for word in words if word.strip(_TRIMMED).lower() not in _NOISE_WORDS | _KINDS.keys() | _ANYWHERE]
    return " ".join(telling).strip(_TRIMMED)


def _marked(text: str) -> list[str]:
    """What is set off by backticks, else by quotes."""
    return _TICKS.findall(text) or ["".join(groups) for groups in _QUOTED.findall(text)]


def _joined(marked: list[str]) -> str:
    """One name from several: "`run` of `Flask`" is most likely Flask.run."""
    return marked[0] if len(marked) == 1 or looks_like_code(marked[0]) else f"{marked[1]}.{marked[0]}"


def _from_words(words: list[str], kind: str) -> Subject:
    names = [word for word in words if word.lower() not in _KINDS]
    code = [word for word in names if looks_like_code(word)]
    if not names:
        names = words
    if len(code) == 1:
        rest = [word for word in words if word != code[0]]
        return _named(code[0], kind, is_code=True)._replace(besides=_besides(rest))
    if len(names) == 1 and (not kind or words[-1] == names[0]):
        return _named(names[0], kind, is_code=bool(kind))
    if code or len(words) > 4 or not all(re.fullmatch(r"[A-Za-z][\w-]*", word) for word in words):
        return NOTHING
    # "the session interface" may be SessionInterface, session_interface or an interface called session.
    snake = "_".join(word.lower().replace("-", "_") for word in words)
    alone = tuple(names) if len(names) == 1 else ()
    return Subject((snake, snake.replace("_", ""), *alone), kind, is_code=bool(alone))


def _named(name: str, kind: str, *, is_code: bool) -> Subject:
    bare = re.sub(r"\(.*\)$", "", name.strip(_TRIMMED).lstrip("@")).strip(_TRIMMED)
    place = _LINE.match(bare)
    if place:
        return Subject((place["path"],), kind, is_code=True, line=int(place["line"]))
    if inside := _IN_FILE.match(bare):
        return Subject((inside["name"],), kind, is_code=True, within=inside["path"])
    return Subject((bare,), kind, is_code=is_code) if re.search(r"\w", bare) else NOTHING
