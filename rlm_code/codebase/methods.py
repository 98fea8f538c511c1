"""The host's end of the wire: the methods behind `codebase.remote`, each argument checked.

What calls them was written by a model that may have read hostile text. So a path is only ever a key of the
snapshot (in its history: one that git takes literally, and only within the repository), a number is in its range,
and there is no method here that a handle does not need.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Any

from rlm_code.codebase.queries import NAMELESS, SEARCHED, Queries, ReferencePage, SearchPage
from rlm_code.codebase.remote import MOST_ROWS
from rlm_code.errors import RlmCodeError
from rlm_code.parse.facts import ROLES

_LONGEST_TEXT = 100_000
_LARGEST = 2**40
_LONGEST_SEARCH_S = 60

Json = Any
Check = Callable[[Json], None]


class BrokenLookUp(RlmCodeError):  # noqa: N818  the look-up is broken, and whoever asked may ask otherwise
    """A look-up failed as it must not: a bug of ours."""

    code = "bug"


def host_methods(queries: Queries) -> dict[str, Callable[..., Json]]:
    """The functions to offer a sandbox, by the names that `RemoteQueries` calls. They raise TypeError, ValueError or
    LookupError for arguments that do not fit, RlmCodeError for what goes wrong, BrokenLookUp for what never should."""

    @cache
    def known() -> frozenset[str]:
        return frozenset(row.path for row in queries.files())

    def path(value: Json) -> None:
        if _is(value, str) not in known():
            raise LookupError(f"no file {value!r}")

    def paths(value: Json) -> None:
        for each in _is(value, list):
            path(each)

    def place(value: Json) -> None:
        if not isinstance(value, list) or len(value) != 2:
            raise TypeError("a definition is [path, name_start]")
        path(value[0])
        _name(value[1])

    checks: dict[str, tuple[Check, ...]] = {
        "overview": (),
        "files": (),
        "outline": (path,),
        "find": (_text, _maybe(_text), _limit),
        "search": (paths, _text, _flag, _flag, _limit, _seconds),
        "symbols": (_text, _maybe(_text), _maybe(_text), _limit),
        "details": (path, _name),
        "references": (path, _name, _maybe(_roles), _flag, _limit),
        "uses_of_name": (_text, _limit),
        "outgoing": (path, _maybe(_name), _maybe(_roles)),
        "bases": (path, _name),
        "subclasses": (path, _name),
        "imports": (path,),
        "importers": (path,),
        "definition_at": (path, _line, _offset),
        "references_at": (path, _line, _offset),
        "call_path": (place, place, _limit),
        "central": (_text, _limit),
        "rank": (_text, _limit),
        "commits": (_maybe(_text), _maybe(_line), _maybe(_line), _limit, _maybe(_text), _maybe(_text)),
        "commit": (_revision,),
        "diff": (_revision, _maybe(_text)),
        "blame": (path, _line, _line),
    }
    methods = {f"repo.{name}": _checked(name, getattr(queries, name), wanted) for name, wanted in checks.items()}
    return methods | {
        "repo.references_at": _cut(methods["repo.references_at"]),
        "repo.search": _over_all(queries, methods["repo.search"]),
    }


def _over_all(queries: Queries, function: Callable[..., SearchPage]) -> Callable[..., SearchPage]:
    """Search all texts where no paths are given."""

    def method(*arguments: Json) -> SearchPage:
        if arguments and arguments[0] is None:
            texts = [row.path for row in queries.files() if row.status in SEARCHED]
            return function(texts, *arguments[1:])
        return function(*arguments)

    return method


def _cut(function: Callable[..., ReferencePage]) -> Callable[..., ReferencePage]:
    def method(*arguments: Json) -> ReferencePage:
        page = function(*arguments)
        return page._replace(rows=page.rows[:MOST_ROWS])

    return method


def _checked(name: str, function: Callable[..., Json], checks: tuple[Check, ...]) -> Callable[..., Json]:
    def method(*arguments: Json) -> Json:
        if len(arguments) != len(checks):
            raise TypeError(f"{len(checks)} arguments wanted, {len(arguments)} given")
        for check, argument in zip(checks, arguments, strict=True):
            check(argument)
        try:
            return function(*arguments)
        except Exception as error:
            # Who raises on purpose raises just these; a KeyError is one of them, and a mistake.
            if isinstance(error, RlmCodeError) or type(error) in (LookupError, ValueError):
                raise
            logging.getLogger(__name__).exception("the look-up %s failed", name)
            what = f"{type(error).__name__}: {str(error)[:200]}"
            raise BrokenLookUp(f"repo.{name} failed inside rlm-code ({what}); find it another way") from error

    return method


def _is(value: Json, kind: type) -> Json:
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} wanted, not {type(value).__name__}")
    return value


def _maybe(check: Check) -> Check:
    def either(value: Json) -> None:
        if value is not None:
            check(value)

    return either


def _text(value: Json) -> None:
    if len(_is(value, str)) > _LONGEST_TEXT:
        raise ValueError(f"a text of {len(value)} characters is too long (at most {_LONGEST_TEXT})")


def _revision(value: Json) -> None:
    _text(value)
    if not value or value.startswith("-"):
        raise ValueError(f"{value[:80]!r} names no commit")


def _roles(value: Json) -> None:
    for role in _is(value, list):
        if role not in ROLES:
            raise ValueError(f"{role!r} is no role; there are {', '.join(ROLES)}")


def _flag(value: Json) -> None:
    _is(value, bool)


def _between(least: int, most: int, noun: str) -> Check:
    def check(value: Json) -> None:
        if not least <= _is(value, int) <= most:
            raise ValueError(f"{noun} {value} is not within {least} and {most}")

    return check


def _seconds(value: Json) -> None:
    if type(value) not in (int, float) or not 0 <= value <= _LONGEST_SEARCH_S:
        raise ValueError(f"{value!r} is no time to search for: 0 to {_LONGEST_SEARCH_S} seconds")


_limit = _between(0, MOST_ROWS, "limit")
_line = _between(1, _LARGEST, "line")
_offset = _between(0, _LARGEST, "offset")
_name = _between(NAMELESS, _LARGEST, "the offset of a name")
