"""A Claude in Amazon Bedrock, through Anthropic's SDK, which signs requests with what boto3 finds.

The SDK's extra is ours, too: `rlm-codebase[bedrock]`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rlm_code.errors import ConfigError
from rlm_code.lm.anthropic import failure
from rlm_code.lm.anthropic.client import MessagesLM, timeout

if TYPE_CHECKING:
    from anthropic import AsyncAnthropicBedrock

_SIGN_IN = "`aws configure`, AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_BEARER_TOKEN_BEDROCK"


def _signing() -> tuple[type[Exception], ...]:
    from botocore.exceptions import BotoCoreError

    return (BotoCoreError,)


def _framing() -> tuple[type[Exception], ...]:
    from botocore.eventstream import ParserError

    return (ParserError,)


ERRORS = replace(
    failure.ERRORS,
    provider="bedrock",
    key_variable=f"one of {_SIGN_IN}",
    url_variable="AWS_REGION or ANTHROPIC_BEDROCK_BASE_URL",
    request_id_header="x-amzn-requestid",
    hints={
        400: "check the model's id: most are reached through an inference profile, such as us.anthropic.claude-…",
        403: "the account may not use this model, or the credentials are not valid",
        404: "check the model's id and AWS_REGION: models are not in every region",
    },
    credentials=_signing,
    garbled=_framing,
)


def missing() -> ConfigError:
    """The error for who has not installed the extra."""
    return ConfigError("the SDK of Amazon is missing", hint="pip install 'rlm-codebase[bedrock]'")


class BedrockLM(MessagesLM["AsyncAnthropicBedrock"]):
    """The model or inference profile `lm` of Bedrock."""

    errors = ERRORS

    def _client(self) -> AsyncAnthropicBedrock:
        import anthropic

        try:
            import boto3
            import botocore.exceptions
        except ImportError as error:
            raise missing() from error
        try:
            client = anthropic.AsyncAnthropicBedrock(max_retries=0, timeout=timeout())
            signed = client.api_key is not None or boto3.Session().get_credentials() is not None
        except botocore.exceptions.BotoCoreError as error:
            raise ERRORS.unsendable(error) from error
        except ValueError as error:
            raise ConfigError("no AWS region is set", hint="set AWS_REGION, such as us-east-1") from error
        if not signed:
            raise ConfigError("there are no credentials for AWS", hint=f"use one of {_SIGN_IN}")
        return client
