"""An explanation of one file: its purpose, what it defines, what it needs and who needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.codebase.draft import Draft
from rlm_code.codebase.explain.parts import definitions, history, located, most_used, names
from rlm_code.codebase.explain.ways import ways_in
from rlm_code.codebase.file import File
from rlm_code.codebase.lines import Lines, place_at
from rlm_code.codebase.prose import purpose_of_file, purpose_of_readme
from rlm_code.codebase.queries import SEARCHED
from rlm_code.codebase.symbol import Symbol
from rlm_code.text import counted, printable_line

if TYPE_CHECKING:
    from rlm_code.codebase.repo import Repo

_PROSE = (".md", ".rst", ".txt", ".adoc")
_MOST_ROWS = 12
_MOST_TIES = 8
_LOOKED_AT = 100
_MOST_RANKED = 80


def explain_file(repo: Repo, file: File) -> Draft:
    """What structure says of one file."""
    draft = Draft()
    kind = f"{file.language} file" if file.language else "file"
    draft.say(f"{printable_line(file.path)} is a {kind} of {counted(file.line_count, 'line')}{purpose(draft, file)}")
    if file.status not in ("parsed", "text"):
        draft.say(f"It is {file.status.replace('_', ' ')}, so what follows may miss things. {file.detail}".rstrip())
    top = _top(file)
    shown = most_used(repo, top[:_MOST_RANKED], _MOST_ROWS)
    cut = len(top) > len(shown)
    definitions(draft, f"Of its {len(top)} definitions, the public ones most used:" if cut else "It defines:", shown)
    ways_in(repo, draft, shown, lambda path: path == file.path)
    _needs(draft, file)
    _needed_by(draft, file)
    if not draft.citations and file.line_count:
        draft.say(f"It begins so: {place_at(file.path, 1)} {draft.cite(file.lines(1, min(3, file.line_count)))}")
    if repo.overview.has_history:
        history(draft, lambda: file.commits(limit=100))
    return draft


def _top(file: File) -> list[Symbol]:
    """The definitions at the top of a file, or directly inside a module at its top; overloads once."""
    top = [symbol for symbol in file.symbols() if symbol.is_top_level]
    flat = [each for symbol in top for each in (symbol.children() if symbol.kind == "module" else [symbol])]
    return list({symbol.qualified_name: symbol for symbol in flat if symbol.kind != "module"}.values())


def stated_purpose(file: File) -> tuple[str, Lines | None]:
    """What a file says it is for, and where; ("", None) where it says nothing."""
    if file.status not in SEARCHED or not file.line_count:
        return "", None
    read = purpose_of_readme if file.path.lower().endswith(_PROSE) else purpose_of_file
    text, first, last = read(file.lines(1, _LOOKED_AT).text.split("\n"))
    return text, file.lines(first, min(last, first + 20)) if text else None


def purpose(draft: Draft, file: File) -> str:
    """The end of a sentence about a file, with the purpose that it states as a paragraph after it."""
    text, lines = stated_purpose(file)
    return f".\n\n{draft.prose(text)} ({file.path}:{lines.start_line}) {draft.cite(lines)}\n" if lines else "."


def _needs(draft: Draft, file: File) -> None:
    imports = file.imports()
    inside = {each.target_path: each for each in reversed(imports) if each.target_path not in (None, file.path)}
    outside = [each.module for each in imports if not each.target_path and each.module != "__future__"]
    if inside:
        draft.say(f"It imports from {counted(len(inside), 'file')} of this repository:")
        order = sorted(inside.values(), key=lambda each: each.line)
        located(draft, [(each, each.target_path or "", "") for each in order], _MOST_TIES)
    if outside:
        draft.say(f"It imports from outside: {names(outside, 12)}.")


def _needed_by(draft: Draft, file: File) -> None:
    first = {each.path: each for each in reversed(file.importers())}
    code = [first[path] for path in sorted(first) if not first[path].is_test]
    tests = [path for path in sorted(first) if first[path].is_test]
    if code:
        draft.say(f"Imported by {counted(len(code), 'file')}:")
        located(draft, [(each, draft.code(each.text), "") for each in code], _MOST_TIES)
    if tests:
        draft.say(f"Tests that import it: {names(tests, 4)}.")
