"""What someone points at: a position (`path:line:column`, `path:line` with or without a name) or a qualified name.

It decides which definitions are meant, and says what to do where that is not clear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rlm_code.codebase.file import File
from rlm_code.codebase.meant import meant_by
from rlm_code.codebase.near import near_paths
from rlm_code.codebase.queries import SEARCHED
from rlm_code.codebase.repo import Repo
from rlm_code.codebase.symbol import Symbol
from rlm_code.errors import ConfigError
from rlm_code.places import DATA_LANGUAGES

_POSITION = r"(?s)(?P<path>.+?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?:?"
_IN_FILE = r"(?P<path>[^:]+):{1,2}(?P<name>[^\W\d][\w$.#]*)"
_WORD = r"[^\W\d][\w$]*|\$[\w$]+"
_PARTS = re.compile(r"::|->|[.#/\\]")
_MOST_CANDIDATES = 1000
_SHOWN_CHARACTERS = 100
_NAMESAKES_SHOWN = 5


class Sought(NamedTuple):
    """What was asked for. `definitions` are what it stands for, none where nothing in the repository defines it:
    then the uses of its `name` are all that is known."""

    query: str
    name: str
    definitions: list[Symbol]


class NoSuchTargetError(ConfigError):
    """Nothing is called so, or nothing stands there."""

    code = "not_found"


class AmbiguousTargetError(ConfigError):
    """Several definitions are meant; `candidates` are they, the likeliest first."""

    code = "ambiguous"

    def __init__(self, message: str, candidates: Sequence[Symbol]) -> None:
        hint = "give one of these places, path:name, or more of its name (its class or module)"
        super().__init__(message, hint=hint)
        self.candidates = tuple(candidates)


def find_targets(repo: Repo, query: str, name: str | None = None) -> Sought:
    """Every definition that `query` means. `name` is what stands on the line of a `path:line`.

    Raises NoSuchTargetError with what is there instead, or is called almost so.
    """
    written = _match(_POSITION, query.strip())
    if written and written["column"] and name:
        raise ConfigError(f"{query!r} is a whole position, so it takes no name beside it", hint="give path:line NAME")
    path = _path(repo, written["path"]) if written else None
    if written and path:
        line = int(written["line"])
        column = int(written["column"]) if written["column"] else None
        return _at(repo, query, path, line, _column(repo, path, line, name) if column is None else column)
    if written and (name or "/" in written["path"] or written["column"]):
        raise NoSuchTargetError(f"no file is called {written['path']!r}", hint=_near(repo, written["path"]))
    named = _match(_IN_FILE, f"{query.strip()}:{name}" if name else query.strip())
    path = _path(repo, named["path"]) if named else None
    if named and path:
        return _in_file(repo, query, path, named["name"])
    if name:
        raise ConfigError(f"{query!r} is no place, so it takes no name beside it", hint="give path:line NAME")
    return _called(repo, query.strip())


def one_target(repo: Repo, query: str, name: str | None = None) -> Sought:
    """As `find_targets`, for questions about one definition: keys of data files of the same name are not meant.
    Raises AmbiguousTargetError where a name has several."""
    found = find_targets(repo, query, name)
    if len(found.definitions) > 1 and not _match(_POSITION, query.strip()):
        meant = meant_by(query.strip(), found.definitions)
        apart = {(symbol.path, symbol.qualified_name): symbol for symbol in meant}  # overloads are one
        if len(apart) != 1:
            raise AmbiguousTargetError(f"{len(apart)} definitions are called {query!r}", list(apart.values()))
        return found._replace(definitions=meant)
    return found


def refuse_path(repo: Repo, query: str) -> None:
    """Raise NoSuchTargetError where `query` is a file or folder, in which there may be many definitions."""
    wanted = query.strip().removeprefix("./").rstrip("/")
    for file in repo.files():
        kind = "file" if file.path == wanted else "folder" if file.path.startswith(f"{wanted}/") else ""
        if kind:
            hint = f"`rlm-code symbols {wanted}` lists what it defines; path:line:column is a place in a file"
            raise NoSuchTargetError(f"{wanted} is a {kind}, not a definition", hint=hint)


def _match(place: str, written: str) -> re.Match[str] | None:
    """A place as it is written. Without a colon it is none, which is seen before an expression is compiled."""
    return re.fullmatch(place, written) if ":" in written else None


def _called(repo: Repo, query: str) -> Sought:
    parts = [part for part in _PARTS.split(query) if part]
    if not parts:
        raise NoSuchTargetError(f"{query!r} is no name", hint="give path:line:column or a qualified name")
    if query.endswith("/"):
        refuse_path(repo, query)
    found = list(repo.find(query, limit=_MOST_CANDIDATES))
    if (found or len(parts) > 1) and all(symbol.language in DATA_LANGUAGES for symbol in found):
        refuse_module(repo, query, found)
    if found:
        return Sought(query, parts[-1], found)
    if len(parts) > 1:
        _refuse_namesakes(repo, query, parts[-1])
    used = repo.uses_of_name(parts[-1], limit=0).total
    if "/" in query or not used:
        refuse_path(repo, query)
    if not used:
        near = [symbol.qualified_name for symbol in repo.near(query)]
        alike = f"alike: {', '.join(near)}" if near else "a name is written as in the source, a path from the root"
        raise NoSuchTargetError(f"nothing here defines or uses {query!r}", hint=alike)
    return Sought(query, parts[-1], [])


def _in_file(repo: Repo, query: str, path: str, name: str) -> Sought:
    """The definitions of a name in one file."""
    found = [symbol for symbol in repo.find(name, limit=_MOST_CANDIDATES) if symbol.path == path]
    if not found:
        raise NoSuchTargetError(
            f"{path} does not define {name!r}", hint=f"`rlm-code symbols {path}` lists what it does"
        )
    return Sought(query, found[0].name, found)


def refuse_module(repo: Repo, query: str, keys: Sequence[Symbol] = ()) -> None:
    """Raise NoSuchTargetError where a name that no code defines is that of a module, which is what is meant then."""
    parts = [part for part in _PARTS.split(query) if part]
    files = sorted(repo.files(), key=lambda file: file.is_test)
    if place := next(filter(None, (_module_place(file, parts) for file in files)), ""):
        also = f"; a key of that name is {keys[0].qualified_name} ({keys[0].place})" if keys else ""
        hint = f"`rlm-code symbols {place}` lists what it defines, `rlm-code ask 'Who imports {query}?'` its users"
        raise NoSuchTargetError(f"{query!r} is a module, not a definition: {place}", hint=hint + also)


def _module_place(file: File, parts: list[str]) -> str:
    """The file or its folder, if that is the module of this name, as the names of what the file defines begin."""
    folder, _, name = file.path.rpartition("/")
    is_folder = folder.rpartition("/")[2] == parts[-1]
    if not is_folder and name.partition(".")[0] != parts[-1]:
        return ""
    first = next((symbol for symbol in file.symbols() if symbol.is_top_level), None)
    if first is None or first.language in DATA_LANGUAGES:
        return ""
    *module, _ = (part for part in _PARTS.split(first.qualified_name) if part)
    if is_folder and parts in (module[-len(parts) :], module[:-1][-len(parts) :]):
        return f"{folder}/"
    return file.path if module[-len(parts) :] == parts else ""


def _refuse_namesakes(repo: Repo, query: str, name: str) -> None:
    """Raise NoSuchTargetError where only the last part of a name is known: its uses would be those of others."""
    others = repo.find(name, limit=_NAMESAKES_SHOWN)
    if others:
        names = ", ".join(dict.fromkeys(symbol.qualified_name for symbol in others))
        raise NoSuchTargetError(f"nothing here is called {query!r}", hint=f"what is called {name!r}: {names}")


def _at(repo: Repo, query: str, path: str, line: int, column: int) -> Sought:
    text = _line(repo, path, line)
    found = list(repo.definition_at(path, line, column))
    word = _word_at(text, column)
    if not found and (word is None or not _is_used(repo, path, line, word, column)):
        raise NoSuchTargetError(
            f"{path}:{line}:{column} holds no name: {_what_stands(text, column)}", hint=_names_on(path, line, text)
        )
    return Sought(query, word or found[0].name, found)


def _is_used(repo: Repo, path: str, line: int, word: str, column: int) -> bool:
    """Whether the word at a place is a name to the parser, not part of a comment or text."""
    return any(
        use.line == line and use.column <= column <= use.column + len(use.name.encode())
        for use in repo.references_at(path, line, column)
        if use.path == path
    )


def _column(repo: Repo, path: str, line: int, name: str | None) -> int:
    """Where on a line the name stands, or what is defined there, or the only name."""
    text = _line(repo, path, line)
    if name is not None:
        whole = re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text)
        if whole is None:
            raise NoSuchTargetError(f"{name!r} is not on {path}:{line}", hint=_names_on(path, line, text))
        return len(text[: whole.start()].encode())
    defined = {symbol.position[1] for symbol in repo.file(path).symbols() if symbol.position[0] == line}
    columns = defined or {column for column, _ in _words(text)}
    if len(columns) != 1:
        raise NoSuchTargetError(f"{path}:{line} does not say which name is meant", hint=_names_on(path, line, text))
    return columns.pop()


def _line(repo: Repo, path: str, line: int) -> str:
    file = repo.file(path)
    if file.status not in SEARCHED:
        why = " ".join(filter(None, (file.status.replace("_", " "), file.detail)))
        raise NoSuchTargetError(f"{path} is not read: {why}")
    count = file.line_count
    if not 1 <= line <= count:
        raise NoSuchTargetError(f"{path} has {count} lines, so there is no line {line}", hint="lines count from 1")
    return file.lines(line, line).text


def _path(repo: Repo, written: str) -> str | None:
    try:
        return repo.file(written).path
    except LookupError:
        return None


def _words(text: str) -> list[tuple[int, str]]:
    """The words of a line that could be names, each with its column in bytes."""
    return [(len(text[: match.start()].encode()), match[0]) for match in re.finditer(_WORD, text)]


def _word_at(text: str, column: int, *, touching: bool = True) -> str | None:
    """The word at a column, or, if `touching`, the one that ends there."""
    ends = [(at, at + len(word.encode()), word) for at, word in _words(text)]
    inside = next((word for start, end, word in ends if start <= column < end), None)
    return inside or next((word for _, end, word in ends if touching and end == column), None)


def _what_stands(text: str, column: int) -> str:
    encoded = text.encode()
    if column >= len(encoded):
        return f"the line ends at column {len(encoded)}"
    rest = encoded[column:].decode("utf-8", "replace")
    word = _word_at(text, column, touching=False)
    if word is not None:
        return f"{word!r} is a keyword there, or part of a comment or a text"
    return "there is white space" if rest[0].isspace() else f"there is {rest[0]!r}"


def _names_on(path: str, line: int, text: str) -> str:
    names = ", ".join(f"{path}:{line}:{column} {word}" for column, word in _words(text)[:8])
    return f"on that line: {names}" if names else f"that line is: {text.strip()[:_SHOWN_CHARACTERS] or '(empty)'}"


def _near(repo: Repo, path: str) -> str:
    near = near_paths(path, (file.path for file in repo.files()))
    return f"did you mean {', '.join(near)}?" if near else "a path is written from the root of the repository"
