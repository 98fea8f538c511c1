"""Modules as compiled code for a worker that has no files: the standard library's, from a fixed list, and its own.

What a worker asks for is a key into these lists and never becomes a path by itself. Nothing is imported
here for it: files are found, compiled (or their compiled form read) and sent.
"""

from __future__ import annotations

import marshal
import sys
import sysconfig
from collections.abc import Sequence
from functools import cache
from importlib.abc import InspectLoader
from importlib.machinery import ModuleSpec, PathFinder
from types import CodeType

# Modules written in Python (or built on what the worker loads before it is confined) that are of use without files,
# network, processes or threads. Those with a leading underscore serve these and need no mention.
OFFERED = frozenset(
    """
    __future__ abc annotationlib argparse ast base64 bisect calendar codecs collections colorsys compression
    concurrent configparser contextlib contextvars copy copyreg csv dataclasses datetime decimal difflib dis
    encodings enum fnmatch fractions functools genericpath gettext glob graphlib gzip hashlib heapq hmac html
    http importlib inspect io ipaddress json keyword linecache locale logging ntpath numbers opcode operator
    optparse os pathlib pickle pickletools plistlib posixpath pprint queue quopri random re reprlib sched
    secrets shlex sre_compile sre_constants sre_parse stat statistics string stringprep struct symtable textwrap
    threading timeit token tokenize tomllib traceback types typing urllib warnings weakref xml
    """.split()  # noqa: SIM905
)
_OWN = ("rlm_code", "rlm_code.errors", "rlm_code.sandbox.wire", "rlm_code.sandbox.worker")
_WORKER = (
    "cells",
    "client",
    "errors",
    "guard",
    "help",
    "imports",
    "landlock",
    "lockdown",
    "main",
    "objects",
    "output",
    "seccomp",
    "standins",
)

Module = tuple[CodeType, bool]


# What workers of each entry asked for while they got ready: it comes with the next one's boot file.
_asked: dict[str, set[str]] = {}


def boot_bundle(entry: str) -> bytes:
    """The modules that a worker of `entry` starts with, marshalled."""
    return _bundle(frozenset(_asked.get(entry, ())))


@cache
def _bundle(more: frozenset[str]) -> bytes:
    names = [*_OWN, *(f"rlm_code.sandbox.worker.{name}" for name in _WORKER), *more]
    modules = {name: _module(name) for name in names}
    # Its public face belongs to the host: inside, this package is only a place for the worker's modules.
    modules["rlm_code.sandbox"] = (compile("", "<rlm_code.sandbox>", "exec"), True)
    return marshal.dumps(modules)


def refusal(name: str) -> str | None:
    """Why the standard library's module `name` is not sent to cells, or None if it is."""
    top = name.partition(".")[0]
    if top in OFFERED or (top.startswith("_") and top in sys.stdlib_module_names):
        return None
    if top in sys.stdlib_module_names:
        return f"No module named {name!r} in the sandbox: it has no files, network, processes or threads"
    return f"No module named {name!r} in the sandbox: only the standard library is here"


@cache
def standard_module(name: str) -> bytes | None:
    """A module of the standard library, marshalled with whether it is a package; None if there is no such source."""
    folder = sysconfig.get_path("stdlib")
    return _marshalled(name, [folder])


def own_module(entry: str, name: str) -> bytes | None:
    """A module of the package that `entry` is in, or of ours, marshalled; None if `name` is no such module."""
    if name.partition(".")[0] not in (entry.partition(":")[0].partition(".")[0], "rlm_code"):
        return None
    code = _own_module(name)
    if code is not None:
        _asked.setdefault(entry, set()).add(name)
    return code


@cache
def _own_module(name: str) -> bytes | None:
    return _marshalled(name, None)


def _marshalled(name: str, path: Sequence[str] | None) -> bytes | None:
    spec = _find(name, path)
    found = _code(spec) if spec else None
    return marshal.dumps(found) if found else None


def _module(name: str) -> Module:
    spec = _find(name, None)
    found = _code(spec) if spec else None
    if found is None:
        raise ModuleNotFoundError(f"the source of {name} is missing", name=name)
    return found


def _find(name: str, path: Sequence[str] | None) -> ModuleSpec | None:
    """The spec of `name`, found part by part without importing anything."""
    parts = name.split(".")
    loaded = sys.modules.get(parts[0]) if path is None else None
    spec = loaded.__spec__ if loaded else PathFinder.find_spec(parts[0], path)
    for end in range(2, len(parts) + 1):
        if spec is None or spec.submodule_search_locations is None:
            return None
        spec = PathFinder.find_spec(".".join(parts[:end]), spec.submodule_search_locations)
    return spec


def _code(spec: ModuleSpec) -> Module | None:
    package = spec.submodule_search_locations is not None
    if package and spec.loader is None:
        return compile("", f"<{spec.name}>", "exec"), True
    if not isinstance(spec.loader, InspectLoader):
        return None
    code = spec.loader.get_code(spec.name)
    return None if code is None else (_relabelled(code, f"<{spec.name}>"), package)


def _relabelled(code: CodeType, name: str) -> CodeType:
    """`code` under another file name: this machine's paths are none of the cells' business."""
    constants = tuple(_relabelled(each, name) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_filename=name, co_consts=constants)
