# Whether one class builds on another: the chain of bases that shows it, or what its bases are.
MOST_CANDIDATES, MOST_CLASSES = 3, 500
draft = begun()
outside = {}


def chain_between(source, end):
    """The shortest chain of bases from one class to another; [] if there is none."""
    chains, seen = [[source]], {source}
    while chains and len(seen) < MOST_CLASSES:
        chain = chains.pop(0)
        if chain[-1] == end:
            return chain
        for base in chain[-1].bases():
            if base.target is None:
                outside[base.name] = base
            elif base.target not in seen:
                seen.add(base.target)
                chains.append([*chain, base.target])
    return []


def classes(found):
    return ([each for each in found if each.kind in CLASSES] or found)[:MOST_CANDIDATES]


def named(symbol):
    return f"{symbol.short_name} ({symbol.place}) {draft.cite(symbol)}"


sources, ends = map(classes, targets)
pairs = [(source, end) for source in sources for end in ends if source != end]
chains = [chain for chain in (chain_between(source, end) for source, end in pairs) if chain]
if chains:
    chain = min(chains, key=len)
    how = "directly" if len(chain) == 2 else f"through {count(len(chain) - 2, 'class', 'classes')} between them"
    draft.say(f"Yes: {chain[0].short_name} builds on {chain[-1].short_name}, {how}:")
    draft.table([each.place, f"{each.kind} {each.short_name}", draft.cite(each)] for each in chain)
else:
    backwards = [chain for chain in (chain_between(end, source) for source, end in pairs) if chain]
    known = outside and f" Its bases {in_a_row(outside, 6)} are defined outside and were not looked into."
    draft.say(f"No chain of bases leads from {named(sources[0])} to {named(ends[0])}.{known or ''}")
    if backwards:
        draft.say(f"It is the other way round: {backwards[0][0].short_name} builds on {backwards[0][-1].short_name}.")
    draft.say("Bases made at run time can't be seen.")
print(draft)
