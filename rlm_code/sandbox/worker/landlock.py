"""Landlock: from here on this process opens no file, connects to no port and signals nobody outside.

Seccomp is the boundary; this is the second wall behind it. Missing on kernels before 5.13 and where it
is switched off: then `restrict` says so.
"""

from __future__ import annotations

import ctypes
import os
import struct

_CREATE_RULESET, _RESTRICT_SELF = 444, 446  # the same numbers on every architecture
_VERSION = 1


def abi(libc: ctypes.CDLL) -> int:
    """The version of Landlock that the kernel offers, 0 for none."""
    return max(0, int(libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)))


def attributes(version: int) -> bytes:
    """The ruleset that handles, and so forbids, everything which this version knows."""
    files = (1 << 13) - 1
    for since, bit in ((2, 13), (3, 14), (5, 15)):
        if version >= since:
            files |= 1 << bit
    packed = struct.pack("=Q", files)
    if version >= 4:
        packed += struct.pack("=Q", 0b11)  # bind and connect TCP
    if version >= 6:
        packed += struct.pack("=Q", 0b11)  # abstract sockets and signals
    return packed


def restrict(libc: ctypes.CDLL) -> bool:
    """Forbid everything; False if there is no Landlock here. Needs NO_NEW_PRIVS."""
    version = abi(libc)
    if not version:
        return False
    packed = attributes(version)
    ruleset = libc.syscall(_CREATE_RULESET, packed, ctypes.c_size_t(len(packed)), 0)
    if ruleset < 0:
        return False
    try:
        return bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)
