"""Go's packages: a folder is one, named by the path in the go.mod above it."""

from __future__ import annotations

import re

from rlm_code.index.modules import ReadText
from rlm_code.index.values import Module

_MODULE = re.compile(r"^[ \t]*module[ \t]+\"?([^\s\"]+)", re.MULTILINE)
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
            declared = _MODULE.search(read(path))
            if declared:
                roots[declared[1]] = path.rpartition("/")[0]
        self._roots = sorted(roots.items(), key=lambda item: -len(item[0]))
        self._packages: dict[str, str] = {}

    def locate(self, importer: str, module: str) -> Module | None:
        """See `Modules`."""
        for name, folder in self._roots:
            if module == name or module.startswith(f"{name}/"):
                inside = module[len(name) + 1 :]
                files = self._files.get("/".join(part for part in (folder, inside) if part))
                return Module(module, tuple(path for path in files if not path.endswith("_test.go"))) if files else None
        return None

    def name_of(self, path: str) -> str:
        """See `Modules`: the package that the file declares."""
        if path not in self._packages:
            declared = _PACKAGE.search(self._read(path))
            self._packages[path] = declared[1] if declared else ""
        return self._packages[path]
