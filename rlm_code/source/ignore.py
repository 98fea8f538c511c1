"""What `.gitignore` files leave out of a plain folder, exactly as git judges (gitignore(5)).

The paths asked about come from a walk that enters no ignored folder: a pattern is held against each path
itself, never against what lies below it. Patterns come from anywhere, so each is matched in time
linear in the path for each of its parts: no wildcard is ever tried again after it has found a place.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NOTHING = re.compile(rb"(?!)")
_CLASSES = {
    b"alnum": rb"0-9A-Za-z", b"alpha": rb"A-Za-z", b"blank": rb" \t", b"cntrl": rb"\x00-\x1f\x7f", b"digit": rb"0-9",
    b"graph": rb"!-~", b"lower": rb"a-z", b"print": rb" -~", b"punct": rb"!-/:-@\[-`{-~", b"space": rb"\t-\r ",
    b"upper": rb"A-Z", b"xdigit": rb"0-9A-Fa-f",
}  # fmt: skip


class Pattern(NamedTuple):
    """One line of a `.gitignore`. `parts` match the names of a path, None any number of them.

    An `anchored` pattern starts at its file's folder; any other is about the last name alone.
    """

    parts: tuple[re.Pattern[bytes] | None, ...]
    anchored: bool
    folders_only: bool
    ignores: bool


class IgnoreRules(NamedTuple):
    """The patterns of one `.gitignore`: `folder` ends with a slash unless it is empty, the root."""

    folder: bytes
    patterns: tuple[Pattern, ...]


def parse_rules(folder: bytes, data: bytes) -> IgnoreRules:
    """The rules that a `.gitignore` with content `data` in `folder` states; what git would pass over is."""
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    parsed = (_pattern(line.removesuffix(b"\r")) for line in lines)
    return IgnoreRules(folder, tuple(pattern for pattern in parsed if pattern is not None))


def is_ignored(path: bytes, *, is_folder: bool, rules: list[IgnoreRules]) -> bool:
    """Whether the last pattern that matches `path` ignores it; the rules come with the outermost folder first."""
    for folder, patterns in reversed(rules):
        names = path[len(folder) :].split(b"/")
        for pattern in reversed(patterns):
            if (is_folder or not pattern.folders_only) and _matches(pattern, names):
                return pattern.ignores
    return False


def _matches(pattern: Pattern, names: list[bytes]) -> bool:
    """Whether the parts match the names, by the first place that each run of parts between two `**` fits."""
    if not pattern.anchored:
        names = names[-1:]
    at, retry_part, retry_name = 0, -1, 0
    name = 0
    while name < len(names):
        part = pattern.parts[at] if at < len(pattern.parts) else _NOTHING
        if part is None:
            at, retry_part, retry_name = at + 1, at + 1, name
        elif part.fullmatch(names[name]):
            at, name = at + 1, name + 1
        elif retry_part < 0:
            return False
        else:
            retry_name += 1
            at, name = retry_part, retry_name
    return at == len(pattern.parts)


def _pattern(line: bytes) -> Pattern | None:
    if line.startswith(b"#"):
        return None
    line = _without_trailing_spaces(line)
    ignores = not line.startswith(b"!")
    body = line if ignores else line[1:]
    folders_only = body.endswith(b"/")
    body = body.removesuffix(b"/")
    anchored = b"/" in body
    try:
        globs = _split(body.removeprefix(b"/"))
        if b"" in globs:
            return None
        if anchored and _is_any_folders(globs[-1]):
            globs.append(b"*")  # `a/**` is what lies below a, and not a itself
        parts = tuple(None if anchored and _is_any_folders(glob) else _compiled(glob) for glob in globs)
    except ValueError:
        return None
    return Pattern(parts, anchored, folders_only, ignores)


def _split(body: bytes) -> list[bytes]:
    """The globs between the slashes of a pattern; a slash in brackets is one character of their set."""
    globs = []
    start = at = 0
    while at < len(body):
        if body[at : at + 1] == b"[":
            at = _bracket(body, at + 1)[1]
            continue
        if body[at : at + 1] == b"/":
            globs.append(body[start:at])
            start = at + 1
        at += 2 if body[at : at + 1] == b"\\" else 1
    return [*globs, body[start:]]


def _is_any_folders(glob: bytes) -> bool:
    return len(glob) > 1 and not glob.strip(b"*")


def _without_trailing_spaces(line: bytes) -> bytes:
    stripped = line.rstrip(b" ")
    backslashes = len(stripped) - len(stripped.rstrip(b"\\"))
    return stripped + b" " if backslashes % 2 and len(stripped) < len(line) else stripped


def _compiled(glob: bytes) -> re.Pattern[bytes]:
    """A glob without slashes as a regular expression; ValueError if git finds no sense in it."""
    fixed = [b""]
    at = 0
    while at < len(glob):
        char = glob[at : at + 1]
        if char == b"*":
            fixed.append(b"")
            at += 1
            continue
        if char == b"[":
            piece, at = _bracket(glob, at + 1)
        elif char == b"?":
            piece, at = b".", at + 1
        else:
            piece, at = _literal(glob, at)
        fixed[-1] += piece
    if len(fixed) == 1:
        return re.compile(fixed[0], re.DOTALL)
    middle = b"".join(b"(?>.*?%s)" % piece for piece in fixed[1:-1] if piece)
    return re.compile(b"%s%s.*%s" % (fixed[0], middle, fixed[-1]), re.DOTALL)


def _literal(glob: bytes, at: int) -> tuple[bytes, int]:
    """The character at an offset, escaped for a regular expression, and the offset behind it."""
    if glob[at : at + 1] == b"\\":
        at += 1
    if at >= len(glob):
        raise ValueError("a backslash at the end")
    return re.escape(glob[at : at + 1]), at + 1


def _bracket(glob: bytes, at: int) -> tuple[bytes, int]:
    """The set that starts behind a `[`, as a regular expression, and the offset behind its `]`."""
    negated = glob[at : at + 1] in (b"!", b"^")
    at += negated
    members = b""
    first = True
    while first or glob[at : at + 1] != b"]":
        if at >= len(glob):
            raise ValueError("a set without an end")
        member, at = _member(glob, at)
        members += member
        first = False
    if not members:  # only ranges that hold nothing
        return (b"." if negated else b"(?!)"), at + 1
    return b"[%s%s]" % (b"^" if negated else b"", members), at + 1


def _member(glob: bytes, at: int) -> tuple[bytes, int]:
    """One character, range or named class of a set, and the offset behind it."""
    if glob[at : at + 2] == b"[:":
        end = glob.find(b"]", at + 2)
        if end < 0:
            raise ValueError("a set without an end")
        if glob[end - 1 : end] == b":" and end - 1 >= at + 2:
            name = glob[at + 2 : end - 1]
            if name not in _CLASSES:
                raise ValueError("an unknown class")
            return _CLASSES[name], end + 1
    low, at = _literal(glob, at)
    if glob[at : at + 1] != b"-" or glob[at + 1 : at + 2] in (b"]", b""):
        return low, at
    high, at = _literal(glob, at + 1)
    return (b"%s-%s" % (low, high) if low[-1] <= high[-1] else b""), at
