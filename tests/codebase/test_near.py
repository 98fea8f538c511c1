"""What someone may have meant by a name that does not exist."""

from __future__ import annotations

from collections.abc import Callable

from rlm_code.codebase.repo import Repo


def test_a_name_that_goes_on_comes_before_one_that_is_more_alike(open_repo: Callable[..., Repo]) -> None:
    repo = open_repo({"a.py": "def must_fetch(): ...\ndef may_fetch_all(): ...\ndef parse(): ...\n"})
    assert [symbol.name for symbol in repo.near("may_fetch")] == ["may_fetch_all", "must_fetch"]
    assert [symbol.name for symbol in repo.near("pkg.mustfetch")] == ["must_fetch"]
    assert repo.near("nothing_like_it") == []
