"""Facts of one file ↔ bytes: columns of small integers and joined strings, so that thousands of facts cost one row.

The layout is private to the store; `LAYOUT` changes whenever it does. It knows nothing of SQLite or other files.
"""

from __future__ import annotations

import re
import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from operator import sub
from typing import Literal, NamedTuple, get_args

from rlm_code.parse.facts import (
    OFFSET_MASK,
    ROLE_BITS,
    ROLE_SHIFT,
    ROLES,
    Definition,
    DefinitionKind,
    FileFacts,
    Import,
    Occurrence,
    Occurrences,
    ParseIssue,
    Role,
)

LAYOUT = f"1-{sys.byteorder}"

KINDS: tuple[DefinitionKind, ...] = get_args(DefinitionKind)
"""The kinds of definitions by the numbers that stand for them."""
_KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
_NAME_BITS = 28
_NAME_MASK = (1 << _NAME_BITS) - 1
_TOP_BYTE = 3 if sys.byteorder == "little" else 0
_IN_ROLE = {role: rb"[\x%02x-\x%02x]" % (number << 5, number << 5 | 31) for number, role in enumerate(ROLES)}
"""What the top byte of a use's word is in each role."""
_ABSENT = "\1"
_DEFINITION_COLUMNS = 9
_OCCURRENCE_COLUMNS = 3
_NONE = b"I"
"""No numbers, packed."""
_BYTES, _PAIRS = b"BH"

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

Column = Literal["definitions", "imports", "lines", "issues", "occurrences"]
COLUMNS: tuple[Column, ...] = get_args(Column)
"""What the facts of one file are parted into."""


class PackedFile(NamedTuple):
    """The facts of one file as bytes, with what is known of it unpacked.

    `status` is parsed, partial, text, binary, too_large, unreadable or no_grammar; `detail` says more in words.
    """

    language: str
    status: str
    detail: str
    line_count: int
    facts: PackedFacts

    @property
    def defined(self) -> frozenset[str]:
        """The names that it defines."""
        return frozenset(_first_strings(self.facts.definitions, _DEFINITION_COLUMNS))

    @property
    def used(self) -> list[str]:
        """The names that it uses, each once, sorted."""
        return _first_strings(self.facts.occurrences, _OCCURRENCE_COLUMNS)


def pack_file(facts: FileFacts, status: str, data: bytes) -> PackedFile:
    """The facts of a file, whose content is `data`, as bytes."""
    return PackedFile(
        language=facts.language,
        status=status,
        detail=facts.issues[0].message if facts.issues else "",
        line_count=facts.line_count,
        facts=PackedFacts(
            definitions=_pack_definitions(facts.definitions),
            imports=_pack_imports(facts.imports),
            lines=pack_lines(data),
            issues=_pack_issues(facts.issues),
            occurrences=_pack_occurrences(facts.occurrences),
        ),
    )


def pack_bare(language: str, status: str, detail: str, text: bytes = b"") -> PackedFile:
    """A file without facts: text, whose lines are kept, or binary, too large or unreadable."""
    facts = NO_FACTS._replace(lines=pack_lines(text))
    lines = text.count(b"\n") + (not text.endswith(b"\n")) if text else 0
    return PackedFile(language, status, detail, lines, facts)


class Uses:
    """The occurrences of one file, grouped by name and unpacked for the names that are asked for."""

    __slots__ = ("_counts", "_known_bounds", "_names", "_order", "_packed_names", "_words")

    def __init__(self, data: bytes) -> None:
        self._packed_names, counts, words = split(data, _OCCURRENCE_COLUMNS) if data else (b"", _NONE, _NONE)
        self._counts = unpack_numbers(counts)
        self._words = unpack_numbers(words)
        self._known_bounds: array[int] | None = None
        self._names: list[str] | None = None
        self._order: array[int] | None = None

    @property
    def names(self) -> list[str]:
        """The distinct names, sorted."""
        if self._names is None:
            self._names = unpack_strings(self._packed_names)
        return self._names

    def of(self, name: str) -> list[Occurrence]:
        """The uses of `name` in order of `start`; [] if there are none."""
        return [Occurrence(name, word & OFFSET_MASK, ROLES[word >> ROLE_SHIFT]) for word in self._words_of(name)]

    def starts(self, name: str, role: Role) -> list[int]:
        """Where `name` is used in a role, in order."""
        bits = ROLE_BITS[role]
        return [word - bits for word in self._words_of(name) if bits <= word <= bits | OFFSET_MASK]

    def count(self, name: str) -> int:
        """How often `name` is used."""
        at = next(places_of(self._packed_names, name), None)
        return self._counts[at] if at is not None else 0

    @property
    def _bounds(self) -> array[int]:
        """Where the words of each name begin, and the last one's end."""
        if self._known_bounds is None:
            self._known_bounds = array("I", accumulate(self._counts, initial=0))
        return self._known_bounds

    def _words_of(self, name: str) -> array[int]:
        at = next(places_of(self._packed_names, name), None)
        return self._words[self._bounds[at] : self._bounds[at + 1]] if at is not None else array("I")

    def all(self) -> list[Occurrence]:
        """Every use in order of `start`."""
        return self.within(0, OFFSET_MASK + 1)

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
        bits = ROLE_BITS[role]
        tops = self._words.tobytes()[_TOP_BYTE::4]  # in C, since it is asked of all files
        uses = [
            Occurrence(self.names[bisect_right(self._bounds, at) - 1], self._words[at] - bits, role)
            for at in (match.start() for match in re.finditer(_IN_ROLE[role], tops))
        ]
        return sorted(uses, key=lambda use: use.start)

    def _in_order(self) -> array[int]:
        """The uses by offset, as numbers of offset, role and name: a tenth of what they take unpacked."""
        return array(
            "Q",
            sorted(
                (word & OFFSET_MASK) << 32 | word >> ROLE_SHIFT << _NAME_BITS | at
                for at in range(len(self.names))
                for word in self._words[self._bounds[at] : self._bounds[at + 1]]
            ),
        )


