"""Definitions beside universal-ctags': `python -m benchmarks.symbols FOLDER [LANGUAGE …] [--show N] [--all]`.

For each language of the files below FOLDER, over the kinds that both list: which part of ctags' tags is also
ours (recall) and which part of ours is also ctags' (precision), by path, name and line (any of its heading, and of
a function's body: ctags sees a selector of several lines where it ends, and each equation of one function). `--show N`
prints N differences of each side, `--all` every one.

How to read it: one line a language, with the number of symbols of each side; behind `--show`, `-` is what ctags alone
lists and `+` what we alone list. ctags is a peer and no judge: most of what one side alone lists is right, and a matter
of what counts (locals, uses, parameters). `docs/symbols.md` says what was found when each language's differences were
read. A difference that is our mistake wants a case in `tests/parse/test_definitions.py`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from rlm_code.parse import Language, language_of, parse_file
from rlm_code.parse.facts import Definition
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
    """ctags' name of a language; kinds of either side that the other does not list, or lists wherever they stand:
    what is of one of `ours` is neither missed nor too much."""

    name: str
    theirs: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()


def _peer(name: str, theirs: str = "", ours: str = "") -> Peer:
    return Peer(name, frozenset(theirs.split()), frozenset(ours.split()))


PEERS = {
    "ada": _peer("Ada", theirs="subprogspec variable constant", ours="variable constant"),
    "bash": _peer("Sh", ours="variable constant"),
    "c": _peer("C"),
    "c-sharp": _peer("C#"),
    "cpp": _peer("C++"),
    "css": _peer("CSS", ours="variable"),
    "elixir": _peer("Elixir", theirs="test implementation"),
    "fortran": _peer("Fortran"),
    "go": _peer("Go"),
    "haskell": _peer("Haskell", theirs="module", ours="field module"),
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
    "rst": _peer("ReStructuredText", theirs="citation"),
    "ruby": _peer("Ruby", theirs="describe context"),
    "rust": _peer("Rust", theirs="implementation"),
    "sql": _peer("SQL", theirs="label"),
    "starlark": _peer("Python", theirs="module namespace", ours="key"),
    "systemverilog": _peer("SystemVerilog", theirs="register net port assert block", ours="variable property"),
    "tsx": _peer("TypeScript", theirs="constant variable", ours="constant variable"),
    "typescript": _peer("TypeScript", theirs="constant variable", ours="constant variable"),
    "vhdl": _peer("VHDL", theirs="variable constant port generic alias", ours="variable constant property enum_member"),
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
    same: dict[Symbol, Symbol] = {}  # ours by each line on which ctags may see it
    for path in paths:
        for definition, symbol, lines in _symbols(language, path):
            if definition.kind not in peer.ours:
                found.ours[symbol] = definition.kind
            same.update((symbol._replace(line=line), symbol) for line in lines)
            same[symbol] = symbol
    for tag in _ctags(peer.name, paths):
        kind, name, place = str(tag.get("kind")), str(tag["name"]), str(tag["path"])
        if kind not in _NO_DEFINITION and kind not in peer.theirs and not _is_unnamed(tag, name, place):
            theirs = Symbol(place, _plain(name), int(str(tag["line"])))
            ours = same.get(theirs, theirs)
            if ours in found.ours or ours not in same:
                found.theirs[ours] = kind
    return found


def _symbols(language: Language, path: Path) -> Iterable[tuple[Definition, Symbol, range]]:
    """Our definitions in a file, with the lines of each on which ctags may see it."""
    data = path.read_bytes()
    starts = line_starts(data)
    for definition in parse_file(language, data).definitions:
        line = line_at(starts, definition.name_start)
        clauses = definition.kind in ("function", "variable")
        last = line_at(starts, min(definition.end if clauses else definition.header_end, len(data) - 1))
        lines = range(line + 1, (last if clauses else min(last, line + 30)) + 1)
        yield definition, Symbol(str(path), _plain(definition.name), line), lines


def _is_unnamed(tag: Mapping[str, object], name: str, path: str) -> bool:
    """Whether a tag is of something without a name, or of the file as OCaml's module."""
    if name in ("()", "_") or name.startswith(("__anon", "<lambda>")) or "anonymous" in str(tag.get("extras", "")):
        return True
    return tag.get("kind") == "module" and tag["line"] == 1 and name.lower() in Path(path).stem.lower().split(".")


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
