"""References beside a compiler's: `python -m benchmarks.references FOLDER INDEX.scip [--show N] [--sure] [--kind K]`.

For each symbol that the SCIP index defines in FOLDER, the places that refer to it by the index (made by scip-python,
scip-typescript, …) and by `references_at` its definition: recall, precision and F1 over all pairs of symbol and
place, by kind of symbol, then the commonest kinds of difference. `--show N` prints N of each, `--sure` leaves out
what we know by name alone, `--kind` looks at one kind of symbol.
The index is a peer and no judge: read the differences before believing either.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks.scip import DEFINITION, Document, byte_column, read
from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.open import open_host

_SUFFIXES = (
    ("module", r"[:/!]$"),
    ("parameter", r"\([^()]*\)$"),
    ("function", r"\(.*\)\.$"),
    ("type parameter", r"\]$"),
    ("class", r"#$"),
    ("member", r"#[^#/]+\.$"),
    ("variable", r"\.$"),
)


class Place(NamedTuple):
    """Where a name starts: the line from 1, the column in bytes from 0."""

    path: str
    line: int
    column: int


@dataclass
class Wanted:
    """One symbol by the index: where it is defined and where it is used."""

    symbol: str
    definitions: list[Place] = field(default_factory=list)
    uses: set[Place] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """What the index's name for it says it is."""
        if self.symbol.startswith("local "):
            return "local"
        return next((kind for kind, suffix in _SUFFIXES if re.search(suffix, self.symbol)), "other")


@dataclass
class Tally:
    """Pairs of symbol and place."""

    both: int = 0
    missing: int = 0
    extra: int = 0

    def __str__(self) -> str:
        recall = self.both / max(1, self.both + self.missing)
        precision = self.both / max(1, self.both + self.extra)
        f1 = 2 * recall * precision / max(1e-9, recall + precision)
        return f"recall {recall:.3f}  precision {precision:.3f}  F1 {f1:.3f}  ({self.both} both, " + (
            f"{self.missing} missing, {self.extra} extra)"
        )


class Difference(NamedTuple):
    """One place that only one side has."""

    how: str
    wanted: Wanted
    place: Place


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.references")
    parser.add_argument("folder", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--sure", action="store_true")
    parser.add_argument("--kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        queries = open_host(options.folder, untracked=True, cache_dir=cache)
        wanted = [one for one in wanted_of(options.index, queries) if options.kind in (None, one.kind)]
        tallies, differences = compare(queries, wanted, sure=options.sure)
        _report(queries, tallies, differences, options.show)
        queries.close()


def wanted_of(index: Path, queries: HostQueries) -> list[Wanted]:
    """The symbols that an index defines, modules left out."""
    known = {row.path for row in queries.files()}
    found: dict[str, Wanted] = {}
    for document in read(index):
        if document.path in known:
            for symbol, place, is_definition in _occurrences(document, queries.data(document.path).split(b"\n")):
                key = f"{document.path} {symbol}" if symbol.startswith("local ") else symbol
                one = found.setdefault(key, Wanted(symbol))
                if is_definition:
                    one.definitions.append(place)
                else:
                    one.uses.add(place)
    return [one for one in found.values() if one.definitions and one.kind != "module"]


def _occurrences(document: Document, lines: list[bytes]) -> Iterator[tuple[str, Place, bool]]:
    for row in document.occurrences:
        if row.line < len(lines) and row.end_column > row.column:
            column = byte_column(lines[row.line], row.column, document.encoding)
            yield row.symbol, Place(document.path, row.line + 1, column), bool(row.roles & DEFINITION)


def compare(
    queries: HostQueries, wanted: list[Wanted], *, sure: bool
) -> tuple[dict[str, Tally], dict[str, list[Difference]]]:
    """What both sides say of the symbols: numbers by kind of symbol, differences by what they have in common."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    differences: dict[str, list[Difference]] = defaultdict(list)
    for one in wanted:
        ours = _ours(queries, one.definitions[0], sure=sure)
        if ours is None:
            how = f"{one.kind}: no definition of ours"
            differences[how] += [Difference(how, one, place) for place in one.uses or one.definitions[:1]]
            ours = {}
        for place in one.definitions:
            ours.pop(place, None)
        uses = one.uses - set(one.definitions)
        for tally in (tallies[one.kind], tallies["all"]):
            tally.both += len(uses & ours.keys())
            tally.missing += len(uses - ours.keys())
            tally.extra += len(ours.keys() - uses)
        for place in uses - ours.keys():
            differences[f"{one.kind}: missing"].append(Difference("missing", one, place))
        for place in ours.keys() - uses:
            differences[f"{one.kind}: extra, {ours[place]}"].append(Difference("extra", one, place))
    return tallies, differences


def _ours(queries: HostQueries, definition: Place, *, sure: bool) -> dict[Place, str] | None:
    """The uses of what stands at a place, with how they are known; None if nothing is defined there."""
    if not queries.definition_at(*definition):
        return None
    rows = queries.references_at(*definition).rows
    kept = [row for row in rows if not (sure and row.certainty == "name")]
    return {Place(row.path, row.line, row.column): f"{row.certainty} {row.role}" for row in kept}


def _report(
    queries: HostQueries, tallies: dict[str, Tally], differences: dict[str, list[Difference]], show: int
) -> None:
    for kind, tally in sorted(tallies.items(), key=lambda item: -item[1].both - item[1].missing):
        print(f"{kind:15} {tally}")
    for kind, found in sorted(differences.items(), key=lambda item: -len(item[1])):
        print(f"\n{len(found):6} {kind}")
        names = Counter(one.wanted.symbol.rsplit(" ", 1)[-1] for one in found)
        print("       " + ", ".join(f"{name} {count}" for name, count in names.most_common(8)))
        for one in found[:: max(1, len(found) // show)][:show] if show else ():
            line = queries.data(one.place.path).split(b"\n")[one.place.line - 1].decode("utf-8", "replace")
            print(f"    {one.place.path}:{one.place.line}:{one.place.column}  {line.strip()[:110]}")
            print(f"        of {one.wanted.symbol[-70:]} at {':'.join(map(str, one.wanted.definitions[0]))}")


if __name__ == "__main__":
    main()
