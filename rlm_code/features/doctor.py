"""Doctor: what of rlm-code works on this machine, and what to do about what doesn't."""

from __future__ import annotations

import platform
import sys
from typing import NamedTuple

from rlm_code import __version__
from rlm_code.config import Settings
from rlm_code.errors import RlmCodeError


class Check(NamedTuple):
    """One thing that was looked at: whether it holds, and why or what to do; `matters` if the rest stands on it."""

    name: str
    holds: bool
    detail: str
    matters: bool


def examine(settings: Settings) -> list[Check]:
    """All checks in the order in which a question meets them. Starts a worker to try confinement; takes a second."""
    return [
        Check("rlm-code", True, f"{__version__} on Python {platform.python_version()}, {sys.platform}", False),
        _git(),
        *_grammars(),
        *_settings(settings),
        _folder("index folder", settings.cache_dir),
        _folder("run folder", settings.state_dir),
        *_sandbox(),
        _key(settings),
    ]


def _settings(settings: Settings) -> list[Check]:
    """Where the user's own settings are, and whether they make sense."""
    from rlm_code.lm.prices import prices_with
    from rlm_code.rlm.task import Limits

    path = settings.config_dir / "config.toml"
    try:
        Limits.of(settings.limits)
        prices_with(settings.prices)
    except RlmCodeError as error:
        return [Check("settings", False, f"{path}: {error}", True)]
    oldest = min((str(price["as_of"]) for price in settings.prices.values()), default="")
    prices = f", with {len(settings.prices)} prices of your own, the oldest of {oldest}" if oldest else ""
    return [Check("settings", True, f"{path}{prices}" if path.exists() else f"none, would be {path}", False)]


def _git() -> Check:
    from rlm_code.source import git_version

    try:
        return Check("git", True, git_version(), True)
    except RlmCodeError as error:
        return Check("git", False, str(error), True)


def _grammars() -> list[Check]:
    from rlm_code.parse import grammar_problem, languages

    problems = {language.name: grammar_problem(language) for language in languages()}
    missing = [Check(f"language {name}", False, problem, True) for name, problem in problems.items() if problem]
    count = len(problems) - len(missing)
    return [Check("languages", count > 0, f"{count} of {len(problems)} can be parsed", True), *missing]


def _folder(name: str, folder: object) -> Check:
    import os
    from pathlib import Path

    path = Path(str(folder))
    nearest = next(parent for parent in (path, *path.parents) if parent.exists())
    holds = os.access(nearest, os.W_OK | os.X_OK)
    return Check(name, holds, f"{path}" if holds else f"{path} cannot be written", True)


def _sandbox() -> list[Check]:
    from rlm_code.sandbox import diagnose

    return [Check(f"sandbox: {found.check}", found.holds, found.why, found.matters) for found in diagnose()]


def _key(settings: Settings) -> Check:
    said = "set: `ask` may use a language model" if settings.has_anthropic_key else "not set: answers are structural"
    return Check("Anthropic key", settings.has_anthropic_key, said, False)
