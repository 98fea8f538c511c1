"""Which language a file is in: by its name, its longest known extension, its `#!` line, or its head.

It looks at a name and at bytes that someone else has read; it knows no grammar.
"""

from __future__ import annotations

import re
from functools import cache

from rlm_code.parse.language import Language
from rlm_code.parse.registry import LANGUAGES

_HEAD_BYTES = 16_384
_SHEBANG = re.compile(rb"#!\s*(\S+)((?:[ \t]+\S+)*)")
_VERSION = re.compile(r"[\d.]+$")


def languages() -> tuple[Language, ...]:
    """Every language that can be parsed, in order of depth."""
    return LANGUAGES


def language_of(path: str, head: bytes) -> Language | None:
    """The language of the file at `path`, or None. `head` is its first bytes (more than 16 KiB are not used).

    A file name decides before an extension, a longer extension before a shorter one, and any of them
    before the `#!` line, which is asked only where the name has no extension.
    """
    name = path.rsplit("/", 1)[-1]
    by_name, by_extension, _ = _tables()
    rows = by_name.get(name) or by_extension.get(name)
    dot = name.find(".", 1)
    while not rows and dot != -1:
        rows = by_extension.get(name[dot:].lower())
        dot = name.find(".", dot + 1)
    if rows:
        return _by_marks(rows, head[:_HEAD_BYTES])
    return None if "." in name.lstrip(".") else _by_interpreter(head[:256])


def _by_marks(rows: tuple[Language, ...], head: bytes) -> Language:
    """The first of `rows` whose marks `head` shows, else the first that claims none."""
    if len(rows) == 1:
        return rows[0]
    for row in rows:
        if row.marks and re.search(row.marks.encode(), head, re.MULTILINE):
            return row
    return next((row for row in rows if not row.marks), rows[0])


def _by_interpreter(head: bytes) -> Language | None:
    match = _SHEBANG.match(head)
    if not match:
        return None
    words = [match[1], *match[2].split()]
    names = [word.decode("ascii", "replace").rsplit("/", 1)[-1] for word in words]
    if names[0] == "env":
        names = [name for name in names[1:] if not name.startswith("-") and "=" not in name]
    return _tables()[2].get(_VERSION.sub("", names[0])) if names else None


_Table = dict[str, tuple[Language, ...]]


@cache
def _tables() -> tuple[_Table, _Table, dict[str, Language]]:
    """Rows by file name, by extension (lower case, with its dot), and by interpreter."""
    names: _Table = {}
    extensions: _Table = {}
    interpreters: dict[str, Language] = {}
    for row in LANGUAGES:
        for name in row.file_names:
            names[name] = (*names.get(name, ()), row)
        for extension in row.extensions:
            extensions[extension] = (*extensions.get(extension, ()), row)
        for interpreter in row.interpreters:
            interpreters.setdefault(interpreter, row)
    return names, extensions, interpreters
