"""The user's settings come from the environment, and a wrong one says what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rlm_code.config import Settings, read_settings
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


@pytest.fixture
def chosen(tmp_path: Path) -> Callable[[str], Settings]:
    def read(text: str) -> Settings:
        (tmp_path / "config.toml").write_text(text)
        return read_settings({"HOME": "/h", "RLM_CODE_CONFIG_DIR": str(tmp_path)})

    return read


def test_limits_and_prices_are_those_of_the_users_file(chosen: Callable[[str], Settings]) -> None:
    settings = chosen('[limits]\nwidth = 64\n\n[prices."openai-chat:q"]\ninput = 1\noutput = 2\nas_of = 2026-11-01\n')
    assert settings.limits == {"width": 64}
    assert settings.prices["openai-chat:q"]["as_of"] == date(2026, 11, 1)
    assert chosen("").limits == {}


@pytest.mark.parametrize("text", ["[limit]\nwidth = 1", "limits = 3", "width = 3", "[limits"])
def test_a_setting_that_does_not_exist_is_refused(chosen: Callable[[str], Settings], text: str) -> None:
    with pytest.raises(ConfigError, match=r"config\.toml"):
        chosen(text)
