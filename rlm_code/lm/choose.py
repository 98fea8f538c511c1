"""Which language model a name stands for, and which one nobody had to name."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rlm_code.errors import ConfigError
from rlm_code.lm.fenced import SUFFIX, FencedLM

if TYPE_CHECKING:
    from rlm_code.config import Settings
    from rlm_code.lm.protocol import Effort, LanguageModel

_WITH_MODELS = ("anthropic", "openai", "openai-chat", "bedrock", "vertex")

DEFAULT_LM = "claude-sonnet-5-5"
DEFAULT_SUB_LM = "claude-haiku-5-5"

_CHOICES = (
    "use anthropic, anthropic:MODEL, openai:MODEL, openai-chat:MODEL, bedrock:MODEL, vertex:MODEL, structural or "
    "replay:FILE; MODEL+fenced for one without tool use"
)


def choose(name: str | None, settings: Settings) -> LanguageModel:
    """The model that explores: the one called `name`; unnamed, Claude where there is a key, else `structural`.

    Raises ConfigError for an unknown name, and for a Claude model where there is no key.
    """
    return _named(name or ("anthropic" if settings.has_anthropic_key else "structural"), DEFAULT_LM, None, settings)


def choose_sub(name: str | None, lm: LanguageModel, settings: Settings) -> LanguageModel | None:
    """The model that answers the sub-queries of `lm`: the one called `name`.

    Unnamed, it is a small Claude for a Claude, a replay for itself, None for `structural`, which asks nothing, and
    else the same model once more. Raises ConfigError as `choose` does.
    """
    if name is None and lm.name == "structural":
        return None
    if name is None and lm.name.startswith("replay:"):
        return lm
    if name is None:
        name = "anthropic" if lm.name.startswith("anthropic:claude-") else lm.name
    return _named(name, DEFAULT_SUB_LM, "low", settings)


def _named(name: str, default: str, effort: Effort | None, settings: Settings) -> LanguageModel:
    inside = name.removesuffix(SUFFIX)
    if inside != name and name.partition(":")[0] in _WITH_MODELS:
        return FencedLM(_plain(inside, default, effort, settings))
    return _plain(name, default, effort, settings)


def _plain(name: str, default: str, effort: Effort | None, settings: Settings) -> LanguageModel:
    provider, colon, model = name.partition(":")
    match provider:
        case "anthropic" if bool(colon) == bool(model):
            return _anthropic(model or default, effort, settings)
        case "openai" if model:
            return _openai(model, effort, settings)
        case "openai-chat" if model:
            return _openai_chat(model, effort, settings)
        case "bedrock" | "vertex" if model:
            return _cloud(provider, model, effort)
        case "replay" if model:
            from rlm_code.lm.replay import ReplayLM

            return ReplayLM(Path(model))
        case "structural" if not colon:
            from rlm_code.lm.structural import StructuralLM

            return StructuralLM()
    raise ConfigError(f"there is no language model called {name!r}", hint=_CHOICES)


def _anthropic(model: str, effort: Effort | None, settings: Settings) -> LanguageModel:
    if not settings.has_anthropic_key:
        raise ConfigError("there is no key for Anthropic", hint="set ANTHROPIC_API_KEY, or use --lm structural")
    from rlm_code.lm.anthropic import AnthropicLM

    return AnthropicLM(model, effort=effort)


def _cloud(provider: str, model: str, effort: Effort | None) -> LanguageModel:
    """Whether there are credentials only their SDKs can say, when they are first needed."""
    from rlm_code.lm.anthropic import bedrock, vertex

    if provider == "bedrock":
        if not _is_installed("boto3"):
            raise bedrock.missing()
        return bedrock.BedrockLM(model, effort=effort)
    if not _is_installed("google.auth"):
        raise vertex.missing()
    return vertex.VertexLM(model, effort=effort)


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:  # what it is a part of is missing, too
        return False


def _openai(model: str, effort: Effort | None, settings: Settings) -> LanguageModel:
    _require_openai()
    if not settings.has_openai_key:
        raise ConfigError("there is no key for OpenAI", hint="set OPENAI_API_KEY, or use --lm structural")
    from rlm_code.lm.openai import OpenAILM

    return OpenAILM(model, effort=effort)


def _openai_chat(model: str, effort: Effort | None, settings: Settings) -> LanguageModel:
    """Servers on one's own machine need no key; where no server is named, it is OpenAI's own."""
    _require_openai()
    elsewhere = "OPENAI_BASE_URL=" in settings.lm_endpoint
    if not settings.has_openai_key and not elsewhere:
        hint = "set OPENAI_BASE_URL to your server's address, mostly http://…/v1, and OPENAI_API_KEY if it wants one"
        raise ConfigError("there is no server for openai-chat, and no key for OpenAI", hint=hint)
    from rlm_code.lm.openai_chat import ChatLM

    return ChatLM(model, effort=effort, needs_key=settings.has_openai_key)


def _require_openai() -> None:
    if not _is_installed("openai"):
        raise ConfigError("the SDK of OpenAI is missing", hint="pip install 'rlm-codebase[openai]'")
