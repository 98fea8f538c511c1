"""Where a module that is a file is imported and named, found when someone asks: by its name, and by the names that
imports give it; in languages that name modules by strings, by these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rlm_code.index.links import Links
from rlm_code.index.resolve import Resolver
from rlm_code.index.values import Certainty, ModuleFile, Resolution
from rlm_code.parse.facts import Occurrence


class ModuleUse(NamedTuple):
    """One use of a module in the file at `path`."""

    path: str
    use: Occurrence
    certainty: Certainty


def module_meant(links: Links, resolution: Resolution) -> tuple[ModuleFile, ...]:
    """The modules that a name stands for, if it stands for nothing else that has a place."""
    return () if resolution.named else links.module_files(resolution.values)


def uses_of_module(resolver: Resolver, target: ModuleFile) -> list[ModuleUse]:
    """The uses of a module in order of path and offset."""
    found: dict[tuple[str, int], ModuleUse] = {}
    for path, use in _candidates(resolver.links, target):
        if not resolver.stays_in_file(path, use):
            resolution = resolver.resolve(path, use)
            if target in module_meant(resolver.links, resolution):
                found[path, use.start] = ModuleUse(path, use, resolution.certainty)
    return [found[place] for place in sorted(found)]


def _candidates(links: Links, target: ModuleFile) -> Iterator[tuple[str, Occurrence]]:
    if links.typed.names_by_strings(target.path):
        paths = links.index.paths_of_family(links.index.family(target.path).name)
        importing = (path for path in paths if _imports(links, path, target))
        return ((path, use) for path in importing for use in links.typed.specifiers(path))
    return ((path, use) for path, name in _places(links, target) for use in links.index.view(path).uses.of(name))


def _imports(links: Links, path: str, target: ModuleFile) -> bool:
    modules = links.modules.of(path)
    located = (modules.locate(path, module) for module in {row.module for row in links.index.view(path).imports})
    return any(target.path in module.paths for module in located if module)


def _places(links: Links, target: ModuleFile) -> Iterator[tuple[str, str]]:
    """The files that may name a module, each with a name under which it does."""
    names = [links.modules.of(target.path).name_of(target.path).rpartition(".")[2]]
    for name in names:  # grows as files are found that know it by another name
        for path in links.index.using(name):
            if links.index.family(path) == links.index.family(target.path):
                names += [alias for alias in _aliases(links, path, name, target) if alias not in names]
                yield path, name


def _aliases(links: Links, path: str, name: str, target: ModuleFile) -> Iterator[str]:
    """The other names under which a file imports a module that it imports as `name`."""
    for row in links.index.view(path).imports:
        known_as = row.name or row.module.rpartition(".")[2]
        if row.alias and row.alias != name == known_as and target in links.module_files(links.imported(path, row)):
            yield row.alias
