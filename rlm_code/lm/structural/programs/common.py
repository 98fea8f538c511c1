# Wording that the programs below share. `incomplete` says what an answer leaves open, `understood` how a name was read
# that no definition has; `data` are languages that are no code.
import re

incomplete, understood = "", []
CLASSES = ("class", "interface", "struct", "enum", "trait", "type", "namespace", "module")
ASIDE = (
    "examples", "example", "samples", "docs", "doc", "scripts", "tools", "benchmarks", "demo",
    "vendor", "vendored", "_vendor", "third_party", "third-party", "thirdparty", "3rdparty", "deps", "node_modules",
)  # fmt: skip


def count(number, noun, plural=None):
    """A number with its noun: "1 call", "3 calls"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def begun():
    """A draft that says first how a name was understood."""
    draft = Draft()
    for sentence in understood:
        draft.say(f"{sentence}\n")
    return draft


def row(use, note=None):
    """One use as a row: where, in which definition, its code and its citation."""
    inside = use.inside.short_name if use.inside else "(top level)"
    return [use.place, inside, Draft.code(use.text) if note is None else note, draft.cite(use)]


def is_aside(path):
    """Whether a file is an example, documentation, a script, or somebody else's code."""
    return any(part in ASIDE for part in path.split("/")[:-1])


def nearest_first(uses, symbol):
    """Uses near a definition first, those in examples, documentation and scripts last."""

    def distance(use):
        shared = sum(1 for a, b in zip(use.path.split("/"), symbol.path.split("/")) if a == b)  # noqa: B905
        return is_aside(use.path), -shared, use.path, use.line

    return sorted(uses, key=distance)


def rows_by_caller(uses, most):
    """A row for each caller; further lines of the same caller follow the first: "shop.py:40, 44"."""
    callers = {}
    for use in uses:
        callers.setdefault((use.path, use.inside), []).append(use)
    rows = []
    for same in list(callers.values())[:most]:
        first, *others = row(same[0])
        lines = [str(line) for line in dict.fromkeys(use.line for use in same) if line != same[0].line]
        more = lines[:3] + (["…"] if len(lines) > 3 else [])
        rows.append([", ".join([first, *more]), *others])
    if len(callers) > most:
        rows.append([f"… and {len(callers) - most} more callers"])
    return rows


def in_a_row(items, most):
    """Texts in one line, the first `most` of them."""
    items = list(dict.fromkeys(items))
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more


def definition_rows(symbols, most):
    """Definitions as rows: where, what, and what their documentation says first."""
    rows = [
        [symbol.place, f"{symbol.kind} {symbol.short_name}", Draft.prose(symbol.summary), draft.cite(symbol)]
        for symbol in symbols[:most]
    ]
    return rows + ([[f"… and {len(symbols) - most} more"]] if len(symbols) > most else [])


def is_code(path):
    """Whether a file is written in a programming language."""
    language = repo.file(path).language
    return bool(language) and language not in data


def parts_of(name):
    """What a name is joined from, however its language writes that: "@scope/pkg", "a::b", "pkg.mod"."""
    return [part for part in re.split(r"[^\w$-]+", name) if part]


def importing(name):
    """The imports with a name in them, one a line, code before tests. Files are found by the text, imports by facts."""
    wanted = parts_of(name)
    paths = repo.search(wanted[-1], regex=False, limit=1).counts if wanted else ()
    found = [each for path in paths for each in repo.file(path).imports() if names_it(each, wanted)]
    return sorted({each.place: each for each in found}.values(), key=lambda each: each.is_test)


def names_it(each, wanted):
    written = parts_of(f"{each.module} {each.name or ''}")
    starts = range(len(written) - len(wanted) + 1)
    return [each.alias] == wanted or any(written[at : at + len(wanted)] == wanted for at in starts)


