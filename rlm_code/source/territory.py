"""Which folders and files below a root are of interest: the others are never entered, listed or watched.

In git those are the tracked ones and what git would add; in a plain folder what `rlm_code.source.folder` lists. A
verdict holds until an ignore file, a marker or the list of tracked files changes: then a territory is made anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

from rlm_code.source.baseline import Baseline
from rlm_code.source.disk import read_file
from rlm_code.source.ignore import IgnoreRules, is_ignored, parse_rules
from rlm_code.source.made_by_tools import MARKERS, VERSION_CONTROL, meaning_of

_RULES_BYTES_LIMIT = 1 << 20
_SHAPING = frozenset([b".gitignore", b".git", *MARKERS])

Rules = list[IgnoreRules] | None
"""What ignores files in a folder; None where all that git does not track is ignored."""


def shapes_territory(path: bytes) -> bool:
    """Whether a file of this name changes what belongs to a territory."""
    return path[path.rfind(b"/") + 1 :] in _SHAPING


class Territory:
    """The folders below `root`, each written with its slash, the root as nothing."""

    def __init__(self, root: bytes, baseline: Baseline, *, in_git: bool) -> None:
        self._root = root
        self._baseline = baseline
        self._in_git = in_git
        self._rules: dict[bytes, Rules] = {}
        self._skipped: set[bytes] = set()

    def walk(self, start: bytes, entering: Callable[[bytes], object]) -> Iterator[bytes]:
        """The paths of all that is no folder in `start` and below. `entering` is called with each folder before it is
        listed. Nothing if `start` itself is out of bounds."""
        pending = [start] if self.enters(start) else []
        while pending:
            folder = pending.pop()
            entering(folder)
            for name, is_folder in self._listed(folder).items():
                if not is_folder:
                    yield folder + name
                elif self.enters(folder + name + b"/"):
                    pending.append(folder + name + b"/")

    def forget(self, folder: bytes) -> None:
        """Judge a folder and those below anew, such as when it came back as something else."""
        for known in [known for known in self._rules if known.startswith(folder)]:
            del self._rules[known]
            self._skipped.discard(known)

    def enters(self, folder: bytes) -> bool:
        """Whether a folder can hold files of interest."""
        return self._rules_in(folder) is not None or folder in self._baseline.folders

    def admits(self, path: bytes) -> bool:
        """Whether a file that git does not track is of interest."""
        rules = self._rules_in(path[: path.rfind(b"/") + 1])
        return rules is not None and not is_ignored(path, is_folder=False, rules=rules)

    @property
    def skipped(self) -> frozenset[bytes]:
        """The folders met so far that are left out although nothing ignores them, which users are told."""
        return frozenset(self._skipped)

    def _rules_in(self, folder: bytes) -> Rules:
        if folder not in self._rules:
            self._rules[folder] = self._find_rules(folder)
        return self._rules[folder]

    def _find_rules(self, folder: bytes) -> Rules:
        if not folder:
            return [*self._baseline.rules, *self._own_rules(b"")]
        above = self._rules_in(_above(folder))
        if above is None or is_ignored(folder[:-1], is_folder=True, rules=above):
            return None
        if self._is_foreign(folder, above):
            self._skipped.add(folder)
            return None
        return [*above, *self._own_rules(folder)]

    def _is_foreign(self, folder: bytes, above: list[IgnoreRules]) -> bool:
        """Whether a folder is a tool's, git's or a repository of its own."""
        name = folder[folder.rfind(b"/", 0, -1) + 1 : -1]
        if name in (VERSION_CONTROL if not self._in_git else (b".git",)) or meaning_of(name):
            return True
        if self._in_git and os.path.lexists(self._root + b"/" + folder + b".git"):
            return True
        return any(self._marks(folder + marker, above) for marker in MARKERS)

    def _marks(self, marker: bytes, rules: list[IgnoreRules]) -> bool:
        if self._in_git and (marker in self._baseline.tracked or is_ignored(marker, is_folder=False, rules=rules)):
            return False
        place = self._root + b"/" + marker
        return os.path.lexists(place) and not os.path.isdir(place)  # noqa: PTH112  bytes

    def _own_rules(self, folder: bytes) -> list[IgnoreRules]:
        try:
            data = read_file(self._root + b"/" + folder + b".gitignore", _RULES_BYTES_LIMIT)
        except OSError:
            return []
        return [parse_rules(folder, data)]

    def _listed(self, folder: bytes) -> Mapping[bytes, bool]:
        try:
            with os.scandir(self._root + b"/" + folder) as found:
                return {entry.name: entry.is_dir(follow_symlinks=False) for entry in found}
        except OSError:  # gone, or not to be looked into: it holds nothing for us
            return {}


def _above(folder: bytes) -> bytes:
    return folder[: folder.rfind(b"/", 0, -1) + 1]
