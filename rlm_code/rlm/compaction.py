"""What a conversation must not forget when it is shortened: the variables in the REPL, and the evidence so far."""

from __future__ import annotations

from collections.abc import Sequence

from rlm_code.rlm.citations import shown
from rlm_code.rlm.submission import Submission

MOST_VARIABLES = 4_000
MOST_FILES = 60
MOST_DRAFT = 4_000

# Run as a cell of the session's own, which it leaves as it was: names with a leading underscore are not told.
VARIABLES = """\
for _name, _value in list(globals().items()):
    _type = type(_value).__name__
    if _name.startswith("_") or _type in ("module", "method", "builtin_function_or_method", "Functions"):
        continue
    if _name in ("repo", "out", "Draft"):
        continue
    _size = f", {len(_value):,} long" if isinstance(_value, (str, bytes, list, tuple, dict, set, frozenset)) else ""
    print(f"{_name}: {_type}{_size}")
"""


def remembered(variables: str, touched: Sequence[str], draft: Submission | None) -> str:
    """What is said of the REPL's `variables`, of the files whose text code looked at, and of the answer that was
    submitted last and went back."""
    parts = []
    if variables.strip():
        parts.append(f"Variables:\n{variables.strip()[:MOST_VARIABLES]}")
    if touched:
        more = f" and {len(touched) - MOST_FILES:,} more" if len(touched) > MOST_FILES else ""
        parts.append(f"Files looked at: {', '.join(map(shown, touched[:MOST_FILES]))}{more}")
    if draft is not None and draft.citations:
        held = [f"[{n}] {shown(one.path)}:{one.start_line}-{one.end_line}" for n, one in enumerate(draft.citations, 1)]
        parts.append(
            "\n".join(["Your last submission, with the citations that hold:", draft.answer[:MOST_DRAFT], *held])
        )
    return "\n\n".join(parts)
