"""The repository as one object: what a person, an editor and a language model explore."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rlm_code.codebase.commit import Commit
from rlm_code.codebase.file import File
from rlm_code.codebase.globs import matcher
from rlm_code.codebase.inherited import inherited
from rlm_code.codebase.listing import Listing, Shown
from rlm_code.codebase.meant import meant_by
from rlm_code.codebase.near import bare_name, near_names, near_paths
from rlm_code.codebase.places import Chain, Overview, Ranked
from rlm_code.codebase.queries import EVERYTHING, SEARCHED, Queries
from rlm_code.codebase.search import Hits
from rlm_code.codebase.symbol import Reference, Symbol, listing_of, symbols_of
from rlm_code.codebase.tree import tree
from rlm_code.codebase.view import View
from rlm_code.text import counted

if TYPE_CHECKING:
    from rlm_code.codebase.draft import Draft

_MOST_FOUND = 10_000


class Repo:
    """A snapshot of a codebase: files, definitions, references, history."""

    __slots__ = ("_view",)

    def __init__(self, queries: Queries, matched: Callable[[Sequence[str]], None] | None = None) -> None:
        self._view = View(queries, matched)

    @property
    def overview(self) -> Overview:
        """Its size and shape."""
        return Overview(*self._view.queries.overview())

    def tree(self, folder: str = "", depth: int = 2) -> Shown:
        """The files and folders below a folder as indented text, deeper levels counted."""
        wanted = folder.removeprefix("./").strip("/")
        below = [row for path, row in self._view.files.items() if not wanted or path.startswith(f"{wanted}/")]
        if not below:
            raise LookupError(f"no folder {wanted!r}; the top holds {', '.join(self._top()) or 'nothing'}")
        return Shown(tree(below, wanted, depth))

    def files(self, glob: str = "", language: str | None = None) -> Listing[File]:
        """All files that match, in order of path. `glob`: "/src/" (at the root), "src/" (anywhere), "*.py"."""
        rows = [self._view.files[path] for path in self._paths(glob, language)]
        return Listing.whole((File(self._view, row) for row in rows), "files")

    def file(self, path: str) -> File:
        """One file, by its path or an ending of it that no other has. LookupError names near misses."""
        files = self._view.files
        wanted = path.removeprefix("./")
        if wanted in files:
            return File(self._view, files[wanted])
        ending = [other for other in files if other.endswith(f"/{wanted}")]
        if len(ending) == 1:
            return File(self._view, files[ending[0]])
        near = ending[:5] or near_paths(wanted, files)
        raise LookupError(f"no file {path!r}" + (f"; did you mean {', '.join(near)}?" if near else ""))

    def find(self, name: str, kind: str | None = None, path: str = "", limit: int | None = 20) -> Listing[Symbol]:
        """Definitions called `name`, bare or qualified ("run", "Flask.run"), the likeliest first; `path` is a glob.

        A member that a class inherits is found where it stands.
        """
        matches = matcher(path)
        most = _MOST_FOUND if limit is None else limit
        rows = self._view.queries.find(name, kind, _MOST_FOUND if path else most + 1)
        found = [Symbol(self._view, row) for row in rows if matches(row.path)]
        if not rows and "." in name:
            found = [each for each in self._inherited(name) if kind in (None, each.kind) and matches(each.path)]
        if not rows and not found and not (kind and self._view.queries.find(name, None, 1)):
            return Listing([], f"definitions of {name}", 0, self._used_undefined(name))
        return Listing.cut(found, f"definitions of {name}", most)

    def symbol(self, name: str, kind: str | None = None, path: str = "") -> Symbol:
        """The one definition with this name. LookupError names the candidates if there are several or none."""
        found = self.find(name, kind, path)
        meant = meant_by(name, found)
        if len(meant) == 1:
            return meant[0]
        if found:
            hint = "give kind or path ('/src/' is the folder at the root), or use repo.find"
            listed = Listing(meant, f"definitions of {name}", len(meant) if found.complete else None)
            raise LookupError(f"{len(meant)} definitions are called {name!r}: {hint}\n{listed!r}")
        near = [symbol.qualified_name for symbol in self.near(name)]
        alike = [f"alike: {', '.join(near)}"] if near else []
        raise LookupError("; ".join([f"nothing here defines {name!r}", *found.blind_spots, *alike]))

    def near(self, name: str) -> Listing[Symbol]:
        """Definitions called almost like `name`, at most five."""
        return symbols_of(self._view, near_names(name, self._view.queries), f"definitions called almost like {name}")

    def symbols(
        self, contains: str = "", kind: str | None = None, path: str | None = None, limit: int | None = 100
    ) -> Listing[Symbol]:
        """Definitions whose name contains a text, in any case, in files that match the glob `path`."""
        most = EVERYTHING - 1 if limit is None else limit
        rows = self._view.queries.symbols(contains, kind, path, most + 1)
        return Listing.cut([Symbol(self._view, row) for row in rows], "definitions", most)

    def search(
        self,
        pattern: str,
        path: str = "",
        *,
        regex: bool = True,
        ignore_case: bool = False,
        language: str | None = None,
        limit: int | None = 100,
        seconds: float = 60,
    ) -> Hits:
        """Lines that match a Python regular expression (`^`, `$` at each line), or a text if not `regex`.

        What `seconds` do not suffice for is among the blind spots.
        """
        paths = [other for other in self._paths(path, language) if self._view.files[other].status in SEARCHED]
        most = EVERYTHING if limit is None else limit
        page = self._view.queries.search(paths, pattern, regex, ignore_case, most, seconds)
        if paths:
            self._view.matched(list(page.counts))
        return Hits(self._view, page, len(paths))

    def rank(self, question: str, limit: int = 20) -> Listing[Ranked]:
        """Places that most likely answer a question, a bug report or a stack trace; best first."""
        rows = self._view.queries.rank(question, limit)
        return Listing.whole((Ranked(self._view, row) for row in rows), "ranked places")

    def central(self, folder: str = "", limit: int = 20) -> Listing[Symbol]:
        """The definitions in a folder that most other code means: where to begin."""
        rows = self._view.queries.central(f"{folder.strip('/')}/" if folder.strip("/") else "", limit)
        return Listing.whole((Symbol(self._view, row) for row in rows), "central definitions")

    def explain(self, target: Symbol | File | str = "") -> Draft:
        """What structure says of a symbol, file, folder or (by default) the whole, with citations."""
        from rlm_code.codebase.explain import explain

        return explain(self, target)

    def call_path(self, source: Symbol | str, target: Symbol | str, limit: int = 3) -> Listing[Chain]:
        """Chains of references from one definition to another, shortest first."""
        ends = [end if isinstance(end, Symbol) else self.symbol(end) for end in (source, target)]
        chains = self._view.queries.call_path(list(ends[0].key), list(ends[1].key), limit + 1)
        noun = f"chains from {ends[0].name} to {ends[1].name}"
        return Listing.cut([Chain.of(self._view, rows) for rows in chains], noun, limit)

    def uses_of_name(self, name: str, limit: int | None = 100) -> Listing[Reference]:
        """Uses of a name, defined here or not."""
        most = EVERYTHING if limit is None else limit
        return listing_of(self._view, self._view.queries.uses_of_name(name, most), f"uses of the name {name}")

    def symbol_at(self, path: str, line: int) -> Symbol | None:
        """The innermost definition around a line, if any."""
        row = self._view.enclosing(self.file(path).path, line)
        return Symbol(self._view, row) if row else None

    def definition_at(self, path: str, line: int, column: int | str = 0) -> Listing[Symbol]:
        """What a name on a line refers to. `column` in bytes from 0, or the name as written there."""
        rows = self._view.queries.definition_at(path, line, self._column(path, line, column))
        return Listing.whole((Symbol(self._view, row) for row in rows), f"definitions for {path}:{line}")

    def references_at(self, path: str, line: int, column: int | str = 0) -> Listing[Reference]:
        """All uses of what a name on a line refers to or defines."""
        page = self._view.queries.references_at(path, line, self._column(path, line, column))
        return listing_of(self._view, page, f"uses of what is at {path}:{line}")

    def commits(
        self, path: str | None = None, *, text: str | None = None, since: str | None = None, limit: int = 20
    ) -> Listing[Commit]:
        """The commits that changed the repository, a folder or a file, gone ones too, newest first; those that
        added or removed `text`; those `since` a date or tag."""
        rows = self._view.queries.commits(path, None, None, limit + 1, text, since)
        noun = f"commits that added or removed {text!r}" if text else "commits"
        return Listing.cut([Commit(self._view, row) for row in rows], noun, limit)

    def commit(self, sha: str) -> Commit:
        """One commit, by its id or a tag."""
        return Commit(self._view, self._view.queries.commit(sha))

    def __repr__(self) -> str:
        return f"<Repo {self.overview!r}>"

    def _inherited(self, name: str) -> list[Symbol]:
        owner, _, member = name.rpartition(".")
        owners = (Symbol(self._view, row) for row in self._view.queries.find(owner, None, 3))
        found = (inherited(each, member) for each in owners)
        return list(dict.fromkeys(each for each in found if each is not None))

    def _used_undefined(self, name: str) -> list[str]:
        """What may hide the definition of a name that is used, though nothing that was parsed defines it."""
        bare = bare_name(name)
        if bare != name and self._view.queries.find(bare, None, 1):
            return [f"what is called {bare} here has other names before it: see repo.find({bare!r})"]
        total = self._view.queries.uses_of_name(bare, 1).total if bare else 0
        if not total:
            return []
        where = "a macro, generated code or another package may"
        return [f"{bare} is used {counted(total, 'time')}, so {where} define it: see repo.uses_of_name({bare!r})"]

    def _paths(self, glob: str, language: str | None) -> list[str]:
        matches = matcher(glob)
        return [path for path, row in self._view.files.items() if language in (None, row.language) and matches(path)]

    def _top(self) -> list[str]:
        return list(dict.fromkeys(path.split("/")[0] for path in self._view.files))[:20]

    def _column(self, path: str, line: int, name: str | int) -> int:
        if isinstance(name, int):
            return name
        text = self.file(path).lines(line, line).text
        if name not in text:
            raise LookupError(f"{name!r} is not on line {line} of {path}: {text.strip()[:120]}")
        return len(text[: text.index(name)].encode())
