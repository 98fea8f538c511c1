# What structure and documentation say of it.
MOST_ROWS = 6
found = targets[0]
draft = repo.explain(found[0])
others = [symbol for symbol in found[1:] if hasattr(symbol, "qualified_name")]
if others:
    draft.say(f"\n{count(len(others), 'other definition')} of this name:")
    draft.table(definition_rows(others, MOST_ROWS))
draft.say("\nCounted and quoted from the code; no language model judged what it does.")
print(draft)
