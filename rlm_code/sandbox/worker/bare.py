"""An environment without names, to see whether workers start here."""

from __future__ import annotations

from typing import Any


def names(host: object) -> dict[str, Any]:
    """Nothing."""
    return {}
