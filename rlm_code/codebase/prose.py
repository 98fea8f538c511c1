"""What people wrote about code, shortened: the first words of docstrings, comments and READMEs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_LONGEST = 320
_LOOKED_AT = 80
_NO_PURPOSE = re.compile(
    r"copyright|licen[sc]e|spdx|all rights reserved|@generated|do not edit|eslint|prettier|@ts-|@flow|<reference "
    r"|vim:|coding[:=]|^\s*go:|\+build",
    re.IGNORECASE,
)
# In C, C#, Rust and PHP a mark of comments begins directives and attributes, too.
_DIRECTIVES = r"(?:include|import|define|undef|if|ifdef|ifndef|elif|else|endif|pragma|error|line|region|nullable)\b"
_COMMENT = re.compile(rf"^\s*(?:///?!?|#(?![!\[]|{_DIRECTIVES}|\s+include\s*[<\"])|--|;+|%)\s?(.*)$")
_BLOCK_OPENS = re.compile(r'^\s*(?:[rRuU]{0,2}("""|\'\'\')|(/\*)\*?!?|(<!--)|(\{-)\|?)')
_BLOCK_CLOSES = {'"""': '"""', "'''": "'''", "/*": "*/", "<!--": "-->", "{-": "-}"}
_UNDERLINE = re.compile(r"\s*[=\-~^*]{3,}\s*")
_SAYS_WHAT = re.compile(r"(?:The )?\S+(?: \S+){0,4}? (?:is|are|provides|lets|helps|offers|allows|contains) ")
_MARKUP = re.compile(r"^\s*(?:\[!\[|!\[|<|\.\. |:|=+$|-+$|\[.*\]:|\|)")


def first_paragraph(doc: str) -> str:
    """The first paragraph on one line, cut after a sentence where it is long."""
    lines: list[str] = []
    heading: list[str] = []
    for line in doc.strip().splitlines():
        if _UNDERLINE.fullmatch(line) and len(lines) == 1:
            heading, lines = lines, []
        elif not line.strip() and lines:
            break
        elif re.search(r"\w", line):
            lines.append(line.strip())
    lines = lines or heading
    text = _without_roles(" ".join(" ".join(lines).split()))
    # What only leads over to a list or an example says nothing without it.
    leads_over = text.rfind(". ") if text.endswith(":") else -1
    return _cut(text[: leads_over + 1] if leads_over > 0 else text)


def first_sentence(doc: str) -> str:
    """The first sentence of the first paragraph, at most 90 characters."""
    text = first_paragraph(doc)
    end = re.search(r"[.!?](?=\s|$)|:$", text)
    text = text[: end.start()] if end else text
    return text if len(text) <= 90 else text[:89].rsplit(" ", 1)[0] + " …"


def purpose_of_file(lines: list[str]) -> tuple[str, int, int]:
    """The first paragraph of the leading docstring or comment of a source file, and its first and last line;
    ("", 0, 0) if it has none. Licences and settings for tools are passed over."""
    for first, last, text in _leading_blocks(lines[:_LOOKED_AT]):
        paragraph = first_paragraph(text)
        if paragraph and not _NO_PURPOSE.search(text) and re.search(r"\w{3}", paragraph):
            return paragraph, first, last
    return "", 0, 0


def purpose_of_readme(lines: list[str]) -> tuple[str, int, int]:
    """The first paragraph of a README that says what something is, else its first prose; its first and last line."""
    paragraphs = list(_prose(lines[:_LOOKED_AT]))
    telling = (each for each in paragraphs if _SAYS_WHAT.match(each[0]))
    text, first, last = next(telling, paragraphs[0] if paragraphs else ("", 0, 0))
    return _cut(text), first, last


def _prose(lines: list[str]) -> Iterator[tuple[str, int, int]]:
    """Paragraphs of words, without headings, badges, lists and tables: text, first line, last line."""
    kept: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        prose = line.strip() and not _MARKUP.match(line) and not line.startswith("#") and not _underlined(lines, number)
        if prose:
            kept.append(_plain(line))
        elif kept:
            yield " ".join(kept), number - len(kept), number - 1
            kept = []


def _underlined(lines: list[str], number: int) -> bool:
    below = lines[number] if number < len(lines) else ""
    return bool(_UNDERLINE.fullmatch(below))


def _without_roles(text: str) -> str:
    """reStructuredText without its markup: ":meth:`~flask.Flask.run`" becomes "`run`"."""
    shown = re.sub(r":[a-z:]+:`~[\w.]*?(\w+)`", r"`\1`", text)
    shown = re.sub(r":[a-z:]+:`([^`<]+?)(?: ?<[^`]*>)?`", r"`\1`", shown)
    return shown.replace("``", "`")


def _plain(line: str) -> str:
    linked = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?", r"\1", line.strip())
    return " ".join(re.sub(r"(?<!\w)[*_]{1,2}(\S[^*_]*)[*_]{1,2}(?!\w)", r"\1", linked).split())


def _leading_blocks(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Comment blocks and docstrings before the first line of code: first line, last line, text."""
    at = 0
    while at < len(lines):
        line = lines[at]
        opened = _BLOCK_OPENS.match(line)
        if not line.strip() or line.startswith(("#!", "'use strict'", '"use strict"')):
            at += 1
        elif opened:
            end = _end_of_block(lines, at, opened)
            yield at + 1, end + 1, _block_text(lines[at : end + 1], opened)
            at = end + 1
        elif _COMMENT.match(line):
            end = at
            while end + 1 < len(lines) and _COMMENT.match(lines[end + 1]):
                end += 1
            yield at + 1, end + 1, "\n".join(_uncommented(lines[at : end + 1]))
            at = end + 1
        else:
            return


def _end_of_block(lines: list[str], at: int, opened: re.Match[str]) -> int:
    closes = _BLOCK_CLOSES[next(mark for mark in opened.groups() if mark)]
    for number in range(at, len(lines)):
        if closes in (lines[number][opened.end() :] if number == at else lines[number]):
            return number
    return len(lines) - 1


def _block_text(lines: list[str], opened: re.Match[str]) -> str:
    text = "\n".join([lines[0][opened.end() :], *lines[1:]])
    closes = _BLOCK_CLOSES[next(mark for mark in opened.groups() if mark)]
    return "\n".join(re.sub(r"^\s*\*+ ?", "", line).strip() for line in text.partition(closes)[0].splitlines())


def _uncommented(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        comment = _COMMENT.match(line)
        yield comment[1].strip() if comment else ""


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    sentence = text[:_LONGEST].rfind(". ")
    return text[: sentence + 1] if sentence > 60 else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
