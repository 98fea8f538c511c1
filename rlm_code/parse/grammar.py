"""Loads grammars and compiles queries, each when it is first needed, once a process.

A grammar that cannot be loaded is a sentence to show, never an exception and never an empty success.
Loading takes milliseconds; compiling a query takes 10 to 400 of them, so only `parse_file` asks for it.
"""

from __future__ import annotations

import importlib
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rlm_code.parse.language import Language

if TYPE_CHECKING:
    import tree_sitter


def grammar_problem(language: Language) -> str | None:
    """Why the grammar of `language` cannot be used, in a sentence that says what to do; None if it can."""
    grammar = load_grammar(language)
    return grammar if isinstance(grammar, str) else None


@cache
def load_grammar(language: Language) -> tree_sitter.Language | str:
    """The grammar of `language`, or the sentence that says why there is none."""
    import tree_sitter

    wheel = language.package.replace("_", "-")
    try:
        module = importlib.import_module(language.package)
        with warnings.catch_warnings():  # older wheels hand over an address instead of a capsule
            warnings.simplefilter("ignore", DeprecationWarning)
            return tree_sitter.Language(getattr(module, language.factory)())
    except ImportError as error:
        return f"no grammar: {error}; install the package {wheel}"
    except (AttributeError, ValueError, OSError) as error:
        return f"the grammar {wheel} does not fit tree-sitter {tree_sitter.__version__}: {error}"


@cache
def facts_query(language: Language) -> tree_sitter.Query | str:
    """The compiled query of `language`, or the sentence that says why there is none."""
    import tree_sitter

    grammar = load_grammar(language)
    if isinstance(grammar, str):
        return grammar
    try:
        return tree_sitter.Query(grammar, _query_text(language))
    except tree_sitter.QueryError as error:
        wheel = language.package.replace("_", "-")
        return f"the query of {language.name} does not fit the installed grammar {wheel}: {error}"


@cache
def broken_places_query(grammar: tree_sitter.Language) -> tree_sitter.Query:
    """The query for what could not be parsed."""
    import tree_sitter

    return tree_sitter.Query(grammar, "(ERROR) @error (MISSING) @missing")


def _query_text(language: Language) -> str:
    folder = Path(__file__).with_name("queries")
    parts = [(folder / f"{stem}.scm").read_text(encoding="utf-8") for stem in language.queries]
    for kinds, role in ((language.identifiers, "read"), (language.types, "type")):
        if kinds:
            parts.append("[" + " ".join(f"({kind})" for kind in kinds) + f"] @reference.{role}")
    return "\n".join(parts)
