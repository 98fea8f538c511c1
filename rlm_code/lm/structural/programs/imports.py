# What a file imports: from this repository first, then from elsewhere.
MOST_ROWS, MOST_NAMES, MOST_CANDIDATES = 24, 24, 2
draft = begun()


def tell(file):
    imports = file.imports()
    inside = {each.target_path: each for each in reversed(imports) if each.target_path}
    outside = [each.module for each in imports if not each.target_path and each.module != "__future__"]
    if inside:
        draft.say(f"{file.path} imports from {count(len(inside), 'file')} of this repository:")
        order = sorted(inside.values(), key=lambda each: each.line)
        draft.table([each.place, each.target_path, draft.cite(each)] for each in order[:MOST_ROWS])
    else:
        draft.say(f"{file.path} imports nothing of this repository.")
        draft.say(f"It was looked at whole: {file.path}:1 {draft.cite(file.lines(1, 1))}")
    if len(inside) > MOST_ROWS:
        draft.say(f"… and {len(inside) - MOST_ROWS} more files")
    if outside:
        draft.say(f"From outside: {in_a_row(outside, MOST_NAMES)}.")


for candidate in likeliest(targets[0], MOST_CANDIDATES):
    tell(repo.file(getattr(candidate, "path", candidate)))
print(draft)
