# Who uses it: calls first, then other uses, tests last. What matches by name alone stands apart.
MOST_CALLERS, MOST_OTHERS, MOST_TESTS, MOST_DOUBTFUL, MOST_CANDIDATES, MOST_QUOTED = 20, 8, 5, 6, 3, 12
CALLED = ("function", "method", "constructor", "class", "struct", "macro", "property")
WORDS = {
    "call": "called",
    "inherit": "inherited",
    "read": "used as a value",
    "write": "assigned to",
    "type": "named as a type",
}
UNSEEN = "uses through a value, a computed name, a template or another language"
draft = begun()


doubtful, hiding, unlisted, used, told = {}, {}, {}, {}, {}


def tell(symbol):
    uses = symbol.references(limit=1000)
    used.update(((use.path, use.line), use) for use in uses)
    alone = symbol.kind == "module" and len(candidates) == 1  # where it is the only one, its name says which it is
    declared = [use for use in uses if use.is_declaration]
    sure = [use for use in uses if (alone or use.certainty != "name") and use not in declared]
    if not alone:
        doubtful.update(((use.path, use.line), use) for use in uses if use.certainty == "name" and use.role == "call")
    code = nearest_first((use for use in sure if not use.is_test), symbol)
    if symbol.kind in CALLED or alone:
        calls = [use for use in code if use.role == "call"]
        verb = "instantiated" if alone else "constructed or called" if symbol.kind in CLASSES else "called"
        headline(symbol, verb, calls, sure, uses)
        fresh = [use for use in calls if (use.path, use.line, use.column) not in told]
        told.update(((use.path, use.line, use.column), use) for use in calls)
        if len(fresh) < len(calls):
            draft.say(f"{len(calls) - len(fresh):,} of these were counted above, too: they may mean either.")
        draft.table(rows_by_caller(fresh, MOST_CALLERS))
        others([use for use in code if use.role not in ("call", "import")], MOST_OTHERS, "other use")
    else:
        named = [use for use in code if use.role != "import"]
        headline(symbol, "used", named, sure, uses)
        others(named, MOST_CALLERS)
    places("Imported", [use for use in code if use.role == "import"])
    places("Declared", declared)
    overrides(symbol)
    tests([use for use in sure if use.is_test and use.role != "import"])


def headline(symbol, verb, found, sure, uses):
    name = f"{symbol.short_name} ({symbol.place})"
    more = [each for each in uses.blind_spots if "are not listed" in each]
    unlisted.update(dict.fromkeys(more))
    if found:
        known = "known to be " if more else ""
        draft.say(f"{name} is {known}{verb} in {count(len(found), 'place')}: {draft.cite(symbol)}")
    elif any(use.certainty == "name" and use.role == "call" and not use.is_test for use in uses):
        doubt = "was found outside the tests; calls below may be of it"
        draft.say(f"No certain call of {name} {doubt}. {draft.cite(symbol)}")
    elif sure:
        where = "outside the tests " if any(use.is_test and use.role != "import" for use in sure) else ""
        aside = "; it is passed on as a value, which is not followed" if any(is_value(use) for use in sure) else ""
        directly = "directly " if aside else ""
        draft.say(f"{name} is not {verb} {directly}{where}in the {looked_at()}{aside}. {draft.cite(symbol)}")
    else:
        draft.say(f"No certain use of {name} was found in the {looked_at()}. {draft.cite(symbol)}")
    if not found:
        hiding.update(dict.fromkeys([*uses.blind_spots, UNSEEN]))


def is_unused(symbol):
    """Whether it has no certain use: `f = require("m").f` defines a name that may be all that is used."""
    return not symbol.references(limit=0, sure=True).total


def is_value(use):
    return use.role == "read" and not use.is_test


def others(uses, most, title=""):
    """Uses other than calls, with what they are."""
    rest = sorted(uses, key=lambda use: list(WORDS).index(use.role))
    if rest and title:
        draft.say(f"{count(len(rest), title)}:")
    rows = [row(use, f"{WORDS[use.role]}: {Draft.code(use.text)}") for use in rest[:most]]
    draft.table(rows + ([[f"… and {len(rest) - most} more"]] if len(rest) > most else []))


def places(how, uses):
    if uses:
        uses = list({use.place: use for use in uses}.values())
        listed = ", ".join(f"{use.place} {draft.cite(use)}" for use in uses[:MOST_TESTS])
        more = f" and {len(uses) - MOST_TESTS} more" if len(uses) > MOST_TESTS else ""
        draft.say(f"{how} at {listed}{more}.")


def overrides(symbol):
    """Other definitions that stand in for a method, or that a change of it breaks."""
    below = [each for each in symbol.subclasses() if not each.is_test] if symbol.kind == "method" else []
    if below:
        draft.say(f"Overridden by {in_a_row([f'{each.short_name} ({each.place})' for each in below], 6)}.")


def tests(uses):
    if uses:
        files = len({use.path for use in uses})
        draft.say(f"In tests: {count(len(uses), 'use')} in {count(files, 'file')}:")
        draft.table(rows_by_caller(uses, MOST_TESTS))


def doubts(name, uses):
    """Calls that share nothing but the name: mostly methods of objects whose type no syntax shows."""
    if uses:
        code = nearest_first((use for use in uses if not use.is_test), candidates[0])
        tests = [use for use in uses if use.is_test]
        aside = ", all in tests" if not code else f", {len(tests)} of them in tests" if tests else ""
        draft.say(f"{count(len(uses), 'more call')} of something named {name}{aside}, which may be it or not:")
        draft.table(rows_by_caller(code or tests, MOST_DOUBTFUL))


def namesakes(name):
    """Uses of the name where nothing is known to use the definition: what it belongs to may hand it on."""
    uses = [use for use in repo.uses_of_name(name, limit=1000) if use.role != "import"]
    if uses:
        code = [use for use in uses if not use.is_test]
        aside = f", {len(uses) - len(code)} of them in tests" if code and len(code) < len(uses) else ""
        places = f"{count(len(uses), 'place')} of code {'uses' if len(uses) == 1 else 'use'}"
        draft.say(f"{places} something named {name}{aside}, which may be it or not:")
        draft.table(rows_by_caller(code or uses, MOST_CALLERS))


candidates = targets[0]
for candidate in sorted(likeliest(candidates, MOST_CANDIDATES), key=is_unused):
    tell(candidate)
    draft.say()
doubts(candidates[0].name, list(doubtful.values()))
for sentence in unlisted:
    draft.say(f"{sentence}.")
name = candidates[0].name
if not used and not unlisted:
    namesakes(name)
asked = parts_of(subjects[0][0][-1])[-1]
if not used or asked.isupper():
    tell_quoted(asked if asked.lower() == name.lower() else name, MOST_QUOTED)
hiding = [each for each in hiding if each not in unlisted]
if hiding:
    draft.say(f"Others could be hidden: {'; '.join(hiding)}.")
print(draft)
