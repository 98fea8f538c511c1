"""Call hierarchy: who calls a definition, and what it calls.

An item is known again by the position of its name, so that one asked about later means what stands there then.
"""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol.types import (
    CALL_HIERARCHY_INCOMING_CALLS,
    CALL_HIERARCHY_OUTGOING_CALLS,
    TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY,
    CallHierarchyIncomingCall,
    CallHierarchyIncomingCallsParams,
    CallHierarchyItem,
    CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams,
    CallHierarchyPrepareParams,
    Range,
    SymbolKind,
)

from rlm_code.codebase.queries import EVERYTHING, NAMELESS, ReferenceRow, SymbolRow
from rlm_code_lsp.kinds import is_defined, shown_name, symbol_kind
from rlm_code_lsp.language_server import RlmCodeServer
from rlm_code_lsp.lookup import Lookup

_BY_NAME = "by name alone"


def register(server: RlmCodeServer) -> None:
    """Let `server` answer the three requests of call hierarchies."""

    @server.feature(TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY)
    async def _prepare(params: CallHierarchyPrepareParams) -> list[CallHierarchyItem] | None:
        def find(lookup: Lookup, path: str) -> list[CallHierarchyItem]:
            named = lookup.queries.definition_at(path, *lookup.line_and_column(path, params.position))
            return [_item(lookup, row) for row in named if _is_definition(row)]

        return await server.look_up(params.text_document.uri, find)

    @server.feature(CALL_HIERARCHY_INCOMING_CALLS)
    async def _incoming(params: CallHierarchyIncomingCallsParams) -> list[CallHierarchyIncomingCall] | None:
        def find(lookup: Lookup, path: str) -> list[CallHierarchyIncomingCall]:
            row = _again(lookup, path, params.item)
            return _callers(lookup, row) if row else []

        return await server.look_up(params.item.uri, find)

    @server.feature(CALL_HIERARCHY_OUTGOING_CALLS)
    async def _outgoing(params: CallHierarchyOutgoingCallsParams) -> list[CallHierarchyOutgoingCall] | None:
        def find(lookup: Lookup, path: str) -> list[CallHierarchyOutgoingCall]:
            row = _again(lookup, path, params.item)
            return _callees(lookup, row) if row else []

        return await server.look_up(params.item.uri, find)


def _callers(lookup: Lookup, row: SymbolRow) -> list[CallHierarchyIncomingCall]:
    """The definitions that call one, and the files that do outside of any."""
    page = lookup.queries.references(row.path, row.name_start, ["call"], False, EVERYTHING)
    calls: dict[SymbolRow | str, list[ReferenceRow]] = {}
    for call in page.rows:
        calls.setdefault(call.inside or call.path, []).append(call)
    return [
        CallHierarchyIncomingCall(_caller(lookup, who, found), [lookup.reference(call).range for call in found])
        for who, found in calls.items()
    ]


def _callees(lookup: Lookup, row: SymbolRow) -> list[CallHierarchyOutgoingCall]:
    """The definitions that one calls, those of its inner functions among them."""
    calls: dict[SymbolRow, list[ReferenceRow]] = {}
    for call in lookup.queries.outgoing(row.path, row.name_start, ["call"]):
        if call.target is not None and _is_definition(call.target):
            calls.setdefault(call.target, []).append(call)
    return [
        CallHierarchyOutgoingCall(
            _item(lookup, target, by_name=_are_by_name(found)), [lookup.reference(call).range for call in found]
        )
        for target, found in calls.items()
    ]


def _caller(lookup: Lookup, who: SymbolRow | str, calls: list[ReferenceRow]) -> CallHierarchyItem:
    if isinstance(who, SymbolRow):
        return _item(lookup, who, by_name=_are_by_name(calls))
    start = lookup.positions(who).range_to_proto(0, 0)
    whole = Range(start.start, lookup.positions(who).to_proto(len(lookup.queries.data(who))))
    detail = _BY_NAME if _are_by_name(calls) else None
    return CallHierarchyItem(
        name=who, kind=SymbolKind.File, uri=lookup.uri(who), range=whole, selection_range=start, detail=detail
    )


def _item(lookup: Lookup, row: SymbolRow, *, by_name: bool = False) -> CallHierarchyItem:
    return CallHierarchyItem(
        name=shown_name(row),
        kind=symbol_kind(row.kind),
        uri=lookup.uri(row.path),
        range=lookup.positions(row.path).range_to_proto(row.start, row.end),
        selection_range=lookup.name_range(row),
        detail=f"{row.qualified_name} ({_BY_NAME})" if by_name else row.qualified_name,
    )


def _is_definition(row: SymbolRow) -> bool:
    """Whether a row is of a definition: not of a parameter, an import or a whole file."""
    return is_defined(row.kind) and row.name_start != NAMELESS


def _are_by_name(calls: Iterable[ReferenceRow]) -> bool:
    """Whether nothing but the name says that these calls are calls of it."""
    return all(call.certainty == "name" for call in calls)


def _again(lookup: Lookup, path: str, item: CallHierarchyItem) -> SymbolRow | None:
    """The definition that an item stands for."""
    if item.kind == SymbolKind.File:
        return None
    named = lookup.queries.definition_at(path, *lookup.line_and_column(path, item.selection_range.start))
    return next((row for row in named if row.path == path), None)
