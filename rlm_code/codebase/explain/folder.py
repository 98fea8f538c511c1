"""An explanation of a folder or the whole repository: purpose, parts, main definitions, ties to the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rlm_code.codebase.draft import Draft
from rlm_code.codebase.explain.file import purpose
from rlm_code.codebase.explain.parts import counted, definitions, history, most_used
from rlm_code.codebase.explain.purpose import first_sentence, purpose_of_file
from rlm_code.codebase.file import File, Import
from rlm_code.codebase.paths import folder_of

if TYPE_CHECKING:
    from rlm_code.codebase.repo import Repo

_MOST_PARTS = 14
_MOST_FILES = 60
_MOST_RANKED = 120
_SPEAKING = ("readme", "__init__", "mod", "lib", "index", "doc", "main", "package")


def explain_folder(repo: Repo, folder: str) -> Draft:
    """What structure says of a folder and all below it; of the whole repository if `folder` is ""."""
    draft = Draft()
    glob = f"/{folder}/" if folder else ""
    files = list(repo.files(glob))
    size = f"{counted(len(files), 'file')}, {counted(sum(file.line_count for file in files), 'line')}"
    title = f"{folder}/" if folder else repo.overview.name
    draft.say(f"{title} holds {size}{_languages(files)}{_purpose(draft, files, folder)}")
    _parts(draft, files, folder)
    ranked = repo.symbols(path=glob or None, limit=_MOST_RANKED)
    top = [symbol for symbol in ranked if not symbol.is_test and symbol.parent is None]
    definitions(draft, "Most used definitions:", most_used(top, 10))
    _ties(draft, [file for file in files if file.status in ("parsed", "partial")], folder)
    if repo.overview.has_history:
        history(draft, repo.commits(folder or None, limit=100))
    return draft


def _languages(files: Sequence[File]) -> str:
    lines: Counter[str] = Counter()
    for file in files:
        lines[file.language or ""] += file.line_count
    found = [language for language, _ in lines.most_common() if language]
    return f", mostly {found[0]}" if len(found) > 1 else f", all {found[0]}" if found else ""


def _purpose(draft: Draft, files: Sequence[File], folder: str) -> str:
    speaking = _speaking(files, folder)
    return purpose(draft, speaking) if speaking else "."


def _speaking(files: Sequence[File], folder: str) -> File | None:
    """The file that most likely says what a folder is for."""
    here = {_stem(file.path): file for file in reversed(files) if folder_of(file.path) == folder}
    return next((here[stem] for stem in _SPEAKING if stem in here), None)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0].lower()


def _parts(draft: Draft, files: Sequence[File], folder: str) -> None:
    parts: dict[str, list[File]] = {}
    for file in files:
        below = file.path.removeprefix(f"{folder}/" if folder else "")
        parts.setdefault(below.split("/")[0] + ("/" if "/" in below else ""), []).append(file)
    largest = sorted(parts, key=lambda name: (-_weight(parts[name]), name))
    rows = [[name, _size(parts[name]), _says(draft, name, parts[name], folder)] for name in largest[:_MOST_PARTS]]
    draft.say("Its parts, the largest first:")
    draft.table(rows + ([[f"… {len(parts) - _MOST_PARTS} more"]] if len(parts) > _MOST_PARTS else []))


def _weight(files: Sequence[File]) -> int:
    return sum(file.line_count for file in files if file.language)


def _size(files: Sequence[File]) -> str:
    lines = counted(sum(file.line_count for file in files), "line")
    return lines if len(files) == 1 else f"{counted(len(files), 'file')}, {lines}"


def _says(draft: Draft, name: str, files: Sequence[File], folder: str) -> str:
    part = f"{folder}/{name}".strip("/")
    file = files[0] if not name.endswith("/") else _speaking(files, part)
    if file is None or file.status not in ("parsed", "partial") or not file.line_count:
        return ""
    text, first, last = purpose_of_file(file.lines(1, 80).text.split("\n"))
    return f"{draft.prose(first_sentence(text))} {draft.cite(file.lines(first, min(last, first + 20)))}" if text else ""


def _ties(draft: Draft, files: Sequence[File], folder: str) -> None:
    """Which other folders this one imports from, and which import from it."""
    if not folder:
        return
    largest = sorted(files, key=lambda file: -file.line_count)[:_MOST_FILES]
    needs = [each for file in largest for each in file.imports() if each.target_path]
    users = [each for file in largest for each in file.importers()]
    _tie(draft, "It imports from", [(each.target_path or "", each) for each in needs], folder)
    _tie(draft, "It is imported from", [(each.path, each) for each in users], folder)


def _tie(draft: Draft, title: str, imports: Sequence[tuple[str, Import]], folder: str) -> None:
    outside = [(path, each) for path, each in imports if not path.startswith(f"{folder}/")]
    counts = Counter(folder_of(path) for path, _ in outside)
    if not counts:
        return
    first = {folder_of(path): each for path, each in reversed(outside)}
    parts = [
        f"{name or '.'}/ ({counted(count, 'import')}) {draft.cite(first[name])}"
        for name, count in counts.most_common(6)
    ]
    more = f" and {len(counts) - 6} more folders" if len(counts) > 6 else ""
    draft.say(f"{title} {', '.join(parts)}{more}.")
