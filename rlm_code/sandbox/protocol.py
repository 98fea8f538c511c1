"""What a place that runs model-written Python promises, whichever way it is confined.

A sandbox holds one persistent namespace and runs cells in it one after the other. It knows nothing of
code analysis or language models: the namespace is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Json = Any  # str, int, float, bool, None, list, dict with str keys; named tuples travel as lists

CellStatus = Literal["ok", "error", "timeout", "killed"]


@dataclass(frozen=True, slots=True)
class HostMethod:
    """A function of the host that code in the sandbox may call by name.

    It runs on the thread that called `Sandbox.run`. What it raises as LookupError, ValueError, TypeError or
    RlmCodeError is raised in the cell with its message; anything else ends the sandbox. While a method
    with `stops_clock` runs, the cell's time limit does not.
    """

    function: Callable[..., Json]
    stops_clock: bool = False


@dataclass(frozen=True, slots=True)
class Namespace:
    """What a sandbox offers to the code it runs.

    `entry` names a function as "package.module:function"; the worker imports it before confinement and
    calls it with a `WorkerHost` to get the names that cells see. `methods` are what it may call.
    `shared` yields the bytes that the worker may map read-only; it is called at most once, on first use.
    """

    entry: str
    methods: Mapping[str, HostMethod]
    shared: Callable[[], bytes | memoryview] | None = None


class WorkerHost(Protocol):
    """The host as seen from inside the worker."""

    def call(self, method: str, *arguments: Json) -> Json:
        """The result of the host's `method`; raises what it raised. ValueError if a value does not fit the wire."""
        ...

    def shared(self) -> memoryview:
        """The shared bytes, mapped on first use."""
        ...


@dataclass(frozen=True, slots=True)
class CellResult:
    """What came of one cell.

    `output` is all that it printed, head and tail kept where it was too long (`output_length` is the true
    number of characters; the whole stays in `out[number]` inside). `value` is the repr of the last
    expression, None if there was none. `error` is a short traceback that points at the cell's line.
    `lost` names variables that died with a killed worker. Seconds are the cell's own: waiting for
    methods that stop the clock is not counted.
    """

    number: int
    status: CellStatus
    output: str
    output_length: int
    value: str | None
    error: str | None
    seconds: float
    lost: tuple[str, ...] = ()


class Sandbox(Protocol):
    """One persistent namespace. All methods block; `interrupt` and `close` may come from any thread."""

    @property
    def confinement(self) -> str:
        """How the code is confined, in one line for people: "seccomp, Landlock, rlimits"."""
        ...

    def run(self, code: str, timeout_s: float) -> CellResult:
        """Run one cell. Raises SandboxError when the sandbox itself failed, never for what the code did;
        ValueError for a time limit that is not above 0."""
        ...

    def interrupt(self) -> None:
        """Stop the running cell as its time limit would; no effect when none runs."""
        ...

    def close(self) -> None:
        """End it. A running cell ends in SandboxError; closing again does nothing."""
        ...
