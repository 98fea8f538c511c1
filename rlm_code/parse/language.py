"""What the parser knows of a language as data: one `Language` row, and the query files it names.

Nothing outside a row and its query says anything about one language. The vocabulary of captures that a
query may use is described in `capture.py`. This module knows no grammar, no file and no query.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from rlm_code.parse.facts import DefinitionKind

Visibility = Literal["public", "protected", "private"]
Landmarks = tuple[tuple[DefinitionKind, str], ...]


class VisibilityRule(NamedTuple):
    """How a definition's visibility shows, asked in this order.

    `keywords` are words before the name; with `capital` a name that begins with a capital is public and any
    other private; `prefixes` are beginnings of the name (`__x__` has none); `sections` are the node types of
    labels for all that follows (`private:`), `labels` their words where they are no `keywords`; `inside`
    gives node types around the definition; else it is `default`.
    """

    default: Visibility = "public"
    keywords: tuple[tuple[str, Visibility], ...] = ()
    capital: bool = False
    prefixes: tuple[tuple[str, Visibility], ...] = ()
    sections: tuple[str, ...] = ()
    labels: tuple[tuple[str, Visibility], ...] = ()
    inside: tuple[tuple[str, Visibility], ...] = ()


class Language(NamedTuple):
    """One row of the registry.

    `package` is the grammar's import name and `factory` its function; `queries` are the stems of files in
    `queries/`, joined in order; `locals` the same in `queries/locals/`, () for a language whose local names are not
    read. `identifiers` are the node types each of whose nodes is an occurrence,
    `types` more of them, which name a type wherever they stand; `keywords` are words that the grammar takes
    for identifiers though they are none; `sigil` is one character that the grammar takes for the beginning of a
    name and people do not (`$`).
    `separator` stands between the parts of a path as the language writes it (`import_separator`, if that
    differs, in imports). `interpreters` are names in a `#!` line, without version digits.
    `constructors` are the names of methods that make instances. More than `max_blocks` blocks inside each
    other crash the grammar. `marks` tell apart languages that share an extension: the first row whose
    expression is found in the file's head wins, a row without one is the fall-back. In a file with broken
    places the groups of `masks`' matches are blanked out and, with `conditionals`, the later
    branches of an `#if` that brackets straddle, if less is broken then (`masks.py`).
    `wrappers`, an expression, names macros with braces whose items are read as if they stood free (`wrappers.py`).
    What matches an expression of `landmarks` there defines its group `name` (`landmarks.py`).

    The rest serves `details`: node types of parameter lists, decorators and comments; whether the doc
    text is a string that opens the body or the comments before the definition.
    """

    name: str
    package: str
    extensions: tuple[str, ...]
    queries: tuple[str, ...]
    identifiers: tuple[str, ...]
    types: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    sigil: str | None = None
    factory: str = "language"
    file_names: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    marks: str | None = None
    separator: str = "."
    import_separator: str | None = None
    constructors: tuple[str, ...] = ()
    max_blocks: int | None = None
    locals: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()
    conditionals: bool = False
    wrappers: str = ""
    landmarks: Landmarks = ()
    parameters: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    comments: tuple[str, ...] = ("comment",)
    docstring: bool = False
    visibility: VisibilityRule = VisibilityRule()
