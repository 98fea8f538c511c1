"""What a JavaScript or TypeScript module exports under another name than it defines it, read from its text."""

from __future__ import annotations

import re

_DEFAULT = re.compile(
    rb"\bexport\s+default\s+(?:async\s+)?(?:abstract\s+)?(?:(?:class|function\s*\*?|interface|enum)\s+)?([A-Za-z_$][\w$]*)"
)
_LIST = re.compile(rb"\bexport\s*(?:type\s*)?\{([^{}]*)\}(?!\s*from\b)")
_ASSIGNED = re.compile(rb"(?:\bmodule\.exports|\bexport)\s*=\s*([A-Za-z_$][\w$]*)\s*(?:;|$)", re.MULTILINE)
_ITEM = re.compile(rb"\s*(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*$")


def exports_of(data: bytes) -> dict[str, str]:
    """The names inside a module of what it exports, by the name it exports each as, where the two differ."""
    items = [_ITEM.match(item) for group in _LIST.finditer(data) for item in group[1].split(b",")]
    found = {item[2].decode(): item[1].decode() for item in items if item and item[2]}
    if "default" not in found:
        default = _DEFAULT.search(data) or _ASSIGNED.search(data)
        if default:
            found["default"] = default[1].decode()
    return found
