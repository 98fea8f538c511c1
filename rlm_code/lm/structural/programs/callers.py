# Who uses it: calls first, then other uses, tests last. What matches by name alone stands apart.
MOST_CALLERS, MOST_OTHERS, MOST_TESTS, MOST_DOUBTFUL, MOST_CANDIDATES = 20, 8, 5, 6, 3
WORDS = {"inherit": "inherited", "read": "used as a value", "write": "assigned to", "type": "named as a type"}
draft = Draft()


doubtful = {}


def tell(symbol):
    uses = symbol.references(limit=1000)
    sure = [use for use in uses if use.certainty != "name"]
    doubtful.update(((use.path, use.line), use) for use in uses if use.certainty == "name" and use.role == "call")
    code = nearest_first((use for use in sure if not use.is_test), symbol)
    calls = [use for use in code if use.role == "call"]
    headline(symbol, uses, sure, calls)
    draft.table(rows_by_caller(calls, MOST_CALLERS))
    others(code)
    overrides(symbol)
    tests([use for use in sure if use.is_test and use.role != "import"])


def headline(symbol, uses, sure, calls):
    verb = "constructed or called" if symbol.kind in ("class", "struct") else "called"
    name = f"{symbol.short_name} ({symbol.place})"
    if calls:
        draft.say(f"{name} is {verb} in {count(len(calls), 'place')}: {draft.cite(symbol)}")
    elif sure:
        where = "outside the tests " if any(use.is_test and use.role == "call" for use in sure) else ""
        draft.say(f"{name} is not {verb} {where}in the {looked_at()}. {draft.cite(symbol)}")
    else:
        draft.say(f"No certain use of {name} was found in the {looked_at()}. {draft.cite(symbol)}")
    if not calls and uses.blind_spots:
        draft.say(f"This could hide some: {'; '.join(uses.blind_spots)}.")


def others(code):
    rest = sorted((use for use in code if use.role in WORDS), key=lambda use: list(WORDS).index(use.role))
    if rest:
        draft.say(f"{count(len(rest), 'other use')}:")
        rows = [row(use, f"{WORDS[use.role]}: {Draft.code(use.text)}") for use in rest[:MOST_OTHERS]]
        draft.table(rows + ([[f"… and {len(rest) - MOST_OTHERS} more"]] if len(rest) > MOST_OTHERS else []))
    imports = [use for use in code if use.role == "import"]
    if imports:
        places = in_a_row([f"{use.place} {draft.cite(use)}" for use in imports[:MOST_TESTS]], MOST_TESTS)
        more = f" and {len(imports) - MOST_TESTS} more" if len(imports) > MOST_TESTS else ""
        draft.say(f"Imported at {places}{more}.")


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
        aside = f", {len(tests)} of them in tests" if tests else ""
        draft.say(f"{count(len(uses), 'more call')} of something named {name}{aside}, which may be it or not:")
        draft.table(rows_by_caller(code or tests, MOST_DOUBTFUL))


candidates = targets[0]
for candidate in likeliest(candidates, MOST_CANDIDATES):
    tell(candidate)
doubts(candidates[0].name, list(doubtful.values()))
print(draft)
