# Nothing is called so: say what was looked at, what it may be instead, and where the text stands.
MOST_ROWS, MOST_LOOKED_AT = 8, 100
draft = Draft()


def tell(name):
    *around, bare = parts_of(name)
    imports, namesakes = importing(name), [each for each in repo.find(bare) if around and is_code(each.path)]
    uses = [] if namesakes else written_so(name, repo.uses_of_name(bare, limit=5000))
    if imports:
        draft.say(f"It is imported in {count(len(imports), 'place')}:")
        draft.table(import_rows(imports, MOST_ROWS))
    if namesakes:
        draft.say(f"What is called {bare} here, though nothing shows that {name} means it:")
        draft.table(definition_rows(namesakes, MOST_ROWS))
        tell_text(name, MOST_ROWS)
    elif uses and (local := locals_alone(uses)):
        draft.say("It is only a local name:")
        draft.table(definition_rows(local, MOST_ROWS))
    elif uses:
        tell_uses(name, uses, imports)
        if bare.isupper():
            tell_quoted(name, MOST_ROWS)
    elif not imports and not tell_quoted(name, MOST_ROWS):
        near = repo.near(bare)
        if near:
            draft.say("Almost the same name:")
            draft.table(definition_rows(near, MOST_ROWS))
        tell_text(name, MOST_ROWS)


def written_so(name, uses):
    """The uses of its last part on whose lines the whole name stands."""
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return [use for use in uses if whole.search(use.text)]


def locals_alone(uses):
    """What the uses mean inside their functions; nothing where one of them may mean something else."""
    if len(uses) > MOST_LOOKED_AT:
        return []
    meant = [repo.definition_at(use.path, use.line, use.column) for use in uses]
    if any(not found or found[0].kind == "import" or found[0].is_file for found in meant):
        return []
    return list({each.place: each for found in meant for each in found}.values())


def tell_uses(name, uses, imports):
    others = [use for use in uses if use.role != "import"]
    if others or not imports:
        so = ", imports among them" if imports else ", so it is probably defined outside"
        draft.say(f"The name {name} is used in {count(len(uses), 'place')}{so}:")
        draft.table(rows_by_caller(others if imports else uses, MOST_ROWS))


for (names, _, _, within), found in zip(subjects, targets, strict=True):
    if not found:
        draft.say(f"Nothing named {names[-1]} is defined in {within or f'the {looked_at()}'}.")
        tell(names[-1])
print(draft)
