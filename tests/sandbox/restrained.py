"""Starts a script with less than this system offers: `python -m tests.sandbox.restrained CALL ARGUMENT SCRIPT`.

The system call of that number, made with that first argument (-1 for any), fails with EPERM from then on, in all that
the script starts, too.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import sys

from rlm_code.sandbox.worker import seccomp


def refuse(call: int, argument: int) -> None:
    """Install the filter."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(38, 1, 0, 0, 0)
    machine = seccomp.ARCHITECTURES[os.uname().machine]
    compare = [] if argument < 0 else [(0x20, 0, 0, 16), (0x15, 0, 1, argument)]
    seccomp.install(
        libc,
        [
            (0x20, 0, 0, 4),
            (0x15, 0, 3 + len(compare), machine.audit),
            (0x20, 0, 0, 0),
            (0x15, 0, 1 + len(compare), call),
            *compare,
            (0x06, 0, 0, seccomp.DENY),
            (0x06, 0, 0, seccomp.ALLOW),
        ],
    )


if __name__ == "__main__":
    refuse(int(sys.argv[1]), int(sys.argv[2]))
    script = sys.argv[3]
    sys.argv = sys.argv[3:]
    runpy.run_path(script, run_name="__main__")
