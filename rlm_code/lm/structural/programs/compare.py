# Two definitions side by side: what each says of itself, what they share and what only one of them has.
MOST_NAMES = 12
incomplete = "structure compares what two definitions are made of, not what they do"
draft = begun()
first, second = (found[0] for found in targets[:2])


def described(symbol):
    said = f": {Draft.prose(symbol.summary)}" if symbol.summary else ""
    return f"{symbol.short_name} is a {symbol.kind} ({symbol.place}){said} {draft.cite(symbol)}"


def namesakes(found):
    return [each for each in found[1:] if each.parent != found[0]]


def members(symbol):
    return {each.name: each for each in symbol.members() if not each.name.startswith("_")}


def only(symbol, names):
    if names:
        draft.say(f"Only {symbol.short_name} has {in_a_row(names, MOST_NAMES)}.")


for symbol, others in ((first, namesakes(targets[0])), (second, namesakes(targets[1]))):
    draft.say(described(symbol))
    if others:
        draft.say(
            f"{count(len(others), 'other definition')} of this name: {in_a_row([each.place for each in others], 4)}."
        )
draft.say()
if first.parent and first.parent == second.parent:
    draft.say(f"Both belong to {first.parent.short_name} ({first.parent.place}).")
for below, above in ((first, second), (second, first)):
    if below in above.subclasses():
        draft.say(f"{below.short_name} builds on {above.short_name}.")
bases = [{base.name for base in symbol.bases()} for symbol in (first, second)]
if shared := sorted(bases[0] & bases[1]):
    draft.say(f"Both build on {in_a_row(shared, MOST_NAMES)}.")
theirs, others = members(first), members(second)
if both := [name for name in theirs if name in others]:
    draft.say(f"Both define {in_a_row(both, MOST_NAMES)}.")
only(first, [name for name in theirs if name not in others])
only(second, [name for name in others if name not in theirs])
for symbol in (first, second):
    if symbol.kind in ("function", "method", "constructor"):
        called = in_a_row([each.target.short_name for each in symbol.callees() if each.target], MOST_NAMES)
        draft.say(f"{symbol.signature} calls {called or 'nothing of this repository'}.")
    uses = symbol.references(limit=0, sure=True).total
    draft.say(f"{symbol.short_name} has {count(uses, 'certain use')}.")
draft.say("What each does differently a language model can judge: set ANTHROPIC_API_KEY, or choose one with --lm.")
print(draft)
