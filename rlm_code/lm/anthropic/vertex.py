"""A Claude in Google's Vertex AI, through Anthropic's SDK, which signs in with what google-auth finds.

The SDK's extra is ours, too: `rlm-codebase[vertex]`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rlm_code.errors import ConfigError
from rlm_code.lm.anthropic import failure
from rlm_code.lm.anthropic.client import MessagesLM, timeout

if TYPE_CHECKING:
    from anthropic import AsyncAnthropicVertex

_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_SIGN_IN = "`gcloud auth application-default login` or GOOGLE_APPLICATION_CREDENTIALS"


def _signing() -> tuple[type[Exception], ...]:
    from google.auth.exceptions import GoogleAuthError

    return (GoogleAuthError,)


ERRORS = replace(
    failure.ERRORS,
    provider="vertex",
    key_variable=f"one of {_SIGN_IN}",
    url_variable="CLOUD_ML_REGION or ANTHROPIC_VERTEX_BASE_URL",
    hints={
        401: f"sign in again: {_SIGN_IN}",
        403: "the account may not use this model in this project",
        404: "check the model's name, CLOUD_ML_REGION and that the model is enabled in this project",
    },
    credentials=_signing,
)


def missing() -> ConfigError:
    """The error for who has not installed the extra."""
    return ConfigError("the SDK of Google is missing", hint="pip install 'rlm-codebase[vertex]'")


class VertexLM(MessagesLM["AsyncAnthropicVertex"]):
    """The Claude `lm` of Vertex AI."""

    errors = ERRORS

    def _client(self) -> AsyncAnthropicVertex:
        import anthropic

        credentials, project = _credentials()
        try:
            client = anthropic.AsyncAnthropicVertex(credentials=credentials, max_retries=0, timeout=timeout())
        except ValueError as error:
            hint = "set CLOUD_ML_REGION, such as global or europe-west1"
            raise ConfigError("no region is set for Vertex AI", hint=hint) from error
        client.project_id = client.project_id or project
        if not client.project_id:
            raise ConfigError("no project is set for Vertex AI", hint="set ANTHROPIC_VERTEX_PROJECT_ID")
        return client


def _credentials() -> tuple[Any, str | None]:
    """What to sign in with, and the project that it belongs to, if it names one."""
    try:
        import google.auth
        from google.auth.exceptions import GoogleAuthError
    except ImportError as error:
        raise missing() from error
    try:
        found: tuple[Any, str | None] = google.auth.default(scopes=[_SCOPE])
    except GoogleAuthError as error:
        raise ConfigError("there are no credentials for Google Cloud", hint=f"use {_SIGN_IN}") from error
    return found
