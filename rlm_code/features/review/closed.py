"""Whether everything that a type has is known: what its text and that of its bases gives it, and nothing else.

Only then is a member that the change removed from it gone. A type that may get members from what is not here, from an
annotation or from a trait of another crate, is not closed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rlm_code.features.review.changes import Change

if TYPE_CHECKING:
    from rlm_code.codebase.symbol import Symbol

CLOSED_LANGUAGES = frozenset({"rust", "java", "c-sharp"})
TYPES = frozenset({"class", "struct", "enum", "interface"})
_MOST_BASES = 20
_DERIVED = re.compile(r"\bderive\s*\(([^()]*)\)")
_TRAITS = """Debug Display Clone Copy PartialEq Eq PartialOrd Ord Hash Default Serialize Deserialize Error From TryFrom
Into TryInto FromStr Deref DerefMut Drop AsRef AsMut Iterator IntoIterator Send Sync Index IndexMut Add Sub"""
_OF_TRAITS = """fmt clone clone_from eq ne partial_cmp cmp lt le gt ge max min clamp hash hash_slice default serialize
deserialize source description cause from try_from into try_into from_str deref deref_mut drop as_ref as_mut next
size_hint into_iter index index_mut add sub"""
_KNOWN_TRAITS = frozenset(_TRAITS.split())
_GIVEN = frozenset(_OF_TRAITS.split())


def is_closed(change: Change, owner: Symbol, gone: Symbol) -> bool:
    """Whether a type of the head has nothing called like a member that is gone, wherever it might come from."""
    if owner.kind not in TYPES or owner.language not in CLOSED_LANGUAGES:
        return False
    return _is_closed_in_rust(change, owner, gone) if owner.language == "rust" else _is_closed_class(owner)


def _is_closed_class(owner: Symbol) -> bool:
    """Whether all the bases of a class are here, and nothing but source text makes members of them."""
    seen, queue = {owner.key}, [owner]
    while queue:
        current = queue.pop()
        if current.decorators or "partial" in current.heading.split() or len(seen) > _MOST_BASES:
            return False
        for base in (base.target for base in current.bases()):
            if base is None or base.language != owner.language:
                return False
            if base.key not in seen:
                seen.add(base.key)
                queue.append(base)
    return True


def _is_closed_in_rust(change: Change, owner: Symbol, gone: Symbol) -> bool:
    """Whether no trait may offer the name. What an attribute makes would have clashed with it, unless that is new."""
    if _has_new_attribute(change, owner):
        return False
    if gone.kind == "enum_member":
        return True
    derived = {name.strip().rpartition("::")[2] for one in owner.decorators for name in _derived(one)}
    outside = {base.name for base in owner.bases() if base.target is None}
    if gone.name in _GIVEN or not (derived | outside) <= _KNOWN_TRAITS:
        return False
    here = change.head.find(gone.name, limit=None)
    return not any(other.language == "rust" and _is_of_trait(other) for other in here)


def _derived(attribute: str) -> list[str]:
    return [name for names in _DERIVED.findall(attribute) for name in names.split(",") if name.strip()]


def _is_of_trait(symbol: Symbol) -> bool:
    return symbol.parent is not None and symbol.parent.kind == "trait"


def _has_new_attribute(change: Change, owner: Symbol) -> bool:
    file = change.old(owner.path)
    before = " ".join(file.text.split()) if file is not None else ""
    return file is None or any(attribute not in before for attribute in owner.decorators)
