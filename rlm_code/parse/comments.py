"""The words of a comment or docstring without the marks around them."""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"^\s*(/\*+!?|//[/!]*|#+[:!]?|--+(?:\s*[|^])?|;+|%+|\(\*+|\{-\s*\|?|<!--|\"\"\"|\*(?![/)]))[ \t]?"
)
_CLOSING = re.compile(r"\s*(\*+/|\*\)|-\}|-->|\"\"\")\s*$")
_STRING = re.compile(r"^[a-zA-Z]*('''|\"\"\"|'|\")(.*)\1$", re.DOTALL)


def doc_text(comments: list[str]) -> str:
    """The text of adjacent comments, their marks taken off, dedented."""
    lines = [line for comment in comments for line in _CLOSING.sub("", comment.rstrip()).split("\n")]
    return _trimmed([_OPENING.sub("", line).rstrip() for line in lines])


def docstring_text(literal: str) -> str:
    """The text of a string literal that serves as documentation, dedented as `inspect.cleandoc` does."""
    match = _STRING.match(literal.strip())
    return _trimmed((match[2] if match else literal).expandtabs().split("\n"))


def _trimmed(lines: list[str]) -> str:
    """`lines` joined, without the indent that all but the first share and without blank ends."""
    rest = [line for line in lines[1:] if line.strip()]
    indent = min((len(line) - len(line.lstrip()) for line in rest), default=0)
    kept = [lines[0].strip() if lines else "", *(line[indent:].rstrip() for line in lines[1:])]
    return "\n".join(kept).strip("\n").strip()
