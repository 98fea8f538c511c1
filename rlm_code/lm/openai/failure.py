"""How OpenAI says that something went wrong."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from rlm_code.lm.sdk_errors import Errors, Said

# An error inside a stream comes after status 200, so that its code has to say what the status would have been.
_STATUS_OF_CODE = {
    "server_error": 500,
    "rate_limit_exceeded": 429,
    "insufficient_quota": 429,
    "context_length_exceeded": 400,
    "invalid_prompt": 400,
    "data_residency_mismatch": 400,
    "bio_policy": 400,
    "misalignment_policy_violation": 400,
}


def _sdk() -> ModuleType:
    import openai

    return openai


def said(code: str | None, message: str | None, status: int = 0) -> Said:
    """What an error says that came with `status`, or inside a stream."""
    return Said(
        status if status >= 400 else _STATUS_OF_CODE.get(code or "", 500),
        code or "error",
        message or "no reason given",
        # It has the status of a rate limit and lasts until somebody pays.
        is_final=code == "insufficient_quota",
        is_too_long=code == "context_length_exceeded",
    )


def _read(error: Any) -> Said:
    body = error.body if isinstance(error.body, dict) else {}
    return said(error.code or error.type, body.get("message"), getattr(error, "status_code", 0))


ERRORS = Errors(
    provider="openai",
    key_variable="OPENAI_API_KEY",
    url_variable="OPENAI_BASE_URL",
    request_id_header="x-request-id",
    sdk=_sdk,
    root="OpenAIError",
    read=_read,
    hints={
        401: "check the key in OPENAI_API_KEY",
        403: "the key may not use this model or endpoint",
        404: "check the model's name, and OPENAI_BASE_URL if it is set",
        413: "the request is larger than the API takes",
    },
)
