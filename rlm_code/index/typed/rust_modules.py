"""Rust's modules: the crates of a workspace, the files and inline blocks of a module, what a path of names means."""

from __future__ import annotations

import re
from typing import NamedTuple

from rlm_code.index.links import Links
from rlm_code.index.typed.model import Target
from rlm_code.parse.facts import Import

_SECTION = re.compile(r"^\[(package|lib)\]\s*$(.*?)(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"^name\s*=\s*[\"']([\w-]+)", re.MULTILINE)
_PATH = re.compile(r"^path\s*=\s*[\"']([^\"']+)", re.MULTILINE)
_ROOTS = frozenset({"lib.rs", "main.rs", "build.rs"})
_OWN_CRATES = ("tests", "benches", "examples", "bin")
_MOST_DEEP = 20


class Place(NamedTuple):
    """A module: a file, or the block in it that the `at`-th definition is (-1: the whole file)."""

    path: str
    at: int = -1


Item = Target | Place


class RustModules:
    """The modules of one snapshot."""

    def __init__(self, links: Links) -> None:
        self._index = links.index
        self._paths = frozenset(links.index.paths_of_family("rust"))
        self._crates: dict[str, str] | None = None
        self._open: set[tuple[Place, str]] = set()

    # -- Places

    def crates(self) -> dict[str, str]:
        """The root file of each library crate by the name that code knows it under."""
        if self._crates is None:
            self._crates = {}
            for path in self._index.keys:
                if path.rpartition("/")[2] == "Cargo.toml":
                    self._add_crate(path)
        return self._crates

    def _add_crate(self, manifest: str) -> None:
        sections = {match[1]: match[2] for match in _SECTION.finditer(self._index.text(manifest))}
        folder = manifest.rpartition("/")[0]
        name = _NAME.search(sections.get("lib", "")) or _NAME.search(sections.get("package", ""))
        written = _PATH.search(sections.get("lib", ""))
        root = f"{folder}/{written[1] if written else 'src/lib.rs'}".lstrip("/")
        if name and root in self._paths and self._crates is not None:
            self._crates[name[1].replace("-", "_")] = root

    def root_of(self, path: str) -> str:
        """The root file of the crate that a file belongs to."""
        folder, _, name = path.rpartition("/")
        if name in _ROOTS or _holds_crates(folder):
            return path
        while True:
            for root in ("lib.rs", "main.rs"):
                found = f"{folder}/{root}".lstrip("/")
                if found in self._paths:
                    return found
            if not folder:
                return path
            folder = folder.rpartition("/")[0]

    def at(self, path: str, offset: int) -> Place:
        """The module that code at an offset is in."""
        view = self._index.view(path)
        at = view.enclosing(offset)
        while at >= 0 and not self._is_block(path, at):
            at = view.outer[at]
        return Place(path, at)

    def _is_block(self, path: str, at: int) -> bool:
        definition = self._index.view(path).definitions[at]
        return definition.kind == "module" and definition.header_end < definition.end

    def above(self, place: Place) -> Place:
        """The module around a module."""
        if place.at >= 0:
            at = self._index.view(place.path).outer[place.at]
            while at >= 0 and not self._is_block(place.path, at):
                at = self._index.view(place.path).outer[at]
            return Place(place.path, at)
        folder, _, name = place.path.rpartition("/")
        if name == "mod.rs":
            folder, _, name = folder.rpartition("/")
        candidates = (f"{folder}/mod.rs", f"{folder}.rs", f"{folder}/lib.rs", f"{folder}/main.rs")
        own = [
            path.lstrip("/")
            for path in candidates
            if path.lstrip("/") in self._paths and path.lstrip("/") != place.path
        ]
        return Place(own[0]) if own else Place(self.root_of(place.path))

    def declaration(self, place: Place) -> Target | None:
        """What declares a module: its block, or `mod name;` in the module around; None for the root of a crate."""
        if place.at >= 0:
            return Target(place.path, place.at)
        if place.path == self.root_of(place.path):
            return None
        folder, _, file = place.path.rpartition("/")
        name = folder.rpartition("/")[2] if file == "mod.rs" else file.removesuffix(".rs")
        around = self.above(place)
        view = self._index.view(around.path)
        inner = view.children.get(around.at, {}).get(name, ())
        return next((Target(around.path, at) for at in inner if view.definitions[at].kind == "module"), None)

    def _child(self, place: Place, name: str) -> Place | None:
        """The module that a module declares under a name."""
        inner = self._index.view(place.path).children.get(place.at, {}).get(name, ())
        for at in inner:
            if self._is_block(place.path, at):
                return Place(place.path, at)
        folder, _, file = place.path.rpartition("/")
        stem = file.removesuffix(".rs")
        base = (
            folder
            if file in _ROOTS or file == "mod.rs" or place.path == self.root_of(place.path)
            else f"{folder}/{stem}"
        )
        for path in (f"{base}/{name}.rs", f"{base}/{name}/mod.rs"):
            if path.lstrip("/") in self._paths:
                return Place(path.lstrip("/"))
        return None

    # -- Names

    def items(self, place: Place, name: str) -> list[Item]:
        """What a module has under a name: what it declares, uses or passes on."""
        key = (place, name)
        if key in self._open or len(self._open) > _MOST_DEEP:
            module = self._child(place, name)  # `pub use self::serve::serve;` beside `mod serve;`
            return [module] if module else []
        self._open.add(key)
        try:
            return self._items(place, name)
        finally:
            self._open.discard(key)

    def _items(self, place: Place, name: str) -> list[Item]:
        view = self._index.view(place.path)
        declared = [
            Target(place.path, at)
            for at in view.children.get(place.at, {}).get(name, ())
            if not view.definitions[at].scope and view.definitions[at].kind != "module"
        ]
        found: list[Item] = list(declared)
        module = self._child(place, name)
        if module and (found or name in view.by_name or self._declares(place, name)):
            found.append(module)
        for row in view.bound_imports.get(name, ()) if not declared else ():  # a module and a function may share a name
            if row.parent == place.at or row.parent < 0:
                found += self.imported(place, row)
        return found or self._through_stars(place, name)

    def _declares(self, place: Place, name: str) -> bool:
        """Whether a module says `mod name;`."""
        return any(row.module == name and row.name is None for row in self._index.view(place.path).imports)

    def _through_stars(self, place: Place, name: str) -> list[Item]:
        for row in self._index.view(place.path).star_imports:
            if row.parent == place.at or (row.parent < 0 and place.at >= 0):
                for item in self.path(place, row.module.split("::")):
                    found = self.items(item, name) if isinstance(item, Place) else self.members(item, name)
                    if found:
                        return found
        return []

    def members(self, owner: Target, name: str) -> list[Item]:
        """The variants of an enum."""
        children = self._index.view(owner.path).children.get(owner.at, {})
        return [Target(owner.path, at) for at in children.get(name, ())]

    def imported(self, place: Place, row: Import) -> list[Item]:
        """What one import stands for."""
        if row.name is None and "::" not in row.module:
            module = self._child(place, row.module)
            if module:
                return [module]
        parts = row.module.split("::")
        return self.path(place, parts if row.name in (None, "*") else [*parts, row.name])

    def path(self, place: Place, parts: list[str]) -> list[Item]:
        """What a path of names means, written in a module."""
        first, *rest = [part.strip() for part in parts if part.strip()] or [""]
        found = self._first(place, first)
        for part in rest:
            if part == "super":
                found = [self.above(item) for item in found if isinstance(item, Place)]
                continue
            found = [
                inner
                for item in found
                for inner in (self.items(item, part) if isinstance(item, Place) else self.members(item, part))
            ]
        return found

    def _first(self, place: Place, name: str) -> list[Item]:
        if name == "crate":
            return [Place(self.root_of(place.path))]
        if name == "self":
            return [place]
        if name == "super":
            return [self.above(place)]
        found = self.items(place, name)
        if found:
            return found
        root = self.crates().get(name)
        return [Place(root)] if root else []


def _holds_crates(folder: str) -> bool:
    """Whether each file of a folder is a crate of its own, as Cargo lays packages out: `tests/` beside `src/`, not a
    module of that name inside."""
    *around, last = folder.split("/")
    return last in _OWN_CRATES and ("src" not in around or (last == "bin" and around[-1] == "src"))
