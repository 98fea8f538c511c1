# What inherits from or implements it, and what it inherits from itself; for a method, its overrides.
MOST_ROWS, MOST_CANDIDATES = 30, 2
NOUNS = {
    "method": ("override", "overrides"),
    "function": ("override", "overrides"),
    "interface": ("implementer", "implementers"),
    "trait": ("implementer", "implementers"),
}
draft = begun()


def tell(symbol):
    found = symbol.subclasses()
    below = sorted(found, key=lambda each: each.is_test)
    name = f"{symbol.short_name} ({symbol.place})"
    noun, plural = NOUNS.get(symbol.kind, ("subclass", "subclasses"))
    if below:
        draft.say(f"{name} has {count(len(below), noun, plural)}: {draft.cite(symbol)}")
        draft.table(definition_rows(below, MOST_ROWS))
    else:
        draft.say(f"No {noun} of {name} was found in the {looked_at()}. {draft.cite(symbol)}")
    uses = symbol.references("inherit") if found.blind_spots else ()
    elsewhere = [use for use in nearest_first(uses, symbol) if use.inside not in below]
    if elsewhere:
        places = count(len(elsewhere), "more place")
        draft.say(f"{places} of the code {'builds' if len(elsewhere) == 1 else 'build'} on it:")
        draft.table([row(use) for use in elsewhere[:MOST_ROWS]])
    if len(elsewhere) > MOST_ROWS:
        draft.say(f"… and {len(elsewhere) - MOST_ROWS} more.")
    bases = symbol.bases() if noun != "override" else []
    known = [f"{base.name} ({base.target.place})" if base.target else base.name for base in bases]
    if known:
        draft.say(f"{symbol.short_name} itself builds on {in_a_row(known, 8)}.")


able = [each for each in targets[0] if each.kind in (*NOUNS, *CLASSES)] or targets[0]
for candidate in likeliest([each for each in able if each.subclasses()] or able, MOST_CANDIDATES, CLASSES):
    tell(candidate)
print(draft)
