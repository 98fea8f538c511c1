"""Which paths a pattern means, the way .gitignore and editors read it. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Callable

_LONGEST = 500
_MOST_WILD = 12
_WILD_RUN = r"\*{3,}|(?:\*\*/){2,}"
_PARTS = r"(?P<deep>\*\*/)|(?P<rest>\*\*)|(?P<star>\*)|(?P<one>\?)|(?P<set>\[[^\]/]+\])|(?P<any>\{[^{}]+\})"


def matcher(pattern: str) -> Callable[[str], bool]:
    """Whether a path is meant by `pattern`.

    `*` and `?` stay within a folder, `**` does not; `{a,b}` is either. A pattern without `/` means a file or
    folder of that name at any depth, any other starts at the root; a folder means all that is in it.
    Raises ValueError for a pattern that is too long or has too many wildcards to be matched quickly.
    """
    if not pattern:
        return lambda path: True
    wanted = pattern.removeprefix("./").strip("/")
    wanted = re.sub(_WILD_RUN, lambda run: "**/" if "/" in run.group() else "**", wanted)
    if len(wanted) > _LONGEST or wanted.count("*") > _MOST_WILD:
        raise ValueError(f"a path pattern has at most {_LONGEST} characters and {_MOST_WILD} stars")
    if wanted in ("", "."):
        return lambda path: True
    prefix = "" if "/" in pattern.removeprefix("./").rstrip("/") else "(?:.*/)?"
    compiled = re.compile(f"{prefix}{_translate(wanted)}(?:/.*)?", re.DOTALL)
    return lambda path: compiled.fullmatch(path) is not None


def _translate(pattern: str) -> str:
    done, at = [], 0
    for part in re.finditer(_PARTS, pattern):
        done += [re.escape(pattern[at : part.start()]), _as_regex(part.lastgroup, part.group())]
        at = part.end()
    return "".join([*done, re.escape(pattern[at:])])


def _as_regex(kind: str | None, text: str) -> str:
    match kind:
        case "deep":
            return "(?:.*/)?"
        case "rest":
            return ".*"
        case "star":
            return "[^/]*"
        case "one":
            return "[^/]"
        case "set":
            return _character_set(text[1:-1])
        case _:
            return f"(?:{'|'.join(_translate(choice) for choice in text[1:-1].split(','))})"


def _character_set(inside: str) -> str:
    inverted = inside[0] in "!^" and len(inside) > 1
    characters = inside[inverted:].replace("\\", "\\\\").replace("[", "\\[").replace("^", "\\^")
    return f"[{'^/' if inverted else ''}{characters}]"
