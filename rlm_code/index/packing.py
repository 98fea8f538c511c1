"""Facts of one file ↔ bytes: columns of small integers and joined strings, so that thousands of facts cost one row.

The layout is private to the store; `LAYOUT` changes whenever it does. It knows nothing of SQLite or other files.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, repeat
from operator import add, sub
from typing import NamedTuple, get_args

from rlm_code.parse.facts import ROLES, Definition, DefinitionKind, FileFacts, Import, Occurrence, ParseIssue, Role

LAYOUT = f"1-{sys.byteorder}"

_KINDS: tuple[DefinitionKind, ...] = get_args(DefinitionKind)
_KIND_NUMBER = {kind: number for number, kind in enumerate(_KINDS)}
_ROLE_SHIFT = 29
_OFFSET_MASK = (1 << _ROLE_SHIFT) - 1
_NAME_BITS = 28
_NAME_MASK = (1 << _NAME_BITS) - 1
_ROLE_BITS = {role: number << _ROLE_SHIFT for number, role in enumerate(ROLES)}
_ABSENT = "\1"

MAX_TEXT_BYTES = 32_000_000
"""The longest file that is looked into. Offsets must fit beside a role in 32 bits."""


class PackedFacts(NamedTuple):
    """The facts of one file as bytes."""

    definitions: bytes
    imports: bytes
    lines: bytes
    issues: bytes
    occurrences: bytes


NO_FACTS = PackedFacts(b"", b"", b"", b"", b"")


class PackedFile(NamedTuple):
    """The facts of one file as bytes, with what the store needs to know of them unpacked.

    `status` is parsed, partial, text, binary, too_large, unreadable or no_grammar; `detail` says more in words.
    `defined` and `used` are the distinct names in it, in sorted order.
    """

    language: str
    status: str
    detail: str
    line_count: int
    defined: list[str]
    used: list[str]
    facts: PackedFacts


def pack_file(facts: FileFacts, status: str, data: bytes) -> PackedFile:
    """The facts of a file, whose content is `data`, as bytes."""
    used, occurrences = _pack_occurrences(facts.occurrences)
    return PackedFile(
        language=facts.language,
        status=status,
        detail=facts.issues[0].message if facts.issues else "",
        line_count=facts.line_count,
        defined=sorted({d.name for d in facts.definitions}),
        used=used,
        facts=PackedFacts(
            definitions=_pack_definitions(facts.definitions),
            imports=_pack_imports(facts.imports),
            lines=pack_lines(data),
            issues=_pack_issues(facts.issues),
            occurrences=occurrences,
        ),
    )


def pack_bare(language: str, status: str, detail: str, text: bytes = b"") -> PackedFile:
    """A file without facts: text, whose lines are kept, or binary, too large or unreadable."""
    facts = NO_FACTS._replace(lines=pack_lines(text))
    lines = text.count(b"\n") + (not text.endswith(b"\n")) if text else 0
    return PackedFile(language, status, detail, lines, [], [], facts)


def unpack_definitions(data: bytes) -> list[Definition]:
    """The definitions in order of `start`."""
    if not data:
        return []
    names, kinds, starts, ends, name_starts, name_lengths, headers, parents, scopes = split(data, 9)
    start, name_start = _numbers(starts), _numbers(name_starts)
    columns = zip(
        _strings(names),
        [_KINDS[number] for number in kinds],
        start,
        map(add, start, _numbers(ends)),
        name_start,
        map(add, name_start, _numbers(name_lengths)),
        map(add, start, _numbers(headers)),
        [parent - 1 for parent in _numbers(parents)],
        _strings(scopes) if scopes else repeat(""),
        strict=False,
    )
    return [Definition._make(row) for row in columns]


class Uses:
    """The occurrences of one file, grouped by name and unpacked for the names that are asked for."""

    __slots__ = ("_bounds", "_index", "_order", "_words", "names")

    def __init__(self, data: bytes) -> None:
        if not data:
            data = join(b"", _pack_numbers([]), _pack_numbers([]))
        names, counts, words = split(data, 3)
        self.names = _strings(names)
        self._bounds = [0, *accumulate(_numbers(counts))]
        self._words = _numbers(words)
        self._index: dict[str, int] | None = None
        self._order: array[int] | None = None

    def of(self, name: str) -> list[Occurrence]:
        """The uses of `name` in order of `start`; [] if there are none."""
        if self._index is None:
            self._index = {known: at for at, known in enumerate(self.names)}
        at = self._index.get(name)
        if at is None:
            return []
        return self._slice(name, self._bounds[at], self._bounds[at + 1])

    def starts(self, name: str, role: Role) -> list[int]:
        """Where `name` is used in a role, in order."""
        if self._index is None:
            self._index = {known: at for at, known in enumerate(self.names)}
        at = self._index.get(name)
        if at is None:
            return []
        bits = _ROLE_BITS[role]
        words = self._words[self._bounds[at] : self._bounds[at + 1]]
        return [word - bits for word in words if bits <= word <= bits | _OFFSET_MASK]

    def count(self, name: str) -> int:
        """How often `name` is used."""
        return len(self.of(name))

    def all(self) -> list[Occurrence]:
        """Every use in order of `start`."""
        return self.within(0, _OFFSET_MASK + 1)

    def within(self, start: int, end: int) -> list[Occurrence]:
        """The uses that start between two offsets, in order."""
        order = self._order
        if order is None:
            order = self._order = self._in_order()
        between = order[bisect_left(order, start << 32) : bisect_left(order, end << 32)]
        names = self.names
        return [Occurrence(names[one & _NAME_MASK], one >> 32, ROLES[(one >> _NAME_BITS) & 7]) for one in between]

    def in_role(self, role: Role) -> list[Occurrence]:
        """The uses in one role, in order of `start`."""
        bits = _ROLE_BITS[role]
        found = [at for at, word in enumerate(self._words) if bits <= word <= bits | _OFFSET_MASK]
        uses = [
            Occurrence(self.names[bisect_right(self._bounds, at) - 1], self._words[at] - bits, role) for at in found
        ]
        return sorted(uses, key=lambda use: use.start)

    def _in_order(self) -> array[int]:
        """The uses by offset, as numbers of offset, role and name: a tenth of what they take unpacked."""
        return array(
            "Q",
            sorted(
                (word & _OFFSET_MASK) << 32 | word >> _ROLE_SHIFT << _NAME_BITS | at
                for at in range(len(self.names))
                for word in self._words[self._bounds[at] : self._bounds[at + 1]]
            ),
        )

    def _slice(self, name: str, first: int, last: int) -> list[Occurrence]:
        return [Occurrence(name, word & _OFFSET_MASK, ROLES[word >> _ROLE_SHIFT]) for word in self._words[first:last]]


def unpack_imports(data: bytes) -> list[Import]:
    """The imports in the order of the source."""
    if not data:
        return []
    texts, starts, parents = split(data, 3)
    strings = _strings(texts)
    return [
        Import(
            strings[3 * at],
            None if strings[3 * at + 1] == _ABSENT else strings[3 * at + 1],
            None if strings[3 * at + 2] == _ABSENT else strings[3 * at + 2],
            start,
            parent - 1,
        )
        for at, (start, parent) in enumerate(zip(_numbers(starts), _numbers(parents), strict=True))
    ]


def unpack_issues(data: bytes) -> list[ParseIssue]:
    """The places that could not be parsed."""
    if not data:
        return []
    messages, starts, ends = split(data, 3)
    return [ParseIssue(*row) for row in zip(_strings(messages), _numbers(starts), _numbers(ends), strict=True)]


def pack_lines(data: bytes) -> bytes:
    """The lines of a file as their lengths, line ends included."""
    if not data:
        return b""
    lengths = [length + 1 for length in map(len, data.split(b"\n"))]
    lengths[-1] -= 1
    return _pack_numbers(lengths if lengths[-1] else lengths[:-1])


def unpack_lines(data: bytes) -> list[int]:
    """The byte offset at which each line starts."""
    return [0, *accumulate(_numbers(data)[:-1])] if data else [0]


def _pack_definitions(definitions: Sequence[Definition]) -> bytes:
    if not definitions:
        return b""
    names, kinds, starts, ends, name_starts, name_ends, headers, parents, scopes = zip(*definitions, strict=True)
    return join(
        _pack_strings(names),
        bytes([_KIND_NUMBER[kind] for kind in kinds]),
        _pack_numbers(starts),
        _pack_numbers(list(map(sub, ends, starts))),
        _pack_numbers(name_starts),
        _pack_numbers(list(map(sub, name_ends, name_starts))),
        _pack_numbers(list(map(sub, headers, starts))),
        _pack_numbers([parent + 1 for parent in parents]),
        _pack_strings(scopes) if any(scopes) else b"",
    )


def _pack_occurrences(occurrences: Iterable[Occurrence]) -> tuple[list[str], bytes]:
    words: defaultdict[str, list[int]] = defaultdict(list)
    bits = _ROLE_BITS
    for name, start, role in occurrences:
        words[name].append(start | bits[role])
    if not words:
        return [], b""
    names = sorted(words)
    grouped = [words[name] for name in names]
    packed = array("I", chain.from_iterable(grouped))
    return names, join(_pack_strings(names), _pack_numbers(list(map(len, grouped))), b"I" + packed.tobytes())


def _pack_imports(imports: Sequence[Import]) -> bytes:
    if not imports:
        return b""
    texts: list[str] = []
    for row in imports:
        texts += (row.module, _ABSENT if row.name is None else row.name, _ABSENT if row.alias is None else row.alias)
    starts = _pack_numbers([row.start for row in imports])
    return join(_pack_strings(texts), starts, _pack_numbers([row.parent + 1 for row in imports]))


def _pack_issues(issues: Sequence[ParseIssue]) -> bytes:
    if not issues:
        return b""
    messages, starts, ends = zip(*issues, strict=True)
    return join(_pack_strings(messages), _pack_numbers(starts), _pack_numbers(ends))


def _pack_strings(strings: Iterable[str]) -> bytes:
    """Each string and a NUL, which text that git takes for text does not hold; one inside a string is replaced."""
    return "".join([s.replace("\0", "\ufffd") + "\0" for s in strings]).encode("utf-8", "surrogatepass")


def _strings(data: bytes) -> list[str]:
    return data.decode("utf-8", "surrogatepass").split("\0")[:-1]


def _pack_numbers(numbers: Sequence[int]) -> bytes:
    """Numbers below 2³² in the narrowest of three widths, which the first byte names."""
    largest = max(numbers, default=0)
    code = "B" if largest < 1 << 8 else "H" if largest < 1 << 16 else "I"
    return code.encode() + array(code, numbers).tobytes()


def _numbers(data: bytes) -> array[int]:
    """The numbers that `_pack_numbers` packed."""
    numbers = array(chr(data[0]))
    numbers.frombytes(data[1:])
    return numbers


def join(*parts: bytes) -> bytes:
    """Several runs of bytes as one, which `split` takes apart again."""
    return struct.pack(f"{len(parts)}I", *map(len, parts)) + b"".join(parts)


def split(data: bytes, count: int) -> list[bytes]:
    """The `count` parts that `join` joined."""
    parts = []
    at = 4 * count
    for length in struct.unpack_from(f"{count}I", data):
        parts.append(data[at : at + length])
        at += length
    return parts
