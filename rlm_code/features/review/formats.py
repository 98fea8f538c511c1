"""A review as reviewdog's diagnostics (rdjson) and as GitLab's code quality report: one entry for each place.

Neither has room for what a whole run says of itself, so code that could not be reviewed in full is an entry, too.
"""

from __future__ import annotations

import hashlib
from typing import Any

from rlm_code.features.review.findings import Finding, Level, Review

_RDJSON: dict[Level, str] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}
_GITLAB: dict[Level, str] = {"error": "major", "warning": "minor", "info": "info"}


def to_rdjson(review: Review) -> dict[str, Any]:
    """The findings as one DiagnosticResult."""
    return {
        "source": {"name": "rlm-code"},
        "diagnostics": [
            {
                "message": each.message,
                "location": {"path": each.path, "range": {"start": {"line": each.line}}},
                "severity": _RDJSON[each.level],
                "code": {"value": each.rule},
            }
            for each in _entries(review)
        ],
    }


def to_gitlab(review: Review) -> list[dict[str, Any]]:
    """The findings as the entries of a code quality report."""
    return [
        {
            "description": each.message,
            "check_name": each.rule,
            "fingerprint": each.fingerprint,
            "severity": _GITLAB[each.level],
            "location": {"path": each.path, "lines": {"begin": each.line}},
        }
        for each in _entries(review)
    ]


def _entries(review: Review) -> list[Finding]:
    return [*review.findings, *(_incomplete(path, why) for path, why in review.incomplete)]


def _incomplete(path: str, why: str) -> Finding:
    digest = hashlib.sha256(f"incomplete\0{path}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return Finding("incomplete", "warning", path, 1, f"not reviewed in full: {why}", path, path, "", digest)
