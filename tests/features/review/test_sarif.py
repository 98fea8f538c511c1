"""SARIF holds to its schema, and carries what a code-scanning page needs."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from rlm_code.features.review.findings import Finding, Review, fingerprinted
from rlm_code.features.review.sarif import to_sarif

SCHEMAS = Path(os.environ.get("RLM_CODE_SCHEMAS") or Path(__file__).parents[4] / "shared" / "schemas")

REVIEW = Review(
    base="a" * 40,
    head="b" * 40,
    findings=fingerprinted(
        [Finding("stale-call", "error", "pkg/a b.py", 7, "`save` is gone", "pkg.save", "pkg/t.py:1", "save(x)")]
    ),
    reach=(),
    reviewed=("pkg/a b.py",),
    skipped=(),
    incomplete=(("gen.py", "too large"),),
)


def test_a_result_says_where_what_and_which() -> None:
    (result,) = to_sarif(REVIEW)["runs"][0]["results"]
    assert result["ruleId"] == "stale-call"
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "pkg/a%20b.py"
    assert place["region"] == {"startLine": 7}
    assert len(result["partialFingerprints"]["rlmCode/v1"]) == 32


def test_code_that_was_not_reviewed_is_a_notification() -> None:
    (invocation,) = to_sarif(REVIEW)["runs"][0]["invocations"]
    assert "gen.py" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_definitions_that_were_not_judged_are_counted_in_a_notification() -> None:
    (invocation,) = to_sarif(replace(REVIEW, incomplete=(), unjudged=2))["runs"][0]["invocations"]
    (note,) = invocation["toolExecutionNotifications"]
    assert note["level"] == "warning"
    assert note["message"]["text"] == "2 removed definitions that may still be used: not judged, used too often"
    (invocation,) = to_sarif(replace(REVIEW, incomplete=()))["runs"][0]["invocations"]
    assert invocation["toolExecutionNotifications"] == []


def test_findings_of_one_cause_are_results_of_their_own() -> None:
    twice = fingerprinted([*REVIEW.findings, replace(REVIEW.findings[0], line=9)])
    results = to_sarif(replace(REVIEW, findings=twice))["runs"][0]["results"]
    assert [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in results] == [7, 9]
    assert len({result["partialFingerprints"]["rlmCode/v1"] for result in results}) == 2


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="RLM_CODE_SCHEMAS names no folder with sarif-2.1.0.json")
def test_the_schema_is_kept() -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text())
    for review in (REVIEW, replace(REVIEW, unjudged=2), replace(REVIEW, findings=(), incomplete=())):
        assert list(jsonschema.Draft4Validator(schema).iter_errors(to_sarif(review))) == []
