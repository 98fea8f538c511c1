"""What each part of a module's name in a Python import names: `pkg` and `pkg.mod` of `import pkg.mod`."""

from __future__ import annotations

import re

from rlm_code.index.fileview import FileView
from rlm_code.parse.facts import Occurrence

_BEFORE = re.compile(rb"(\bfrom[\s\\]+)?((?:[\w\x80-\xff]+\.|\.)*)\Z")
_LONGEST = 500


def module_up_to(view: FileView, data: bytes, use: Occurrence) -> str | None:
    """The module whose name ends with a name in an import, relative dots and all; None for a name that an import takes
    from a module or binds."""
    before = _BEFORE.search(data, max(0, use.start - _LONGEST), use.start)
    if before is None:
        return None
    first = before.start(2)
    if before[1] is None and not any(row.start == first and row.name is None for row in view.imports):
        return None
    return before[2].decode("utf-8", "replace") + use.name
