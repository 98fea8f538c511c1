"""`repo`: the one thing a person, an editor, a reviewer and a language model look at code through.

Handles are written once over `Queries`. `open_host` gives the ones that answer from an index on this
machine; the confined worker builds the same handles over the wire. Importing this package loads no index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rlm_code.codebase.draft import Draft
    from rlm_code.codebase.open import open_host
    from rlm_code.codebase.repo import Repo

_HOMES = {"Draft": "draft", "Repo": "repo", "open_host": "open"}

__all__ = ["Draft", "Repo", "open_host"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
