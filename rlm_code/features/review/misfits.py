"""Calls that fitted the signature of a function, or of what makes a class, before the change and do not fit it now.

Python alone, whose grammar the standard library reads. Certain enough to gate on only where the function or class is
bound once and undecorated, the call leads to it and to nothing else, and no splat hides what is passed; of a class, if
all its bases are here and none has a `__new__`. Nothing else is said.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rlm_code.features.review.changes import Change, ChangedSymbol
from rlm_code.features.review.closed import ancestors, has_member
from rlm_code.features.review.findings import Finding
from rlm_code.features.review.guards import expects_error
from rlm_code.text import split_lines

if TYPE_CHECKING:
    from rlm_code.codebase.symbol import Reference, Symbol

_LONGEST_CALL = 4000
Kind = inspect.Parameter


def misfits(change: Change, symbols: list[ChangedSymbol]) -> Iterator[Finding]:
    """One finding for each call in the head that the new signature refuses and the old one took."""
    for each in symbols:
        before, after = each.before, each.after
        if before is None or after is None or before.language != "python":
            continue
        called = after.parent if after.name == "__init__" else after
        if called is None or not _is_plain(change, called):
            continue
        old, new = _signature(before), _signature(after)
        if old is None or new is None or old == new or (called != after and not _is_made_by(called, after)):
            continue
        for call in _calls(called):
            passed = _passed(change, call)
            if passed and _fits(old, passed) and not _fits(new, passed) and _is_meant(change, call, called):
                yield _finding(after, call, f"{called.name}{new}", _refusal(new, passed))


def _is_plain(change: Change, symbol: Symbol) -> bool:
    """Whether a definition is all that its file binds to its name, and no protocol calls it."""
    if symbol.kind not in ("function", "method", "class") or symbol.name.startswith("__"):
        return False
    file = change.head.file(symbol.path)
    defined = [row.name for row in file.symbols()]
    return [*defined, *(each.alias or each.name for each in file.imports())].count(symbol.name) == 1


def _is_made_by(owner: Symbol, init: Symbol) -> bool:
    """Whether a call of a class hands all that it passes to this `__init__`, and to nothing else."""
    above = ancestors([owner])
    if above is None or any(has_member(each, "__new__") for each in above):
        return False
    own = [member for member in owner.members() if member.name == init.name]
    return own == [init] and all(use.role != "write" for use in init.references(limit=None))


def _calls(symbol: Symbol) -> list[Reference]:
    """The calls of a definition that nothing replaces. A method's are those on its class, which pass the receiver, too:
    on an object that of a subclass may be called."""
    uses = [use for use in symbol.references(sure=True, limit=None) if use.certainty == "exact"]
    replaced = {use.path for use in uses if use.role == "write"}
    if symbol.path in replaced:
        return []
    return [use for use in uses if use.role == "call" and use.path not in replaced]


def _is_meant(change: Change, call: Reference, symbol: Symbol) -> bool:
    """Whether a call leads to a definition and to nothing else, and is not there to fail."""
    if list(change.head.definition_at(call.path, call.line, call.column)) != [symbol]:
        return False
    return not expects_error(split_lines(change.head.file(call.path).text), call.line)


def _signature(symbol: Symbol) -> inspect.Signature | None:
    """The signature that a definition's text gives, that of an `__init__` without what it makes; None if decorated."""
    header = _definition(symbol.text)
    if header is None:
        return None
    arguments = header.args
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    found = [
        _parameter(each.arg, Kind.POSITIONAL_OR_KEYWORD, default) for each, default in zip(plain, defaults, strict=True)
    ]
    for at in range(len(arguments.posonlyargs)):
        found[at] = found[at].replace(kind=Kind.POSITIONAL_ONLY)
    if arguments.vararg:
        found.append(_parameter(arguments.vararg.arg, Kind.VAR_POSITIONAL, None))
    found += [
        _parameter(each.arg, Kind.KEYWORD_ONLY, default)
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg:
        found.append(_parameter(arguments.kwarg.arg, Kind.VAR_KEYWORD, None))
    receives = symbol.name == "__init__" and found and found[0].kind is not Kind.VAR_POSITIONAL
    return inspect.Signature(found[1:] if receives else found)


def _parameter(name: str, kind: inspect._ParameterKind, default: ast.expr | None) -> inspect.Parameter:
    # Which value a default has does not matter here, only that there is one.
    return inspect.Parameter(name, kind, default=inspect.Parameter.empty if default is None else None)


def _definition(text: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    try:
        body = ast.parse(inspect.cleandoc(f"\n{text}")).body
    except (SyntaxError, ValueError):
        return None
    found = body[0] if body else None
    return found if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef) and not found.decorator_list else None


def _passed(change: Change, call: Reference) -> ast.Call | None:
    """The call that starts at a reference, None if its text cannot be read or a splat hides what it passes."""
    lines = split_lines(change.head.file(call.path).text)[call.line - 1 :]
    text = "\n".join(lines).encode()[call.column :][:_LONGEST_CALL].decode("utf-8", "ignore")
    close = text.find(")")
    while close != -1:
        try:
            parsed = ast.parse(text[: close + 1], mode="eval").body
        except (SyntaxError, ValueError):
            close = text.find(")", close + 1)
            continue
        if not isinstance(parsed, ast.Call) or isinstance(parsed.func, ast.Call):
            return None
        splat = any(isinstance(each, ast.Starred) for each in parsed.args)
        return None if splat or any(each.arg is None for each in parsed.keywords) else parsed
    return None


def _fits(signature: inspect.Signature, call: ast.Call) -> bool:
    return not _refusal(signature, call)


def _refusal(signature: inspect.Signature, call: ast.Call) -> str:
    """Why a signature does not take a call, "" if it does."""
    try:
        signature.bind(*call.args, **{each.arg: None for each in call.keywords if each.arg})
    except TypeError as refused:
        return str(refused)
    return ""


def _finding(after: Symbol, call: Reference, signature: str, refusal: str) -> Finding:
    message = f"this call no longer fits `{signature}`: {refusal}"
    text = call.text.strip()
    return Finding("call-misfit", "error", call.path, call.line, message, after.qualified_name, after.place, text)
