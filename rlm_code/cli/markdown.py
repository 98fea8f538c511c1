"""An answer as Markdown, for a page or a pull request: the text, a diagram, and the evidence with its quotes."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from rlm_code.cli.render import render_footer
from rlm_code.text import printable, printable_line

if TYPE_CHECKING:
    from rlm_code.rlm.answer import Answer, Citation

_QUOTED_LINES = 12
_TABLE_ROW = re.compile(r" {4}\S")
_GAP = re.compile(r" {2,}")


def render_markdown(answer: Answer, *, title: str, diagram: str = "") -> str:
    """The whole answer as Markdown that ends in a line feed; `diagram` is Mermaid source."""
    parts = [f"# {escaped(title)}", _text(answer.answer)]
    if diagram:
        parts.append(f"```mermaid\n{diagram}\n```")
    if answer.citations:
        parts.append("## Evidence")
        parts += [_evidence(number, citation) for number, citation in enumerate(answer.citations, 1)]
    parts.append("\n".join(f"- {escaped(line)}" for line in render_footer(answer).split("\n")))
    return "\n\n".join(part for part in parts if part) + "\n"


def _text(answer: str) -> str:
    """The answer with its aligned rows as lists, so that they keep their lines and can hold links."""
    lines = printable(answer).rstrip().split("\n")
    return "\n".join(f"- {_GAP.sub(' · ', line.strip())}" if _TABLE_ROW.match(line) else line for line in lines)


def _evidence(number: int, citation: Citation) -> str:
    lines = printable(citation.quote).split("\n")
    more = [f"… {len(lines) - _QUOTED_LINES} more lines"] if len(lines) > _QUOTED_LINES else []
    quoted = "\n".join(lines[:_QUOTED_LINES] + more)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", quoted)), default=0))
    span = f"{citation.start_line}" + (f"-{citation.end_line}" if citation.end_line > citation.start_line else "")
    link = f"{_percent_encoded(citation.path)}#L{citation.start_line}"
    return f"**[{number}]** [{escaped(printable_line(citation.path))}:{span}](<{link}>)\n\n{fence}\n{quoted}\n{fence}"


def _percent_encoded(path: str) -> str:
    return re.sub(rb"[^\w/.~-]", lambda match: b"%%%02X" % match[0][0], os.fsencode(path)).decode("ascii")


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>#|!])", r"\\\1", printable(text))
