"""Names for attacks: system calls by name, and pointers, made before confinement so that they are there inside.

Imported by the worker and by the plain child alike; standard library only.
"""

# ruff: noqa: T201 - a script that runs attacks and cells

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Callable
from typing import Any

from tests.sandbox.probes import numbers


def native(shared: Callable[[], memoryview], shared_fd: int) -> dict[str, Any]:
    """What probes call."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    libc.getenv.restype = ctypes.c_char_p
    by_name = numbers(os.uname().machine)
    space = ctypes.create_string_buffer(8192)
    pieces: list[Any] = []

    def syscall(name: str, *arguments: Any) -> int:
        ctypes.set_errno(0)
        return int(libc.syscall(by_name[name], *map(_word, arguments)))

    def syscall_error(name: str, *arguments: Any) -> int:
        return ctypes.get_errno() if syscall(name, *arguments) < 0 else 0

    def vector_at(address: int, size: int) -> int:
        piece = ctypes.create_string_buffer(struct.pack("=QQ", address, size))
        pieces.append(piece)
        return ctypes.addressof(piece)

    def address(view: memoryview) -> int:
        array = ctypes.py_object(view)
        buffer = _Buffer()
        ctypes.pythonapi.PyObject_GetBuffer(array, ctypes.byref(buffer), 0)
        return int(buffer.address)

    return {
        "syscall": syscall,
        "syscall_error": syscall_error,
        "getenv": libc.getenv,
        "buffer": ctypes.addressof(space),
        "vector": vector_at,
        "vector_at": vector_at,
        "address": address,
        "clone_arguments": struct.pack("=8Q", 0, 0, 0, 0, 17, 0, 0, 0),
        "shared": shared,
        "shared_fd": shared_fd,
        "breached": lambda: print("BREACHED", flush=True),
    }


class _Buffer(ctypes.Structure):
    _fields_ = [("address", ctypes.c_void_p), ("rest", ctypes.c_char * 256)]


def _word(value: Any) -> Any:
    return ctypes.c_long(value) if isinstance(value, int) else value


def names(host: Any) -> dict[str, Any]:
    """The environment of a worker that is attacked from inside."""
    host_shared_fd = int(sys.orig_argv[-2])
    return {"host": host, **native(host.shared, host_shared_fd)}
