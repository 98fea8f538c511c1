"""Sources that say within themselves what each name refers to.

`⟦key:name⟧` defines what is called `key`, `⟪key:name⟫` must lead there and nowhere else; several keys stand with `|`
between them, `-` stands for nothing of the repository. Without a colon the name is its own key. The marks are taken out
before the files are written.
"""

import re
from pathlib import Path

from tests.conftest import MakeRepository
from tests.index.marked import host_of

_MARK = re.compile(r"⟦(?:([\w-]+):)?([^⟧]*)⟧|⟪(?:([\w|-]+):)?([^⟫]*)⟫")

Place = tuple[str, int]


class Pointed:
    """Files without their marks; where each key is defined, and which keys each place must lead to."""

    def __init__(self, marked: dict[str, str]) -> None:
        self.files: dict[str, str] = {}
        self.definitions: dict[str, Place] = {}
        self.uses: dict[Place, tuple[str, list[str]]] = {}
        for path, text in marked.items():
            self.files[path] = self._read(path, text)

    def _read(self, path: str, text: str) -> str:
        plain = ""
        last = 0
        for mark in _MARK.finditer(text):
            plain += text[last : mark.start()]
            place = (path, len(plain.encode()))
            if mark[2] is not None:
                assert (mark[1] or mark[2]) not in self.definitions, f"{mark[0]} is defined twice"
                self.definitions[mark[1] or mark[2]] = place
            else:
                keys = (mark[3] or mark[4]).split("|")
                self.uses[place] = (mark[4], [key for key in keys if key != "-"])
            plain += mark[2] if mark[2] is not None else mark[4]
            last = mark.end()
        return plain + text[last:]


def check(make_repository: MakeRepository, marked: dict[str, str]) -> None:
    """Assert that every marked use leads to its definitions alone."""
    pointed = Pointed(marked)
    root = make_repository(pointed.files)
    wrong = differences(pointed, root)
    assert not wrong, "\n".join(wrong)
    assert pointed.uses


def differences(pointed: Pointed, root: Path) -> list[str]:
    """What is found elsewhere than the marks say, in words."""
    queries = host_of(root, root.parent / "cache")
    places = {place: key for key, place in pointed.definitions.items()}
    told = []
    for (path, offset), (name, keys) in pointed.uses.items():
        before = pointed.files[path].encode()[:offset]
        line, column = before.count(b"\n") + 1, offset - (before.rfind(b"\n") + 1)
        rows = queries.definition_at(path, line, column)
        found = {(row.path, row.name_start) for row in rows}
        expected = {pointed.definitions[key] for key in keys}
        if found != expected:
            where = sorted(places.get(place, f"{place[0]}@{place[1]}") for place in found)
            told.append(f"{path}:{line}:{column} {name}: expected {keys}, found {where}")
    return told
