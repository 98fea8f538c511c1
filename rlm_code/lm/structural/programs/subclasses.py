# What inherits from or implements it, and what it inherits from itself; for a method, its overrides.
MOST_ROWS, MOST_CANDIDATES = 30, 2
NOUNS = {
    "method": ("override", "overrides"),
    "function": ("override", "overrides"),
    "interface": ("implementer", "implementers"),
    "trait": ("implementer", "implementers"),
}
draft = Draft()


def tell(symbol):
    below = sorted(symbol.subclasses(), key=lambda each: each.is_test)
    name = f"{symbol.short_name} ({symbol.place})"
    noun, plural = NOUNS.get(symbol.kind, ("subclass", "subclasses"))
    if below:
        draft.say(f"{name} has {count(len(below), noun, plural)}: {draft.cite(symbol)}")
        draft.table(definition_rows(below, MOST_ROWS))
    else:
        draft.say(f"No {noun} of {name} was found in the {looked_at()}. {draft.cite(symbol)}")
    bases = symbol.bases() if noun != "override" else []
    known = [f"{base.name} ({base.target.place})" if base.target else base.name for base in bases]
    if known:
        draft.say(f"{symbol.short_name} itself builds on {in_a_row(known, 8)}.")


for candidate in likeliest(targets[0], MOST_CANDIDATES, CLASSES):
    tell(candidate)
print(draft)
