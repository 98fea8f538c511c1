"""What a template engine (Jinja, Go) would take out of or put into a file in another language, for `masks.py`."""

from __future__ import annotations

from typing import Final

# Statements and comments vanish, a value becomes a word.
TEMPLATE_MASKS: Final = (
    r"(?P<mask>\{%[^\n]*?%\})",
    r"(?P<mask>\{#[^\n]*?#\})",
    r"^[ \t]*(?P<mask>\{\{[^\n]*?\}\})[ \t]*$",
    r"(?<=[^\s])[ \t]*(?P<value>\{\{[^\n{}]*?\}\})",
    r"^[ \t]*(?P<value>\{\{[^\n{}]*?\}\})(?=[^\s])",
)
