"""An explanation of one file: its purpose, what it defines, what it needs and who needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.codebase.draft import Draft
from rlm_code.codebase.explain.parts import counted, definitions, history, most_used, names
from rlm_code.codebase.explain.purpose import purpose_of_file, purpose_of_readme
from rlm_code.codebase.file import File, Import
from rlm_code.codebase.paths import is_test

if TYPE_CHECKING:
    from rlm_code.codebase.repo import Repo

_PROSE = (".md", ".rst", ".txt", ".adoc")
_MOST_ROWS = 12
_MOST_RANKED = 80


def explain_file(repo: Repo, file: File) -> Draft:
    """What structure says of one file."""
    draft = Draft()
    kind = f"{file.language} file" if file.language else "file"
    draft.say(f"{file.path} is a {kind} of {counted(file.line_count, 'line')}{purpose(draft, file)}")
    if file.status not in ("parsed", "text"):
        draft.say(f"It is {file.status.replace('_', ' ')}, so what follows may miss things. {file.detail}".rstrip())
    top = [symbol for symbol in file.symbols() if symbol.parent is None or symbol.parent.kind == "module"]
    shown = most_used(top[:_MOST_RANKED], _MOST_ROWS)
    cut = f", the {len(shown)} most used of {len(top)}" if len(top) > len(shown) else ""
    definitions(draft, f"It defines{cut}:", shown)
    _needs(draft, file)
    _needed_by(draft, file)
    if repo.overview.has_history:
        history(draft, file.commits(limit=100))
    return draft


def purpose(draft: Draft, file: File) -> str:
    """ ": what it says it is for [n]", or "." where it says nothing."""
    if file.status not in ("parsed", "partial", "text") or not file.line_count:
        return "."
    read = purpose_of_readme if file.path.lower().endswith(_PROSE) else purpose_of_file
    text, first, last = read(file.lines().text.split("\n"))
    return f":\n{draft.prose(text)} {draft.cite(file.lines(first, min(last, first + 20)))}" if text else "."


def _needs(draft: Draft, file: File) -> None:
    imports = file.imports()
    inside = [each for each in imports if each.target_path and each.target_path != file.path]
    outside = [each.module for each in imports if not each.target_path]
    if inside:
        draft.say(f"It imports from this repository: {_imported(draft, inside)}.")
    if outside:
        draft.say(f"From outside: {names(outside, 12)}.")


def _imported(draft: Draft, imports: list[Import]) -> str:
    first = {each.target_path: each for each in reversed(imports)}
    paths = list(dict.fromkeys(each.target_path for each in imports))
    shown = ", ".join(f"{path} {draft.cite(first[path])}" for path in paths[:8])
    return shown if len(paths) <= 8 else f"{shown} and {len(paths) - 8} more"


def _needed_by(draft: Draft, file: File) -> None:
    importers = {each.path: each for each in reversed(file.importers())}
    code = [path for path in sorted(importers) if not is_test(path)]
    tests = [path for path in sorted(importers) if is_test(path)]
    if code:
        draft.say(f"Imported by {counted(len(code), 'file')}:")
        rows = [[f"{path}:{importers[path].line}", draft.cite(importers[path])] for path in code[:_MOST_ROWS]]
        draft.table(rows + ([[f"… {len(code) - _MOST_ROWS} more"]] if len(code) > _MOST_ROWS else []))
    if tests:
        draft.say(f"Tests that import it: {names(tests, 4)}.")
