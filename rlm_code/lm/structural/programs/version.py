# Which version this is: what its manifests declare and what its code calls so, those nearest to the root first.
MOST_ROWS = 8
MANIFESTS = {
    "pyproject.toml": ("project.version", "tool.poetry.version"),
    "package.json": ("version",),
    "composer.json": ("version",),
    "Cargo.toml": ("package.version", "workspace.package.version"),
}
NAMES = ("__version__", "VERSION", "Version")
draft = Draft()


def declared():
    """Keys of manifests, then variables of the code, each with the line that sets it."""
    keys = repo.find("version", kind="key", limit=None)
    found = [key for key in keys if key.qualified_name in MANIFESTS.get(key.path.rpartition("/")[2], ())]
    named = [each for name in NAMES for each in repo.find(name, limit=None) if each.name == name]
    kept = [each for each in named if each.kind in ("variable", "constant") and each.is_top_level]
    return found + [each for each in kept if is_code(each.path)]


found = sorted((each for each in declared() if not each.is_test), key=lambda each: each.path.count("/"))
if found:
    draft.say(f"{count(len(found), 'line')} of manifests and code {'say' if len(found) > 1 else 'says'} a version:")
    draft.table([each.place, Draft.code(each.line_text), draft.cite(each)] for each in found[:MOST_ROWS])
    if len(found) > MOST_ROWS:
        draft.say(f"… and {len(found) - MOST_ROWS} more")
else:
    incomplete = "no manifest and no variable that is known by its name says a version"
    draft.say(f"Neither {in_a_row(MANIFESTS, 8)} nor a variable called {in_a_row(NAMES, 8)} says a version here.")
print(draft)
