"""What package.json says of a package's files: entry points, `exports` and `imports` with patterns and conditions."""

from __future__ import annotations

from rlm_code.index.script.configs import Manifest, matched

_ENTRIES = ("source", "types", "typings", "module", "main")


def entries(manifest: Manifest, inside: str) -> list[str]:
    """The files that a package offers under a path in it, best first."""
    exports = manifest.get("exports")
    found: list[str] = []
    if isinstance(exports, dict) and any(key.startswith(".") for key in exports):
        found += _mapped(exports, f"./{inside}" if inside else ".")
    elif not inside:
        found += _targets(exports)
    if not inside:
        found += [path for path in map(manifest.get, _ENTRIES) if isinstance(path, str)]
    return found


def internal(manifest: Manifest, name: str) -> list[str]:
    """The files or modules that a package means by a name like `#internal`, best first."""
    imports = manifest.get("imports")
    return _mapped(imports, name) if isinstance(imports, dict) else []


def _mapped(table: Manifest, name: str) -> list[str]:
    """What a table of subpaths says of one: by its own entry, else by the longest pattern that matches."""
    if name in table:
        return _targets(table[name])
    for pattern in sorted((key for key in table if "*" in key), key=len, reverse=True):
        middle = matched(pattern, name)
        if middle is not None:
            return [target.replace("*", middle) for target in _targets(table[pattern])]
    return []


def _targets(value: object) -> list[str]:
    """Every path in a value of `exports`, whatever its conditions; what a build starts from before its results."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [target for inner in value for target in _targets(inner)]
    if isinstance(value, dict):
        ordered = sorted(value, key=lambda condition: condition not in ("source", "development"))
        return [target for condition in ordered for target in _targets(value[condition])]
    return []