def import_rows(imports, most):
    """A row for each file that imports: its lines, the first one's text, the file of this repository it leads to."""
    by_file = {}
    for each in imports:
        by_file.setdefault(each.path, []).append(each)
    rows = []
    for first, *others in list(by_file.values())[:most]:
        lines = [first.place, *(str(each.line) for each in others[:3])] + (["…"] if len(others) > 3 else [])
        leads = f"→ {first.target_path}" if first.target_path else ""
        rows.append([", ".join(lines), Draft.code(first.text), leads, draft.cite(first)])
    return rows + ([[f"… and {len(by_file) - most} more files"]] if len(by_file) > most else [])


def quoted(name):
    """The lines of code with a name in quotes, those of tests last."""
    pattern = "|".join(re.escape(f"{mark}{name}{mark}") for mark in "\"'")
    return sorted((hit for hit in repo.search(pattern, limit=1000) if is_code(hit.path)), key=lambda hit: hit.is_test)


def hit_rows(hits, most):
    """Found lines as rows."""
    rows = [[hit.place, Draft.code(hit.text), draft.cite(hit)] for hit in hits[:most]]
    return rows + ([[f"… and {len(hits) - most} more"]] if len(hits) > most else [])


def tell_quoted(name, most):
    """Say where a name stands in quotes: as a key, or to be looked up by it; whether it does."""
    hits = quoted(name)
    if hits:
        lines, how = count(len(hits), "line"), "found by the text, whatever each means"
        draft.say(f"In quotes, as a key or a name to look up, it stands in {lines} of code ({how}):")
        draft.table(hit_rows(hits, most))
    return bool(hits)


def tell_text(name, most):
    """Say where a name stands as text, as it is written if it is, code first."""
    hits = repo.search(rf"\b{re.escape(name)}\b", limit=1000)
    hits = hits or repo.search(name, regex=False, ignore_case=True, limit=1000)
    if hits:
        draft.say(f"As text it stands in {count(hits.total, 'line')}:")
        draft.table(hit_rows(sorted(hits, key=lambda hit: not is_code(hit.path))[:most], most))
    else:
        draft.say("It does not stand anywhere in the text either, in any case.")


def much_used(most_files=12, most=5):
    """Functions and classes of the largest files of code, those whose names are used most first."""
    files = [file for file in repo.files() if is_code(file.path) and not file.is_test and not is_aside(file.path)]
    largest = sorted(files, key=lambda file: -file.line_count)[:most_files]
    kinds = ("function", *CLASSES[:5])
    top = [[each for each in file.symbols() if each.kind in kinds and each.name[0] != "_"][:most] for file in largest]
    counts = {symbol: repo.uses_of_name(symbol.name, limit=0).total for symbols in top for symbol in symbols}
    return sorted(counts, key=lambda symbol: -counts[symbol])


def tell_askable(symbols):
    """Say in two lines what structure can answer, with definitions of this repository as examples."""
    symbols = symbols or much_used()
    name = next((each.short_name for each in symbols if each.kind not in CLASSES), "")
    kind = next((each.short_name for each in symbols if each.kind in CLASSES), "")
    folder = next((each.path.rpartition("/")[0] for each in symbols if "/" in each.path), "")
    asked = [f"Who calls {name}?", f"Which tests cover {name}?"] if name else []
    asked += [f"What inherits from {kind}?"] if kind else []
    asked.append(f"Explain {folder}/" if folder else "Explain this repository")
    draft.say(
        "Structure can say where something is, who calls, imports, tests, changed or inherits from it, what it calls, "
        "how one definition reaches another, where a setting is read and what changed since a tag."
    )
    examples = ", ".join(f'"{question}"' for question in asked)
    draft.say(f"For example: {examples}.")


def looked_at():
    """How much there was to look at, and what of it could not be parsed."""
    overview = repo.overview
    unparsed = sum(number for status, number in overview.unparsed.items() if status not in ("binary", "symlink"))
    return count(overview.files, "file") + (f" ({unparsed} of them not fully parsed)" if unparsed else "")


def likeliest(candidates, most, kinds=()):
    """The first candidates, of these kinds if there are any such, said to be so where there are more."""
    candidates = [each for each in candidates if getattr(each, "kind", "") in kinds] or candidates
    if len(candidates) > most:
        draft.say(f"{len(candidates)} definitions have this name; these are the {most} likeliest.\n")
    return candidates[:most]
