"""Definitions beside universal-ctags': `python -m benchmarks.symbols FOLDER [LANGUAGE …] [--show N] [--all]`.

For each language of the files below FOLDER, over the kinds that both list: which part of ctags' tags is also
ours (recall) and which part of ours is also ctags' (precision), by path, name and line (any of its heading: ctags
sees a selector of several lines where it ends). `--show N` prints N differences of each side, `--all` every one.
ctags is a peer and no judge: read the differences before believing either.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from rlm_code.parse import Language, language_of, parse_file
from rlm_code.text import line_at, line_starts

# What is no definition wherever ctags lists it: uses, labels, what a module imports, documents inside documents.
_NO_DEFINITION = frozenset({
    "label", "header", "unknown", "heredoc", "packageName", "library", "script", "stylesheet", "makefile",
    "subparser", "anonMember", "title",
})  # fmt: skip


class Symbol(NamedTuple):
    """One definition as both sides can name it. `line` is of its name, from 1."""

    path: str
    name: str
    line: int


@dataclass(frozen=True)
class Peer:
    """ctags' name of a language; kinds of either side that the other does not list, or lists wherever they stand."""

    name: str
    theirs: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()


def _peer(name: str, theirs: str = "", ours: str = "") -> Peer:
    return Peer(name, frozenset(theirs.split()), frozenset(ours.split()))


PEERS = {
    "bash": _peer("Sh", ours="variable constant"),
    "c": _peer("C"),
    "c-sharp": _peer("C#"),
    "cpp": _peer("C++"),
    "css": _peer("CSS", ours="variable"),
    "elixir": _peer("Elixir", theirs="test implementation"),
    "fortran": _peer("Fortran"),
    "go": _peer("Go"),
    "haskell": _peer("Haskell", ours="field"),
    "html": _peer("HTML", theirs="class"),
    "java": _peer("Java"),
    "javascript": _peer("JavaScript"),
    "julia": _peer("Julia", ours="variable"),
    "kotlin": _peer("Kotlin", theirs="variable constant", ours="enum_member property constant"),
    "lua": _peer("Lua", ours="variable field"),
    "make": _peer("Make"),
    "markdown": _peer("Markdown"),
    "matlab": _peer("MatLab", theirs="variable", ours="property method constructor enum_member variable"),
    "objc": _peer("ObjectiveC", theirs="category"),
    "ocaml": _peer("OCaml"),
    "ocaml-interface": _peer("OCaml"),
    "pascal": _peer(
        "Pascal", ours="module constant variable field property type class struct interface enum enum_member"
    ),
    "perl": _peer("Perl", ours="variable"),
    "php": _peer("PHP", theirs="alias"),
    "powershell": _peer(
        "PowerShell", theirs="variable", ours="variable class method field enum enum_member constructor"
    ),
    "python": _peer("Python", theirs="module namespace"),
    "ruby": _peer("Ruby", theirs="describe context"),
    "rust": _peer("Rust", theirs="implementation"),
    "sql": _peer("SQL", theirs="label"),
    "tsx": _peer("TypeScript", theirs="constant variable", ours="constant variable"),
    "typescript": _peer("TypeScript", theirs="constant variable", ours="constant variable"),
}


@dataclass
class Comparison:
    """Both sides' symbols of one language, with the kind that each side gave them."""

    theirs: dict[Symbol, str] = field(default_factory=dict)
    ours: dict[Symbol, str] = field(default_factory=dict)

    def missed(self) -> list[tuple[Symbol, str]]:
        """What ctags alone lists, in order."""
        return sorted((symbol, kind) for symbol, kind in self.theirs.items() if symbol not in self.ours)

    def extra(self) -> list[tuple[Symbol, str]]:
        """What we alone list, in order."""
        return sorted((symbol, kind) for symbol, kind in self.ours.items() if symbol not in self.theirs)


