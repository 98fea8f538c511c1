"""A review as SARIF 2.1.0, for code-scanning pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from rlm_code import __version__
from rlm_code.features.review.findings import RULES, Finding, Level, Review
from rlm_code.text import counted

_LEVELS: dict[Level, str] = {"error": "error", "warning": "warning", "info": "note"}


def to_sarif(review: Review) -> dict[str, Any]:
    """The findings as one SARIF run; code that could not be reviewed in full is a notification of the tool."""
    rules = [
        {"id": rule, "shortDescription": {"text": f"{text[0].upper()}{text[1:]}."}} for rule, text in RULES.items()
    ]
    notifications = [
        {"level": "warning", "message": {"text": f"{path} was not reviewed in full: {why}"}}
        for path, why in review.incomplete
    ]
    if review.unjudged:
        left = f"{counted(review.unjudged, 'removed definition')} that may still be used: not judged, used too often"
        notifications.append({"level": "warning", "message": {"text": left}})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "rlm-code", "version": __version__, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notifications}],
                "results": [_result(finding) for finding in review.findings],
            }
        ],
    }


def _result(finding: Finding) -> dict[str, Any]:
    place = {"uri": quote(finding.path, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
    return {
        "ruleId": finding.rule,
        "ruleIndex": list(RULES).index(finding.rule),
        "level": _LEVELS[finding.level],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": {"startLine": finding.line}}}],
        "partialFingerprints": {"rlmCode/v1": finding.fingerprint},
    }
