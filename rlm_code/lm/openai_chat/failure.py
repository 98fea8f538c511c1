"""How servers of Chat Completions say that something went wrong: alike in form, and each in its own words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from rlm_code.lm.openai import failure
from rlm_code.lm.sdk_errors import Said

# OpenAI, vLLM, OpenRouter: "maximum context length is"; llama.cpp: "exceeds the available context size"; LM Studio:
# "greater than the context length", "n_keep … >= n_ctx", "Context size has been exceeded"; Ollama: either, by model.
_TOO_LONG = re.compile(
    r"maximum context length|max(?:imum)?_?(?: model)?_?len|context (?:size|length|window)[^.]{0,40}exceed"
    r"|exceed[^.]{0,60}context|greater than the context|when (?:the )?context|n_keep|prompt (?:is )?too long",
    re.IGNORECASE,
)
_TOO_LONG_KINDS = ("context_length_exceeded", "exceed_context_size_error")
_PASSING = (408, 409, 429)


def read(error: Any) -> Said:
    """What an error of the SDK says."""
    # Most send {"error": {…}}, which the SDK unwraps; LM Studio sends {"error": "text"}, older vLLM no "error" at all.
    body = error.body if isinstance(error.body, dict) else {"message": error.body}
    kinds = [str(body[name]) for name in ("code", "type") if body.get(name) is not None]
    words = _words(body)
    status = getattr(error, "status_code", 0)
    # In a stream that began well, the number in `code` is the status that it would have had.
    status = status or next((int(kind) for kind in kinds if kind.isdigit()), 0)
    named = [kind for kind in kinds if not kind.isdigit()]
    said = failure.said(named[0] if named else None, words, status)
    is_too_long = said.status not in _PASSING and bool(
        set(named) & set(_TOO_LONG_KINDS) or _TOO_LONG.search(words or "")
    )
    # llama.cpp and Ollama say it with status 500, too.
    return replace(said, is_too_long=is_too_long, is_final=said.is_final or is_too_long)


def _words(body: dict[str, Any]) -> str | None:
    message = body.get("message") or body.get("detail")
    # OpenRouter hides what the model's own provider said one level deeper.
    metadata = body.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, dict) else None
    return ": ".join(str(part) for part in (message, raw) if part) or None


ERRORS = replace(
    failure.ERRORS,
    provider="openai-chat",
    read=read,
    hints=dict(failure.ERRORS.hints)
    | {
        404: "check the model's name, and that OPENAI_BASE_URL ends as the server wants it, mostly in /v1",
        405: "check that OPENAI_BASE_URL ends as the server wants it, mostly in /v1",
    },
)
