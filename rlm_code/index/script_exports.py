"""What a JavaScript or TypeScript module exports under another name than it defines it, read from its text."""

from __future__ import annotations

import re

_DEFAULT = re.compile(
    rb"\bexport\s+default\s+(?:async\s+)?(?:abstract\s+)?(?:(?:class|function\s*\*?|interface|enum)\s+)?([A-Za-z_$][\w$]*)"
)
_LIST = re.compile(rb"\bexport\s*(?:type\s*)?\{([^{}]*)\}(?!\s*from\b)")
_ASSIGNED = re.compile(rb"(?:\bmodule\.exports|\bexport)\s*=\s*([A-Za-z_$][\w$]*)\s*(?:;|$)", re.MULTILINE)
_ITEM = re.compile(rb"\s*(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*$")


def exported_names(data: bytes, name: str) -> list[str]:
    """The names, other than its own, under which a module exports what it calls `name`."""
    wanted = name.encode()
    items = [_ITEM.match(item) for group in _LIST.finditer(data) for item in group[1].split(b",")]
    found = [item[2].decode() for item in items if item and item[1] == wanted and item[2]]
    if local_name(data, "default") == name:
        found.append("default")
    return list(dict.fromkeys(found))


def local_name(data: bytes, exported: str) -> str | None:
    """The name inside a module of what it exports as `exported`; None if it exports nothing under another name so."""
    wanted = exported.encode()
    for group in _LIST.finditer(data):
        for item in group[1].split(b","):
            match = _ITEM.match(item)
            if match and match[2] == wanted:
                return match[1].decode()
    if exported == "default":
        found = _DEFAULT.search(data) or _ASSIGNED.search(data)
        return found[1].decode() if found else None
    return None
