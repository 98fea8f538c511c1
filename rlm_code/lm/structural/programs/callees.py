# What a definition calls: first what this repository defines, then names from elsewhere.
MOST_ROWS, MOST_NAMES, MOST_CANDIDATES = 24, 16, 2
draft = begun()


def tell(symbol):
    calls = list(symbol.callees(limit=1000))
    first = {}
    for use in calls:
        if use.target:
            first.setdefault(use.target, use)
    outside = [use.name for use in calls if not use.target]
    name = f"{symbol.short_name} ({symbol.place})"
    if first:
        draft.say(f"{name} calls {count(len(first), 'definition')} of this repository: {draft.cite(symbol)}")
        rows = [
            [use.place, target.short_name, f"{target.kind} at {target.place}", draft.cite(use)]
            for target, use in list(first.items())[:MOST_ROWS]
        ]
        draft.table(rows + ([[f"… and {len(first) - MOST_ROWS} more"]] if len(first) > MOST_ROWS else []))
    else:
        draft.say(f"{name} calls nothing that this repository is known to define. {draft.cite(symbol)}")
    if outside:
        draft.say(f"Defined elsewhere, or on objects of unknown type: {in_a_row(outside, MOST_NAMES)}.")


for candidate in likeliest(targets[0], MOST_CANDIDATES):
    tell(candidate)
print(draft)
