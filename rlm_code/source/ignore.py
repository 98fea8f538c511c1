"""What `.gitignore` files leave out of a plain folder, judged as git judges."""

from __future__ import annotations

import re
from typing import NamedTuple

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

_WILDCARD_RUN = re.compile(r"\*+")
_WILDCARDS_LIMIT = 5  # each more multiplies the time that a regular expression may take on a hostile name


class IgnoreRules(NamedTuple):
    """The rules of one `.gitignore`: `folder` ends with a slash unless it is "", the root."""

    folder: str
    spec: GitIgnoreSpec


def parse_rules(folder: str, data: bytes) -> tuple[IgnoreRules, list[str]]:
    """The rules that a `.gitignore` with content `data` in `folder` states, and its lines that were not understood."""
    patterns: list[GitIgnoreSpecPattern] = []
    refused: list[str] = []
    for line in data.decode("utf-8", "surrogateescape").split("\n"):
        if not line.startswith("#") and len(_WILDCARD_RUN.findall(line)) > _WILDCARDS_LIMIT:
            refused.append(line)
            continue
        try:
            patterns.append(GitIgnoreSpecPattern(line))
        except (ValueError, re.error):
            refused.append(line)
    return IgnoreRules(folder, GitIgnoreSpec(patterns, backend="simple")), refused


def is_ignored(path: str, rules: list[IgnoreRules]) -> bool:
    """Whether the nearest of `rules` (outermost first) with an opinion leaves `path` out; folders end with a slash."""
    for folder, spec in reversed(rules):
        verdict = spec.check_file(path[len(folder) :]).include
        if verdict is not None:
            return verdict
    return False
