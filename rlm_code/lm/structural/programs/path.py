# How one definition leads to another, by the shortest chains of references; if it does not, whether the reverse does.
import time

MOST_CHAINS, MOST_CANDIDATES = 3, 3
LATEST = time.monotonic() + 12
WORDS = {
    "call": "calls",
    "read": "uses",
    "write": "sets",
    "type": "names the type",
    "inherit": "inherits",
    "import": "imports",
}
draft = begun()


def callable_first(symbols):
    return sorted(symbols, key=lambda symbol: symbol.kind in ("field", "variable", "constant", "property"))


def chains_between(sources, ends):
    """The first pair that is connected; where names are ambiguous, as many pairs as the time allows."""
    sources, ends = callable_first(sources), callable_first(ends)
    for source in sources[:MOST_CANDIDATES]:
        for end in ends[:MOST_CANDIDATES]:
            found = repo.call_path(source, end, limit=MOST_CHAINS)
            if found or time.monotonic() > LATEST:
                return source, end, found
    return sources[0], ends[0], []


def only_calls(chain):
    return all(use.role == "call" for use in chain)


def steps(chain):
    draft.table(row(use, f"{verb(use)} {use.target.short_name if use.target else use.name}") for use in chain)


def verb(use):
    """What a step does; what stands in for the definition that the code names may be run in its place."""
    named = repo.definition_at(use.path, use.line, use.column)
    if named and use.target and use.target not in named:
        return "may call" if use.role == "call" else "may use"
    return WORDS[use.role]


def tell(source, end, chains):
    """The best chain, calls before other references, and others of calls alone."""
    best, *rest = sorted(chains, key=lambda chain: (not only_calls(chain), len(chain)))
    how = "calls" if only_calls(best) else "references"
    length = count(len(best), "step")
    draft.say(f"{source.short_name} ({source.place}) reaches {end.short_name} ({end.place}) by {how} in {length}:")
    steps(best)
    for chain in filter(only_calls, rest):
        draft.say(f"Another way, in {count(len(chain), 'step')}:")
        steps(chain)


source, end, chains = chains_between(*targets)
if chains:
    tell(source, end, chains)
else:
    marks = f"{draft.cite(source)} {draft.cite(end)}"
    draft.say(
        f"No chain of references leads from {source.short_name} ({source.place}) to {end.short_name} ({end.place})."
    )
    if time.monotonic() > LATEST:
        incomplete = "the time ran out before all definitions of these names were tried"
    elif max(map(len, targets)) > 1:
        draft.say("Nor was one found between the likeliest others of these names.")
    draft.say(f"Calls through values, callbacks and reflection can't be seen. {marks}")
    if time.monotonic() < LATEST:
        end, source, chains = chains_between(targets[1], targets[0])
    if chains:
        draft.say("\nThe other way round there is one:")
        tell(end, source, chains)
print(draft)
