"""The strings by which scripts name modules: `from "./x"`, `require("./x")`, `import("./x")`.

They are no identifiers, so facts do not have them; they are found in a file's text when someone asks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rlm_code.index.script.syntax import Source, required, string_of
from rlm_code.parse.facts import Occurrence

if TYPE_CHECKING:
    from tree_sitter import Node

_WRITTEN = re.compile(
    rb"\b(?:from|import|require)\s*(?:\(\s*(?:/\*[^*]{0,200}\*/\s*)?)?[\"'`]([^\"'`\n]{1,1000})[\"'`]"
)
_STATEMENTS = frozenset({"import_statement", "export_statement", "import_require_clause"})


def specifiers(source: Source) -> list[Occurrence]:
    """Those of a file in order, each as a use of its text."""
    found: list[Occurrence] = []
    for match in _WRITTEN.finditer(source.data):
        leaf = source.name(match.start(1))
        if leaf is not None and not source.is_deep(match.start(1)) and specified(source, leaf) is not None:
            found.append(Occurrence(source.text(leaf), leaf.start_byte, "import"))
    return found


def specified(source: Source, leaf: Node) -> str | None:
    """The module that the text of a string names; None for any other text."""
    string = leaf.parent
    around = string.parent if string is not None else None
    if string is None or around is None or leaf.type != "string_fragment":
        return None
    if around.type in _STATEMENTS:
        return string_of(source, string) if around.child_by_field_name("source") == string else None
    return required(source, around.parent) if around.type == "arguments" else None
