"""One cell: compiled, run in the one namespace, and told as facts: what it printed, its value, its error.

The namespace is that of a module named `__main__`, so that classes, dataclasses and closures behave as
in a script. Knows nothing of the wire.
"""

from __future__ import annotations

import _ast
import linecache
import sys
from types import CodeType, ModuleType
from typing import Any, NamedTuple

from rlm_code.sandbox.worker.errors import described, described_briefly
from rlm_code.sandbox.worker.guard import InterruptGuard
from rlm_code.sandbox.worker.output import Output, Outputs, clipped

_NAMES_TOLD = 200
_RESERVE_BYTES = 64 << 20


class Outcome(NamedTuple):
    """What came of a cell inside the worker; `status` is ok, error or interrupted."""

    status: str
    output: str
    output_length: int
    value: str | None
    error: str | None


class Cells:
    """Runs cells one after the other in one namespace."""

    def __init__(self, names: dict[str, Any], guard: InterruptGuard) -> None:
        main = ModuleType("__main__")
        sys.modules["__main__"] = main
        self._namespace = main.__dict__
        self._output = Output(guard)
        self._outputs = Outputs()
        self._namespace.update(names, out=self._outputs)
        self._given = frozenset(self._namespace)
        self._guard = guard
        self._reserve = b""

    def run(self, number: int, code: str, shown_chars: int) -> Outcome:
        """Run `code` as cell `number`; the texts of the outcome are clipped to `shown_chars`.

        The guard's `depth` is set by plain assignments, between which no signal handler can run."""
        name = f"<cell {number}>"
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = self._output  # type: ignore[assignment, misc]
        self._reserve = _reserve()  # for what is to be done after a cell that left no memory
        guard = self._guard
        value = error = None
        status = "ok"
        try:
            guard.open()
            value = self._execute(code, name, shown_chars)
            guard.depth = 1
        except BaseException as raised:  # noqa: BLE001 - whatever a cell raises is its observation
            guard.depth = 1
            self._reserve = b""
            status = "error"
            error = self._describe(raised)
        self._reserve = b""
        sys.settrace(None)
        sys.setprofile(None)
        sys.stdout = sys.stderr = self._output
        if guard.raised or guard.pending:
            status = "interrupted"
        whole, length = self._output.take()
        self._outputs.keep(number, whole)
        return Outcome(status, clipped(whole, shown_chars, f"; the whole is in out[{number}]"), length, value, error)

    def _execute(self, code: str, name: str, shown_chars: int) -> str | None:
        body, last = _compiled(code, name)
        exec(body, self._namespace)  # noqa: S102 - this is what the worker is for
        if last is None:
            return None
        value = eval(last, self._namespace)  # noqa: S307
        if value is None:
            return None
        try:
            return clipped(str.__str__(repr(value)), shown_chars)
        except Exception as error:
            BaseException.add_note(error, "(raised by the repr of the value of the cell)")
            raise

    def _describe(self, error: BaseException) -> str:
        guard = self._guard
        for way in (described, described_briefly):
            try:
                guard.open()
                text = way(error)
                guard.depth = 1
            except BaseException:  # noqa: BLE001 - an exception's own methods may raise anything
                guard.depth = 1
            else:
                return text
        return "an error that cannot be shown"

    def names(self) -> list[str]:
        """The variables that cells made, at most `_NAMES_TOLD`, in the order they were made."""
        made = [
            name
            for name in self._namespace
            if type(name) is str and name not in self._given and not name.startswith("_") and len(name) < 100
        ]
        return [name for name in made if name.isidentifier()][:_NAMES_TOLD]


def _reserve() -> bytes:
    try:
        return bytes(_RESERVE_BYTES)  # zeros that nobody touches take no memory, only room below the limit
    except MemoryError:
        return b""


def _compiled(code: str, name: str) -> tuple[CodeType, CodeType | None]:
    tree: Any = compile(code, name, "exec", _ast.PyCF_ONLY_AST, dont_inherit=True)  # `ast` itself is slow to import
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, _ast.Expr):
        return compile(tree, name, "exec", dont_inherit=True), None
    del tree.body[-1]
    expression = _ast.Expression(last.value)
    return compile(tree, name, "exec", dont_inherit=True), compile(expression, name, "eval", dont_inherit=True)
