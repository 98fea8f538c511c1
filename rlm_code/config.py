"""Settings of the user: the only place that reads environment variables of ours and the user's folders.

Nothing of an analysed repository is ever read here. Language-model SDKs read their own variables
themselves; what is asked here is only whether a key is present.
"""

# Without `annotations` from `__future__`: with it, each field of a NamedTuple is compiled when this is imported.

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rlm_code.errors import ConfigError

# The SDK finds a key in each of these: itself, a token, a profile on disk, or an identity to exchange for one.
_ANTHROPIC_CREDENTIALS = (
    "ANTHROPIC_API_KEY",
    "ANTHROPIC_AUTH_TOKEN",
    "ANTHROPIC_PROFILE",
    "ANTHROPIC_FEDERATION_RULE_ID",
)

_ENDPOINTS = ("ANTHROPIC_BASE_URL", "OPENAI_BASE_URL", "ANTHROPIC_BEDROCK_BASE_URL", "ANTHROPIC_VERTEX_BASE_URL")

_TABLES = ("functions", "limits", "prices")


class Settings(NamedTuple):
    """What the user set. Folders are absolute and may not exist yet.

    `cache_dir` holds indexes, which can be rebuilt; `state_dir` holds the records of runs, which cannot.
    `lm` and `sub_lm` are names as `--lm` takes them, None for the defaults. `lm_endpoint` tells apart where the
    SDKs send requests: "" is the providers' own address. `functions` are what the user adds to the names in cells:
    each is "FILE.py:FUNCTION", the file being relative to `config_dir`. `limits` and `prices` are those tables of the
    user's config.toml as they stand there: whoever uses them checks them. `telemetry` says whether spans are asked
    for, and with what was said in them; `trace_exporter` is OpenTelemetry's name of what sends them.
    """

    cache_dir: Path
    state_dir: Path
    lm: str | None
    sub_lm: str | None
    has_anthropic_key: bool
    has_openai_key: bool
    in_ci: bool
    lm_endpoint: str = ""
    functions: Mapping[str, str] = {}
    config_dir: Path = Path()
    limits: Mapping[str, Any] = {}
    prices: Mapping[str, Any] = {}
    telemetry: Literal["off", "spans", "content"] = "off"
    trace_exporter: str = "otlp_proto_http"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings that `environ` (the process's own by default) and the user's config.toml hold. Raises ConfigError
    for a relative folder, and for a config.toml that cannot be understood."""
    env = os.environ if environ is None else environ
    home = Path(env.get("HOME") or Path.home())
    config_dir = _folder(env, "RLM_CODE_CONFIG_DIR", "XDG_CONFIG_HOME", home / ".config")
    chosen = _chosen(config_dir / "config.toml")
    return Settings(
        cache_dir=_folder(env, "RLM_CODE_CACHE_DIR", "XDG_CACHE_HOME", home / ".cache"),
        state_dir=_folder(env, "RLM_CODE_STATE_DIR", "XDG_STATE_HOME", home / ".local" / "state"),
        lm=env.get("RLM_CODE_LM") or None,
        sub_lm=env.get("RLM_CODE_SUB_LM") or None,
        has_anthropic_key=any(env.get(name) for name in _ANTHROPIC_CREDENTIALS),
        has_openai_key=bool(env.get("OPENAI_API_KEY")),
        in_ci=env.get("CI", "").lower() not in ("", "0", "false"),
        lm_endpoint=" ".join(f"{name}={env[name]}" for name in _ENDPOINTS if env.get(name)),
        functions=chosen["functions"],
        config_dir=config_dir,
        limits=chosen["limits"],
        prices=chosen["prices"],
        telemetry=_telemetry(env),
        trace_exporter=_trace_exporter(env),
    )


def _folder(env: Mapping[str, str], own: str, xdg: str, default: Path) -> Path:
    if chosen := env.get(own):
        path = Path(chosen).expanduser()
        if not path.is_absolute():
            raise ConfigError(f"{own} is not an absolute path: {chosen}", hint=f"use {path.absolute()}")
        return path
    base = env.get(xdg) or ""
    # The XDG specification asks that relative values be ignored.
    return (Path(base) if base.startswith("/") else default) / "rlm-code"


def _telemetry(env: Mapping[str, str]) -> Literal["off", "spans", "content"]:
    """Whether OpenTelemetry's own variables ask for spans, and for what was said in them."""
    exporter = env.get("OTEL_TRACES_EXPORTER", "")
    endpoints = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    asked = exporter or any(env.get(name) for name in endpoints)
    if not asked or exporter == "none" or env.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return "off"
    content = env.get("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "").lower()
    return "content" if content in ("true", "span_only", "span_and_event") else "spans"


def _trace_exporter(env: Mapping[str, str]) -> str:
    """The name under which the package of an exporter registers it."""
    protocol = env.get("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") or env.get("OTEL_EXPORTER_OTLP_PROTOCOL")
    chosen = env.get("OTEL_TRACES_EXPORTER") or "otlp"
    return chosen if chosen != "otlp" else "otlp_proto_grpc" if protocol == "grpc" else "otlp_proto_http"


def _chosen(path: Path) -> dict[str, dict[str, Any]]:
    """The tables of the user's file; empty ones where there is no file."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return {name: {} for name in _TABLES}
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    import tomllib

    with file:
        try:
            written = tomllib.load(file)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path} is no TOML: {error}") from error
    for name, table in written.items():
        if name not in _TABLES or not isinstance(table, dict):
            raise ConfigError(f"{path}: there is no setting {name!r}", hint=f"its tables are {', '.join(_TABLES)}")
    chosen = {name: written.get(name, {}) for name in _TABLES}
    if not all(isinstance(place, str) for place in chosen["functions"].values()):
        hint = '[functions] holds lines such as: ticket = "tools.py:ticket"'
        raise ConfigError(f"{path}: functions must be texts", hint=hint)
    return chosen
