"""Imports of names or modules that the change removed.

Only what the base resolved inside the repository and the head does not. Left alone: star imports, modules with a
star import, `__getattr__`, a new call of a macro or a macro that got the name, names of the language, and imports that
a `try` guards or that are meant to fail.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rlm_code.features.review.changes import SCRIPTS, Change
from rlm_code.features.review.closed import TYPES, ancestors, has_member
from rlm_code.features.review.findings import Finding
from rlm_code.features.review.guards import is_guarded
from rlm_code.features.review.provided import may_come_from_macro, only_types_it
from rlm_code.text import split_lines

if TYPE_CHECKING:
    from rlm_code.codebase import Repo
    from rlm_code.codebase.file import File, Import
    from rlm_code.codebase.symbol import Symbol

_OF_FOLDERS = ("__init__", "index", "mod", "lib")
_DEFAULT = re.compile(
    r"""\bexport\s+default\b|\bas\s+["']?default\b|\bexport\s*\{[^}]*\bdefault\b|\bexport\s*=|\bexports\b"""
)
"""What may give a script a default, by itself or where a module of CommonJS is taken for one."""


def stale_imports(change: Change) -> Iterator[tuple[Import, Finding]]:
    """Each import of the head that lost what it names, with a finding."""
    seen: set[tuple[str, int, str | None]] = set()
    for file, led in _importing(change):
        named = defaultdict(list)
        for now in file.imports():
            named[now.module, now.name].append(now)
        for path, before in led:
            for now in named[before.module, before.name]:
                key = (now.path, now.line, now.name)
                if key not in seen and _is_stale(change, path, before, now) and not _is_guarded(file, now):
                    seen.add(key)
                    yield now, _finding(change, path, before, now)


def _importing(change: Change) -> Iterator[tuple[File, list[tuple[str, Import]]]]:
    """The files of the head that imported what the change touches: each with the paths that it was led to, and how."""
    led: dict[str, list[tuple[str, Import]]] = defaultdict(list)
    for path in (*change.removed, *change.modified):
        for before in change.base.file(path).importers():
            led[before.path].append((path, before))
    for importing, imports in led.items():
        file = change.new(importing)
        if file is not None:
            yield file, imports


def _is_guarded(file: File, now: Import) -> bool:
    return is_guarded(split_lines(file.text), now.line)


def _is_stale(change: Change, path: str, before: Import, now: Import) -> bool:
    if now.name == "*" or (now.name or "").startswith("__") or only_types_it(path, now.path):
        return False
    home = now.target_path or (path if path not in change.removed else None)
    if home is None:
        return True
    if now.name is None or now.target is not None:
        return False
    if before.target is None and home == before.target_path:
        return False  # the name is the module itself, which is still there; what it imports may be called the same
    if before.target is not None and before.target.parent is not None and before.target.language == "java":
        return _is_stale_member(change, before.target)
    gone = _provided(change.base, path) - _provided(change.head, home)
    return now.name in gone and not _is_open(change.head, home) and not may_come_from_macro(change, home, now.name)


def _is_stale_member(change: Change, gone: Symbol) -> bool:
    """Whether the class that had a member is still where it was, and neither it nor a base has one of that name."""
    file, owner = change.new(gone.path), gone.parent
    found = [s for s in file.symbols() if owner and s.qualified_name == owner.qualified_name] if file else []
    above = ancestors(found) if len(found) == 1 and found[0].kind in TYPES else None
    return above is not None and not any(has_member(each, gone.name) for each in above)


def _provided(repo: Repo, path: str) -> set[str]:
    """The names that can be imported from a file: its definitions at the top and what it imports itself, and its
    default."""
    file = repo.file(path)
    defined = {symbol.name for symbol in file.symbols() if symbol.is_top_level}
    if file.language in SCRIPTS and _DEFAULT.search(file.text):
        defined.add("default")
    return defined | {each.alias or each.name or each.module.rpartition(".")[2] for each in file.imports()}


def _is_open(repo: Repo, path: str) -> bool:
    """Whether a file may provide names that its text does not show. What takes all of the file itself, as Rust's tests
    inside it do, brings nothing."""
    file = repo.file(path)
    return any(each.name == "*" and each.target_path != file.path for each in file.imports()) or "__getattr__" in {
        s.name for s in file.symbols()
    }


def _is_named(path: str, module: str) -> bool:
    """Whether a module as written may be a file; otherwise it passes on what stands there."""
    place = PurePosixPath(path)
    named = place.parent.name if place.stem in _OF_FOLDERS else place.stem
    return named == re.split(r"\W+", module)[-1]


def _finding(change: Change, path: str, before: Import, now: Import) -> Finding:
    is_of_file = now.name is None or _is_named(path, now.module)
    message = (
        f"`{now.module}` is imported here, but the change removed {path}"
        if now.target_path is None and path in change.removed and is_of_file
        else f"`{now.name}` is imported here from `{now.module}`, but the change removed it from {path}"
    )
    symbol, place = f"{now.module}.{now.name}" if now.name else now.module, path
    if before.target is not None and before.target.path == path:
        symbol, place = before.target.qualified_name, before.target.place
    return Finding("stale-import", "error", now.path, now.line, message, symbol, place, now.lines.text.strip())
