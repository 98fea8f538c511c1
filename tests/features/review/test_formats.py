"""What reviewdog and GitLab are given: one entry for each place, held to their schemas."""

from __future__ import annotations

import json

import jsonschema
import pytest

from rlm_code.features.review.formats import to_gitlab, to_rdjson
from tests.features.review.test_sarif import REVIEW, SCHEMAS

NO_SCHEMAS = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="RLM_CODE_SCHEMAS names no folder with schemas")


def test_a_diagnostic_says_where_what_and_which() -> None:
    found, unread = to_rdjson(REVIEW)["diagnostics"]
    assert found == {
        "message": "`save` is gone",
        "location": {"path": "pkg/a b.py", "range": {"start": {"line": 7}}},
        "severity": "ERROR",
        "code": {"value": "stale-call"},
    }
    assert (unread["message"], unread["severity"]) == ("not reviewed in full: too large", "WARNING")
    assert (unread["location"]["path"], unread["code"]["value"]) == ("gen.py", "incomplete")


def test_an_entry_says_where_what_and_which() -> None:
    found, unread = to_gitlab(REVIEW)
    assert found == {
        "description": "`save` is gone",
        "check_name": "stale-call",
        "fingerprint": REVIEW.findings[0].fingerprint,
        "severity": "major",
        "location": {"path": "pkg/a b.py", "lines": {"begin": 7}},
    }
    assert (unread["check_name"], unread["location"]["path"]) == ("incomplete", "gen.py")
    assert unread["fingerprint"] not in ("", found["fingerprint"])


@NO_SCHEMAS
def test_the_schemas_are_kept() -> None:
    diagnostics = json.loads((SCHEMAS / "rdjson-DiagnosticResult.json").read_text())
    assert list(jsonschema.Draft4Validator(diagnostics).iter_errors(to_rdjson(REVIEW))) == []
    entry = jsonschema.Draft7Validator(json.loads((SCHEMAS / "gitlab-codequality.json").read_text()))
    assert [error for each in to_gitlab(REVIEW) for error in entry.iter_errors(each)] == []
