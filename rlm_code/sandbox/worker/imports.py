"""Where `import` finds modules that the worker has no file access to: the host compiles and sends them.

`install` is called by the boot code with the modules that came with it. Knows nothing of frames: `ask` is set
once there is a wire.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import Any

Module = tuple[CodeType, bool]


class HostImporter:
    """Finds modules among those already sent, else asks the host; what the host refuses does not exist."""

    def __init__(self, sent: dict[str, Module]) -> None:
        self.sent = sent
        self.ask: Callable[[str], Module | str] | None = None

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """The spec of `name`; ModuleNotFoundError with the host's reason if there is none."""
        if name not in self.sent:
            if self.ask is None:
                return None
            answer = self.ask(name)
            if isinstance(answer, str):
                raise ModuleNotFoundError(answer, name=name)
            self.sent[name] = answer
        return ModuleSpec(name, self, is_package=self.sent[name][1])  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave it to the import system."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's code once."""
        spec = module.__spec__
        assert spec is not None
        code, _ = self.sent.pop(spec.name)
        exec(code, module.__dict__)  # noqa: S102 - this is what importing is


def install(sent: dict[str, Module]) -> HostImporter:
    """Put a new importer behind those for built-in and frozen modules and the standard library's files."""
    importer = HostImporter(sent)
    sys.meta_path.append(importer)
    return importer


def forget_files() -> None:
    """Leave only built-in, frozen and sent modules to be imported."""
    sys.path.clear()
    sys.path_hooks.clear()
    sys.path_importer_cache.clear()
    sys.meta_path[:] = [finder for finder in sys.meta_path if getattr(finder, "__name__", "") != "PathFinder"]
