"""Which of several definitions of one name a question about one definition means."""

from __future__ import annotations

from collections.abc import Sequence

from rlm_code.codebase.symbol import Symbol
from rlm_code.places import DATA_LANGUAGES


def meant_by(name: str, found: Sequence[Symbol]) -> list[Symbol]:
    """Those of the definitions called `name` that a question about one can mean: code before headings and keys, a
    class before its constructor of the same name, and of that the one whose whole name it is."""
    code = [symbol for symbol in found if symbol.language not in DATA_LANGUAGES] or list(found)
    code = [symbol for symbol in code if symbol.kind != "constructor" or symbol.parent not in code]
    exact = [symbol for symbol in code if symbol.qualified_name == name]
    return exact if len(exact) == 1 else code
