"""What tsconfig.json and jsconfig.json say of where modules lie: `paths` and `baseUrl`, their own or by `extends`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Any, NamedTuple

Manifest = dict[str, Any]
_CONFIG = re.compile(r"[tj]sconfig(\.[\w-]+)?\.json")
_MOST_DEEP = 10


class Config(NamedTuple):
    """Where a configuration's `folder` looks for modules: in `base`, if it is set, and by patterns with one `*`."""

    folder: str
    base: str | None
    patterns: list[tuple[str, list[str]]]

    def covers(self, path: str) -> bool:
        """Whether a file lies below the configuration."""
        return not self.folder or path.startswith(f"{self.folder}/")

    def targets(self, module: str) -> list[str]:
        """The paths that `module` may mean."""
        found = []
        for pattern, targets in self.patterns:
            middle = matched(pattern, module)
            if middle is not None:
                found += [posixpath.normpath(target.replace("*", middle)) for target in targets]
        return found if self.base is None else [*found, posixpath.normpath(posixpath.join(self.base, module))]


def matched(pattern: str, text: str) -> str | None:
    """What the `*` of a pattern stands for in a text; "" for a pattern without one; None if it does not match."""
    head, star, tail = pattern.partition("*")
    if not star:
        return "" if text == pattern else None
    fits = text.startswith(head) and text.endswith(tail) and len(text) >= len(head) + len(tail)
    return text[len(head) : len(text) - len(tail)] if fits else None


def is_config(path: str) -> bool:
    """Whether a file is a configuration of TypeScript or of editors for JavaScript."""
    return _CONFIG.fullmatch(path.rpartition("/")[2]) is not None


def read_configs(
    paths: list[str], read: Callable[[str], Manifest], packaged: Callable[[str, str], str | None]
) -> list[Config]:
    """The configurations at `paths` that say where modules lie, the deepest first. `packaged` gives the file that an
    importer means by a path in a package."""
    reader = _Reader(read, packaged)
    found = [reader.config(path) for path in sorted(paths, key=_rank)]
    return [config for config in found if config.base is not None or config.patterns]


def _rank(path: str) -> tuple[int, str, bool, str]:
    folder, _, file = path.rpartition("/")
    return -len(folder), folder, "." in file.removesuffix(".json"), file


class _Reader:
    """Reads configurations and what they extend."""

    def __init__(self, read: Callable[[str], Manifest], packaged: Callable[[str, str], str | None]) -> None:
        self._read = read
        self._packaged = packaged

    def config(self, path: str) -> Config:
        """What a configuration says with all that it extends."""
        folder = posixpath.dirname(path)
        base, patterns = self._options(path, folder, _MOST_DEEP)
        return Config(folder, base, patterns or [])

    def _options(self, path: str, top: str, left: int) -> tuple[str | None, list[tuple[str, list[str]]] | None]:
        """`baseUrl` and `paths`, from what is extended where the file does not say them; the last extended counts."""
        manifest = self._read(path)
        base: str | None = None
        patterns: list[tuple[str, list[str]]] | None = None
        extended = manifest.get("extends")
        for name in [extended] if isinstance(extended, str) else extended if isinstance(extended, list) else ():
            other = self._extended(path, name) if isinstance(name, str) and left else None
            if other is not None:
                inherited = self._options(other, top, left - 1)
                base, patterns = inherited[0] or base, inherited[1] or patterns
        options = manifest.get("compilerOptions")
        options = options if isinstance(options, dict) else {}
        own = options.get("baseUrl")
        folder = posixpath.dirname(path)
        if isinstance(own, str):
            base = _joined(folder, own, top)
        paths = options.get("paths")
        if isinstance(paths, dict):
            start = folder if base is None else base
            patterns = [(key, _targets(start, paths[key], top)) for key in sorted(paths, key=len, reverse=True)]
        return base, patterns

    def _extended(self, path: str, name: str) -> str | None:
        if not name.startswith("."):
            return self._packaged(path, name)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        return next((each for each in (target, f"{target}.json") if self._read(each)), None)


def _targets(folder: str, written: object, top: str) -> list[str]:
    paths = written if isinstance(written, list) else []
    return [_joined(folder, path, top) for path in paths if isinstance(path, str)]


def _joined(folder: str, path: str, top: str) -> str:
    """A path of a configuration; `${configDir}` is the folder of the one that extends all others."""
    if path.startswith("${configDir}"):
        return posixpath.normpath(posixpath.join(top, path.removeprefix("${configDir}").lstrip("/")))
    return posixpath.normpath(posixpath.join(folder, path))
