"""One file's bytes → facts and issues. A language is data: a registry row and a query.

It looks at one file at a time and refuses to know any other; it never raises on bad code.
Importing this package loads no grammar and no registry: each name brings in what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rlm_code.parse.details import Detail, details
    from rlm_code.parse.detect import language_of, languages
    from rlm_code.parse.extract import parse_file
    from rlm_code.parse.grammar import grammar_problem
    from rlm_code.parse.language import Language

_HOMES = {
    "Detail": "details",
    "Language": "language",
    "details": "details",
    "grammar_problem": "grammar",
    "language_of": "detect",
    "languages": "detect",
    "parse_file": "extract",
}

__all__ = ["Detail", "Language", "details", "grammar_problem", "language_of", "languages", "parse_file"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = _HOMES[name]
    module = import_module(f"{__name__}.{home}")
    # All at once: the import has just set `details`, here the name of a function, to the module of that name.
    globals().update({other: getattr(module, other) for other in _HOMES if _HOMES[other] == home})
    return globals()[name]
