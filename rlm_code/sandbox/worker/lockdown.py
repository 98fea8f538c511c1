"""Confines this process, for good, and proves it: what must be impossible is tried once.

The order matters: what needs rights or files comes first, seccomp last. Each step is the kernel's; nothing
here relies on Python keeping a promise.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
import signal
from collections.abc import Callable
from typing import NamedTuple

from rlm_code.sandbox.worker import landlock, seccomp

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_NOBODY = 65534
_STACK_BYTES = 64 << 20
_STDERR = 2


class Descriptors(NamedTuple):
    """The file descriptors a worker keeps: the wire's two ends and the shared bytes (-1 for none)."""

    read: int
    write: int
    shared: int


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = (
        ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_longlong,
    )  # fmt: skip
    return libc


def map_shared(fd: int, size_bytes: int) -> memoryview:
    """The shared bytes, read-only. Raises OSError if they cannot be mapped."""
    if not size_bytes:
        return memoryview(b"")
    address = _libc().mmap(None, size_bytes, seccomp.PROT_READ, seccomp.MAP_SHARED, fd, 0)
    if address in (None, ctypes.c_void_p(-1).value):
        raise OSError(ctypes.get_errno(), "the shared text could not be mapped")
    return memoryview((ctypes.c_char * size_bytes).from_address(address)).cast("B").toreadonly()


def lock_down(kept: Descriptors, limits: dict[str, int]) -> dict[str, bool | str]:
    """Confine this process; which protections hold, by name, or why it "failed". The host decides what it needs."""
    try:
        return _locked_down(kept, limits)
    except OSError as error:
        return {"failed": error.strerror or str(error)}
    except ValueError as error:
        return {"failed": str(error)}


def _locked_down(kept: Descriptors, limits: dict[str, int]) -> dict[str, bool | str]:
    libc = _libc()
    if limits["drop_user"]:
        _drop_user()
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    _set_limits(limits)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    walls = {"landlock": landlock.restrict(libc), "seccomp": _filter(libc, kept)}
    return {**walls, **_tried(libc, kept, limits["memory_bytes"])}


def _drop_user() -> None:
    """Become nobody. Best effort: a container may lack the right to."""
    with contextlib.suppress(OSError):
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _set_limits(limits: dict[str, int]) -> None:
    wanted = {
        resource.RLIMIT_DATA: limits["memory_bytes"],
        resource.RLIMIT_AS: limits["address_bytes"],
        resource.RLIMIT_CPU: limits["cpu_seconds"],
        resource.RLIMIT_STACK: _STACK_BYTES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 32,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 1,
        resource.RLIMIT_MEMLOCK: 0,
    }
    for which, limit in wanted.items():
        _, hard = resource.getrlimit(which)
        value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(which, (value, value))


def _filter(libc: ctypes.CDLL, kept: Descriptors) -> bool:
    machine = seccomp.ARCHITECTURES[os.uname().machine]
    allowed = seccomp.rules(kept.read, (kept.write, _STDERR), kept.shared)
    seccomp.install(libc, seccomp.program(machine, allowed))
    return True


def _tried(libc: ctypes.CDLL, kept: Descriptors, memory_bytes: int) -> dict[str, bool]:
    """Whether each thing that must fail does fail."""
    anonymous = seccomp.MAP_PRIVATE | seccomp.MAP_ANONYMOUS
    readable, writable, executable = seccomp.PROT_READ, seccomp.PROT_READ | 2, seccomp.PROT_READ | seccomp.PROT_EXEC
    return {
        "no files": _refused(lambda: os.open("/", os.O_RDONLY)) and _refused(lambda: os.lstat("/")),
        "no sockets": _failed(libc.socket(2, 1, 0)) and _failed(libc.socket(1, 1, 0)),
        "no processes": _refused(_fork) and _refused(_exec),
        "no signals": _refused(lambda: os.kill(os.getpid(), 0)),
        "no new code": _map(libc, 4096, executable, anonymous, -1) == errno.EPERM,
        "memory limit": _map(libc, memory_bytes + (1 << 20), writable, anonymous, -1) == errno.ENOMEM,
        "shared text is read-only": _map(libc, 4096, writable, seccomp.MAP_SHARED, kept.shared) == errno.EPERM
        and _map(libc, 4096, readable, seccomp.MAP_SHARED, kept.read) == errno.EPERM
        and _refused(lambda: os.write(kept.shared, b"x")),
    }


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _exec() -> None:
    os.execv("/proc/self/exe", ["python", "-c", ""])  # noqa: S606 - to see it fail


def _refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno == errno.EPERM
    return False


def _failed(result: int) -> bool:
    return result == -1 and ctypes.get_errno() == errno.EPERM


def _map(libc: ctypes.CDLL, size_bytes: int, protection: int, flags: int, fd: int) -> int:
    """The error of mapping memory, 0 if it went well."""
    address = libc.mmap(None, size_bytes, protection, flags, fd, 0)
    return ctypes.get_errno() if address in (None, ctypes.c_void_p(-1).value) else 0
