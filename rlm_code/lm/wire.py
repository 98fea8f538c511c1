"""What every provider's wire has in common: text that UTF-8 can carry, and JSON that a model wrote."""

from __future__ import annotations

import json
from typing import Any


def encodable(text: str) -> str:
    """`text` as UTF-8 can carry it: halves of a character that came apart are joined, lone ones become U+FFFD."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def json_object(text: str) -> dict[str, Any] | None:
    """The object that `text` writes in JSON, None where it writes none; its strings are encodable."""
    try:
        value = json.loads(text)
        # JSON can write lone surrogates as escapes, so that they are there only once it is read.
        value = json.loads(encodable(json.dumps(value, ensure_ascii=False)))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
