"""Our kinds of definitions as the protocol names them, and what it lets definitions be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import SymbolKind

if TYPE_CHECKING:
    from rlm_code.codebase.queries import SymbolRow

_KINDS = {
    "module": SymbolKind.Module,
    "namespace": SymbolKind.Namespace,
    "class": SymbolKind.Class,
    "interface": SymbolKind.Interface,
    "struct": SymbolKind.Struct,
    "enum": SymbolKind.Enum,
    "trait": SymbolKind.Interface,
    "type": SymbolKind.Class,
    "function": SymbolKind.Function,
    "method": SymbolKind.Method,
    "constructor": SymbolKind.Constructor,
    "property": SymbolKind.Property,
    "field": SymbolKind.Field,
    "constant": SymbolKind.Constant,
    "variable": SymbolKind.Variable,
    "enum_member": SymbolKind.EnumMember,
    "macro": SymbolKind.Function,
    "section": SymbolKind.String,
    "key": SymbolKind.Key,
    "selector": SymbolKind.Class,
}


def symbol_kind(kind: str) -> SymbolKind:
    """The protocol's kind for one of `rlm_code.parse.facts.DefinitionKind`."""
    return _KINDS[kind]


def shown_name(row: SymbolRow) -> str:
    """A definition's name; one without is shown by its kind, for the protocol forbids empty names."""
    return row.name or f"<{row.kind}>"


def is_defined(kind: str) -> bool:
    """Whether a kind is that of a definition: the protocol has none for parameters and imports."""
    return kind in _KINDS