def compare(language: Language, peer: Peer, paths: list[Path]) -> Comparison:
    """The symbols that both sides find in `paths`, all of `language`."""
    found = Comparison()
    below: dict[Symbol, Symbol] = {}  # ours by the lines of its heading after the name's
    for path in paths:
        data = path.read_bytes()
        starts = line_starts(data)
        for definition in parse_file(language, data).definitions:
            if definition.kind not in peer.ours:
                line = line_at(starts, definition.name_start)
                symbol = Symbol(str(path), _plain(definition.name), line)
                found.ours[symbol] = definition.kind
                last = line_at(starts, min(definition.header_end, len(data) - 1))
                below.update(
                    (symbol._replace(line=other), symbol) for other in range(line + 1, min(last, line + 30) + 1)
                )
    for tag in _ctags(peer.name, paths):
        kind, name = str(tag.get("kind")), str(tag["name"])
        anonymous = name.startswith(("__anon", "<lambda>")) or "anonymous" in str(tag.get("extras", ""))
        if kind not in _NO_DEFINITION and kind not in peer.theirs and not anonymous:
            symbol = Symbol(str(tag["path"]), _plain(name), int(str(tag["line"])))
            found.theirs[symbol if symbol in found.ours else below.get(symbol, symbol)] = kind
    return found


def _plain(name: str) -> str:
    """A name as both sides write it: its last part, without blanks, quotes and leading marks."""
    bare = "".join(name.split()).strip("\"'`").lstrip(".#$@&")
    if bare.endswith("}") and not bare.startswith("{"):  # Julia's parameters
        bare = bare[: bare.index("{")] if "{" in bare else bare
    if bare.startswith("operator"):
        return bare
    if bare.endswith(":"):  # a selector: ours is its first part
        return bare.split(":")[0]
    for separator in ("::", ":", ".", "\\"):
        bare = bare.rsplit(separator, 1)[-1] or bare
    return bare


def _ctags(language: str, paths: Iterable[Path]) -> Iterable[dict[str, object]]:
    command = ["ctags", "--options=NONE", "--output-format=json", "--fields=+nKzE", "--extras=-q", "--sort=no"]
    command += [f"--language-force={language}", "-f", "-", "-L", "-"]
    listed = "".join(f"{path}\n" for path in paths)
    done = subprocess.run(command, input=listed, capture_output=True, text=True, errors="replace", check=True)
    for line in done.stdout.split("\n"):
        tag = json.loads(line or "{}")
        if tag.get("_type") == "tag" and "line" in tag:
            yield tag


def read(folder: Path) -> dict[Language, list[Path]]:
    """The files below `folder` by their language, larger ones than 2 MB left out."""
    found: dict[Language, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and ".git" not in path.parts and path.stat().st_size < 2_000_000:
            language = language_of(path.name, path.read_bytes()[:16_384])
            if language:
                found[language].append(path)
    return found


def report(language: Language, found: Comparison, show: int) -> None:
    """Prints one line of figures, and examples of what one side alone lists."""
    missed, extra = found.missed(), found.extra()
    recall = 1 - len(missed) / (len(found.theirs) or 1)
    precision = 1 - len(extra) / (len(found.ours) or 1)
    print(f"{language.name:16} {len(found.theirs):7} {len(found.ours):7} {recall:7.3f} {precision:9.3f}")
    for mark, symbols in (("-", missed), ("+", extra)):
        if show and symbols:
            print(f"  {mark} {dict(Counter(kind for _, kind in symbols).most_common())}")
        step = max(1, len(symbols) // show) if show else 1
        for symbol, kind in symbols[::step][:show]:
            print(f"  {mark} {symbol.path}:{symbol.line} {kind} {symbol.name}")


def main(arguments: list[str]) -> None:
    """Compares every language below a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args(arguments)
    print(f"{'language':16} {'ctags':>7} {'ours':>7} {'recall':>7} {'precision':>9}")
    for language, paths in sorted(read(options.folder).items(), key=lambda item: item[0].name):
        peer = PEERS.get(language.name)
        if peer and (not options.languages or language.name in options.languages):
            report(language, compare(language, peer, paths), 1_000_000 if options.all else options.show)


if __name__ == "__main__":
    main(sys.argv[1:])
