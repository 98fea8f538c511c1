"""Assembles imports from marks inside import statements. The marks are described in `capture.py`.

It joins and splits paths as written; which file a module means is for the index to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rlm_code.parse.definitions import decode_name
from rlm_code.parse.facts import Import

Range = tuple[int, int]
_QUOTES = {'"': '"', "'": "'", "`": "`", "<": ">"}


ImportMark = tuple[int, int, str]
"""Start, negated end, and which (`module`, `name`, `alias`, …): marks sort outer before inner."""


class _Item:
    """Something imported: a module (`name` None and not `named`), or a thing out of one."""

    __slots__ = ("alias", "module", "name", "named", "start")

    def __init__(
        self, start: int, module: str | None, name: str | None, alias: str | None = None, named: bool = True
    ) -> None:
        self.start = start
        self.module = module
        self.name = name
        self.alias = alias
        self.named = named


def assemble_imports(
    statements: Iterable[Range],
    marks: Iterable[ImportMark],
    text: str,
    separator: str,
    parents: Mapping[int, int],
) -> tuple[Import, ...]:
    """The imports of all `statements`, in source order. `text` has one character a byte (Latin-1)."""
    ordered = sorted(marks)
    found: list[Import] = []
    at = 0
    covered = -1
    for start, negative_end in sorted((start, -end) for start, end in statements):
        end = -negative_end
        if start < covered:
            continue  # inside the statement before
        covered = end
        while at < len(ordered) and ordered[at][0] < start:
            at += 1
        first = at
        while at < len(ordered) and ordered[at][0] < end:
            at += 1
        found.extend(_Statement(text, separator, parents.get(start, -1)).read(ordered[first:at]))
    return tuple(sorted(found, key=lambda item: item.start))


class _Statement:
    """Reads the marks of one statement."""

    def __init__(self, text: str, separator: str, parent: int) -> None:
        self.text = text
        self.separator = separator
        self.parent = parent
        self.items: list[_Item] = []
        self.alias: str | None = None
        self.ahead: str | None = None  # the alias of what comes next
        self.groups: list[tuple[int, str]] = []  # (end of the group, path so far)
        self.parts: list[tuple[int, str]] = []

    def read(self, marks: list[ImportMark]) -> Iterator[Import]:
        hidden = {start for start, _, what in marks if what == "hidden"}
        for start, negative_end, what in marks:
            while self.groups and self.groups[-1][0] <= start:
                self.groups.pop()
            if start not in hidden:
                self._take(start, -negative_end, what)
        self._join_parts()
        modules = [item for item in self.items if not item.named]
        named = [item for item in self.items if item.named]
        if self.alias and self.items:
            (named or modules)[0].alias = self.alias
        module = modules[0].module if modules else None
        for item in [item for item in modules if item.alias or not named] + named:
            source = item.module if item.module is not None else module
            if source:
                yield Import(source, item.name, item.alias, item.start, self.parent)

    def _take(self, start: int, end: int, what: str) -> None:
        written = decode_name(self.text[start:end])
        if what == "group":
            self.groups.append((end, self._prefix()))
        elif what == "prefix":
            group_end, before = self.groups[-1] if self.groups else (end, "")
            self.groups[-1:] = [(group_end, self._join(before, written))]
        elif what == "part":
            self.parts.append((start, written))
        elif what == "alias":
            self._alias(written)
        elif what == "ahead":
            self.ahead = written
        elif what == "star" and self.items and self.items[-1].module and self._is_of_star(self.items[-1], start):
            self._star_of(self.items[-1], start)
        else:
            self._add(start, end, what, written)

    def _add(self, start: int, end: int, what: str, written: str) -> None:
        prefix = self._prefix() or None
        if what == "module":
            item = _Item(start, self._join(prefix or "", _unquoted(written)), None, named=False)
        elif what == "path":
            item = self._path(start, end, self._join(prefix or "", written))
        elif what == "star":
            item = _Item(start, prefix, "*")
        elif what == "itself":
            item = _Item(start, prefix, None)
        elif what == "default":
            item = _Item(start, prefix, "default", written)
        elif what == "namespace":
            item = _Item(start, prefix, None, written)
        else:
            item = _Item(start, prefix, written, self.ahead)
            self.ahead = None
        self.items.append(item)

    def _join_parts(self) -> None:
        if not self.parts:
            return
        if not self.items:
            start, name = self.parts.pop()
            self.items.append(_Item(start, None, name))
        module = self.separator.join(written for _, written in self.parts)
        self.items.insert(0, _Item(0, module, None, named=False))

    def _path(self, start: int, end: int, path: str) -> _Item:
        module, found, name = path.rpartition(self.separator)
        if not found:
            return _Item(start, path, None)
        return _Item(end - len(name.encode()), module, name)

    def _is_of_star(self, item: _Item, start: int) -> bool:
        """Whether a star takes everything from `item`: a path before it, or a module at the same place."""
        return item.start == start if not item.named else item.start < start

    def _star_of(self, item: _Item, start: int) -> None:
        item.module = self._join(item.module or "", item.name or "")
        item.name, item.start, item.named = "*", start, True

    def _alias(self, written: str) -> None:
        if self.items:
            self.items[-1].alias = written
        else:
            self.alias = written

    def _prefix(self) -> str:
        return self.groups[-1][1] if self.groups else ""

    def _join(self, before: str, after: str) -> str:
        return f"{before}{self.separator}{after}" if before and after else before or after


def _unquoted(written: str) -> str:
    closing = _QUOTES.get(written[:1])
    return written[1:-1] if closing and len(written) > 1 and written.endswith(closing) else written
