"""The worker's life: get ready, be confined, then run one cell after the other until the host goes away."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import Any

from rlm_code.sandbox import wire
from rlm_code.sandbox.worker import imports, standins
from rlm_code.sandbox.worker.cells import Cells
from rlm_code.sandbox.worker.client import Host, Pipes
from rlm_code.sandbox.worker.guard import InterruptGuard
from rlm_code.sandbox.worker.lockdown import Descriptors, lock_down, map_shared

# Modules written in C cannot be loaded once files are out of reach; what is written in Python arrives when asked for.
_PRELOADED = """
    array _bisect binascii _blake2 cmath _contextvars _csv _datetime _decimal _heapq _json math _md5
    _opcode pyexpat _queue _random _sha1 _sha2 _sha256 _sha3 _sha512 _statistics _struct unicodedata zlib
    """.split()  # noqa: SIM905
_HIDDEN = ("ctypes", "_ctypes", "ctypes._endian", "resource")  # served the lockdown; of no use to cells


def serve(read_fd: int, write_fd: int, shared_fd: int, importer: imports.HostImporter) -> None:
    """Run until the host closes its end."""
    standins.install()
    pipes = Pipes(read_fd, write_fd)
    guard = InterruptGuard()
    guard.install()
    host = Host(pipes, guard, lambda size: map_shared(shared_fd, size))
    settings, _ = pipes.receive()
    host.nonce = settings["k"]
    importer.ask = host.module
    names = _names(settings["entry"], host)
    for name in _PRELOADED:
        _preload(name)
    imports.forget_files()
    report = lock_down(Descriptors(read_fd, write_fd, shared_fd), settings["limits"]) if settings["confine"] else {}
    host.nonce = ""
    cells = Cells(names, guard)
    for name in _HIDDEN:
        sys.modules.pop(name, None)
    gc.freeze()
    gc.enable()
    pipes.send(wire.frame({"t": "ready", "k": settings["k"], "report": report}))
    while True:
        _run_cell(pipes, host, cells, guard)


def _names(entry: str, host: Host) -> dict[str, Any]:
    module, _, function = entry.partition(":")
    return dict(getattr(importlib.import_module(module), function)(host))


def _preload(name: str) -> None:
    try:
        importlib.import_module(name)
    except ImportError:
        return  # this version or build of Python has no such module


def _run_cell(pipes: Pipes, host: Host, cells: Cells, guard: InterruptGuard) -> None:
    request, code = pipes.receive()
    guard.begin(stale=request["stale"])
    host.nonce = request["k"]
    outcome = cells.run(request["n"], code.decode("utf-8", "surrogatepass"), request["shown"])
    host.nonce = ""
    done = {
        "t": "done",
        "k": request["k"],
        "status": outcome.status,
        "length": outcome.output_length,
        "value": outcome.value,
        "error": outcome.error,
        "names": cells.names(),
    }
    pipes.send(wire.frame(done, outcome.output.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()))
