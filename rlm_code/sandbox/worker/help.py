"""`help(x)`: what CPython's own would say, in short, since that one reads files."""

from __future__ import annotations

from typing import Any


def print_help(thing: object) -> None:
    """Print the signature and docstring of a function, class, module or object, and its public members."""
    import inspect

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
