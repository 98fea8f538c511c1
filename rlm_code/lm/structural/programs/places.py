# No rule fits the wording: rank the places that most likely hold the answer.
MOST_PLACES, MOST_NEAR, MOST_SLIPS = 10, 3, 2
incomplete = "structure alone can't answer this: these are places to look, not an answer"
draft = Draft()


def is_near(symbol, name):
    """Whether a name may be another mistyped, or has it as a part."""
    wanted, known = ("".join(parts_of(each.replace("_", " "))).lower() for each in (name, symbol.name))
    return wanted in known or abs(len(known) - len(wanted)) <= MOST_SLIPS


near = list(dict.fromkeys(each for name in unknown for each in repo.near(name) if is_near(each, name)))
near = [symbol for symbol in near if is_code(symbol.path)] or near
if near:
    draft.say("Nothing is called so; almost the same name:")
    draft.table(definition_rows(near, MOST_NEAR))
draft.say("Structure alone can't answer this. These places most likely hold the answer, the likeliest first:")
rows, symbols = [], []
for place in repo.rank(question, limit=MOST_PLACES):
    lines = place.symbol.header if place.symbol else repo.file(place.path).lines(1, 1)
    what = f"{place.symbol.kind} {place.symbol.short_name}" if place.symbol else ""
    said = Draft.prose(place.symbol.summary) if place.symbol else place.why
    rows.append([place.place, what, said, draft.cite(lines)])
    symbols += [place.symbol] if place.symbol else []
if rows:
    draft.table(rows)
elif not near:
    draft = Draft()
    draft.say(f"Structure alone can't answer this, and no definition or path in the {looked_at()} shares its words.")
tell_askable(symbols)
what = "have them read and judged" if rows else "have it looked into"
draft.say(f"To {what}, add a language model: set ANTHROPIC_API_KEY, or choose one with --lm.")
print(draft)
