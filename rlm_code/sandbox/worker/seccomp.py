"""The system calls a confined worker may make, as a filter that the kernel runs.

Everything not listed fails with EPERM; another architecture's calls end the process. Building the filter
is pure, so that tests can run it through an interpreter; `install` hands it to the kernel.
"""

from __future__ import annotations

import ctypes
import errno
import struct
from typing import NamedTuple

_LOAD, _JEQ, _JGE, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
ALLOW, KILL, DENY = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM
_X32 = 0x40000000
_PR_SET_SECCOMP, _FILTER_MODE = 22, 2

PROT_READ, PROT_EXEC = 1, 4
MAP_SHARED, MAP_PRIVATE, MAP_ANONYMOUS = 0x01, 0x02, 0x20
# Flags that change nothing about what a private mapping can reach: FIXED, NORESERVE, STACK, FIXED_NOREPLACE.
_HARMLESS_MAP_FLAGS = 0x10 | 0x4000 | 0x20000 | 0x100000
_FUTEX_OPTIONS = 128 | 256  # PRIVATE, CLOCK_REALTIME
_FUTEX_WAIT, _FUTEX_WAKE, _FUTEX_WAIT_BITSET, _FUTEX_WAKE_BITSET = 0, 1, 9, 10


class Architecture(NamedTuple):
    """How a machine numbers its system calls. `audit` is the kernel's id of the machine."""

    audit: int
    has_x32: bool
    calls: dict[str, int]


# Each call's number on x86-64 and on aarch64.
_CALLS = {
    "read": (0, 63),
    "write": (1, 64),
    "brk": (12, 214),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "mprotect": (10, 226),
    "futex": (202, 98),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "getrandom": (318, 278),
    "getpid": (39, 172),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "rt_sigreturn": (15, 139),
    "restart_syscall": (219, 128),
    "exit": (60, 93),
    "exit_group": (231, 94),
}

ARCHITECTURES = {
    "x86_64": Architecture(0xC000003E, True, {name: numbers[0] for name, numbers in _CALLS.items()}),
    "aarch64": Architecture(0xC00000B7, False, {name: numbers[1] for name, numbers in _CALLS.items()}),
}


class Condition(NamedTuple):
    """Number `argument`, its low 32 bits masked, equals `value`."""

    argument: int
    mask: int
    value: int


Rules = dict[str, list[list[Condition]]]
_ANY = 0xFFFFFFFF


def rules(read_fd: int, write_fds: tuple[int, ...], shared_fd: int) -> Rules:
    """For each call the ways in which it may be made; an empty way puts no condition on the arguments.

    `shared_fd` is -1 where nothing is shared."""
    no_exec = Condition(2, PROT_EXEC, 0)
    allowed: Rules = {name: [[]] for name in _CALLS}
    allowed["read"] = [[Condition(0, _ANY, read_fd)]]
    allowed["write"] = [[Condition(0, _ANY, fd)] for fd in write_fds]
    allowed["mprotect"] = [[no_exec]]
    allowed["mmap"] = [[no_exec, Condition(3, _ANY & ~_HARMLESS_MAP_FLAGS, MAP_PRIVATE | MAP_ANONYMOUS)]]
    if shared_fd >= 0:
        shared = [Condition(2, _ANY, PROT_READ), Condition(3, _ANY, MAP_SHARED), Condition(4, _ANY, shared_fd)]
        allowed["mmap"].append(shared)
    allowed["futex"] = [
        [Condition(1, _ANY & ~_FUTEX_OPTIONS, operation)]
        for operation in (_FUTEX_WAIT, _FUTEX_WAKE, _FUTEX_WAIT_BITSET, _FUTEX_WAKE_BITSET)
    ]
    return allowed


Instruction = tuple[int, int, int, int]


def program(machine: Architecture, allowed: Rules) -> list[Instruction]:
    """The filter as BPF instructions (code, jump if true, jump if false, constant)."""
    steps: list[Instruction] = [(_LOAD, 0, 0, 4), (_JEQ, 1, 0, machine.audit), (_RETURN, 0, 0, KILL), (_LOAD, 0, 0, 0)]
    if machine.has_x32:
        steps += [(_JGE, 0, 1, _X32), (_RETURN, 0, 0, KILL)]
    for name, ways in allowed.items():
        block = [step for way in ways for step in _way(way)]
        if ways != [[]]:
            block.append((_RETURN, 0, 0, DENY))
        steps += [(_JEQ, 0, len(block), machine.calls[name]), *block]
    return [*steps, (_RETURN, 0, 0, DENY)]


def _way(conditions: list[Condition]) -> list[Instruction]:
    """Allow if all conditions hold, else go on behind."""
    steps: list[Instruction] = [(_RETURN, 0, 0, ALLOW)]
    for index, mask, value in reversed(conditions):
        test = (_JEQ, 0, len(steps), value)
        steps = [(_LOAD, 0, 0, 16 + 8 * index), (_AND, 0, 0, mask), test, *steps]
    return steps


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def install(libc: ctypes.CDLL, steps: list[Instruction]) -> None:
    """Put this thread under the filter, for good. Raises OSError if the kernel refuses."""
    packed = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    argument = _Program(len(steps), ctypes.addressof(packed))
    if libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(argument), 0, 0):
        code = ctypes.get_errno()
        raise OSError(code, f"the kernel takes no seccomp filter: {errno.errorcode.get(code, code)}")
