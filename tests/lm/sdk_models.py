"""The models that the installed SDK knows."""

from __future__ import annotations

from typing import get_args


def known() -> tuple[str, ...]:
    """Their names, the newest of each line first."""
    from anthropic.types.model import Model

    return get_args(get_args(Model)[0])


def deprecated() -> frozenset[str]:
    """The names of those that are going away."""
    from anthropic.resources.messages.messages import DEPRECATED_MODELS

    return frozenset(DEPRECATED_MODELS)
