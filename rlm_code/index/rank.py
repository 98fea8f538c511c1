"""Places that may answer a question in plain words, by signals that need no model.

Each signal ranks files on its own; reciprocal ranks are added, so that no signal's scale matters. Within the
best files the definitions that match best are named.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rlm_code.index.changes import recent_changes
from rlm_code.index.fileview import CLASSES
from rlm_code.index.import_graph import ImportGraph
from rlm_code.index.question import Question, read_question
from rlm_code.index.snapshot_index import SnapshotIndex
from rlm_code.index.terms import TermIndex
from rlm_code.index.values import Target
from rlm_code.index.words import name_terms, terms_of
from rlm_code.places import DATA_LANGUAGES, is_prose, remoteness

Scores = dict[str, float]

_FUSION = 10
_K1, _B = 1.2, 0.6
_WEIGHTS = {"words": 1.5, "path": 0.6, "names": 0.8, "frames": 1.5, "imports": 0.4, "defines": 0.8, "changes": 0.2}
_WHY = {
    "words": "its words are the question's",
    "path": "its path names them",
    "names": "it defines what is named",
    "frames": "the trace leads here",
    "imports": "it is imported by, or imports, what ranks high",
    "changes": "it changed lately",
    "defines": "its definitions are called so",
}
_ASIDE = ("imports", "changes")
_FACTORS = (1.0, 0.75, 0.6)
_DEEP = 60
_SEEDS = 15
_MOST_SYMBOLS = 3
_NEXT_SYMBOL = 0.7
_BODIES = ("function", "method", "constructor")
_RANKED_KINDS = CLASSES.union(_BODIES, ("constant", "macro", "module", "namespace"))


class Ranked(NamedTuple):
    """One place: a definition, or a whole file where `target` is None. `why` names the signals."""

    path: str
    target: Target | None
    score: float
    why: str


class Ranking:
    """Ranks the places of one snapshot."""

    def __init__(self, index: SnapshotIndex, graph: ImportGraph) -> None:
        self._index = index
        self._graph = graph
        self._terms = TermIndex(index)
        self._changes = recent_changes(index.snapshot)

    def rank(self, text: str, limit: int) -> list[Ranked]:
        """The places most likely to answer a question, best first."""
        question = read_question(text)
        signals = {
            "words": self._words(question),
            "path": self._path_words(question),
            "defines": self._definition_words(question),
            "names": self._names(question),
            "frames": self._frames(question),
        }
        fused = self._fuse(signals)
        signals["imports"] = self._imported(fused)
        signals["changes"] = {path: self._changes[path] for path in fused if path in self._changes}
        fused = self._fuse(signals)
        best = sorted(fused, key=lambda path: (-fused[path], path))[: max(limit, _DEEP)]
        places = [place for path in best for place in self._places(path, fused[path], question, signals)]
        places.sort(key=lambda place: (-place.score, place.path, place.target or (place.path, -1)))
        return places[:limit]

    def _fuse(self, signals: Mapping[str, Scores]) -> Scores:
        fused: Scores = {}
        for name, scores in signals.items():
            for position, path in enumerate(_ordered(scores)):
                fused[path] = fused.get(path, 0.0) + _WEIGHTS[name] / (_FUSION + position)
        return {path: score * self._factor(path) for path, score in fused.items()}

    def _factor(self, path: str) -> float:
        return _FACTORS[remoteness(path)] * (0.6 if is_prose(path) else 1.0)

    def _words(self, question: Question) -> Scores:
        """BM25 over everything that is written in a file."""
        scores: dict[int, float] = {}
        lengths, mean = self._terms.lengths, self._terms.mean_length
        for term, weight in question.terms.items():
            posting = self._terms.posting(term)
            rarity = self._terms.rarity(term)
            for blob, count in posting.items():
                norm = count + _K1 * (1 - _B + _B * lengths[blob] / mean)
                scores[blob] = scores.get(blob, 0.0) + weight * rarity * count * (_K1 + 1) / norm
        return {path: scores[blob] for blob, path in self._terms.paths.items() if blob in scores}

    def _path_words(self, question: Question) -> Scores:
        """How much of a path the question names, rare parts counting more."""
        found: Scores = {}
        for path, terms in self._terms.path_terms.items():
            score = sum(
                question.terms[term] * self._terms.path_rarity[term] for term in terms if term in question.terms
            )
            if score:
                found[path] = score / (1 + 0.1 * len(terms))
        return found

    def _definition_words(self, question: Question) -> Scores:
        """How well the names of a file's definitions match, the best one counting most."""
        found: Scores = {}
        for path in _ordered(self._words(question))[: 4 * _DEEP]:
            if self._index.row(path).language in DATA_LANGUAGES:
                continue
            scores = sorted((score for score in self._symbol_scores(path, question).values()), reverse=True)
            if scores and scores[0]:
                found[path] = sum(score / 2**position for position, score in enumerate(scores[:4]))
        return found

    def _names(self, question: Question) -> Scores:
        """Definitions that the question names outright, the rarer the name the better."""
        found: Scores = {}
        for name, weight in question.names.items():
            paths = [
                path for path in self._index.defining(name) if self._index.row(path).language not in DATA_LANGUAGES
            ]
            for path in paths:
                found[path] = found.get(path, 0.0) + weight / len(paths)
        for dotted, weight in question.dotted.items():
            for path in self._meant_by(dotted):
                found[path] = found.get(path, 0.0) + 2 * weight
        return found

    def _meant_by(self, dotted: str) -> list[str]:
        """The files that a dotted name leads to: a member of a class there, or a module."""
        *owners, name = dotted.split(".")
        found = []
        for path in self._index.defining(name):
            view = self._index.view(path)
            for at in view.by_name[name]:
                around = {view.definitions[parent].name for parent in view.parents(at)} | {view.definitions[at].scope}
                if owners[-1] in around:
                    found.append(path)
        modules = {dotted.replace(".", "/"), "/".join(owners)}
        found += [path for path in self._terms.path_terms if _is_module(path, modules)]
        return found if len(found) < 20 else []

    def _frames(self, question: Question) -> Scores:
        """Files that a stack trace or a path leads to; the last frames are nearest to the error."""
        found: Scores = {}
        for position, frame in enumerate(question.frames):
            for path in self._ending_with(frame.path):
                found[path] = max(found.get(path, 0.0), 1 + position / len(question.frames))
        for mentioned in question.paths:
            for path in self._ending_with(mentioned):
                found[path] = max(found.get(path, 0.0), 1.5)
        return found

    def _ending_with(self, mentioned: str) -> list[str]:
        """The files whose path shares the longest ending with one that was mentioned; [] if it is unclear which."""
        wanted = mentioned.split("/")
        best: list[str] = []
        longest = 0
        for path in self._terms.by_file_name.get(wanted[-1], ()):
            shared = _shared_ending(path.split("/"), wanted)
            if shared > longest:
                best, longest = [path], shared
            elif shared == longest:
                best.append(path)
        return best if len(best) <= 3 else []

    def _imported(self, fused: Scores) -> Scores:
        """Files that the best ones import, or that import them: what few share counts most."""
        found: Scores = {}
        for path in _ordered(fused)[:_SEEDS]:
            importers = {edge.importer for edge in self._graph.into(path)}
            for other in (*self._graph.imported_by(path), *importers):
                share = len(self._graph.into(other)) if other not in importers else len(importers)
                found[other] = found.get(other, 0.0) + fused[path] / (1 + share) ** 0.5
        return found

    def _symbol_scores(self, path: str, question: Question) -> dict[int, float]:
        """How well the name of each definition of a file matches the question's names and terms."""
        scores: dict[int, float] = {}
        for at, definition in enumerate(self._index.view(path).definitions):
            terms = name_terms(definition.name)
            if not terms or definition.kind not in _RANKED_KINDS:
                continue
            matched = sum(question.terms[term] * self._terms.rarity(term) for term in terms if term in question.terms)
            named = question.names.get(definition.name, 0.0)
            scores[at] = matched / len(terms) ** 0.5 + 4 * named
        return scores

    def _places(self, path: str, score: float, question: Question, signals: Mapping[str, Scores]) -> list[Ranked]:
        """The file's best definitions, each scored below the one before; the file itself if none matches."""
        why = "; ".join(_WHY[name] for name in _telling([name for name in signals if path in signals[name]]))
        scores = self._symbol_scores(path, question)
        self._add_bodies(path, question, scores)
        best = sorted((at for at in scores if scores[at] > 0), key=lambda at: (-scores[at], at))[:_MOST_SYMBOLS]
        if not best:
            return [Ranked(path, None, score, why)]
        return [Ranked(path, Target(path, at), score * _NEXT_SYMBOL**position, why) for position, at in enumerate(best)]

    def _add_bodies(self, path: str, question: Question, scores: dict[int, float]) -> None:
        """Add how well the text of each function matches."""
        data = self._index.data(path)
        view = self._index.view(path)
        for at, definition in enumerate(view.definitions):
            if definition.kind not in _BODIES:
                continue
            counts = terms_of(data[definition.start : definition.end])
            length = sum(counts.values()) or 1
            for term, weight in question.terms.items():
                if term in counts:
                    norm = counts[term] + _K1 * (0.4 + 0.6 * length / 60)
                    gain = weight * self._terms.rarity(term) * counts[term] * (_K1 + 1) / norm
                    scores[at] = scores.get(at, 0.0) + gain


def _telling(names: list[str]) -> list[str]:
    """Of the signals that a file has, those that tell why it is named; nearly all have the words."""
    plain = [name for name in names if name != "words"]
    return plain if set(plain).difference(_ASIDE) or "words" not in names else ["words", *plain]


def _ordered(scores: Scores) -> list[str]:
    return sorted(scores, key=lambda path: (-scores[path], path))


def _shared_ending(one: list[str], other: list[str]) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[-1 - count] == other[-1 - count]:
        count += 1
    return count


def _is_module(path: str, modules: set[str]) -> bool:
    stem = path.rsplit(".", 1)[0].removesuffix("/__init__")
    return any(stem == module or stem.endswith(f"/{module}") for module in modules if module)
