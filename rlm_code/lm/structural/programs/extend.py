# How something new of a kind is added: what the others of that kind build on, how they look, and who knows of them.
MOST_EXAMPLES, MOST_MEMBERS, MOST_NAMED, MOST_PLACES, ENOUGH = 5, 8, 8, 8, 2
incomplete = "structure shows how the others of this kind are made, and can't say which steps a new one needs"
draft = begun()


def grounds():
    """The classes, interfaces and traits called after the kind, with what builds on them in the code; most first."""
    spelled = re.sub(r"[\W_]+", "", kind).lower()
    named = [each for part in (spelled, spelled.removesuffix("s")) for each in repo.symbols(part, limit=500)]
    fitting = {
        each for each in named if each.kind in CLASSES and is_called(each.name.lower(), spelled.removesuffix("s"))
    }
    below = {each: [one for one in each.subclasses() if not one.is_test] for each in fitting if not each.is_test}
    found = [each for each in below if len(below[each]) >= ENOUGH]
    return [(each, below[each]) for each in sorted(found, key=lambda each: (-len(below[each]), each.place))]


def is_called(name, wanted):
    return name.removesuffix("base").removesuffix("interface").removesuffix("abstract").endswith(wanted)


def defined_by(classes):
    """The names of members that they define, those of most of them first."""
    counts = {}
    for name in (name for each in classes for name in dict.fromkeys(member.name for member in each.members())):
        counts[name] = counts.get(name, 0) + 1
    ordered = sorted(counts, key=lambda name: -counts[name])
    return [f"{name} ({counts[name]} of {len(classes)})" for name in ordered if counts[name] > 1]


def known_by(classes):
    """Where the code outside of them names them, places that name several of them first."""
    uses = [use for each in classes for use in each.references(limit=50) if is_outside(use, each)]
    places = {}
    for use in uses:
        places.setdefault((use.path, use.inside), []).append(use)
    return [same[0] for same in sorted(places.values(), key=lambda same: -len(same))]


def is_outside(use, symbol):
    own = use.path == symbol.path and use.inside and symbol.name in use.inside.qualified_name.split(".")
    return not (own or use.is_test or use.role in ("inherit", "import"))


found = grounds()
if found:
    ground, below = found[0]
    draft.say(f"{len(below):,} of this kind build on {ground.short_name} ({ground.place}): {draft.cite(ground)}")
    shortest = sorted(below, key=lambda each: each.end_line - each.start_line)[:MOST_EXAMPLES]
    draft.table(definition_rows(shortest, MOST_EXAMPLES))
    if len(below) > len(shortest):
        rest = [each.name for each in below if each not in shortest]
        draft.say(f"These are the shortest; the others are {in_a_row(rest, MOST_NAMED)}.")
    if members := defined_by(below):
        draft.say(f"They define {in_a_row(members, MOST_MEMBERS)}.")
    if places := known_by(shortest):
        draft.say("The code names these at:")
        draft.table([row(use) for use in places[:MOST_EXAMPLES]])
    else:
        draft.say("Nothing else in the code names these, so they are probably found by where they stand.")
    if others := [f"{each.short_name} ({len(under)})" for each, under in found[1:]]:
        draft.say(f"Also built on: {in_a_row(others, 4)}.")
else:
    draft.say("Structure alone can't answer this. These places most likely hold the answer, the likeliest first:")
    ranked = [place.symbol for place in repo.rank(question, limit=MOST_PLACES) if place.symbol]
    draft.table(definition_rows(ranked, MOST_PLACES))
draft.say("What a new one needs a language model can tell: set ANTHROPIC_API_KEY, or choose one with --lm.")
print(draft)
