"""Which of a Python variable's bindings a use may see: the last straight-line one before it and those after that.

Code that runs later (a nested function) may also see what is bound after it is defined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tree_sitter import Node

    from rlm_code.index.flow.python_file import PythonFile
    from rlm_code.parse.scopes import Binding

_BRANCHING = frozenset({"if_statement", "match_statement"})
_LOOPS = frozenset({"for_statement", "while_statement"})
_DEFINING = frozenset({"function_definition", "class_definition", "lambda"})
Range = tuple[int, int]


class _Place(NamedTuple):
    """Where a binding stands: from where on it holds, its block, the branches that it is in, each with its whole
    statement; `remote`: in a function that binds a name of another scope."""

    binding: Binding
    holds_from: int
    blocks: tuple[Range, ...]
    branches: tuple[tuple[Range, Range], ...]
    remote: bool


class Reach:
    """Answers for one file."""

    def __init__(self, file: PythonFile) -> None:
        self._file = file
        self._places: dict[int, _Place] = {}
        self._known: dict[tuple[int, int], list[Binding]] = {}

    def reaching(self, binding: Binding, offset: int) -> list[Binding]:
        """The bindings of a variable that a use at `offset` may see; `binding` is one of them. An offset beyond the
        scope's end asks what it is left with."""
        names = self._file.locals
        bindings = names.bindings_of(binding)
        if len(bindings) < 2:
            return bindings
        position, later = self._position(binding.scope, offset)
        key = (bindings[0].start, position if not later else -position)
        if key not in self._known:
            places = [self._place(other) for other in bindings if not self._adds(other)] or [self._place(binding)]
            self._known[key] = [place.binding for place in self._seen(places, position, later)]
        return self._known[key]

    def _adds(self, binding: Binding) -> bool:
        """Whether a binding is an augmented assignment, which leaves the object that was there."""
        if binding.value is not None or binding.kind != "variable":
            return False
        node = self._file.root.descendant_for_byte_range(binding.start, binding.end)
        return node is not None and node.parent is not None and node.parent.type == "augmented_assignment"

    def _seen(self, places: list[_Place], position: int, later: bool) -> list[_Place]:
        before = [p for p in places if p.remote or (p.holds_from <= position and not _excluded(p, position))]
        after = [p for p in places if p.holds_from > position and not p.remote]
        last = max((at for at, p in enumerate(before) if _decides(p, position)), default=-1)
        covered = self._covered(before[last + 1 :], position)
        kept = [p for at, p in enumerate(before) if (p.remote or at >= last) and p.holds_from >= covered]
        decided = before[last].binding.start if last >= 0 else -1
        if later:
            return kept + after
        again = [p for p in after if any(decided < start <= position < end for start, end in self._loops(p))]
        return kept + [p for p in again if not _excluded(p, position)] or places

    def _covered(self, candidates: list[_Place], position: int) -> int:
        """Where a statement starts all of whose branches bind the name before a position; 0 if none does."""
        found: dict[Range, set[Range]] = {}
        for place in candidates:
            if len(place.branches) and place.branches[0][0] == place.blocks[0]:
                found.setdefault(place.branches[0][1], set()).add(place.branches[0][0])
        for (start, end), branches in sorted(found.items(), reverse=True):
            around = self._block_of(start, end)
            decides = around is None or around[0] <= position < around[1]
            if end <= position and decides and len(branches) == self._branch_count(start, end):
                return start
        return 0

    def _block_of(self, start: int, end: int) -> Range | None:
        node = self._file.root.descendant_for_byte_range(start, end)
        around = node.parent if node else None
        return around.byte_range if around is not None and around.type == "block" else None

    def _branch_count(self, start: int, end: int) -> int:
        """How many branches a statement has, if one of them is always taken."""
        node = self._file.root.descendant_for_byte_range(start, end)
        if node is None or node.type != "if_statement":
            return -1
        clauses = [child.type for child in node.named_children if child.type in ("elif_clause", "else_clause")]
        return 1 + len(clauses) if "else_clause" in clauses else -1

    def _loops(self, place: _Place) -> list[Range]:
        node = self._file.root.descendant_for_byte_range(place.binding.start, place.binding.end)
        found = []
        while node is not None and node.type not in ("function_definition", "module"):
            if node.type in _LOOPS:
                found.append(node.byte_range)
            node = node.parent
        return found

    def _position(self, scope: int, offset: int) -> tuple[int, bool]:
        """Where a use counts as standing in a scope, and whether it runs later."""
        scopes = self._file.locals.scopes
        position, later = offset, False
        at = self._file.locals.scope_at(offset) if offset < self._file.root.end_byte else scope
        while at >= 0 and at != scope:
            if scopes[at].kind == "function":
                position, later = scopes[at].start, True
            at = scopes[at].parent
        return position, later

    def _place(self, binding: Binding) -> _Place:
        place = self._places.get(binding.start)
        if place is None:
            place = self._places[binding.start] = self._find_place(binding)
        return place

    def _find_place(self, binding: Binding) -> _Place:
        scope = self._file.locals.scopes[binding.scope]
        holds_from = binding.end
        if binding.value and binding.kind == "variable":
            holds_from = max(holds_from, binding.value[1])
        if binding.kind == "parameter":
            return _Place(binding, scope.start, ((scope.start, scope.end),), (), False)
        blocks: list[Range] = []
        branches: list[tuple[Range, Range]] = []
        node = self._file.root.descendant_for_byte_range(binding.start, binding.end)
        remote = False
        if node is not None and binding.kind == "definition":
            node = node.parent
        node = node.parent if node is not None else None
        while node is not None and node.byte_range != (scope.start, scope.end):
            remote = remote or node.type in _DEFINING
            if node.type == "block" and node.parent is not None and node.parent.type != "with_statement":
                blocks.append(node.byte_range)
                branch = _branch(node)
                branches += [branch] if branch else []
            node = node.parent
        blocks.append((scope.start, scope.end + 1))
        return _Place(binding, holds_from, tuple(blocks), tuple(branches), remote)


def _branch(block: Node) -> tuple[Range, Range] | None:
    """The block of a branch and the whole statement, if others exclude it."""
    around = block.parent
    while around is not None and around.type in ("elif_clause", "else_clause", "case_clause", "block"):
        around = around.parent
    if around is None or around.type not in _BRANCHING:
        return None
    return block.byte_range, around.byte_range


def _decides(place: _Place, position: int) -> bool:
    """Whether every way to a position that passes the binding's block has passed the binding."""
    return not place.remote and place.blocks[0][0] <= position <= place.blocks[0][1]


def _excluded(place: _Place, position: int) -> bool:
    """Whether a binding stands in a branch that code at a position is not in, though in the same statement."""
    return any(
        statement[0] <= position < statement[1] and not block[0] <= position <= block[1]
        for block, statement in place.branches
    )
