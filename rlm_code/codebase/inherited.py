"""Members that a class has from its bases: `Flask.make_aborter` may stand in `App`."""

from __future__ import annotations

from rlm_code.codebase.symbol import Symbol

_CLASSES = ("class", "interface", "struct", "trait")
_MOST_BASES = 60


def inherited(owner: Symbol, member: str) -> Symbol | None:
    """The definition of `member` in the nearest base of `owner` that has it, as far as bases are known here."""
    waiting, seen = [owner], {owner}
    while waiting and len(seen) <= _MOST_BASES:
        current = waiting.pop(0)
        if current.kind not in _CLASSES:
            continue
        found = next((each for each in current.children() if each.name == member), None)
        if found is not None:
            return found
        bases = [base.target for base in current.bases() if base.target is not None and base.target not in seen]
        seen.update(bases)
        waiting += bases
    return None
