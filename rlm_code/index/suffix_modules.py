"""Modules of languages whose imports end in a path: `com.acme.Bar`, `crate::a::b`, `"util/x.h"`, `lib/foo`."""

from __future__ import annotations

from functools import cached_property

from rlm_code.index.modules import closeness
from rlm_code.index.values import Module

_ROOTS = frozenset({"", ".", "..", "crate", "self", "super"})


class SuffixModules:
    """The modules of a snapshot by the ends of their paths: a file, else all files of a folder."""

    def __init__(self, paths: frozenset[str], separator: str) -> None:
        self._paths = paths
        self._separator = separator

    def locate(self, importer: str, module: str) -> Module | None:
        """See `Modules`. The nearest of several."""
        parts = [part for part in module.replace(self._separator, "/").split("/") if part not in _ROOTS]
        if not parts:
            return None
        files = [path for path in self._files.get(parts[-1], ()) if _ends_with(path, parts)]
        if files:
            return Module(module, (min(files, key=lambda path: (-closeness(path, importer), len(path), path)),))
        folders = [folder for folder in self._folders.get(parts[-1], ()) if _ends_with(folder, parts)]
        if not folders:
            return None
        nearest = min(folders, key=lambda folder: (-closeness(f"{folder}/", importer), len(folder), folder))
        return Module(module, tuple(self._folders[parts[-1]][nearest]))

    def name_of(self, path: str) -> str:
        """See `Modules`."""
        return ""

    @cached_property
    def _files(self) -> dict[str, list[str]]:
        """Files by name and by stem."""
        found: dict[str, list[str]] = {}
        for path in sorted(self._paths):
            file = path.rpartition("/")[2]
            for key in {file, file.split(".", 1)[0]}:
                found.setdefault(key, []).append(path)
        return found

    @cached_property
    def _folders(self) -> dict[str, dict[str, list[str]]]:
        """The files directly in each folder, by the folder's last part."""
        found: dict[str, dict[str, list[str]]] = {}
        for path in sorted(self._paths):
            folder = path.rpartition("/")[0]
            found.setdefault(folder.rpartition("/")[2], {}).setdefault(folder, []).append(path)
        return found


def _ends_with(path: str, parts: list[str]) -> bool:
    folders = path.split("/")[:-1]
    wanted = parts[:-1]
    return not wanted or folders[-len(wanted) :] == wanted
