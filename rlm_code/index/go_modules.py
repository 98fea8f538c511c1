"""Go's packages: a folder is one, named by the path in the go.mod above it, or by where a go.mod or a folder `vendor`
puts what comes from elsewhere. A go.work needs no reading: every module of the snapshot is known by its name."""

from __future__ import annotations

import re
from posixpath import normpath

from rlm_code.index.modules import ReadText
from rlm_code.index.values import Module

_MODULE = re.compile(r"^[ \t]*module[ \t]+\"?([^\s\"]+)", re.MULTILINE)
_REPLACED = re.compile(r"^[ \t]*(?:replace[ \t]+)?([^\s()]+)(?:[ \t]+v\S+)?[ \t]+=>[ \t]+(\.\.?/?\S*)", re.MULTILINE)
_PACKAGE = re.compile(r"^package\s+(\w+)", re.MULTILINE)


class GoModules:
    """The Go packages of a snapshot. `manifests` are its go.mod files."""

    def __init__(self, paths: frozenset[str], manifests: list[str], read: ReadText) -> None:
        self._read = read
        self._files: dict[str, list[str]] = {}
        for path in sorted(paths):
            self._files.setdefault(path.rpartition("/")[0], []).append(path)
        roots = {}
        for path in manifests:
            text, folder = read(path), path.rpartition("/")[0]
            declared = _MODULE.search(text)
            if declared:
                roots[declared[1]] = folder
            for replaced in _REPLACED.finditer(text):
                roots.setdefault(replaced[1], normpath(f"{folder or '.'}/{replaced[2]}"))
        self._roots = sorted(roots.items(), key=lambda item: -len(item[0]))
        self._has_vendor = any(folder.startswith("vendor/") or "/vendor/" in folder for folder in self._files)
        self._packages: dict[str, str] = {}

    def locate(self, importer: str, module: str) -> Module | None:
        """See `Modules`."""
        for name, folder in self._roots:
            if module == name or module.startswith(f"{name}/"):
                inside = module[len(name) + 1 :]
                return self._package(module, "/".join(part for part in (folder, inside) if part))
        return self._vendored(importer, module) if self._has_vendor else None

    def _vendored(self, importer: str, module: str) -> Module | None:
        """The copy of a package in the nearest folder `vendor` above its importer."""
        folder = importer
        while folder:
            folder = folder.rpartition("/")[0]
            found = self._package(module, f"{folder}/vendor/{module}".lstrip("/"))
            if found:
                return found
        return None

    def _package(self, module: str, folder: str) -> Module | None:
        files = self._files.get(folder)
        return Module(module, tuple(path for path in files if not path.endswith("_test.go"))) if files else None

    def name_of(self, path: str) -> str:
        """See `Modules`: the package that the file declares."""
        if path not in self._packages:
            declared = _PACKAGE.search(self._read(path))
            self._packages[path] = declared[1] if declared else ""
        return self._packages[path]
