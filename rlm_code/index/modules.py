"""Which files a module's name means, seen from the file that writes it. One `Modules` a language family.

It reads names and project files such as go.mod, never syntax.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cached_property
from typing import Protocol

from rlm_code.index.values import Module


class Modules(Protocol):
    """The module names of one language family in one snapshot."""

    def locate(self, importer: str, module: str) -> Module | None:
        """The module that `module`, as written in the file `importer`, means; None if it is from outside."""
        ...

    def name_of(self, path: str) -> str:
        """The name of the module that the file at `path` belongs to, "" if its language has none."""
        ...

    def bound_name(self, module: str) -> str:
        """The name that importing `module` binds when no other is given."""
        ...


class PythonModules(Modules):
    """Packages are folders with `__init__.py`; any folder may be on the path of imports."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = frozenset(path for path in paths if path.endswith((".py", ".pyi")))

    def locate(self, importer: str, module: str) -> Module | None:
        """See `Modules`."""
        name = module.lstrip(".")
        dots = len(module) - len(name)
        parts = name.split(".") if name else []
        if dots:
            return self._relative(importer, dots, parts)
        found = [self._at(f"{root}{'/'.join(parts)}", module) for root in self._roots_by_closeness(importer, parts[0])]
        modules = [module for module in found if module]
        return next((module for module in modules if module.paths), modules[0] if modules else None)

    def name_of(self, path: str) -> str:
        """See `Modules`."""
        stem = path.rsplit(".", 1)[0].removesuffix("/__init__")
        return stem[len(self._root_of(path)) :].replace("/", ".")

    def bound_name(self, module: str) -> str:
        """See `Modules`."""
        return module.split(".", 1)[0]

    def _relative(self, importer: str, dots: int, parts: list[str]) -> Module | None:
        folders = importer.split("/")[:-1]
        if dots - 1 > len(folders):
            return None
        base = folders[: len(folders) - (dots - 1)]
        stem = "/".join([*base, *parts])
        return self._at(stem, stem[len(self._root_of(f"{stem}/x")) :].replace("/", "."))

    def _at(self, stem: str, name: str) -> Module | None:
        for ending in ("/__init__.py", ".py", "/__init__.pyi", ".pyi"):
            if stem + ending in self._paths:
                return Module(name, (stem + ending,))
        return Module(name, ()) if stem in self._folders else None

    def _roots_by_closeness(self, importer: str, top: str) -> list[str]:
        """Folders (with their slash) that hold `top`, those nearest to `importer` first."""
        roots = self._tops.get(top, set())
        if top in sys.stdlib_module_names:  # hidden by a file of the program's own folder alone
            roots = roots & {importer[: importer.rfind("/") + 1], self._root_of(importer)}
        if len(roots) < 2:
            return list(roots)
        return sorted(roots, key=lambda root: (-_common_length(root, importer), len(root), root))

    def _root_of(self, path: str) -> str:
        """The folder (with its slash, "" for the repository's) from which the file's module is named."""
        parts = path.split("/")[:-1]
        depth = len(parts)
        while depth and "/".join([*parts[:depth], "__init__.py"]) in self._paths:
            depth -= 1
        if depth == len(parts):
            depth = 1 if parts[:1] in (["src"], ["lib"]) else 0
        return "".join(f"{part}/" for part in parts[:depth])

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(folder for path in self._paths for folder in _folders_of(path))

    @cached_property
    def _tops(self) -> dict[str, set[str]]:
        """The folders in which a first part of a module's name is found."""
        found: dict[str, set[str]] = {}
        for path in self._paths:
            folder, _, file = path.rpartition("/")
            stem = file.rsplit(".", 1)[0]
            if stem != "__init__" and not self._is_package(folder):
                found.setdefault(stem, set()).add(f"{folder}/" if folder else "")
        for folder in self._folders:
            parent, _, last = folder.rpartition("/")
            if not self._is_package(parent):
                found.setdefault(last, set()).add(f"{parent}/" if parent else "")
        return found

    def _is_package(self, folder: str) -> bool:
        return f"{folder}/__init__.py" in self._paths


class SuffixModules(Modules):
    """Languages whose imports end in a path: `com.acme.Bar`, `crate::a::b`, `lib/foo`, `"util/x.h"`."""

    def __init__(self, paths: Iterable[str], separator: str) -> None:
        self._separator = separator
        self._by_stem: dict[str, list[str]] = {}
        for path in paths:
            file = path.rsplit("/", 1)[-1]
            for key in {file, file.split(".", 1)[0]}:
                self._by_stem.setdefault(key, []).append(path)

    def locate(self, importer: str, module: str) -> Module | None:
        """See `Modules`."""
        parts = [part for part in module.replace(self._separator, "/").split("/") if part not in ("", ".", "..")]
        if not parts:
            return None
        candidates = [path for path in self._by_stem.get(parts[-1], ()) if _ends_with(path, parts)]
        if not candidates:
            return None
        best = min(candidates, key=lambda path: (-_common_length(path, importer), len(path), path))
        return Module(module, (best,))

    def name_of(self, path: str) -> str:
        """See `Modules`."""
        return ""

    def bound_name(self, module: str) -> str:
        """See `Modules`."""
        return module.rsplit(self._separator, 1)[-1]


def _ends_with(path: str, parts: list[str]) -> bool:
    folders = path.split("/")[:-1]
    wanted = parts[:-1]
    return not wanted or folders[-len(wanted) :] == wanted


def _folders_of(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def _common_length(root: str, path: str) -> int:
    """How many leading folders two paths share."""
    count = 0
    for one, other in zip(root.split("/")[:-1], path.split("/")[:-1], strict=False):
        if one != other:
            break
        count += 1
    return count
