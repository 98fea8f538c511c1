# Who imports a file, a folder (from outside of it) or a definition: code first, tests after it.
MOST_ROWS, MOST_TESTS, MOST_CANDIDATES = 24, 8, 3
draft = Draft()


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


def rows(uses, most):
    shown = [[use.place, Draft.code(use.lines.text), draft.cite(use)] for use in uses[:most]]
    return shown + ([[f"… and {len(uses) - most} more"]] if len(uses) > most else [])


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
    draft.table(rows(code, MOST_ROWS))
    if tests:
        draft.say(f"In tests: {count(len(tests), 'import')}:")
        draft.table(rows(tests, MOST_TESTS))


for candidate in likeliest(targets[0], MOST_CANDIDATES):
    tell(candidate)
print(draft)
