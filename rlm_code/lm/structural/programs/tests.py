# Which tests use it: those that call it or name it, and those that only may, by the name.
MOST_ROWS, MOST_DOUBTFUL, MOST_CANDIDATES = 24, 8, 2
draft = begun()


def tell(symbol):
    uses = [use for use in symbol.references(limit=2000) if use.is_test and use.role != "import"]
    sure = [use for use in uses if use.certainty != "name"]
    doubtful = [use for use in uses if use.certainty == "name" and use.role == "call"]
    name = f"{symbol.short_name} ({symbol.place})"
    if sure:
        files = len({use.path for use in sure})
        draft.say(f"{name} is used {count(len(sure), 'time')} in {count(files, 'test file')}: {draft.cite(symbol)}")
        draft.table(rows_by_caller(sure, MOST_ROWS))
    else:
        draft.say(f"No test is known to use {name} itself, of {looked_at()}. {draft.cite(symbol)}")
        draft.say("Tests may reach it through what calls it: structure sees uses and not what is run.")
    if doubtful:
        draft.say(
            f"{count(len(doubtful), 'more call')} in tests of something named {symbol.name}, which may be it or not:"
        )
        draft.table(rows_by_caller(doubtful, MOST_DOUBTFUL))


for candidate in likeliest(targets[0], MOST_CANDIDATES):
    tell(candidate)
print(draft)
