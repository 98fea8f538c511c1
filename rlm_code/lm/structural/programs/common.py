# Wording that the programs below share. `incomplete` says what an answer leaves open.
incomplete = ""
CLASSES = ("class", "interface", "struct", "enum", "trait", "type", "namespace", "module")
ASIDE = ("examples", "example", "samples", "docs", "doc", "scripts", "tools", "benchmarks", "demo", "vendor")


def count(number, noun, plural=None):
    """A number with its noun: "1 call", "3 calls"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def row(use, note=None):
    """One use as a row: where, in which definition, its code and its citation."""
    inside = use.inside.short_name if use.inside else "(top level)"
    return [use.place, inside, Draft.code(use.text) if note is None else note, draft.cite(use)]


def nearest_first(uses, symbol):
    """Uses near a definition first, those in examples, documentation and scripts last."""

    def distance(use):
        aside = any(part in ASIDE for part in use.path.split("/")[:-1])
        shared = sum(1 for a, b in zip(use.path.split("/"), symbol.path.split("/")) if a == b)  # noqa: B905
        return aside, -shared, use.path, use.line

    return sorted(uses, key=distance)


def rows_by_caller(uses, most):
    """A row for each caller; further lines of the same caller follow the first: "shop.py:40, 44"."""
    callers = {}
    for use in uses:
        callers.setdefault((use.path, use.inside), []).append(use)
    rows = []
    for same in list(callers.values())[:most]:
        first, *others = row(same[0])
        more = [str(use.line) for use in same[1:4]] + (["…"] if len(same) > 4 else [])
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