def unpack_imports(data: bytes) -> list[Import]:
    """The imports in the order of the source."""
    if not data:
        return []
    texts, starts, parents = split(data, 3)
    strings = unpack_strings(texts)
    return [
        Import(
            strings[3 * at],
            None if strings[3 * at + 1] == _ABSENT else strings[3 * at + 1],
            None if strings[3 * at + 2] == _ABSENT else strings[3 * at + 2],
            start,
            parent - 1,
        )
        for at, (start, parent) in enumerate(zip(unpack_numbers(starts), unpack_numbers(parents), strict=True))
    ]


def unpack_issues(data: bytes) -> list[ParseIssue]:
    """The places that could not be parsed."""
    if not data:
        return []
    messages, starts, ends = split(data, 3)
    return [
        ParseIssue(*row)
        for row in zip(unpack_strings(messages), unpack_numbers(starts), unpack_numbers(ends), strict=True)
    ]


def pack_lines(data: bytes) -> bytes:
    """The lines of a file as their lengths, line ends included."""
    if not data:
        return b""
    lengths = [len(line) + 1 for line in data.split(b"\n")]
    lengths[-1] -= 1
    return _pack_numbers(lengths if lengths[-1] else lengths[:-1])


def number_at(data: bytes, at: int) -> int:
    """One of the numbers that `_pack_numbers` packed."""
    kind = data[0]
    if kind == _BYTES:
        return data[1 + at]
    width = 2 if kind == _PAIRS else 4
    return int.from_bytes(data[1 + width * at : 1 + width * (at + 1)], sys.byteorder)


def _pack_definitions(definitions: Sequence[Definition]) -> bytes:
    if not definitions:
        return b""
    names, kinds, starts, ends, name_starts, name_ends, headers, parents, scopes = zip(*definitions, strict=True)
    return join(
        _pack_strings(names),
        bytes(map(_KIND_NUMBER.__getitem__, kinds)),
        _pack_numbers(starts),
        _pack_numbers(list(map(sub, ends, starts))),
        _pack_numbers(name_starts),
        _pack_numbers(list(map(sub, name_ends, name_starts))),
        _pack_numbers(list(map(sub, headers, starts))),
        _pack_numbers([parent + 1 for parent in parents]),
        _pack_strings(scopes) if any(scopes) else b"",
    )


def _pack_occurrences(occurrences: Occurrences) -> bytes:
    if not occurrences.by_name:
        return b""
    names = sorted(occurrences.by_name)
    grouped = [occurrences.by_name[name] for name in names]
    words = array("I", list(chain.from_iterable(grouped)))  # a list is taken in at once
    return join(_pack_strings(names), _pack_numbers(list(map(len, grouped))), b"I" + words.tobytes())


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


def _pack_strings(strings: Sequence[str]) -> bytes:
    """Each string and a NUL, which text that git takes for text does not hold; one inside a string is replaced."""
    joined = "\0".join([*strings, ""])
    if joined.count("\0") > len(strings):
        joined = "\0".join([*(string.replace("\0", "\ufffd") for string in strings), ""])
    return joined.encode("utf-8", "surrogatepass")


def unpack_strings(data: bytes) -> list[str]:
    """The strings that `_pack_strings` packed."""
    return data.decode("utf-8", "surrogatepass").split("\0")[:-1]


def places_of(data: bytes, string: str) -> Iterator[int]:
    """Where a string stands among those that `_pack_strings` packed, found without unpacking them."""
    wanted = string.encode("utf-8", "surrogatepass") + b"\0"
    if data.startswith(wanted):
        yield 0
    start = -1
    number = 0
    while (found := data.find(b"\0" + wanted, start + 1)) >= 0:
        number += data.count(b"\0", start + 1, found + 1)
        start = found
        yield number


def _first_strings(data: bytes, parts: int) -> list[str]:
    """The strings that are the first of several joined parts."""
    if not data:
        return []
    (length,) = struct.unpack_from("I", data)
    return unpack_strings(data[4 * parts : 4 * parts + length])


def _pack_numbers(numbers: Sequence[int]) -> bytes:
    """Numbers below 2³² in the narrowest of three widths, which the first byte names."""
    try:  # to try is much quicker than to look for the largest first
        return b"B" + bytes(numbers)
    except ValueError:
        pass
    try:
        return b"H" + struct.pack(f"{len(numbers)}H", *numbers)
    except struct.error:
        return b"I" + array("I", numbers).tobytes()


def unpack_numbers(data: bytes) -> array[int]:
    """The numbers that `_pack_numbers` packed."""
    numbers = array(chr(data[0]))
    numbers.frombytes(memoryview(data)[1:])
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
