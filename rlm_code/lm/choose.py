"""Which language model a name stands for, and which one nobody had to name."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rlm_code.errors import ConfigError

if TYPE_CHECKING:
    from rlm_code.config import Settings
    from rlm_code.lm.protocol import Effort, LanguageModel

DEFAULT_LM = "claude-sonnet-5-5"
DEFAULT_SUB_LM = "claude-haiku-5-5"

_CHOICES = "use anthropic, anthropic:MODEL, openai:MODEL, structural or replay:FILE"


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
    provider, colon, model = name.partition(":")
    match provider:
        case "anthropic" if bool(colon) == bool(model):
            return _anthropic(model or default, effort, settings)
        case "openai" if model:
            return _openai(model, effort, settings)
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


def _openai(model: str, effort: Effort | None, settings: Settings) -> LanguageModel:
    if find_spec("openai") is None:
        raise ConfigError("the SDK of OpenAI is missing", hint="pip install 'rlm-codebase[openai]'")
    if not settings.has_openai_key:
        raise ConfigError("there is no key for OpenAI", hint="set OPENAI_API_KEY, or use --lm structural")
    from rlm_code.lm.openai import OpenAILM

    return OpenAILM(model, effort=effort)
