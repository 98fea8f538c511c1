"""A Mermaid flowchart of a symbol, file or folder and its neighbours. Arrows run from who needs to what is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rlm_code.codebase.file import File
from rlm_code.codebase.symbol import Symbol
from rlm_code.places import folder_of

if TYPE_CHECKING:
    from rlm_code.codebase.repo import Repo

_MOST_INSIDE = 12
_MOST_OUTSIDE = 6
_MOST_FILES = 60

Edges = Counter[tuple[str, str]]


def diagram_of(repo: Repo, meant: Symbol | File | str) -> str:
    """The flowchart of a symbol, a file, or the folder at a path ("" for the whole repository)."""
    if isinstance(meant, Symbol):
        return _drawn({meant.qualified_name}, _calls(meant))
    if isinstance(meant, File):
        return _drawn({meant.path}, _strongest(_imports([meant], lambda path: path), {meant.path}))
    files = [file for file in repo.files(f"/{meant}/" if meant else "") if file.status in ("parsed", "partial")]
    largest = sorted((file for file in files if meant or not file.is_test), key=lambda file: -file.line_count)
    inside = _part_of(meant)
    parts = Counter({inside(file.path): 0 for file in largest})
    for file in largest:
        parts[inside(file.path)] += file.line_count
    kept = {part for part, _ in parts.most_common(_MOST_INSIDE)}
    edges = _imports(largest[:_MOST_FILES], inside)
    return _drawn(kept, _strongest(edges, kept))


def _part_of(folder: str) -> Callable[[str], str]:
    """Names the part of a folder that holds a path; outside of it, the path's own folder."""
    start = f"{folder}/" if folder else ""

    def part(path: str) -> str:
        if not path.startswith(start):
            return f"{folder_of(path) or '.'}/"
        below = path[len(start) :]
        return start + (f"{below.split('/')[0]}/" if "/" in below else below)

    return part


def _imports(files: Iterable[File], named: Callable[[str], str]) -> Edges:
    """How many imports lead from one part to another, among and around `files`."""
    pairs: set[tuple[str, int, str]] = set()
    for file in files:
        pairs |= {(file.path, each.line, each.target_path) for each in file.imports() if each.target_path}
        pairs |= {(each.path, each.line, file.path) for each in file.importers()}
    edges = Counter((named(user), named(needed)) for user, _, needed in pairs)
    return Counter({(user, needed): count for (user, needed), count in edges.items() if user != needed})


def _calls(symbol: Symbol) -> Edges:
    """Who calls a symbol, and what of this repository it calls, as edges of qualified names."""
    users = (each.inside.qualified_name for each in symbol.callers() if each.inside and each.certainty != "name")
    needed = (each.target.qualified_name for each in symbol.callees() if each.target)
    edges = Counter((user, symbol.qualified_name) for user in users)
    edges.update((symbol.qualified_name, each) for each in needed)
    return _strongest(Counter({pair: n for pair, n in edges.items() if pair[0] != pair[1]}), {symbol.qualified_name})


def _strongest(edges: Edges, kept: set[str]) -> Edges:
    """All edges between `kept` parts, and those to the outside neighbours with the most of them, each way."""
    users = Counter[str]()
    needs = Counter[str]()
    for (user, needed), count in edges.items():
        if user in kept and needed not in kept:
            needs[needed] += count
        elif needed in kept and user not in kept:
            users[user] += count
    near = {name for side in (users, needs) for name, _ in side.most_common(_MOST_OUTSIDE)} | kept
    return Counter({pair: n for pair, n in edges.items() if set(pair) <= near and (pair[0] in kept or pair[1] in kept)})


def _drawn(inside: set[str], edges: Edges) -> str:
    """The Mermaid text; the parts that were asked about stand in bold boxes."""
    names = sorted(inside | {name for pair in edges for name in pair})
    ids = {name: f"n{number}" for number, name in enumerate(names)}
    lines = ["flowchart LR"]
    lines += [f'    {ids[name]}["{_label(name)}"]' for name in names]
    lines += [f"    {ids[user]} --> {ids[needed]}" for user, needed in sorted(edges)]
    asked = ",".join(ids[name] for name in sorted(inside))
    return "\n".join([*lines, "    classDef asked stroke-width:3px", f"    class {asked} asked"])


def _label(name: str) -> str:
    """`name` as a quoted Mermaid label: its special characters as entities."""
    return "".join(ch if ch.isalnum() or ch in " ._-/:" else f"#{ord(ch)};" for ch in name)
