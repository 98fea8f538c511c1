# How one definition leads to another, by the shortest chains of references; if it does not, whether the reverse does.
MOST_CHAINS = 3
draft = Draft()


def chains_between(sources, ends):
    for source in sources[:3]:
        for end in ends[:3]:
            found = repo.call_path(source, end, limit=MOST_CHAINS)
            if found:
                return source, end, found
    return sources[0], ends[0], []


def tell(source, end, chains):
    steps = count(len(chains[0]), "step")
    draft.say(f"{source.short_name} ({source.place}) leads to {end.short_name} ({end.place}) in {steps}:")
    draft.table(row(use, f"{use.role}s {use.target.short_name if use.target else use.name}") for use in chains[0])
    for chain in chains[1:]:
        draft.say(f"Another way, {count(len(chain), 'step')}:")
        draft.table(row(use, f"{use.role}s {use.target.short_name if use.target else use.name}") for use in chain)


source, end, chains = chains_between(*targets)
if chains:
    tell(source, end, chains)
else:
    marks = f"{draft.cite(source)} {draft.cite(end)}"
    draft.say(
        f"No chain of references leads from {source.short_name} ({source.place}) to {end.short_name} ({end.place})."
    )
    draft.say(f"Calls through values, callbacks and reflection can't be seen. {marks}")
    end, source, chains = chains_between(targets[1], targets[0])
    if chains:
        draft.say("\nThe other way round there is one:")
        tell(end, source, chains)
print(draft)
