"""Modules of JavaScript and TypeScript: relative paths, tsconfig's paths, and the packages of a workspace.

It knows the snapshot's files and configuration alone: what is installed beside them is outside.
"""

from __future__ import annotations

import json
import posixpath
import re
from functools import cached_property
from typing import Any

from rlm_code.index.modules import ReadText, closeness
from rlm_code.index.script.configs import Config, is_config, read_configs
from rlm_code.index.script.packages import entries, internal
from rlm_code.index.values import Module

_ENDINGS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".d.ts", ".vue", ".svelte", ".json")
_COMPILED = re.compile(r"\.([mc]?)jsx?$")
_BUILT = re.compile(r"(^|/)(?:lib|dist|out|build|es|esm|cjs)(?=/|$)")
_TYPED = (".ts", ".tsx", ".mts", ".cts")
_DECLARED_FIRST = (*_TYPED, ".d.ts", *(ending for ending in _ENDINGS if ending not in (*_TYPED, ".d.ts")))
_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*[}\]])', re.DOTALL)


class ScriptModules:
    """The modules of a snapshot's scripts. `paths` are all its files, packages and configuration included."""

    def __init__(self, paths: frozenset[str], read: ReadText) -> None:
        self._paths = paths
        self._read = read

    def locate(self, importer: str, module: str) -> Module | None:
        """See `Modules`."""
        path = self._path_of(importer, module)
        return Module(module, (path,)) if path else None

    def name_of(self, path: str) -> str:
        """See `Modules`: the path without its ending."""
        stem = re.sub(r"(\.d)?\.[^./]+$", "", path)
        return stem.removesuffix("/index") or stem

    def _path_of(self, importer: str, module: str) -> str | None:
        if module.startswith("."):
            stem = posixpath.normpath(posixpath.join(posixpath.dirname(importer), module))
            found = self._file_at(stem, typed=importer.endswith(_TYPED))
            manifest = posixpath.join(stem, "package.json")
            return found or (self._inside(stem, "", self._json(manifest)) if manifest in self._paths else None)
        if module.startswith("#"):
            found = self._internal(importer, module)
            if found:
                return found
        return self._aliased(importer, module) or self._packaged(importer, module)

    def _file_at(self, stem: str, *, typed: bool = False) -> str | None:
        """The file that a path without its ending means, also where it names what a build makes of it. Seen from
        TypeScript (`typed`), what is declared beside JavaScript stands for it."""
        stem = stem.removeprefix("./")
        if stem.startswith(".."):
            return None
        built = [_COMPILED.sub(rf".\1{ending}", stem) for ending in ("ts", "tsx")]
        declared = [_COMPILED.sub(r".d.\1ts", stem)] if typed else []
        for candidate in (*built, *declared, stem) if typed else (stem, *built):
            if candidate in self._paths:
                return candidate
        bases = [stem, _COMPILED.sub("", stem)] if stem not in ("", ".") else []
        bases.append(posixpath.join(stem, "index") if bases else "index")
        endings = _DECLARED_FIRST if typed else _ENDINGS
        return next((base + ending for base in bases for ending in endings if base + ending in self._paths), None)

    def _source_at(self, stem: str) -> str | None:
        """The file at a path, or the source that it was built from."""
        found = self._file_at(stem)
        if found:
            return found
        source = _BUILT.sub(r"\1src", stem, count=1)
        return self._file_at(source) if source != stem else None

    def _aliased(self, importer: str, module: str) -> str | None:
        """By the `paths` and `baseUrl` of the tsconfig.json or jsconfig.json above the importer, the nearest first."""
        targets = [target for config in self._configs if config.covers(importer) for target in config.targets(module)]
        return next((found for target in targets if (found := self._source_at(target))), None)

    def _internal(self, importer: str, module: str) -> str | None:
        """By the `imports` of the nearest package.json above the importer."""
        folder = posixpath.dirname(importer)
        while folder and posixpath.join(folder, "package.json") not in self._paths:
            folder = posixpath.dirname(folder)
        for target in internal(self._json(posixpath.join(folder, "package.json")), module):
            path = posixpath.normpath(posixpath.join(folder, target))
            found = self._source_at(path) if target.startswith(".") else self._packaged(importer, target)
            if found:
                return found
        return None

    def _packaged(self, importer: str, module: str) -> str | None:
        """By the name of a package of this repository, and what lies in it."""
        parts = module.split("/")
        count = 2 if module.startswith("@") else 1
        name, inside = "/".join(parts[:count]), "/".join(parts[count:])
        folders = self._packages.get(name, {})
        for folder in sorted(folders, key=lambda folder: (-closeness(f"{folder}/", importer), folder)):
            found = self._inside(folder, inside, folders[folder])
            if found:
                return found
        return None

    def _inside(self, folder: str, inside: str, manifest: dict[str, Any]) -> str | None:
        offered = entries(manifest, inside)
        guesses = [inside, f"src/{inside}", f"lib/{inside}"] if inside else ["", "src", "src/index", "src/main", "lib"]
        for entry in (*offered, *guesses):
            found = self._source_at(posixpath.normpath(posixpath.join(folder, entry)))
            if found and not found.endswith(".json"):
                return found
        return None

    @cached_property
    def _packages(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The manifests of the packages of this repository, by name and folder, in order."""
        found: dict[str, dict[str, dict[str, Any]]] = {}
        manifests = (path for path in self._paths if path.rpartition("/")[2] == "package.json")
        for path in sorted(manifests):
            manifest = self._json(path) if "node_modules/" not in path else {}
            if isinstance(manifest.get("name"), str):
                found.setdefault(manifest["name"], {})[path.rpartition("/")[0]] = manifest
        return found

    @cached_property
    def _configs(self) -> list[Config]:
        """The configurations that say where modules lie, the deepest first."""
        return read_configs([path for path in self._paths if is_config(path)], self._json, self._extended)

    def _extended(self, importer: str, module: str) -> str | None:
        """The configuration that another extends by a path in a package of this repository."""
        parts = module.split("/")
        count = 2 if module.startswith("@") else 1
        inside = "/".join(parts[count:]) or "tsconfig.json"
        for folder in self._packages.get("/".join(parts[:count]), {}):
            path = posixpath.normpath(posixpath.join(folder, inside))
            found = next((each for each in (path, f"{path}.json") if each in self._paths), None)
            if found:
                return found
        return None

    def _json(self, path: str) -> dict[str, Any]:
        """A configuration file, which may hold comments; {} if it is none."""
        if path not in self._paths:
            return {}
        try:
            value = json.loads(_COMMENT.sub(lambda match: match[1] or "", self._read(path)))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}
