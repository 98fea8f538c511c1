"""A review as people read it: in a terminal, on a page, beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.cli.markdown import escaped
from rlm_code.features.review.closed import CLOSED_LANGUAGES
from rlm_code.features.review.findings import by_cause
from rlm_code.text import counted, printable

if TYPE_CHECKING:
    from rlm_code.features.review.findings import Finding, Reach, Review

_ANNOTATIONS = {"error": "error", "warning": "warning", "info": "notice"}
_MOST_ANNOTATIONS = 10  # GitHub shows ten of a kind in a step and drops the rest
_MOST_REACH = 40
_MOST_PLACES = 8
_PAGE_BYTES = 60_000
_JUDGED = (
    "imports, and resolved calls of functions and classes; in Go, Rust and Java all resolved uses; of members those "
    "named behind their type in Rust, Java and C#, and calls on the bases of a class in Python, Java and C#"
)


def as_text(review: Review) -> str:
    """The review for a terminal."""
    lines = [_headline(review)]
    for group in by_cause(review.findings):
        lines += ["", *_group_rows(*group)]
    reached = [each for each in review.reach if each.callers]
    if reached:
        lines += ["", "Changed definitions and who calls them:", ""]
        lines += [f"    {row}" for each in reached[:_MOST_REACH] for row in _reach_rows(each)]
        lines += [f"    … and {len(reached) - _MOST_REACH} more"] if len(reached) > _MOST_REACH else []
    lines += ["", *_coverage(review)]
    return printable("\n".join(lines)) + "\n"


def as_markdown(review: Review) -> str:
    """The review as Markdown, short enough for a comment or a step summary."""
    lines = [f"### {_headline(review)}", ""]
    lines += [_group_line(*group) for group in by_cause(review.findings)]
    reached = [each for each in review.reach if each.callers]
    if reached:
        lines += ["", f"<details><summary>{counted(len(reached), 'changed definition')} with callers</summary>", ""]
        lines += [_reach_line(each) for each in reached[:_MOST_REACH]]
        lines += [f"- … and {len(reached) - _MOST_REACH} more"] if len(reached) > _MOST_REACH else []
        lines += ["", "</details>"]
    lines += ["", *(f"<sub>{escaped(line)}</sub>  " for line in _coverage(review))]
    return _cut(printable("\n".join(lines))) + "\n"


def as_annotations(review: Review) -> str:
    """The findings as workflow commands, which GitHub shows beside the lines of a pull request."""
    return "".join(f"{line}\n" for line in _commands(review))


def _commands(review: Review) -> Iterator[str]:
    groups = by_cause(review.findings)
    firsts = [group[0] for group in groups]  # which say most where only some are shown
    ordered = [*firsts, *(finding for group in groups for finding in group[1:])]
    for finding in ordered[:_MOST_ANNOTATIONS]:
        place = f"file={_property(finding.path)},line={finding.line},title={_property(finding.rule)}"
        yield f"::{_ANNOTATIONS[finding.level]} {place}::{_data(finding.message)}"
    if len(review.findings) > _MOST_ANNOTATIONS:
        yield f"::notice::{len(review.findings) - _MOST_ANNOTATIONS} more findings stand in the summary"


def _data(value: str) -> str:
    return printable(value).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _headline(review: Review) -> str:
    count = len(review.findings)
    if not (count or review.reviewed or review.skipped or review.incomplete):
        return "There is no change to review: commits are compared, and what is not committed is left out"
    causes = len(by_cause(review.findings))
    said = "nothing that this change breaks was found" if not count else counted(count, "finding")
    said += f" of {counted(causes, 'cause')}" if causes < count else ""
    return f"{said[0].upper()}{said[1:]} in {counted(len(review.reviewed), 'changed file')}{_unjudged(review)}"


def _group_rows(first: Finding, *others: Finding) -> Iterator[str]:
    """The findings of one cause: what the first says, and where the others are."""
    yield f"{_place(first)}: {first.level}: {first.message}"
    yield f"    {first.text}"
    yield from (f"    also {_place(other)}: {other.text}" for other in others[:_MOST_PLACES])
    if len(others) > _MOST_PLACES:
        yield f"    … and at {counted(len(others) - _MOST_PLACES, 'other place')}"


def _group_line(first: Finding, *others: Finding) -> str:
    also = ", ".join(f"`{_place(other)}`" for other in others[:_MOST_PLACES])
    more = f" and {counted(len(others) - _MOST_PLACES, 'other place')}" if len(others) > _MOST_PLACES else ""
    return f"- **{first.level}** `{_place(first)}` {_inline(first.message)}" + (f"; also {also}{more}" if also else "")


def _place(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}"


def _unjudged(review: Review) -> str:
    """That definitions were removed whose uses the checks do not judge."""
    found = {(finding.symbol, finding.defined_at) for finding in review.findings}
    methods = sum(1 for each in review.reach if _is_unjudged(each) and (each.symbol, each.place) not in found)
    said = _not_judged(methods, "removed method", " with callers")
    return said + _not_judged(review.unjudged, "removed definition", " that may still be used")


def _is_unjudged(reach: Reach) -> bool:
    is_method = reach.change == "removed" and reach.kind == "method" and reach.language not in CLOSED_LANGUAGES
    return is_method and bool(reach.callers)


def _not_judged(count: int, noun: str, which: str) -> str:
    return f"; {counted(count, noun)}{which} {'is' if count == 1 else 'are'} not judged" if count else ""


def _reach_rows(reach: Reach) -> Iterator[str]:
    yield f"{reach.change} {reach.kind} {reach.symbol} ({reach.place})"
    yield from (f"    {caller}" for caller in reach.callers)
    if reach.more_callers:
        yield f"    … and {reach.more_callers} more"


def _reach_line(reach: Reach) -> str:
    callers = ", ".join(f"`{caller.split(' ')[0]}`" for caller in reach.callers)
    more = f" and {reach.more_callers} more" if reach.more_callers else ""
    return f"- {reach.change} {reach.kind} `{reach.symbol}` (`{reach.place}`): called at {callers}{more}"


def _coverage(review: Review) -> list[str]:
    compared = f"compared   {review.base[:10]} with {review.head[:10]}"
    files = [f"{counted(len(review.reviewed), 'file')} reviewed"]
    if review.skipped:
        files.append(f"{counted(len(review.skipped), 'other file')} without code that rlm-code reads")
    rows = [
        compared,
        f"coverage   {', '.join(files)}; judged: {_JUDGED}",
    ]
    if review.unjudged:
        rows.append(
            f"unjudged   {counted(review.unjudged, 'removed definition')} whose names are used too often to look"
        )
    if review.unreached:
        missing = counted(review.unreached, "changed definition")
        rows.append(f"callers    of {missing} were not looked up: too many, or names used too often")
    if review.incomplete:
        named = ", ".join(f"{path} ({why})" for path, why in review.incomplete[:3])
        more = f" and {len(review.incomplete) - 3} more" if len(review.incomplete) > 3 else ""
        rows.append(f"incomplete {named}{more}")
    return rows


def _inline(message: str) -> str:
    """A message whose parts in backticks stay code and whose rest is escaped."""
    parts = message.split("`")
    return "`".join(part if at % 2 else escaped(part) for at, part in enumerate(parts))


def _cut(page: str) -> str:
    data = page.encode()
    if len(data) <= _PAGE_BYTES:
        return page
    return data[:_PAGE_BYTES].decode("utf-8", "ignore").rpartition("\n")[0] + "\n\n… cut: the rest did not fit here"
