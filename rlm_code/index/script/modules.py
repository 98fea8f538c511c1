"""Modules of JavaScript and TypeScript: relative paths, tsconfig's paths, and the packages of a workspace."""

from __future__ import annotations

import json
import posixpath
import re
from functools import cached_property
from typing import Any, NamedTuple

from rlm_code.index.modules import ReadText, closeness
from rlm_code.index.values import Module

_ENDINGS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".d.ts", ".vue", ".svelte", ".json")
_COMPILED = re.compile(r"\.([mc]?)jsx?$")
_BUILT = re.compile(r"(^|/)(?:lib|dist|out|build|es|esm|cjs)(?=/|$)")
_CONFIG = re.compile(r"[tj]sconfig(\.[\w-]+)?\.json")
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
            return self._file_at(posixpath.normpath(posixpath.join(posixpath.dirname(importer), module)))
        return self._aliased(importer, module) or self._packaged(importer, module)

    def _file_at(self, stem: str) -> str | None:
        """The file that a path without its ending means, also where it names what a build makes of it."""
        stem = stem.removeprefix("./")
        if stem.startswith(".."):
            return None
        for candidate in (stem, _COMPILED.sub(r".\1ts", stem), _COMPILED.sub(r".\1tsx", stem)):
            if candidate in self._paths:
                return candidate
        bases = [stem, _COMPILED.sub("", stem)] if stem not in ("", ".") else []
        bases.append(posixpath.join(stem, "index") if bases else "index")
        return next((base + ending for base in bases for ending in _ENDINGS if base + ending in self._paths), None)

    def _source_at(self, stem: str) -> str | None:
        """The file at a path, or the source that it was built from."""
        found = self._file_at(stem)
        if found:
            return found
        source = _BUILT.sub(r"\1src", stem, count=1)
        return self._file_at(source) if source != stem else None

    def _aliased(self, importer: str, module: str) -> str | None:
        """By the `paths` and `baseUrl` of the tsconfig.json or jsconfig.json above the importer, the nearest first."""
        for config in self._configs:
            if not config.folder or importer.startswith(f"{config.folder}/"):
                for target in config.targets(module):
                    found = self._source_at(target)
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
        entries = _entries(manifest, inside)
        guesses = [inside, f"src/{inside}", f"lib/{inside}"] if inside else ["", "src", "src/index", "src/main", "lib"]
        for entry in (*entries, *guesses):
            found = self._source_at(posixpath.normpath(posixpath.join(folder, entry)))
            if found and not found.endswith(".json"):
                return found
        return None

    @cached_property
    def _packages(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The manifests of the packages of this repository, by name and folder."""
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for path in self._paths:
            if path.rpartition("/")[2] == "package.json" and "node_modules/" not in path:
                manifest = self._json(path)
                if isinstance(manifest.get("name"), str):
                    found.setdefault(manifest["name"], {})[path.rpartition("/")[0]] = manifest
        return found

    @cached_property
    def _configs(self) -> list[_Config]:
        """The configurations that say where modules lie, the deepest first."""
        found = []
        for path in self._paths:
            folder, _, file = path.rpartition("/")
            options = self._json(path).get("compilerOptions") if _CONFIG.fullmatch(file) else None
            if isinstance(options, dict) and ("paths" in options or "baseUrl" in options):
                found.append(_config(folder, options.get("baseUrl"), options.get("paths")))
        return sorted(found, key=lambda config: (-len(config.folder), config.folder))

    def _json(self, path: str) -> dict[str, Any]:
        """A configuration file, which may hold comments; {} if it is none."""
        try:
            value = json.loads(_COMMENT.sub(lambda match: match[1] or "", self._read(path)))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


class _Config(NamedTuple):
    """Where a configuration's `folder` looks for modules: in `base`, if it is set, and by patterns with one `*`."""

    folder: str
    base: str | None
    patterns: list[tuple[str, list[str]]]

    def targets(self, module: str) -> list[str]:
        """The paths that `module` may mean."""
        found = []
        for pattern, targets in self.patterns:
            head, star, tail = pattern.partition("*")
            if module == pattern or (star and module.startswith(head) and module.endswith(tail)):
                middle = module[len(head) : len(module) - len(tail)] if star else ""
                found += [posixpath.normpath(target.replace("*", middle)) for target in targets]
        return found if self.base is None else [*found, posixpath.normpath(posixpath.join(self.base, module))]


def _config(folder: str, base_url: object, paths: object) -> _Config:
    base = posixpath.normpath(posixpath.join(folder, base_url)) if isinstance(base_url, str) else None
    patterns = []
    if isinstance(paths, dict):
        for pattern in sorted(paths, key=len, reverse=True):
            targets = [target for target in paths[pattern] or () if isinstance(target, str)]
            patterns.append((pattern, [posixpath.join(folder if base is None else base, target) for target in targets]))
    return _Config(folder, base, patterns)


def _entries(manifest: dict[str, Any], inside: str) -> list[str]:
    """The files that a package offers under a path in it, as its manifest says."""
    found: list[str] = []
    exports = manifest.get("exports")
    if isinstance(exports, dict):
        found += _targets(exports.get(f"./{inside}" if inside else "."))
    elif isinstance(exports, str) and not inside:
        found.append(exports)
    if not inside:
        named = [manifest.get(key) for key in ("source", "types", "typings", "module", "main")]
        found += [path for path in named if isinstance(path, str)]
    return found


def _targets(value: object) -> list[str]:
    """Every path in a value of `exports`, whatever its conditions."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [target for inner in value.values() for target in _targets(inner)]
    return []
