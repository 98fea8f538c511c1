# What inherits from or implements it, and what it inherits from itself; for a method, its overrides.
MOST_ROWS, MOST_FURTHER, MOST_CANDIDATES = 30, 10, 2
NOUNS = {
    "method": ("override", "overrides"),
    "function": ("override", "overrides"),
    "interface": ("implementer", "implementers"),
    "trait": ("implementer", "implementers"),
}
draft = begun()


def directly_below(symbol, below):
    """Those that name it as a base themselves, or reach it through no other of them (as types do that say nothing)."""
    naming = {use.inside for use in symbol.references("inherit", limit=None) if use.inside}
    others = [each for each in below if each not in naming]
    indirect = {each for each in others if any(base.target in below for base in each.bases())}
    return [each for each in below if each not in indirect]


def tell(symbol):
    found = symbol.subclasses()
    below = sorted(found, key=lambda each: each.is_test)
    name = f"{symbol.short_name} ({symbol.place})"
    noun, plural = NOUNS.get(symbol.kind, ("subclass", "subclasses"))
    direct = below if noun == "override" else directly_below(symbol, dict.fromkeys(below))
    indirect = [each for each in below if each not in dict.fromkeys(direct)]
    if below:
        how = f"direct {noun if len(direct) == 1 else plural}" if indirect else noun if len(direct) == 1 else plural
        through = f" and {len(indirect):,} through them" if indirect else ""
        draft.say(f"{name} has {len(direct):,} {how}{through}: {draft.cite(symbol)}")
        draft.table(definition_rows(direct, MOST_ROWS))
        if indirect:
            draft.say("Through them:")
            draft.table(definition_rows(indirect, max(MOST_FURTHER, MOST_ROWS - len(direct))))
    else:
        draft.say(f"No {noun} of {name} was found in the {looked_at()}. {draft.cite(symbol)}")
    uses = symbol.references("inherit") if found.blind_spots else ()
    elsewhere = [use for use in nearest_first(uses, symbol) if use.inside not in below]
    for is_sure, of in ((True, "it"), (False, f"something called {symbol.name}, which may be it or not")):
        rest = [use for use in elsewhere if (use.certainty != "name") == is_sure]
        if rest:
            builds = "builds" if len(rest) == 1 else "build"
            draft.say(f"{count(len(rest), 'more place')} of the code {builds} on {of}:")
            more = [[f"… and {len(rest) - MOST_ROWS} more"]] if len(rest) > MOST_ROWS else []
            draft.table([row(use) for use in rest[:MOST_ROWS]] + more)
    bases = symbol.bases() if noun != "override" else []
    known = [f"{base.name} ({base.target.place})" if base.target else base.name for base in bases]
    if known:
        draft.say(f"{symbol.short_name} itself builds on {in_a_row(known, 8)}.")


able = [each for each in targets[0] if each.kind in (*NOUNS, *CLASSES)] or targets[0]
for candidate in likeliest([each for each in able if each.subclasses()] or able, MOST_CANDIDATES, CLASSES):
    tell(candidate)
print(draft)
