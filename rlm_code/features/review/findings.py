"""What a review says: findings that the change introduced, whom it reaches, and what was not looked at."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Level = Literal["error", "warning", "info"]

SEVERITY: dict[Level, int] = {"info": 0, "warning": 1, "error": 2}

RULES: dict[str, str] = {
    "stale-import": "an import names something that the change removed",
    "stale-call": "a call names something that the change removed",
    "stale-use": "code names something that the change removed",
    "call-misfit": "a call no longer fits the signature that the change gave its function",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the change breaks. `line` (1-based) is of the head; `text` is that line without its indentation.

    `symbol` is what was removed or changed, `defined_at` where it stood or stands ("path:line" of the base or head).
    `fingerprint` stays the same when lines move.
    """

    rule: str
    level: Level
    path: str
    line: int
    message: str
    symbol: str
    defined_at: str
    text: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """A changed definition and who calls it, as "path:line caller". `change` is added, removed or changed."""

    change: str
    kind: str
    symbol: str
    place: str
    callers: tuple[str, ...]
    more_callers: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A whole review. `reviewed` are the changed files that were looked at, `skipped` [path, reason] the others that
    hold no code, `incomplete` [path, reason] code that could not be looked at in full. `unjudged` counts removed
    definitions whose uses were not sought because that would have taken too long, `unreached` changed ones whose
    callers were not."""

    base: str
    head: str
    findings: tuple[Finding, ...]
    reach: tuple[Reach, ...]
    reviewed: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    incomplete: tuple[tuple[str, str], ...]
    unjudged: int = 0
    unreached: int = 0

    def worst(self) -> int:
        """The severity of the worst finding, -1 without any."""
        return max((SEVERITY[finding.level] for finding in self.findings), default=-1)

    def to_json(self) -> dict[str, Any]:
        """The review as plain JSON values."""
        return asdict(self)


def by_cause(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings in groups, each of all places that one removed or changed definition breaks in one way. Groups and
    what is in them keep the order."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        why = finding.message if finding.rule == "call-misfit" else ""
        groups.setdefault((finding.symbol, finding.defined_at, why), []).append(finding)
    return list(groups.values())


def fingerprinted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in order of place, each with a fingerprint of its rule, path, symbol, text and occurrence."""
    seen: Counter[tuple[str, ...]] = Counter()
    done = []
    for finding in sorted(findings, key=lambda each: (each.path, each.line, each.rule, each.symbol)):
        content = (finding.rule, finding.path, finding.symbol, " ".join(finding.text.split()))
        digest = hashlib.sha256("\0".join((*content, str(seen[content]))).encode("utf-8", "surrogateescape"))
        seen[content] += 1
        done.append(replace(finding, fingerprint=digest.hexdigest()[:32]))
    return tuple(done)
