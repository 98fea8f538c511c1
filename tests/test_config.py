"""The user's settings come from the environment, and a wrong one says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from rlm_code.config import read_settings
from rlm_code.errors import ConfigError


def test_defaults_follow_the_xdg_folders() -> None:
    settings = read_settings({"HOME": "/home/ada"})
    assert settings.cache_dir == Path("/home/ada/.cache/rlm-code")
    assert settings.state_dir == Path("/home/ada/.local/state/rlm-code")
    assert settings.lm is None
    assert not settings.has_anthropic_key


def test_xdg_variables_move_the_folders_and_relative_ones_are_ignored() -> None:
    assert read_settings({"HOME": "/h", "XDG_CACHE_HOME": "/var/c"}).cache_dir == Path("/var/c/rlm-code")
    assert read_settings({"HOME": "/h", "XDG_CACHE_HOME": "c"}).cache_dir == Path("/h/.cache/rlm-code")


def test_our_own_variable_is_the_folder_itself() -> None:
    assert read_settings({"HOME": "/h", "RLM_CODE_CACHE_DIR": "/fast/disk"}).cache_dir == Path("/fast/disk")


def test_a_relative_folder_is_refused_with_the_absolute_one_to_use() -> None:
    with pytest.raises(ConfigError, match=r"RLM_CODE_CACHE_DIR.*use /"):
        read_settings({"HOME": "/h", "RLM_CODE_CACHE_DIR": "cache"})


@pytest.mark.parametrize(("value", "expected"), [("true", True), ("1", True), ("false", False), ("", False)])
def test_ci_is_recognised(value: str, expected: bool) -> None:
    assert read_settings({"HOME": "/h", "CI": value}).in_ci is expected


@pytest.mark.parametrize("name", ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_PROFILE"])
def test_a_key_is_seen_but_not_kept(name: str) -> None:
    settings = read_settings({"HOME": "/h", name: "secret"})
    assert settings.has_anthropic_key
    assert not settings.has_openai_key
    assert "secret" not in repr(settings)
