"""Exit statuses, the same for every verb."""

from __future__ import annotations

COMPLETE, GATED, USAGE, PARTIAL, FAILED = 0, 1, 2, 3, 4
INTERRUPTED = 130
"""What shells say of a program that Ctrl-C ended."""

_OF_ANSWER = {"complete": COMPLETE, "partial": PARTIAL, "failed": FAILED}
_OF_ERROR = {"config": USAGE, "source": USAGE, "not_found": USAGE, "ambiguous": USAGE, "limit": PARTIAL}


def exit_status(answer_status: str) -> int:
    """The exit status for an answer that is complete, partial or failed."""
    return _OF_ANSWER[answer_status]


def error_status(code: str) -> int:
    """The exit status for an error with this stable code."""
    return _OF_ERROR.get(code, FAILED)
