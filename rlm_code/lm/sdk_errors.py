"""What went wrong between us and a provider, as errors of ours: what happened, what to do, whether to try again.

The SDKs of Anthropic and OpenAI come from one generator and raise errors of the same names and shapes, which is
all that is used of them here. What only one of them says is left to its provider.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from rlm_code.errors import ConfigError, LMError, RlmCodeError
from rlm_code.lm.retry import MalformedReplyError, UnreachableError, is_retryable_status, retry_after_s


class PromptTooLongError(LMError):
    """The prompt does not fit the model's context window."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider's own error says: its status (of an error inside a stream: what it would have been), its kind
    and its words; whether no later attempt can succeed, and whether the prompt was too long."""

    status: int
    kind: str
    message: str
    is_final: bool = False
    is_too_long: bool = False


@dataclass(frozen=True, slots=True)
class Errors:
    """How the errors of one provider's SDK are to be read. `root` names the class of all its errors; `read` takes
    an APIError apart. What the SDK uses beneath may raise errors of its own: `credentials` are those of signing in,
    `garbled` those of reading a stream."""

    provider: str
    key_variable: str
    url_variable: str
    request_id_header: str
    sdk: Callable[[], ModuleType]
    root: str
    read: Callable[[Any], Said]
    hints: Mapping[int, str] = field(default_factory=dict)
    credentials: Callable[[], tuple[type[Exception], ...]] = tuple
    garbled: Callable[[], tuple[type[Exception], ...]] = tuple

    def raised(self) -> tuple[type[Exception], ...]:
        """What the SDK, its HTTP library and its reading of a stream raise: ValueError is a stream that is no JSON."""
        import httpx2

        known = (getattr(self.sdk(), self.root), httpx2.HTTPError, TimeoutError, ValueError)
        return (*known, *self.credentials(), *self.garbled())

    def ours(self, error: Exception, request_id: str | None) -> RlmCodeError:
        """The error of ours that says what one of `raised` means."""
        import httpx2

        sdk = self.sdk()
        if isinstance(error, sdk.APITimeoutError | TimeoutError | httpx2.TimeoutException):
            return self.passing("the provider did not answer in time", request_id)
        if isinstance(error, sdk.APIConnectionError | httpx2.HTTPError):
            return self._no_connection(error, request_id)
        if isinstance(error, sdk.APIError):
            return self._told(error, request_id)
        if isinstance(error, (UnicodeEncodeError, getattr(sdk, self.root), *self.credentials())):
            return self.unsendable(error)
        return self.malformed(_reason(error), request_id)

    def malformed(self, why: str, request_id: str | None) -> MalformedReplyError:
        """The error for what is no reply."""
        message = f"the reply cannot be read: {why}"
        return MalformedReplyError(message, provider=self.provider, retryable=True, request_id=request_id)

    def passing(self, message: str, request_id: str | None) -> LMError:
        """The error for what may be over when it is tried again."""
        return LMError(message, provider=self.provider, retryable=True, request_id=request_id)

    def said(self, said: Said, headers: Mapping[str, str], request_id: str | None) -> LMError:
        """The error for what the provider says itself."""
        kind = PromptTooLongError if said.is_too_long else LMError
        told = {"true": True, "false": False}.get(headers.get("x-should-retry", ""))
        ours = kind(
            f"{said.kind} ({said.status}): {said.message}",
            provider=self.provider,
            retryable=not said.is_final and (is_retryable_status(said.status) if told is None else told),
            request_id=request_id,
            hint=self.hints.get(said.status),
        )
        ours.retry_after_s = retry_after_s(headers)
        return ours

    def _told(self, error: Any, request_id: str | None) -> LMError:
        response = getattr(error, "response", None)
        headers = {} if response is None else response.headers
        return self.said(self.read(error), headers, getattr(error, "request_id", None) or request_id)

    def unsendable(self, error: Exception) -> ConfigError:
        """The error for settings with which nothing can be sent."""
        if isinstance(error, (getattr(self.sdk(), self.root), *self.credentials())):
            hint = f"set {self.key_variable}"
            return ConfigError(f"the credentials for {self.provider} cannot be used: {_reason(error)}", hint=hint)
        # Its message is not shown: it may hold the header that it complains of, which is the key.
        hint = f"check {self.url_variable}, and {self.key_variable} for characters that no key has"
        return ConfigError(f"no request can be made with these settings ({type(error).__name__})", hint=hint)

    def _no_connection(self, error: Exception, request_id: str | None) -> RlmCodeError:
        import httpx2

        cause = error.__cause__
        if isinstance(cause, httpx2.UnsupportedProtocol | httpx2.InvalidURL | httpx2.LocalProtocolError):
            return self.unsendable(cause)
        if isinstance(cause, httpx2.ConnectError):
            hint = f"check the network, and {self.url_variable} if it is set"
            reason = f"the provider cannot be reached: {_reason(cause)}"
            return UnreachableError(reason, provider=self.provider, retryable=True, hint=hint)
        return self.passing(f"the connection was lost: {_reason(cause or error)}", request_id)


def _reason(error: BaseException) -> str:
    return str(error) or type(error).__name__
