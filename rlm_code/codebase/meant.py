"""Which of several definitions of one name a question about one definition means."""

from __future__ import annotations

from collections.abc import Sequence

from rlm_code.codebase.symbol import Symbol
from rlm_code.places import DATA_LANGUAGES


def meant_by(name: str, found: Sequence[Symbol]) -> list[Symbol]:
    """Those of the definitions called `name` that a question about one can mean: code before headings and keys, and
    of that the one whose whole name it is."""
    code = [symbol for symbol in found if symbol.language not in DATA_LANGUAGES] or list(found)
    exact = [symbol for symbol in code if symbol.qualified_name == name]
    return exact if len(exact) == 1 else code
