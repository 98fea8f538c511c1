"""The models that the installed SDK knows.

The SDK itself is imported first: a thread may be importing it at the same time, and whoever asks for one of its
modules meanwhile gets it half-made.
"""

from __future__ import annotations

from typing import get_args


def known() -> tuple[str, ...]:
    """Their names, the newest of each line first."""
    import anthropic  # noqa: F401
    from anthropic.types.model import Model

    return get_args(get_args(Model)[0])


def deprecated() -> frozenset[str]:
    """The names of those that are going away."""
    import anthropic  # noqa: F401
    from anthropic.resources.messages.messages import DEPRECATED_MODELS

    return frozenset(DEPRECATED_MODELS)
