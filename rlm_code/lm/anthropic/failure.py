"""How Anthropic says that something went wrong."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from rlm_code.lm.sdk_errors import Errors, Said

# An error inside a stream comes after status 200, so that its type has to say what the status would have been.
_STATUS_OF_TYPE = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
    # Bedrock's own
    "validationException": 400,
    "modelTimeoutException": 408,
    "modelStreamErrorException": 424,
    "throttlingException": 429,
    "internalServerException": 500,
    "serviceUnavailableException": 503,
}
_TOO_LONG = ("prompt is too long", "input length and `max_tokens` exceed", "Input is too long")


def _sdk() -> ModuleType:
    import anthropic

    return anthropic


def _read(error: Any) -> Said:
    status = getattr(error, "status_code", 0)
    if status < 400:
        status = _STATUS_OF_TYPE.get(getattr(error, "type", None) or "", 500)
    # Bedrock's and Vertex's gateways have forms of their own.
    body = error.body if isinstance(error.body, dict) else {}
    message = getattr(error, "api_message", None) or body.get("message") or body.get("Message") or "no reason given"
    return Said(
        status,
        getattr(error, "type", None) or "error",
        message,
        # It has the status of a rate limit and lasts for days.
        is_final=(getattr(error, "error_code", None) or "").endswith("spend_limit_reached"),
        is_too_long=status == 400 and message.startswith(_TOO_LONG),
    )


ERRORS = Errors(
    provider="anthropic",
    key_variable="ANTHROPIC_API_KEY",
    url_variable="ANTHROPIC_BASE_URL",
    request_id_header="request-id",
    sdk=_sdk,
    root="AnthropicError",
    read=_read,
    hints={
        401: "check the key in ANTHROPIC_API_KEY, or the token in ANTHROPIC_AUTH_TOKEN",
        402: "check the account's billing",
        403: "the key may not use this model or endpoint",
        404: "check the model's name, and ANTHROPIC_BASE_URL if it is set",
        413: "the request is larger than the API takes",
    },
)
