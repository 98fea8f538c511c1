"""An explanation of a folder or the whole repository: purpose, parts, main definitions, ties to the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from rlm_code.codebase.draft import Draft
from rlm_code.codebase.explain.file import purpose, stated_purpose
from rlm_code.codebase.explain.parts import definitions, history, located, names
from rlm_code.codebase.explain.ways import ways_in
from rlm_code.codebase.file import File, Import
from rlm_code.codebase.prose import first_sentence
from rlm_code.codebase.symbol import Symbol
from rlm_code.places import folder_of, is_test
from rlm_code.text import counted

if TYPE_CHECKING:
    from rlm_code.codebase.repo import Repo

_MOST_PARTS = 14
_MOST_TIES = 6
_MOST_FILES = 200
_MOST_RANKED = 60
_MOST_ROWS = 10
_TELLING = ("class", "interface", "struct", "enum", "trait", "type", "function", "macro")
_SPEAKING = ("readme", "__init__", "mod", "lib", "index", "doc", "main", "package")


def explain_folder(repo: Repo, folder: str) -> Draft:
    """What structure says of a folder and all below it; of the whole repository if `folder` is ""."""
    draft = Draft()
    files = list(repo.files(f"/{folder}/" if folder else ""))
    size = f"{counted(len(files), 'file')}, {counted(sum(file.line_count for file in files), 'line')}"
    title = f"{folder}/" if folder else repo.overview.name
    draft.say(f"{title} holds {size}{_languages(files)}{_purpose(draft, files, folder)}")
    _parts(draft, files, folder)
    main = _main(repo, folder)
    definitions(draft, "What other code uses most:", main)
    if folder:
        ways_in(repo, draft, main, lambda path: path.startswith(f"{folder}/"))
    _ties(draft, [file for file in files if file.status in ("parsed", "partial")], folder)
    if repo.overview.has_history:
        history(draft, lambda: repo.commits(folder or None, limit=100))
    return draft


def _main(repo: Repo, folder: str) -> list[Symbol]:
    """The public definitions on their own that matter most, overloads once."""
    telling = (each for each in repo.central(folder, _MOST_RANKED) if each.kind in _TELLING and each.is_top_level)
    once = {(symbol.path, symbol.qualified_name): symbol for symbol in telling}
    return list(islice((symbol for symbol in once.values() if symbol.visibility == "public"), _MOST_ROWS))


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
    order = sorted(
        parts, key=lambda name: (_all_tests(parts[name]), -_weight(parts[name]), not name.endswith("/"), name)
    )
    shown = [name for name in order if _weight(parts[name]) or name.endswith("/")][:_MOST_PARTS] or order[:_MOST_PARTS]
    rows = [_part(draft, name, parts[name], folder) for name in shown]
    more = [[f"… and {counted(len(parts) - len(shown), 'other part')}"]] if len(parts) > len(shown) else []
    draft.say("Its parts, code before tests, the largest first:")
    draft.table(rows + more)


def _all_tests(files: Sequence[File]) -> bool:
    return all(file.is_test for file in files)


def _weight(files: Sequence[File]) -> int:
    return sum(file.line_count for file in files if file.language)


def _size(files: Sequence[File]) -> str:
    lines = counted(sum(file.line_count for file in files), "line")
    return lines if len(files) == 1 else f"{counted(len(files), 'file')}, {lines}"


def _part(draft: Draft, name: str, files: Sequence[File], folder: str) -> list[str]:
    """A part with its size and, where it says what it is for, the place that does."""
    file = files[0] if not name.endswith("/") else _speaking(files, _only_below(files, f"{folder}/{name}".strip("/")))
    text, lines = stated_purpose(file) if file else ("", None)
    if lines is None:
        return [name, _size(files)]
    return [
        name,
        _size(files),
        draft.prose(first_sentence(text)),
        f"{lines.path}:{lines.start_line}",
        draft.cite(lines),
    ]


def _only_below(files: Sequence[File], folder: str) -> str:
    """The folder itself, or the one inside it that holds all: src/ often holds one package."""
    folders = {file.path.removeprefix(f"{folder}/").split("/")[0] for file in files}
    inside = f"{folder}/{next(iter(folders))}"
    return inside if len(folders) == 1 and files[0].path.startswith(f"{inside}/") else folder


def _ties(draft: Draft, files: Sequence[File], folder: str) -> None:
    """Which other folders this one imports from, and which import from it."""
    if not folder:
        return
    read = files[:_MOST_FILES]
    needs = [(each.target_path, each) for file in read for each in file.imports() if each.target_path]
    users = [(each.path, each) for file in read for each in file.importers()]
    _tie(draft, "It imports from", needs, folder)
    _tie(draft, "It is imported from", users, folder)
    if tests := sorted({path for path, each in users if each.is_test}):
        draft.say(f"Tests that import it: {names(tests, 4)}.")


def _tie(draft: Draft, title: str, imports: Sequence[tuple[str, Import]], folder: str) -> None:
    outside = [(folder_of(path), each) for path, each in imports if not path.startswith(f"{folder}/")]
    counts = Counter(other for other, _ in {(other, each.place) for other, each in outside})
    if counts:
        first = dict(reversed(outside))
        draft.say(f"{title} {counted(len(counts), 'other folder')}:")
        order = sorted(counts.items(), key=lambda pair: (is_test(f"{pair[0]}/x"), -pair[1], pair[0]))
        rows = [(first[other], f"{other or '.'}/", counted(count, "import")) for other, count in order]
        located(draft, rows, _MOST_TIES)
