"""The reference of what cells see, made from signatures and docstrings, so that it cannot drift from the code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection, Iterator

from rlm_code.codebase import Draft, Repo
from rlm_code.codebase.commit import Blame, Commit
from rlm_code.codebase.file import File, Import
from rlm_code.codebase.lines import Lines, Located
from rlm_code.codebase.listing import Listing
from rlm_code.codebase.places import Chain, Ranked
from rlm_code.codebase.search import Hit, Hits
from rlm_code.codebase.symbol import Reference, Symbol
from rlm_code.environment.names import Environment, Response

_HANDLES = (
    Symbol,
    Located,
    Reference,
    File,
    Import,
    Lines,
    Hit,
    Hits,
    Ranked,
    Chain,
    Commit,
    Blame,
    Listing,
    Draft,
)
_QUOTED = re.compile(r"(: |-> )'([^']*)'")
_SAID_OTHERWISE = (Symbol.subclasses, File.callees)
# For those who make handles, or had from others: left out for brevity.
_LEFT_OUT = (
    "of",
    "whole",
    "cut",
    "heading",
    "key",
    "position",
    "line_text",
    "without",
    "is_top_level",
    "is_file",
    "is_declaration",
    "summary",
)
_SELF = re.compile(r"\(self(?:, (?:/, )?)?")


def reference(sub_queries: Collection[str]) -> str:
    """One line a name: its signature and what it gives. Sub-queries only as far as they are offered."""
    blocks = ["Names in every cell:", *_functions(sub_queries), "", "repo: " + _summary(Repo), *_members(Repo)]
    for handle in _HANDLES:
        base = "(Located)" if issubclass(handle, Located) and handle is not Located else ""
        blocks += ["", f"{handle.__name__}{base}: {_summary(handle)}", *_members(handle)]
    if sub_queries:
        blocks += ["", f"Response: {_summary(Response)}"]
    return "\n".join(blocks)


def _functions(sub_queries: Collection[str]) -> Iterator[str]:
    for name in ("submit", "budget", *sub_queries):
        function = getattr(Environment, name)
        yield f"  {name}{_signature(function)}: {_summary(function)}"


def _members(handle: type) -> Iterator[str]:
    for name, member in vars(handle).items():
        if name.startswith("_") or name in _LEFT_OUT or member in _SAID_OTHERWISE:
            continue
        if isinstance(member, property) and member.fget:
            yield f"  .{name}: {_summary(member.fget)}"
        elif inspect.isfunction(member):
            yield f"  .{name}{_signature(member)}: {_summary(member)}"


def _signature(function: object) -> str:
    text = str(inspect.signature(function))  # type: ignore[arg-type]
    unquoted = _QUOTED.sub(r"\1\2", _SELF.sub("(", text, count=1))
    return unquoted.replace(" | None = None", " = None")


def _summary(documented: object) -> str:
    return " ".join((inspect.getdoc(documented) or "").split())
