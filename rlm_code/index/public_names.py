"""Definitions by the names under which others import them (`httpx.Client`, `axum::routing::get`), wherever they stand.

Modules are tried as if a file at the root of the repository imported them; what they pass on is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rlm_code.index.links import Links
from rlm_code.index.values import Module, Target, Value
from rlm_code.parse.facts import Import
from rlm_code.places import DATA_LANGUAGES, remoteness

_JOINT = re.compile(r"::|->|[.#/\\]")


def publicly_named(links: Links, name: str) -> list[Target]:
    """What `name` means to who imports it from outside, none if no module offers that. The longest module wins."""
    for importer in _importers(links):
        for joint in reversed(list(_JOINT.finditer(name))):
            module, rest = name[: joint.start()], [part for part in _JOINT.split(name[joint.end() :]) if part]
            found = _member(links, importer, module, rest) if module and rest else []
            if found:
                return found
    return []


def _importers(links: Links) -> Iterator[str]:
    """A file of each language, the likeliest to know the others by their public names."""
    nearest: dict[str, str] = {}
    for path in sorted(links.index.keys, key=lambda path: (remoteness(path), path.count("/"), path)):
        language = links.index.row(path).language
        if language and language not in DATA_LANGUAGES:
            nearest.setdefault(language, path)
    yield from nearest.values()


def _member(links: Links, importer: str, module: str, names: list[str]) -> list[Target]:
    values = links.imported(importer, Import(module, names[0], None, 0, -1))
    whole = [value for value in values if isinstance(value, Module) and value.name == module]  # all that Go imports
    for name in names if whole else names[1:]:
        values = tuple(found for value in values for found in _under(links, importer, value, name))
    return list(dict.fromkeys(value for value in values if isinstance(value, Target)))


def _under(links: Links, importer: str, value: Value, name: str) -> list[Value]:
    """What a module offers under a name, or a class has."""
    if isinstance(value, Module):
        return [each for each in links.member(value, name, importer) if not _is_beside(links, each)]
    classes = [one for one in links.same_class((value,)) if isinstance(one, Target)]
    return [member for owner in classes for member in links.class_members(owner, name)[0]]


def _is_beside(links: Links, value: Value) -> bool:
    """Whether it belongs to a type beside which it is written, so that no module offers it by its name alone."""
    return isinstance(value, Target) and bool(links.index.view(value.path).definitions[value.at].scope)
