"""Python's modules: packages are folders with `__init__.py`, and any folder may be on the path of imports."""

from __future__ import annotations

import sys
from functools import cached_property

from rlm_code.index.modules import closeness
from rlm_code.index.values import Module


class PythonModules:
    """The Python modules of a snapshot."""

    def __init__(self, paths: frozenset[str]) -> None:
        self._paths = paths

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
        return sorted(roots, key=lambda root: (-closeness(root, importer), len(root), root))

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


def _folders_of(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
