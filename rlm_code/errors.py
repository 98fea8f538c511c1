"""Every error that rlm-code raises on purpose.

    RlmCodeError                something went wrong that a person can act on
    ├── ConfigError             a setting or an argument is missing, unknown or contradictory
    ├── SourceError             the code to look at cannot be read: path, revision, git
    │   └── ChangedMeanwhileError   it changed under the reader: looking again helps
    ├── IndexStoreError         the index on disk cannot be opened, read or written
    ├── SandboxError            model-written code cannot be run as asked
    ├── LMError                 a language model did not answer
    └── LimitReached            a budget ran out before the work was done

Broken source code is an issue in the result, and failing model-written code is an observation:
neither is an exception. Each class has a stable `code`, which front ends map to an exit status,
a response or a visible note. This module knows nothing of the rest.
"""

from __future__ import annotations


class RlmCodeError(Exception):
    """Something a person can act on: `message` says what happened, `hint` what to do about it."""

    code = "error"

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class ConfigError(RlmCodeError):
    """A setting or an argument is missing, unknown or contradictory."""

    code = "config"


class SourceError(RlmCodeError):
    """The code to look at cannot be read: no such path, revision or object; git failed."""

    code = "source"


class ChangedMeanwhileError(SourceError):
    """A file is no more what it was when it was listed: whoever lists the files again can read it."""


class IndexStoreError(RlmCodeError):
    """The index on disk cannot be opened, read or written."""

    code = "index_store"


class SandboxError(RlmCodeError):
    """The place where model-written code runs cannot be had, broke, or was refused."""

    code = "sandbox"


class LMError(RlmCodeError):
    """A language model did not answer; `retryable` says whether the same request may succeed later,
    `retry_after_s` when, where the provider said so."""

    code = "lm"

    def __init__(
        self,
        message: str,
        *,
        provider: str,
        retryable: bool = False,
        request_id: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.provider = provider
        self.retryable = retryable
        self.retry_after_s: float | None = None
        self.request_id = request_id


class LimitReached(RlmCodeError):  # noqa: N818  a limit that is reached is no error of anybody
    """A budget ran out: `limit` names it, `spent` and `allowed` are in its unit."""

    code = "limit"

    def __init__(self, limit: str, *, spent: float, allowed: float) -> None:
        super().__init__(f"the {limit} limit is reached: {spent:g} of {allowed:g}")
        self.limit = limit
        self.spent = spent
        self.allowed = allowed
