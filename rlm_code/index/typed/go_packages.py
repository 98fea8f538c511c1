"""Go's packages: which files make one, what it declares, what a file's imports mean.

A folder holds a package, and beside it the tests of it as another; a file that a build leaves out gives way to one that
it takes.
"""

from __future__ import annotations

import re

from rlm_code.index.links import Links
from rlm_code.index.typed.model import Module, Target
from rlm_code.parse.facts import Import

_BUILD = re.compile(rb"^//go:build (.*)$", re.MULTILINE)
_TRUE = frozenset({"linux", "amd64", "unix", "cgo", "gc", "go1"})
_PLATFORMS = frozenset(
    {"aix", "android", "darwin", "dragonfly", "freebsd", "illumos", "ios", "js", "netbsd", "openbsd", "plan9",
     "solaris", "wasip1", "windows", "386", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64",
     "ppc64le", "riscv64", "s390x", "wasm"}
)  # fmt: skip
_VERSION = re.compile(r"v\d+")
_HEAD = 4000


class GoPackages:
    """The packages of one snapshot."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._index = links.index
        self._names: dict[str, str] = {}
        self._active: dict[str, bool] = {}

    def name_of(self, path: str) -> str:
        """The package that a file says it is in."""
        if path not in self._names:
            definitions = self._index.view(path).definitions
            first = definitions[0] if definitions else None
            self._names[path] = first.name if first and first.kind == "module" else ""
        return self._names[path]

    def declared(self, path: str, name: str, *, scope: str = "") -> list[Target]:
        """What the package of a file declares under a name: at its top, or as a method of the type `scope`."""
        folder, package = path.rpartition("/")[0], self.name_of(path)
        found = [
            Target(other, at)
            for other in self._index.defining(name)
            if other.rpartition("/")[0] == folder and self._is_seen(path, other, package)
            for at in self._index.view(other).by_name.get(name, ())
            if self._is_at_top(other, at, scope)
        ]
        return self._built(found, path)

    def exported(self, module: Module, name: str, importer: str) -> list[Target]:
        """What an imported package declares under a name."""
        main = [path for path in module.paths if not path.endswith("_test.go")]
        files = set(main)
        found = [
            Target(other, at)
            for other in self._index.defining(name)
            if other in files
            for at in self._index.view(other).by_name.get(name, ())
            if self._is_at_top(other, at, "")
        ]
        return self._built(found, importer)

    def _is_seen(self, path: str, other: str, package: str) -> bool:
        if self._index.row(other).language != "go" or self.name_of(other) != package:
            return False
        return path.endswith("_test.go") or not other.endswith("_test.go")

    def _is_at_top(self, path: str, at: int, scope: str) -> bool:
        definition = self._index.view(path).definitions[at]
        return definition.parent == -1 and definition.scope == scope and definition.kind != "module"

    def _built(self, found: list[Target], importer: str) -> list[Target]:
        """Of what several builds declare, that of the same file, else of the usual build."""
        if len(found) < 2:
            return found
        same = [target for target in found if target.path == importer]
        usual = [target for target in found if self.is_built(target.path)]
        return same or usual or found

    def is_built(self, path: str) -> bool:
        """Whether the usual build takes a file: by its name and its constraint."""
        if path not in self._active:
            words = path.rpartition("/")[2].removesuffix(".go").removesuffix("_test").split("_")[1:]
            constraint = _BUILD.search(self._index.data(path)[:_HEAD])
            by_name = not any(word in _PLATFORMS for word in words[-2:])
            self._active[path] = by_name and (not constraint or _holds(constraint[1].decode("utf-8", "replace")))
        return self._active[path]

    # -- Imports

    def import_named(self, path: str, name: str) -> Import | None:
        """The import that a file knows under a name."""
        for row in self._index.view(path).imports:
            if row.name != "*" and name == (row.alias or self._local_name(path, row)):
                return row
        return None

    def located(self, path: str, row: Import) -> Module | None:
        """The package of this snapshot that an import means; None for one from elsewhere."""
        return self._links.modules.of(path).locate(path, row.module)

    def _local_name(self, path: str, row: Import) -> str:
        module = self.located(path, row)
        if module and module.paths:
            return self.name_of(module.paths[0])
        return usual_name(row.module)

    def dot_imported(self, path: str, name: str) -> tuple[list[Target], bool]:
        """What a file's dot imports give under a name, and whether one of them is from elsewhere."""
        is_open = False
        for row in self._index.view(path).star_imports:
            module = self.located(path, row)
            is_open = is_open or module is None
            found = self.exported(module, name, path) if module else []
            if found:
                return found, is_open
        return [], is_open


def usual_name(module: str) -> str:
    """The name that a package from elsewhere most likely has: its path's last part, without version and `go-`."""
    parts = module.split("/")
    if len(parts) > 1 and _VERSION.fullmatch(parts[-1]):
        parts.pop()
    last = re.sub(r"\.v\d+$", "", parts[-1])
    return last.removeprefix("go-").removesuffix(".go").removesuffix("-go").replace("-", "_")


def _holds(constraint: str) -> bool:
    """Whether a build constraint holds on Linux without further tags."""
    words = re.findall(r"[\w.]+|&&|\|\||[!()]", constraint)
    python = {"&&": " and ", "||": " or ", "!": " not ", "(": "(", ")": ")"}
    text = "".join(python.get(word) or (" True " if _is_true(word) else " False ") for word in words)
    return _evaluate(text)


def _is_true(word: str) -> bool:
    return word in _TRUE or word.startswith("go1.")


def _evaluate(text: str) -> bool:
    """The value of an expression of True, False, and, or, not and brackets."""
    import ast

    def value(node: ast.expr) -> bool:
        if isinstance(node, ast.BoolOp):
            held = [value(inner) for inner in node.values]
            return all(held) if isinstance(node.op, ast.And) else any(held)
        if isinstance(node, ast.UnaryOp):
            return not value(node.operand)
        return isinstance(node, ast.Constant) and node.value is True

    try:
        return value(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
