"""An answer as people read it in a terminal: first the answer, then the evidence, then what was looked at.

Piped, it is plain text; in a terminal each `path:line` is a link. This module knows nothing of how answers
come about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rlm_code.cli.fitting import fitted, unquoted, wrapped
from rlm_code.text import counted, printable, printable_line

if TYPE_CHECKING:
    from rlm_code.rlm.answer import Answer, Citation, Coverage, LMUse, Spent

_QUOTE_WIDTH = 72
_NAMED_FILES, _NAMED_WIDTH = 3, 72
_SPOTS = 2
_CHOICELESS = "no language model is chosen"
_SPOT_WIDTH = 160
_KNOWN_BY = 40
_NOTICED_S = 1.0
_INDENT = " " * 10


def render_answer(answer: Answer, *, links: bool, columns: int = 0, opened_s: float = 0.0) -> str:
    """The whole answer as text that ends in a line feed; `links` adds terminal hyperlinks. Lines are fitted into
    `columns`, if any; `opened_s` is how long it took to have the repository open."""
    text = unquoted(printable(answer.answer).rstrip())
    parts = [fitted(text, columns) if columns else text] if text else []
    if listed := _citations_not_in(text, answer.citations):
        parts.append(listed)
    footer = render_footer(answer, opened_s)
    lines = [piece for line in footer.split("\n") for piece in (wrapped(line, columns, _INDENT) if columns else [line])]
    parts.append("\n".join(lines))
    shown = "\n\n".join(parts) + "\n"
    return _with_links(shown, answer) if links else shown


def _citations_not_in(text: str, citations: Sequence[Citation]) -> str:
    """The citations whose place the text does not spell out, one a line, with the quote's first line."""
    rows = [
        (f"[{number}]", f"{printable_line(citation.path)}:{_lines(citation)}", _first_line(citation.quote))
        for number, citation in enumerate(citations, 1)
        if not any(f"{path}:{citation.start_line}" in text for path in _spelled(citation.path))
    ]
    return _columns(rows)


def _spelled(path: str) -> set[str]:
    """How a path may stand in the printable text of an answer, whose rows hold no line feeds."""
    return {printable(path), printable_line(path), printable(" ".join(path.split()))}


def _lines(citation: Citation) -> str:
    if citation.end_line == citation.start_line:
        return str(citation.start_line)
    return f"{citation.start_line}-{citation.end_line}"


def _first_line(quoted: str) -> str:
    return _shortened(printable(next((line.strip() for line in quoted.split("\n") if line.strip()), "")), _QUOTE_WIDTH)


def _shortened(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _columns(rows: Iterable[tuple[str, ...]]) -> str:
    table = list(rows)
    if not table:
        return ""
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
    )


def render_footer(answer: Answer, opened_s: float = 0.0) -> str:
    """What stands behind an answer, a line each: status if not complete, evidence, coverage, model, run."""
    rows: list[tuple[str, str]] = []
    if answer.status != "complete":
        rows.append((answer.status, printable(answer.reason or "")))
    rows.append(("evidence", _evidence(answer)))
    rows.append(("coverage", _coverage(answer.coverage)))
    rows += [("" if number else "not seen", spot) for number, spot in enumerate(_spots(answer))]
    opened = f", after {_seconds(opened_s)} of indexing" if opened_s >= _NOTICED_S else ""
    rows.append(("model", f"{_model(answer.lm, answer.usage)}   {_seconds(answer.usage.seconds)}{opened}"))
    if answer.route is not None and answer.route.reason != _CHOICELESS:
        rows.append(("route", printable(f"{answer.route.name}: {answer.route.reason}")))
    if answer.trajectory and answer.lm.root != "structural":
        rows.append(("run", Path(answer.trajectory).stem))
    return _columns(rows)


def _evidence(answer: Answer) -> str:
    count = len(answer.citations)
    if not count:
        return "none cited"
    loose = sum(citation.commit is None for citation in answer.citations)
    if answer.commit is None or loose == count:
        return f"{_citations(count)} in the files as they are now"
    said = f"{_citations(count - loose)} at {answer.commit[:7]}"
    return f"{said}, {loose} more in changed files as they are now" if loose else said


def _citations(count: int) -> str:
    return f"{count} {'citation holds' if count == 1 else 'citations hold'}"


def _coverage(coverage: Coverage) -> str:
    parts = [counted(coverage.files, "file")]
    if coverage.read:
        parts.append(f"{len(coverage.read):,} read")
    if coverage.read_by_sub_models:
        parts.append(f"{len(coverage.read_by_sub_models):,} read by sub-models")
    if coverage.matched_unread:
        parts.append(f"{len(coverage.matched_unread):,} matched but not read")
    if coverage.unparsed:
        parts.append(f"{len(coverage.unparsed):,} not parsed whole ({_named([path for path, _ in coverage.unparsed])})")
    return ", ".join(parts)


def _named(paths: Sequence[str]) -> str:
    """The first few paths, at least one, as far as they fit."""
    kept = [printable_line(path) for path in paths[:_NAMED_FILES]]
    while len(kept) > 1 and len(", ".join(kept)) > _NAMED_WIDTH:
        kept.pop()
    return ", ".join([*kept, "…"] if len(kept) < len(paths) else kept)


def _spots(answer: Answer) -> Iterator[str]:
    """What could hide more and is not said by the answer itself."""
    spots = [
        spot for spot in answer.coverage.blind_spots if _shortened(spot, _KNOWN_BY).rstrip("…") not in answer.answer
    ]
    yield from (_spot(printable_line(spot)) for spot in spots[:_SPOTS])
    if len(spots) > _SPOTS:
        yield f"{len(spots) - _SPOTS} more, which --json lists"


def _spot(text: str) -> str:
    """What could hide more, cut between words."""
    return text if len(text) <= _SPOT_WIDTH else text[:_SPOT_WIDTH].rpartition(" ")[0].rstrip(",:") + " …"


def _model(lm: LMUse, usage: Spent) -> str:
    if lm.root == "structural":
        return "none: structural answer"
    names = lm.root if lm.sub in (None, lm.root) else f"{lm.root} with {lm.sub}"
    tokens = usage.input_tokens + usage.output_tokens + usage.cache_read_tokens + usage.cache_write_tokens
    cost = "price unknown" if usage.cost_usd is None else f"${usage.cost_usd:.4f}"
    return f"{names}: {usage.turns} turns, {usage.calls} calls, {tokens:,} tokens, {cost}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds:,.0f} s"


def _with_links(text: str, answer: Answer) -> str:
    """`text` with OSC 8 hyperlinks on each cited `path:line`."""
    paths = sorted({citation.path for citation in answer.citations}, key=len, reverse=True)
    if not paths:
        return text
    places = re.compile(r"(?<![\w./-])(" + "|".join(map(re.escape, paths)) + r")(:\d+(?:-\d+)?)?(?![\w/])")
    root = Path(answer.repository)

    def link(match: re.Match[str]) -> str:
        return f"\x1b]8;;{(root / match[1]).as_uri()}\x1b\\{match[0]}\x1b]8;;\x1b\\"

    return places.sub(link, text)
