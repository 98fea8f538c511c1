"""`help(x)`: what CPython's own would say, in short, since that one reads files."""

from __future__ import annotations

import sys
from typing import Any

_NOTHING = object()


def print_help(thing: object = _NOTHING) -> None:
    """Print the signature and docstring of a function, class, module or object, and its public members; of nothing,
    what there is to ask about."""
    import inspect

    if thing is _NOTHING:
        names = ", ".join(name for name in vars(sys.modules["__main__"]) if not name.startswith("_"))
        print(f"help(x) tells what x offers, also of its parts: help(x.y); there are {names}")  # noqa: T201
        return
    what = thing if inspect.isroutine(thing) or inspect.isclass(thing) or inspect.ismodule(thing) else type(thing)
    print(_heading(what))  # noqa: T201 - printing is what it is for
    if inspect.isroutine(what):
        return
    for name, member in inspect.getmembers(what):
        if not name.startswith("_"):
            print(f"  {_heading(member, name).splitlines()[0]}")  # noqa: T201


def _heading(thing: Any, name: str = "") -> str:
    """`name(signature)` and the docstring, the first line of which tells most."""
    import inspect

    try:
        signature = str(inspect.signature(thing))
    except (TypeError, ValueError):
        signature = ""
    doc = inspect.getdoc(thing) or ""
    first, _, rest = doc.partition("\n")
    return f"{name or getattr(thing, '__name__', '')}{signature}: {first}\n{rest}".rstrip()
