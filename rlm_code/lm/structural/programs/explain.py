# What structure and documentation say of it.
MOST_ROWS = 6
found = targets[0]
draft = repo.explain(found[0])
line = subjects[0][2]
if line and getattr(found[0], "line_count", line) < line:
    draft.say(f"\nThere is no line {line}.")
others = [symbol for symbol in found[1:] if hasattr(symbol, "qualified_name") and symbol.parent != found[0]]
if others:
    draft.say(f"\n{count(len(others), 'other definition')} of this name:")
    draft.table(definition_rows(others, MOST_ROWS))
for sentence in understood:
    draft.say(f"\n{sentence}")
draft.say("\nCounted and quoted from the code; no language model judged what it does.")
print(draft)
