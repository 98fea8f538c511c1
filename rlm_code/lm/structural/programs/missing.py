# Nothing is called so: say what was looked at, what is almost called so, and where the text stands.
MOST_ROWS = 8
draft = Draft()
for (names, _, _), found in zip(subjects, targets, strict=True):
    if found:
        continue
    name = names[-1]
    bare = name.replace("::", ".").replace("#", ".").split(".")[-1]
    draft.say(f"Nothing named {name} is defined in the {looked_at()}.")
    uses = repo.uses_of_name(bare, limit=200)
    if uses:
        draft.say(f"The name is used in {count(uses.total or len(uses), 'place')}, so it is probably defined outside:")
        draft.table(rows_by_caller(uses, MOST_ROWS))
        continue
    near = repo.near(bare)
    if near:
        draft.say("Almost the same name:")
        draft.table(definition_rows(near, MOST_ROWS))
    hits = repo.search(name, regex=False, ignore_case=True, limit=MOST_ROWS)
    if hits:
        draft.say(f"As text it stands in {count(hits.total, 'line')}:")
        draft.table([hit.place, Draft.code(hit.text), draft.cite(hit)] for hit in hits)
    else:
        draft.say("It does not stand anywhere in the text either, in any case.")
print(draft)
