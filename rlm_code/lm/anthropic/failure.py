"""What went wrong between us and the provider, as errors of ours: what happened, what to do, whether to try again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.errors import ConfigError, LMError, RlmCodeError
from rlm_code.lm.anthropic.reply import PROVIDER
from rlm_code.lm.retry import MalformedReplyError, UnreachableError, is_retryable_status, retry_after_s

if TYPE_CHECKING:
    from anthropic import APIStatusError

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
}
_HINTS = {
    401: "check the key in ANTHROPIC_API_KEY, or the token in ANTHROPIC_AUTH_TOKEN",
    402: "check the account's billing",
    403: "the key may not use this model or endpoint",
    404: "check the model's name, and ANTHROPIC_BASE_URL if it is set",
    413: "the request is larger than the API takes",
}
_TOO_LONG = ("prompt is too long", "input length and `max_tokens` exceed")


class PromptTooLongError(LMError):
    """The prompt does not fit the model's context window."""


def sdk_errors() -> tuple[type[Exception], ...]:
    """What the SDK, its HTTP library and its reading of a stream raise: ValueError is a stream that is no JSON."""
    import anthropic
    import httpx2

    return anthropic.AnthropicError, httpx2.HTTPError, TimeoutError, ValueError


def as_our_error(error: Exception, request_id: str | None) -> RlmCodeError:
    """The error of ours that says what this error of the SDK, its HTTP library or the stream's text means."""
    import anthropic
    import httpx2

    match error:
        case anthropic.APIStatusError():
            return _status_error(error, request_id)
        case anthropic.CredentialsError() | UnicodeEncodeError():
            return _unsendable(error)
        case anthropic.APITimeoutError() | TimeoutError() | httpx2.TimeoutException():
            return _passing("the provider did not answer in time", request_id)
        case anthropic.APIConnectionError():
            return _no_connection(error)
        case httpx2.HTTPError():
            return _passing(f"the connection was lost: {_reason(error)}", request_id)
    return MalformedReplyError(
        f"the reply cannot be read: {_reason(error)}", provider=PROVIDER, retryable=True, request_id=request_id
    )


def _status_error(error: APIStatusError, request_id: str | None) -> LMError:
    status = error.status_code
    if status < 400:
        status = _STATUS_OF_TYPE.get(error.type or "", 500)
    said = error.api_message or "no reason given"
    kind = PromptTooLongError if status == 400 and said.startswith(_TOO_LONG) else LMError
    ours = kind(
        f"{error.type or 'error'} ({status}): {said}",
        provider=PROVIDER,
        retryable=_is_worth_retrying(error, status),
        request_id=error.request_id or request_id,
        hint=_HINTS.get(status),
    )
    ours.retry_after_s = retry_after_s(error.response.headers)
    return ours


def _is_worth_retrying(error: APIStatusError, status: int) -> bool:
    if (error.error_code or "").endswith("spend_limit_reached"):
        return False  # it has the status of a rate limit and lasts for days
    told = error.response.headers.get("x-should-retry")
    return told == "true" if told in ("true", "false") else is_retryable_status(status)


def _no_connection(error: Exception) -> RlmCodeError:
    import httpx2

    cause = error.__cause__
    if isinstance(cause, httpx2.UnsupportedProtocol | httpx2.InvalidURL | httpx2.LocalProtocolError):
        return _unsendable(cause)
    if isinstance(cause, httpx2.ConnectError):
        hint = "check the network, and ANTHROPIC_BASE_URL if it is set"
        reason = f"the provider cannot be reached: {_reason(cause)}"
        return UnreachableError(reason, provider=PROVIDER, retryable=True, hint=hint)
    return _passing(f"the connection was lost: {_reason(cause or error)}", None)


def _unsendable(error: Exception) -> ConfigError:
    import anthropic

    if isinstance(error, anthropic.CredentialsError):
        return ConfigError(f"Anthropic's credentials cannot be used: {error}", hint="set ANTHROPIC_API_KEY")
    # Its message is not shown: it may hold the header that it complains of, which is the key.
    hint = "check ANTHROPIC_BASE_URL, and ANTHROPIC_API_KEY for characters that no key has"
    return ConfigError(f"no request can be made with these settings ({type(error).__name__})", hint=hint)


def _passing(message: str, request_id: str | None) -> LMError:
    return LMError(message, provider=PROVIDER, retryable=True, request_id=request_id)


def _reason(error: BaseException) -> str:
    return str(error) or type(error).__name__
