"""Precision and recall of the call graph of Python over the small programs in `tests/index/call_graph/cases`.

    python -m benchmarks.call_graph

The programs say beside each call what it runs; `tests/index/call_graph/truth.py` says what counts as an edge.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import Figure
from rlm_code.codebase.open import open_host
from tests.index.call_graph.truth import Case, cases, expected, found_forwards


class Score(NamedTuple):
    """How many edges were found, how many of them are true, how many there are."""

    found: int
    true: int
    there: int

    def __add__(self, other: object) -> Score:
        return Score(*map(sum, zip(self, other, strict=True))) if isinstance(other, Score) else NotImplemented

    @property
    def precision(self) -> float:
        """The part of what was found that is true."""
        return self.true / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The part of what is there that was found."""
        return self.true / self.there if self.there else 1.0


def score(case: Case, folder: Path) -> Score:
    """What the calls of one program come to."""
    root = folder / case.category / case.name
    for path, text in case.files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    queries = open_host(root, cache_dir=folder / "cache")
    found, there = found_forwards(queries, case.files), expected(case.files)
    queries.close()
    return Score(len(found), len(found & there), len(there))


def by_category() -> dict[str, Score]:
    """What the programs of each category come to."""
    scores: dict[str, Score] = {}
    with tempfile.TemporaryDirectory() as folder:
        for case in cases():
            scores[case.category] = scores.get(case.category, Score(0, 0, 0)) + score(case, Path(folder))
    return scores


def figures() -> Iterator[Figure]:
    """Precision and recall over all programs, against their goals."""
    total = sum(by_category().values(), start=Score(0, 0, 0))
    beside = f"{total.there} edges of small Python programs"
    yield Figure("index", "call graph, precision", total.precision, "", beside, goal=0.97, at_least=True)
    yield Figure("index", "call graph, recall", total.recall, "", beside, goal=0.85, at_least=True)


def main() -> None:
    argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None).parse_args()
    scores = by_category()
    for category, one in [*scores.items(), ("all", sum(scores.values(), start=Score(0, 0, 0)))]:
        print(f"{category:14} {one.there:4} edges   precision {one.precision:.3f}   recall {one.recall:.3f}")


if __name__ == "__main__":
    main()
