# Who imports a file, a folder (from outside of it), a definition, or what is not of this repository.
MOST_ROWS, MOST_TESTS, MOST_CANDIDATES, MOST_HITS = 24, 8, 3, 8
draft = begun()


def importers(target):
    if hasattr(target, "qualified_name"):
        return list(target.references("import", limit=1000))
    if hasattr(target, "path"):
        return list(target.importers())
    inside = repo.files(f"/{target}/")
    return [use for file in inside for use in file.importers() if not use.path.startswith(f"{target}/")]


def named(target):
    if hasattr(target, "short_name"):
        return f"{target.short_name} ({target.place})", target
    if hasattr(target, "path"):
        return target.path, target.lines(1, 1)
    return f"{target}/", repo.files(f"/{target}/")[0].lines(1, 1)


def tell(target):
    uses = list({(use.path, use.line): use for use in importers(target)}.values())
    code = [use for use in uses if not use.is_test]
    tests = [use for use in uses if use.is_test]
    name, evidence = named(target)
    if code:
        draft.say(f"{name} is imported in {count(len(code), 'place')}:")
    else:
        aside = "only by tests" if tests else "nowhere"
        draft.say(f"{name} is imported {aside} in the {looked_at()}. {draft.cite(evidence)}")
    draft.table(hit_rows(code, MOST_ROWS))
    if tests:
        draft.say(f"In tests: {count(len(tests), 'import')}:")
        draft.table(hit_rows(tests, MOST_TESTS))


def tell_by_name(name, uses):
    """Imports of something that is called so, wherever each leads."""
    lines, files = count(len(uses), "line"), count(len({use.path for use in uses}), "file")
    draft.say(f"{lines} of code {'imports' if len(uses) == 1 else 'import'} something called {name}, in {files}:")
    draft.table(import_rows(uses, MOST_ROWS))
    if not any(use.target_path for use in uses):
        draft.say("None of them leads to a file of this repository.")


def tell_outside(name, uses):
    """Imports of something else that is called like what was told."""
    if uses:
        draft.say(f"{count(len(uses), 'more line')} of code with {name} in an import, which leads to no file here:")
        draft.table(import_rows(uses, MOST_TESTS))


name = subjects[0][0][-1]
is_path = "/" in name and targets[0]
by_name = [] if is_path else importing(name)
if any(map(importers, targets[0][:MOST_CANDIDATES])) or (targets[0] and not by_name):
    for candidate in likeliest(targets[0], MOST_CANDIDATES):
        tell(candidate)
    tell_outside(name, [use for use in by_name if not use.target_path])
elif by_name:
    tell_by_name(name, by_name)
else:
    draft.say(f"No import in the {looked_at()} has the name {name}, and nothing called so is defined there.")
    tell_text(name, MOST_HITS)
print(draft)
