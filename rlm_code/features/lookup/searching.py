"""Text search for people and scripts: as `Repo.search`, and stopped when an expression runs away."""

from __future__ import annotations

from typing import NamedTuple

from rlm_code.codebase.queries import SEARCHED
from rlm_code.codebase.repo import Repo
from rlm_code.codebase.search import Hit
from rlm_code.errors import ConfigError, LimitReached


class Asked(NamedTuple):
    """What to search for, and where. `pattern` is a Python regular expression unless `literal`."""

    pattern: str
    literal: bool
    ignore_case: bool
    path: str
    language: str | None
    limit: int | None
    seconds: float


class Found(NamedTuple):
    """Matching lines in order of path, cut to what was asked for. `total` counts all of them, `files` the files that
    hold one of `searched`; `left_out` counts files by why they hold no text to search."""

    asked: Asked
    rows: list[Hit]
    total: int
    files: int
    searched: int
    left_out: dict[str, int]


def find_text(repo: Repo, asked: Asked) -> Found:
    """The lines that match. Raises ConfigError for what is no expression or no language, LimitReached when it takes
    longer than was allowed."""
    meant = repo.files(asked.path)
    if asked.path and not meant:
        raise ConfigError(f"no file here is meant by {asked.path!r}", hint="a path or a glob, from the root")
    if asked.language is not None:
        asked = asked._replace(language=_language(repo, asked.language))
    chosen = [file for file in meant if asked.language in (None, file.language)]
    try:
        hits = repo.search(
            asked.pattern,
            asked.path,
            regex=not asked.literal,
            ignore_case=asked.ignore_case,
            language=asked.language,
            limit=asked.limit,
            seconds=asked.seconds,
        )
    except ValueError as error:
        message = str(error).removesuffix("; regex=False searches as written")
        raise ConfigError(message, hint="--literal searches for the text as written") from error
    if hits.out_of_time:
        limit = LimitReached("search time", spent=asked.seconds, allowed=asked.seconds)
        limit.hint = f"not seen: {hits.blind_spots[0]}"
        raise limit
    left_out: dict[str, int] = {}
    for file in chosen:
        if file.status not in SEARCHED:
            left_out[file.status] = left_out.get(file.status, 0) + 1
    if hits.unseen:
        left_out["changed"] = hits.unseen
    searched = len(chosen) - sum(left_out.values())
    return Found(asked, list(hits), hits.total or 0, len(hits.counts), searched, left_out)


def _language(repo: Repo, written: str) -> str:
    """The language as the index names it. Raises ConfigError where no file is written in it."""
    known = sorted({file.language for file in repo.files() if file.language})
    if written.lower() not in known:
        raise ConfigError(f"no file here is written in {written!r}", hint=f"there are {', '.join(known)}")
    return written.lower()
