"""Who uses a definition, who calls it, and what it calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from rlm_code.codebase.listing import Listing
from rlm_code.codebase.repo import Repo
from rlm_code.codebase.symbol import Reference
from rlm_code.errors import ConfigError
from rlm_code.features.lookup.target import Sought, one_target, refuse_path
from rlm_code.parse.facts import ROLES


class Uses(NamedTuple):
    """Uses in order of path and position, cut to what was asked for. `total` counts all of them; `blind_spots` say
    what could hide more; `doubt` says why these may not be what was meant, "" if they are."""

    sought: Sought
    rows: list[Reference]
    total: int
    blind_spots: list[str]
    doubt: str = ""


def references(repo: Repo, query: str, name: str | None, *, role: str | None, sure: bool, limit: int | None) -> Uses:
    """The uses of the definition that `query` means, in one role or all; where nothing here defines it, of its name.

    Raises ConfigError for a role that there is not.
    """
    if role not in (None, *ROLES):
        raise ConfigError(f"{role!r} is no role", hint=f"roles are {', '.join(ROLES)}")
    sought = one_target(repo, query, name)
    return _uses(repo, sought, role, sure, limit)


def callers(repo: Repo, query: str, name: str | None, *, sure: bool, limit: int | None) -> Uses:
    """The calls of the definition that `query` means; each one's `inside` is the caller."""
    return references(repo, query, name, role="call", sure=sure, limit=limit)


def callees(repo: Repo, query: str, name: str | None, *, sure: bool, limit: int | None) -> Uses:
    """The calls written inside the definition that `query` means, or inside a whole file; each one's `target` is what
    it calls, None for what is not of this repository."""
    files = [file for file in repo.files() if file.path == query.removeprefix("./")]
    if files and name is None:
        sought = Sought(query, files[0].path, [])
        found = list(files[0].callees())
    else:
        sought = one_target(repo, query, name)
        if not sought.definitions:
            refuse_path(repo, query)
            raise ConfigError(f"nothing here defines {sought.name!r}, so what it calls is not known")
        found = _merged(symbol.callees(limit=None) for symbol in sought.definitions)
    kept = [use for use in found if not sure or use.certainty != "name"]
    return Uses(sought, kept[:limit], len(kept), [])


def _uses(repo: Repo, sought: Sought, role: str | None, sure: bool, limit: int | None) -> Uses:
    if sought.definitions:
        listings = [symbol.references(role, sure=sure, limit=None) for symbol in sought.definitions]
        return _cut(sought, listings, lambda use: True, limit)
    by_name = repo.uses_of_name(sought.name, limit=None)
    doubt = f"nothing here defines {sought.name!r}: these are uses of the name, whatever each means"
    uses = _cut(sought, [by_name], lambda use: not sure and role in (None, use.role), limit)
    return uses._replace(doubt=doubt)


def _cut(
    sought: Sought, listings: list[Listing[Reference]], fits: Callable[[Reference], bool], limit: int | None
) -> Uses:
    rows = [use for use in _merged(listings) if fits(use)]
    spots = dict.fromkeys(spot for listing in listings for spot in listing.blind_spots)
    return Uses(sought, rows[:limit], len(rows), list(spots))


def _merged(listings: Iterable[Iterable[Reference]]) -> list[Reference]:
    """The uses of several definitions, each once, in order."""
    found: dict[tuple[Any, ...], Reference] = {}
    for listing in listings:
        for use in listing:
            found.setdefault((use.path, use.line, use.column), use)
    return [found[place] for place in sorted(found)]
