"""What `site` adds to a Python, clear errors in place of what cannot work, and a bound where CPython would crash.

None of this is a protection: cells can undo it. It spares them puzzling messages.
"""

from __future__ import annotations

import _thread
import builtins
import os
import sys
from typing import Any, NoReturn

from rlm_code.sandbox.worker.help import print_help

_DEPTH_LIMIT = 20_000


def install() -> None:
    """Put them in place. Comes before anything else is imported, so that nobody keeps the originals."""
    for name, stand_in in {"help": print_help, "exit": sys.exit, "quit": sys.exit}.items():
        setattr(builtins, name, stand_in)
    builtins.input = _no_input
    for name in ("start_new_thread", "start_new", "start_joinable_thread"):
        if hasattr(_thread, name):
            setattr(_thread, name, _no_thread)
    sys.setrecursionlimit = _bounded(sys.setrecursionlimit)
    os.getcwd = lambda: "/"  # which it is; asking the kernel is refused, and path arithmetic needs to know
    sys.argv = [""]
    os.environ.clear()  # of what Python itself has put there


def _no_input(prompt: object = "") -> NoReturn:
    raise RuntimeError("input() is not available here: nobody can type into a cell")


def _no_thread(*arguments: Any, **options: Any) -> NoReturn:
    raise RuntimeError("threads are not available here: use a loop, or a batched call where there is one")


def _bounded(set_limit: Any) -> Any:
    def setrecursionlimit(limit: int, /) -> None:
        """As in CPython, up to the depth that the stack of a worker bears."""
        if limit > _DEPTH_LIMIT:
            raise ValueError(f"the recursion limit is at most {_DEPTH_LIMIT} here")
        set_limit(limit)

    return setrecursionlimit
