"""Which paths a pattern means, the way .gitignore and editors read it. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_LONGEST = 500
_MOST_WILD = 12
_MOST_TRIES = 50_000
_MOST_NODES = 2_000
_WILD_RUN = r"\*{3,}|(?:\*\*/){2,}"
_PARTS = r"(?P<deep>\*\*/)|(?P<rest>\*\*)|(?P<star>\*)|(?P<one>\?)|(?P<set>\[[^\]/]+\])|(?P<any>\{[^{}]+\})"
_WILD = {"deep": "(?:.*/)?", "rest": ".*", "star": "[^/]*", "one": "[^/]"}

_Test = Callable[[str], object]


def matcher(pattern: str) -> Callable[[str], bool]:
    """Whether a path is meant by `pattern`.

    `*` and `?` stay within a folder, `**` does not; `{a,b}` is either. A pattern without `/` means a file or
    folder of that name at any depth, any other starts at the root; a folder means all that is in it.
    Raises ValueError for a pattern that is too long, has too many wildcards or a set that is none.
    """
    if not pattern:
        return lambda path: True
    wanted = pattern.removeprefix("./").strip("/")
    wanted = re.sub(_WILD_RUN, lambda run: "**/" if "/" in run.group() else "**", wanted)
    if len(wanted) > _LONGEST or wanted.count("*") > _MOST_WILD:
        raise ValueError(f"a path pattern has at most {_LONGEST} characters and {_MOST_WILD} stars")
    if wanted in ("", "."):
        return lambda path: True
    anywhere = "/" not in pattern.removeprefix("./").rstrip("/")
    automaton = _Automaton(wanted, anywhere=anywhere)
    if "{" in wanted:
        return automaton.matches
    loops = anywhere + sum(kind in ("deep", "rest", "star") for kind, _ in _parts(wanted))
    expression = re.compile(_expression(wanted, anywhere=anywhere), re.DOTALL)

    def matches(path: str) -> bool:
        """By `re`, which is faster, unless it may try too often before it gives up."""
        if len(path) ** loops > _MOST_TRIES:
            return automaton.matches(path)
        return expression.fullmatch(path) is not None

    return matches


def _expression(wanted: str, *, anywhere: bool) -> str:
    return f"{'(?:.*/)?' if anywhere else ''}{_translate(wanted)}(?:/.*)?"


def _translate(pattern: str) -> str:
    return "".join(_as_regex(kind, text) for kind, text in _parts(pattern))


def _parts(pattern: str) -> Iterable[tuple[str | None, str]]:
    """The wildcards of a pattern and the texts between them, which are of no kind."""
    at = 0
    for part in re.finditer(_PARTS, pattern):
        yield None, pattern[at : part.start()]
        yield part.lastgroup, part.group()
        at = part.end()
    yield None, pattern[at:]


def _as_regex(kind: str | None, text: str) -> str:
    match kind:
        case None:
            return re.escape(text)
        case "set":
            return _character_set(text[1:-1])
        case _:
            return _WILD[kind]


def _character_set(inside: str) -> str:
    inverted = inside[0] in "!^" and len(inside) > 1
    characters = inside[inverted:].replace("\\", "\\\\").replace("[", "\\[").replace("^", "\\^")
    return f"[{'^/' if inverted else ''}{characters}]"


def _set_test(text: str) -> _Test:
    try:
        return re.compile(_character_set(text[1:-1])).fullmatch
    except re.error:
        raise ValueError(f"{text} in a path pattern is no set of characters") from None


def _any(_: str) -> bool:
    return True


def _within_folder(character: str) -> bool:
    return character != "/"


class _Node:
    """A set of states that a path can be in at once, and where each character seen so far leads."""

    __slots__ = ("accepts", "moves", "states")

    def __init__(self, states: frozenset[int], *, accepts: bool) -> None:
        self.states, self.accepts = states, accepts
        self.moves: dict[str, _Node] = {}


class _Automaton:
    """Reads each character of a path once, whatever the pattern: all ways to match go on side by side."""

    def __init__(self, wanted: str, *, anywhere: bool) -> None:
        self._steps: list[list[tuple[_Test, int]]] = []
        self._free: list[list[int]] = []
        self._nodes: dict[frozenset[int], _Node] = {}
        first = self._state()
        whole = self._add(wanted, self._part("deep", "", first) if anywhere else first)
        self._ends = {whole, self._part("rest", "", self._step(whole, "/".__eq__))}
        self._start = self._node([first])

    def matches(self, path: str) -> bool:
        """Whether all of a path is meant."""
        node = self._start
        for character in path:
            node = node.moves.get(character) or self._move(node, character)
            if not node.states:
                return False
        return node.accepts

    def _state(self) -> int:
        self._steps.append([])
        self._free.append([])
        return len(self._steps) - 1

    def _step(self, at: int, test: _Test) -> int:
        after = self._state()
        self._steps[at].append((test, after))
        return after

    def _loop(self, at: int, test: _Test) -> int:
        around = self._state()
        self._free[at].append(around)
        self._steps[around].append((test, around))
        return around

    def _add(self, pattern: str, at: int) -> int:
        """The state after a pattern that begins in the state `at`."""
        for kind, text in _parts(pattern):
            at = self._part(kind, text, at)
        return at

    def _part(self, kind: str | None, text: str, at: int) -> int:
        match kind:
            case None:
                for character in text:
                    at = self._step(at, character.__eq__)
                return at
            case "deep":
                after = self._step(self._loop(at, _any), "/".__eq__)
                self._free[at].append(after)
                return after
            case "rest" | "star":
                return self._loop(at, _any if kind == "rest" else _within_folder)
            case "any":
                return self._either(text[1:-1].split(","), at)
            case _:
                return self._step(at, _within_folder if kind == "one" else _set_test(text))

    def _either(self, choices: list[str], at: int) -> int:
        after = self._state()
        for choice in choices:
            self._free[self._add(choice, at)].append(after)
        return after

    def _move(self, node: _Node, character: str) -> _Node:
        reached = [to for state in node.states for test, to in self._steps[state] if test(character)]
        node.moves[character] = found = self._node(reached)
        return found

    def _node(self, reached: list[int]) -> _Node:
        states, left = set(reached), list(reached)
        while left:
            new = set(self._free[left.pop()]) - states
            states |= new
            left += new
        key = frozenset(states)
        if len(self._nodes) > _MOST_NODES:  # a path that is read goes on; what was remembered is found again
            for known in self._nodes.values():
                known.moves.clear()
            self._nodes.clear()
        if key not in self._nodes:
            self._nodes[key] = _Node(key, accepts=not self._ends.isdisjoint(key))
        return self._nodes[key]
