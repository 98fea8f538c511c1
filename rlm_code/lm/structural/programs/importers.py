# Who imports a file, a folder (from outside of it) or a definition: code first, tests after it.
import re

MOST_ROWS, MOST_TESTS, MOST_CANDIDATES = 24, 8, 3
DATA = ("json", "yaml", "toml", "markdown", "ini", "html", "css", None)
KEYWORDS = "import|from|use|require|include|extern crate|#include"
STATEMENT = rf"^[ \t]*(?:(?:pub )?(?:{KEYWORDS})\b|.*(?:\bfrom |\brequire\()).*(?<![\w-])NAME(?![\w-])"
ROW = r"^[ \t]*(?:[\w.]+ )?\"(?:[^\"]*/)?NAME(?:/[^\"]*)?\"$"  # of Go's lists
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


def statements(name):
    """The lines of code that import something called so."""
    pattern = f"{STATEMENT}|{ROW}".replace("NAME", re.escape(name))
    hits = repo.search(pattern, limit=500)
    return [hit for hit in hits if repo.file(hit.path).language not in DATA]


def tell_statements(name, hits):
    draft.say(
        f"{count(len(hits), 'line')} of code {'imports' if len(hits) == 1 else 'import'} something called {name}:"
    )
    draft.table([hit.place, Draft.code(hit.text), draft.cite(hit)] for hit in hits[:MOST_ROWS])
    if len(hits) > MOST_ROWS:
        draft.say(f"… and {len(hits) - MOST_ROWS} more")
    draft.say(
        "They were found by their text; nothing that this repository defines under that name is imported for sure."
    )


name = subjects[0][0][0]
outside = [] if any(map(importers, targets[0][:MOST_CANDIDATES])) else statements(name)
if outside:
    tell_statements(name, outside)
else:
    for candidate in likeliest(targets[0], MOST_CANDIDATES):
        tell(candidate)
print(draft)
