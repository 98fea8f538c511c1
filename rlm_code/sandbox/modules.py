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

# Written in Python (or built on what the worker loads before it is confined), and of use without files or network.
OFFERED = frozenset(
    """
    __future__ _collections_abc _compat_pickle _compression _markupbase _pydatetime _pydecimal _strptime
    _sysconfigdata _threading_local _weakrefset abc argparse ast base64 bdb bisect calendar cmd code codeop
    collections colorsys concurrent configparser contextlib contextvars copy copyreg csv dataclasses datetime
    decimal difflib dis doctest email encodings enum filecmp fileinput fnmatch fractions functools getopt
    gettext glob graphlib hashlib heapq hmac html importlib inspect io ipaddress json keyword lib2to3
    linecache locale logging mimetypes modulefinder numbers opcode operator optparse pathlib pickle
    pickletools pkgutil plistlib posixpath pprint profile pstats pyclbr queue quopri random re reprlib sched
    secrets shelve shlex shutil sre_compile sre_constants sre_parse stat statistics string stringprep struct
    symtable tabnanny tempfile textwrap this threading timeit token tokenize tomllib trace traceback types
    typing unittest urllib uuid warnings weakref wsgiref xml zipfile
    """.split()  # noqa: SIM905
)
_NOT_OFFERED_BELOW = frozenset({"urllib.request", "urllib.robotparser", "concurrent.futures.process", "encodings.idna"})
_OWN = ("rlm_code", "rlm_code.errors", "rlm_code.sandbox.wire", "rlm_code.sandbox.worker")
_WORKER = ("cells", "client", "guard", "imports", "landlock", "lockdown", "main", "output", "seccomp")

Module = tuple[CodeType, bool]


@cache
def boot_bundle() -> bytes:
    """The worker's own modules, marshalled: what it runs before it can ask for anything."""
    names = [*_OWN, *(f"rlm_code.sandbox.worker.{name}" for name in _WORKER)]
    modules = {name: _module(name) for name in names}
    # Its public face belongs to the host: inside, this package is only a place for the worker's modules.
    modules["rlm_code.sandbox"] = (compile("", "<rlm_code.sandbox>", "exec"), True)
    return marshal.dumps(modules)


def refusal(name: str) -> str | None:
    """Why the standard library's module `name` is not sent to cells, or None if it is."""
    top = name.partition(".")[0]
    if top in OFFERED and name not in _NOT_OFFERED_BELOW:
        return None
    if top in sys.stdlib_module_names:
        return f"No module named {name!r} in the sandbox: it has no files, network, processes or threads"
    return f"No module named {name!r} in the sandbox: only the standard library is here"


@cache
def standard_module(name: str) -> bytes | None:
    """A module of the standard library, marshalled with whether it is a package; None if there is no such source."""
    folder = sysconfig.get_path("stdlib")
    return _marshalled(name, [folder])


@cache
def own_module(name: str) -> bytes | None:
    """A module of the package that a namespace's entry belongs to, marshalled; None if there is no such source."""
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
