"""Macros around items that they leave as they are, or leave out: `cfg_net! { pub use tcp::TcpStream; }` in Rust.

A grammar sees loose tokens in them. Where it can read what they hold as items, it is shown them without the macro.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from rlm_code.parse.masks import Mask

Wrapper = list[Mask]
"""What is to be blanked so that the items of one macro stand free, in order."""

_TOKEN = re.compile(
    rb"//[^\n]*|/\*.*?(?:\*/|\Z)|r(#*)\"|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\\s]|\\[^']{1,10})'|[{}]", re.DOTALL
)
_CONDITION = re.compile(
    rb"(?:\s++|//[^\n]*+\n|(?>/\*.*?\*/))*+((?:else\b\s*)?(?:if\b\s*#\[[^;{}]*\]\s*)?)", re.DOTALL
)  # of `cfg_if!`: between its branches


def wrappers_in(data: bytes, names: str) -> list[Wrapper]:
    """The macros called as `names`, an expression, says, with braces; outer ones first."""
    opening = re.compile(rb"(?:^|(?<=[;{}\]]))[ \t]*((?:\w+::)*(?:" + names.encode() + rb")![ \t\n]*)\{", re.MULTILINE)
    matches = list(opening.finditer(data))
    if not matches:
        return []
    braces = _Braces(data)
    found = []
    for match in matches:
        opened = match.end() - 1
        if opened in braces.closing:
            around = [Mask(match.start(1), match.end()), braces.end_of(opened)]
            found.append(sorted(chain(around, _conditions(data, opened, braces))))
    return found


def without_broken(wrappers: list[Wrapper], broken: Iterable[int]) -> list[Wrapper]:
    """Those in which no place is broken."""
    places = list(broken)
    return [masks for masks in wrappers if not any(masks[0].start <= place < masks[-1].end for place in places)]


def masks_of(wrappers: list[Wrapper]) -> list[Mask]:
    """All that is to be blanked, in order."""
    return sorted(chain.from_iterable(wrappers))


class _Braces:
    """Where each brace of a text is closed, and which lie directly in it. Those in strings and comments are none."""

    def __init__(self, data: bytes) -> None:
        self.closing: dict[int, int] = {}
        self.inside: defaultdict[int, list[int]] = defaultdict(list)
        still_open = [-1]
        at = 0
        while token := _TOKEN.search(data, at):
            at = token.end()
            if token[1] is not None:
                closed = data.find(b'"' + token[1], at)
                at = closed + 1 + len(token[1]) if closed >= 0 else len(data)
            elif token[0] == b"{":
                self.inside[still_open[-1]].append(token.start())
                still_open.append(token.start())
            elif token[0] == b"}" and len(still_open) > 1:
                self.closing[still_open.pop()] = token.start()

    def end_of(self, opened: int) -> Mask:
        """The brace that closes the one at `opened`."""
        return Mask(self.closing[opened], self.closing[opened] + 1)


def _conditions(data: bytes, opened: int, braces: _Braces) -> Iterator[Mask]:
    """What stands around the items of `cfg_if! { if #[…] { … } else { … } }`."""
    start = opened + 1
    for brace in braces.inside[opened]:
        head = _CONDITION.fullmatch(data, start, brace)
        if brace not in braces.closing or head is None or not head[1]:
            return
        yield Mask(head.start(1), brace + 1)
        yield braces.end_of(brace)
        start = braces.closing[brace] + 1
