# Look first: what may each name in the question mean here?
MOST = 12
PROSE = ("section", "key", "selector")


def paths_called(name):
    """Files and folders of this path or name, also written as a module: pkg.module."""
    if "/" in name or "." in name:
        files = repo.files(f"/{name.lstrip('/')}") or repo.files(f"**/{name}")
        if files and files[0].path.endswith(name):
            return list(files)
        if files:
            return [name.strip("/")]
        stem = "/" + name.replace(".", "/")
        return [file for file in repo.files() if ("/" + file.path.rpartition(".")[0]).endswith(stem)]
    folders = {path[: path.find(f"/{name}/") + len(name) + 1] for path in map(in_root, repo.files(f"{name}/"))}
    return sorted((folder.lstrip("/") for folder in folders if folder), key=lambda folder: folder.count("/"))


def in_root(file):
    return "/" + file.path


def stems(name):
    return [file for file in repo.files() if file.path.rpartition("/")[2].partition(".")[0] == name]


def definitions(name, kind):
    """Definitions called so: of the kind asked for if there are any, else code before headings and keys."""
    found = repo.find(name, limit=MOST)
    code = [symbol for symbol in found if symbol.kind not in PROSE]
    # Overloads are one definition: the last of them has the body.
    code = list({(symbol.path, symbol.qualified_name): symbol for symbol in code}.values())
    alike = [symbol for symbol in code if symbol.kind == kind or (kind, symbol.kind) == ("function", "method")]
    return alike or code or list(found)


def meaning(name, kind, line):
    if line:
        file = next(iter(paths_called(name)), None)
        symbol = repo.symbol_at(file.path, line) if hasattr(file, "path") else None
        return [symbol or file] if file else []
    if "/" in name:
        return paths_called(name) or definitions(name, kind)
    found = definitions(name, kind)
    if not any(symbol.name in name for symbol in found):  # at most alike, in another case
        found = paths_called(name) or found
    return found or stems(name)


def sort_of(found):
    if not found:
        return "nothing"
    if isinstance(found[0], str):
        return "folder"
    return "definition" if hasattr(found[0], "qualified_name") else "file"


# What is meant, and of what only the tests define: they are named aside where the code has the name too.
targets, aside = [], []
for names, kind, line in subjects:
    found = [""] if names == [""] else next(filter(None, (meaning(name, kind, line) for name in names)), [])
    code = [each for each in found if not getattr(each, "is_test", False)]
    targets.append(code or found)
    aside += [each for each in found if each not in targets[-1]]
    print(f"{names[0] or 'the whole repository'}:")
    for candidate in found[:MOST]:
        print(f"  {candidate!r}")
print("found:", *(sort_of(found) for found in targets))
