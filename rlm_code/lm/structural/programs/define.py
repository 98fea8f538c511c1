# Where it is defined: one definition with its header and purpose, several as a table.
MOST_ROWS = 12
draft = begun()
found = targets[0]
if len(found) == 1:
    symbol = found[0]
    draft.say(f"{symbol.short_name} is defined in {symbol.place} ({symbol.kind}). {draft.cite(symbol)}")
    draft.table([[Draft.code(symbol.signature, 160)]])
    if symbol.summary:
        draft.say(f"{Draft.prose(symbol.summary)}.")
else:
    draft.say(f"{count(len(found), 'definition')} go by this name, the likeliest first:")
    draft.table(definition_rows(found, MOST_ROWS))
if aside:
    draft.say(f"In tests also: {in_a_row([symbol.place for symbol in aside], 4)}.")
print(draft)
