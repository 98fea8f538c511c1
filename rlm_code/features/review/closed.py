"""Whether everything that a type has is known: what its text and that of its bases gives it, and nothing else.

Only then is a member that the change removed from it gone. A type that may get members from what is not here, from an
annotation or from a trait of another crate, is not closed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from rlm_code.features.review.changes import Change

if TYPE_CHECKING:
    from rlm_code.codebase.symbol import Symbol

CLOSED_LANGUAGES = frozenset({"rust", "java", "c-sharp"})
TYPES = frozenset({"class", "struct", "enum", "interface"})
_MOST_BASES = 100
_IS_OPEN = re.compile(r"\bpartial\b|\bmetaclass\s*=(?!\s*(?:abc\.)?ABCMeta\b)")
_EMPTY_BASES = frozenset(("python", name) for name in ("object", "ABC", "Generic", "Protocol"))
"""Bases from elsewhere that bring no methods of their own."""
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
    return _is_closed_in_rust(change, owner, gone) if owner.language == "rust" else ancestors([owner]) is not None


def ancestors(owners: Collection[Symbol]) -> set[Symbol] | None:
    """Classes of one language with all that they build on; None unless all bases are here, and nothing but source text
    makes members of them."""
    seen, queue = set(owners), list(owners)
    while queue:
        current = queue.pop()
        if current.decorators or _IS_OPEN.search(current.heading) or len(seen) > _MOST_BASES:
            return None
        for named in current.bases():
            base = named.target
            if base is None and (current.language, named.name) in _EMPTY_BASES:
                continue
            if base is None or base.language != current.language:
                return None
            if base not in seen:
                seen.add(base)
                queue.append(base)
    return seen


def has_member(owner: Symbol, name: str) -> bool:
    """Whether the text of a class gives it a member of that name."""
    return any(member.name == name for member in owner.members())


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
