"""Functions of the user's own for the cells of runs: named in the user's config.toml, loaded from the user's files.

They run in the host, with all that the user may do. So they come from files that the user names, never through a
search path, on which the analysed repository could stand.
"""

from __future__ import annotations

import importlib.util
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from rlm_code.errors import ConfigError

if TYPE_CHECKING:
    from rlm_code.config import Settings

logger = logging.getLogger(__name__)


def load_functions(settings: Settings) -> dict[str, Callable[..., Any]]:
    """The user's functions by the names that cells call them. Raises ConfigError for one that cannot be had, or whose
    signature declares what is no JSON."""
    modules: dict[Path, ModuleType] = {}
    functions = {}
    for name, place in settings.functions.items():
        file, _, wanted = place.rpartition(":")
        path = settings.config_dir / Path(file).expanduser()
        if not name.isidentifier() or name.startswith("_") or not file.endswith(".py"):
            hint = 'for example: ticket = "tools.py:ticket"'
            raise ConfigError(f"the function {name} = {place!r} names no function of a file", hint=hint)
        if path not in modules:
            modules[path] = _loaded(path)
        function = getattr(modules[path], wanted, None)
        if not callable(function):
            raise ConfigError(f"the function {name}: there is no {wanted!r} in {path}")
        _check(name, function)
        functions[name] = function
    return functions


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"rlm_code_user_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ConfigError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # code of the user's: whatever it raises is for the user to see
        logger.info("%s cannot be loaded", path, exc_info=True)
        raise ConfigError(f"{path} cannot be loaded: {type(error).__name__}: {error}") from error
    return module


def _check(name: str, function: Callable[..., Any]) -> None:
    from rlm_code.rlm.methods import function_methods
    from rlm_code.sandbox.methods import method_table

    try:
        method_table(function_methods({name: function}))
    except (TypeError, ValueError, NameError) as error:
        raise ConfigError(f"the function {name} cannot be offered: {error}") from error
