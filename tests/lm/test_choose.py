"""Names of language models, and which one nobody had to name."""

from __future__ import annotations

import pytest

from rlm_code.config import Settings, read_settings
from rlm_code.errors import ConfigError
from rlm_code.lm.choose import DEFAULT_LM, DEFAULT_SUB_LM, choose, choose_sub
from rlm_code.lm.prices import PRICES
from tests.lm import sdk_models

WITH_KEY = {"HOME": "/h", "ANTHROPIC_API_KEY": "sk-x", "OPENAI_API_KEY": "sk-y"}


@pytest.fixture
def settings() -> Settings:
    return read_settings(WITH_KEY)


def test_with_a_key_claude_explores_and_a_small_claude_answers_it(settings: Settings) -> None:
    lm = choose(None, settings)
    sub = choose_sub(None, lm, settings)
    assert lm.name == "anthropic:claude-sonnet-5-5"
    assert sub is not None
    assert sub.name == "anthropic:claude-haiku-5-5"


def test_a_model_of_another_server_answers_its_own_sub_queries(settings: Settings) -> None:
    """Many servers speak Anthropic's API with models of their own; none of them has a small Claude."""
    lm = choose("anthropic:qwen3-coder:30b", settings)
    assert lm.name == "anthropic:qwen3-coder:30b"
    sub = choose_sub(None, lm, settings)
    assert sub is not None
    assert sub.name == lm.name


def test_without_a_key_the_structural_model_explores_alone() -> None:
    settings = read_settings({"HOME": "/h"})
    lm = choose(None, settings)
    assert lm.name == "structural"
    assert choose_sub(None, lm, settings) is None


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("anthropic", "anthropic:claude-sonnet-5-5"),
        ("anthropic:claude-opus-5-5", "anthropic:claude-opus-5-5"),
        ("openai:gpt-6-sol", "openai:gpt-6-sol"),
        ("openai-chat:qwen3:30b", "openai-chat:qwen3:30b"),
        ("openai-chat:qwen3:30b+fenced", "openai-chat:qwen3:30b+fenced"),
        ("anthropic:local+fenced", "anthropic:local+fenced"),
        ("structural", "structural"),
    ],
)
def test_a_name_chooses(settings: Settings, name: str, chosen: str) -> None:
    assert choose(name, settings).name == chosen


@pytest.mark.parametrize(
    "name",
    [
        "gpt",
        "openai",
        "anthropic:",
        "replay:",
        "replay",
        "Anthropic",
        "structural:x",
        ":",
        " ",
        "claude-sonnet-5-5",
        "openai-chat",
        "openai-chat:",
        "openai-chat:+fenced",
        "structural+fenced",
        "+fenced",
    ],
)
def test_an_unknown_name_is_answered_with_the_choices(settings: Settings, name: str) -> None:
    with pytest.raises(ConfigError, match=r"use anthropic, anthropic:MODEL, .*MODEL\+fenced"):
        choose(name, settings)
    with pytest.raises(ConfigError, match=r"use anthropic, anthropic:MODEL, .*MODEL\+fenced"):
        choose_sub(name, choose("anthropic", settings), settings)


def test_a_model_without_its_key_is_refused_before_anything_is_done() -> None:
    with pytest.raises(ConfigError, match="set ANTHROPIC_API_KEY"):
        choose("anthropic", read_settings({"HOME": "/h"}))
    with pytest.raises(ConfigError, match="set OPENAI_API_KEY"):
        choose("openai:gpt-6-sol", read_settings({"HOME": "/h"}))


def test_a_model_whose_sdk_is_not_installed_says_how_to_install_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rlm_code.lm.choose.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"pip install 'rlm-codebase\[openai\]'"):
        choose("openai:gpt-6-sol", settings)


def test_a_server_of_ones_own_needs_an_address_and_no_key() -> None:
    here = read_settings({"HOME": "/h", "OPENAI_BASE_URL": "http://127.0.0.1:11434/v1"})
    assert choose("openai-chat:qwen3", here).name == "openai-chat:qwen3"
    with pytest.raises(ConfigError, match="OPENAI_BASE_URL"):
        choose("openai-chat:qwen3", read_settings({"HOME": "/h"}))


def test_the_defaults_are_current_of_the_right_class_and_priced() -> None:
    for name, line in ((DEFAULT_LM, "claude-sonnet-"), (DEFAULT_SUB_LM, "claude-haiku-")):
        newest = next(known_name for known_name in sdk_models.known() if known_name.startswith(line))
        assert name == newest
        assert name not in sdk_models.deprecated()
        assert name in PRICES
