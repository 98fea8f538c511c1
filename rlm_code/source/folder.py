"""The files of a plain folder, outside git: all that a person would call its source.

Left out: what `.gitignore` files name, the data of version control systems, and folders that tools
make (dependencies, caches), which are reported. Links are never followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from rlm_code.errors import SourceError
from rlm_code.source.contents import DiskContents
from rlm_code.source.disk import read_file
from rlm_code.source.frozen import FrozenSnapshot
from rlm_code.source.ignore import IgnoreRules, is_ignored, parse_rules
from rlm_code.source.made_by_tools import MARKERS, VERSION_CONTROL, Skipped, meaning_of
from rlm_code.source.paths import to_text
from rlm_code.source.scan import Known, Scan
from rlm_code.source.snapshot import SourceIssue

_RULES_BYTES_LIMIT = 1 << 20


def open_folder(root: Path, known: Known | None = None) -> FrozenSnapshot:
    """The snapshot of the files below `root` as they are now. Reads each that is not `known` once, for its id."""
    scan = Scan(root, "sha1", known)
    walk = _Walk(os.fsencode(root), scan)
    for path in walk.files():
        scan.add(path, None)
    return FrozenSnapshot(
        root=root,
        commit=None,
        label="folder",
        entries=scan.in_order(),
        issues=[*scan.issues, *walk.skipped()],
        object_format="sha1",
        contents=DiskContents(root, "sha1", in_git=False),
    )


def folders_and_rules(root: Path) -> list[bytes]:
    """The folders below `root` whose files are listed, each with its slash, and the `.gitignore` files that rule
    there: where all of these look as before, no file has come or gone."""
    walk = _Walk(os.fsencode(root), Scan(root, "sha1"))
    for _ in walk.files():
        pass
    return walk.looked_at


class _Walk:
    """Goes through the folders below `root`; `scan` is told what cannot be looked at."""

    def __init__(self, root: bytes, scan: Scan) -> None:
        self._root = root
        self._scan = scan
        self.looked_at: list[bytes] = []
        self._skipped = Skipped()

    def files(self) -> Iterator[bytes]:
        """The paths of everything that is neither a folder nor left out, in no particular order."""
        pending: list[tuple[bytes, list[IgnoreRules]]] = [(b"", [])]
        while pending:
            folder, rules = pending.pop()
            names = self._listed(folder)
            if self._is_marked(folder, names):
                continue
            if names.get(b".gitignore") is False:
                rules = [*rules, *self._rules(folder)]
            for name, is_folder in names.items():
                path = folder + name
                if not is_folder:
                    if not is_ignored(path, is_folder=False, rules=rules):
                        yield path
                elif self._enters(name, path) and not is_ignored(path, is_folder=True, rules=rules):
                    pending.append((path + b"/", rules))

    def skipped(self) -> list[SourceIssue]:
        """One issue for each kind of folder that was left out."""
        return self._skipped.issues()

    def _listed(self, folder: bytes) -> dict[bytes, bool]:
        """The names in a folder, and whether each is a folder itself (a link to one is not)."""
        self.looked_at.append(folder)
        try:
            with os.scandir(os.path.join(self._root, folder)) as found:  # noqa: PTH118 - bytes
                return {entry.name: entry.is_dir(follow_symlinks=False) for entry in found}
        except OSError as error:
            if not folder:
                raise SourceError(f"{to_text(self._root)} cannot be listed: {error.strerror}") from error
            self._scan.refuse(folder[:-1], f"cannot be listed: {error.strerror}")
            return {}

    def _enters(self, name: bytes, path: bytes) -> bool:
        if name in VERSION_CONTROL:
            return False
        meaning = meaning_of(name)
        if meaning:
            self._skipped.add(path, meaning)
        return not meaning

    def _is_marked(self, folder: bytes, names: dict[bytes, bool]) -> bool:
        """Whether a folder other than the root says of itself that a tool made it."""
        meaning = next((MARKERS[name] for name in MARKERS if names.get(name) is False), None)
        if meaning is None or not folder:
            return False
        self._skipped.add(folder[:-1], meaning)
        return True

    def _rules(self, folder: bytes) -> list[IgnoreRules]:
        path = folder + b".gitignore"
        self.looked_at.append(path)
        try:
            data = read_file(os.path.join(self._root, path), _RULES_BYTES_LIMIT)  # noqa: PTH118 - bytes
        except OSError as error:
            self._scan.refuse(path, f"its rules are not followed: {error.strerror or error}")
            return []
        return [parse_rules(folder, data)]
