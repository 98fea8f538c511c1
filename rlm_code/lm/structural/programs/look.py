# Look first: what may each name in the question mean here?
MOST, MOST_SHOWN, MOST_WRITTEN, MOST_MEANT = 200, 12, 40, 3
PROSE = ("section", "key", "selector")
SMALL = ("field", "variable", "constant", "property", "enum_member")
ALIKE = {"function": ("method",), "interface": ("class", "trait"), "class": ("struct", "interface")}


def paths_called(name):
    """Files and folders of this path or name, also written as a module: pkg.module."""
    if "/" in name or "." in name:
        name = name.strip("/")
        files = repo.files(f"/{name}") or repo.files(f"**/{name}")
        if files and any(f"/{name}/" in in_root(file) for file in files):
            return [name]
        if files:
            return list(files)
        if folder := package_folder(name):
            return [folder]
        module = "/" + name.replace(".", "/")
        return [file for file in repo.files() if module_of(file).endswith(module)]
    folders = [path[: path.find(f"/{name}/") + len(name) + 1] for path in map(in_root, repo.files(f"{name}/"))]
    return sorted((path.lstrip("/") for path in dict.fromkeys(folders) if path), key=lambda path: path.count("/"))


def package_folder(name):
    """The folder of a package by the path under which Go imports it; None if it is not of this repository."""
    for file in repo.files("**/go.mod"):
        declared = next((line.split()[1] for line in file.text.splitlines() if line.startswith("module ")), "")
        if declared and name.startswith(f"{declared}/"):
            folder = file.path[: -len("go.mod")] + name[len(declared) + 1 :]
            return folder if repo.files(f"/{folder}/") else None
    return None


def in_root(file):
    return "/" + file.path


def module_of(file):
    """The path without its ending; a package's own file stands for its folder."""
    stem = "/" + file.path.rpartition(".")[0]
    return stem.rpartition("/")[0] if stem.rpartition("/")[2] in ("__init__", "index", "mod") else stem


def stems(name):
    return [file for file in repo.files() if file.path.rpartition("/")[2].partition(".")[0] == name]


def definitions(names, kind):
    """Definitions called so: of the kind asked for if there are any, else code before headings and keys."""
    found = [symbol for name in names for symbol in repo.find(name, limit=MOST)]
    code = [symbol for symbol in found if symbol.kind not in PROSE]
    code = told_apart(code)
    if len(names) > 1:
        code.sort(key=lambda symbol: symbol.kind in SMALL)
    alike = [symbol for symbol in code if symbol.kind == kind or symbol.kind in ALIKE.get(kind, ())]
    return alike or code or found


def told_apart(symbols):
    """Definitions without those that are one with another: overloads, unless each has uses of its own, as in Java.

    The last of them has the body.
    """
    groups = {}
    for symbol in symbols:
        groups.setdefault((symbol.path, symbol.qualified_name), []).append(symbol)
    return [symbol for same in groups.values() for symbol in with_own_uses(same)]


def with_own_uses(same):
    if len(same) == 1 or not all(symbol.kind in ("function", "method", "constructor") for symbol in same):
        return same[-1:]
    used = {tuple(use.place for use in symbol.references(limit=100, sure=True)): symbol for symbol in same}
    used.pop((), None)
    return list(used.values()) or same[-1:]


def as_written(name):
    """What a name stands for where code writes it, as `app.route` for a method of what `app` holds; mostly meant first.

    The index is asked what the last part means in lines that hold the name, at most so many of them; most have to be
    uses of what it says, and more than namesakes.
    """
    last = len(parts_of(name)[-1].encode())
    if name.isidentifier():
        return []
    hits = [hit for hit in repo.search(rf"\b{re.escape(name)}\b", limit=1000) if is_code(hit.path)]
    hits = hits[:: len(hits) // MOST_WRITTEN + 1]
    meant = {}
    for hit in hits:
        for symbol in repo.definition_at(hit.path, hit.end_line, hit.end_column - last):
            if symbol.kind != "import" and not symbol.is_file:
                meant[symbol] = meant.get(symbol, 0) + 1
    found = sorted(meant, key=lambda symbol: -meant[symbol])[:MOST_MEANT]
    uses = {(use.path, use.line) for symbol in found for use in symbol.references(sure=True, limit=10_000)}
    if sum((hit.path, hit.end_line) in uses for hit in hits) * 2 <= len(hits):
        return []
    means = in_a_row([f"{symbol.short_name} ({symbol.place})" for symbol in found], MOST_MEANT)
    understood.append(f"No definition is called {name}; where code writes that, it means {means}.")
    return found


def standing_in(names, kind, within):
    """The definitions called so where they are said to stand; else those elsewhere, which is said."""
    places = [getattr(place, "path", f"{place}/") for place in paths_called(within)]
    found = definitions(names, kind)
    inside = [each for each in found if any(each.path == place or each.path.startswith(place) for place in places)]
    inside = inside or definitions([f"{within}.{name}" for name in names], kind)
    if found and not inside:
        elsewhere = in_a_row([f"{symbol.short_name} ({symbol.place})" for symbol in found], 3)
        understood.append(f"Nothing called {names[-1]} is defined in {within}; elsewhere there is {elsewhere}.")
    return inside or found


def meaning(names, kind, line, within):
    """What is meant by the first of `names` that means anything; several spellings of one name count together."""
    name = names[0]
    if within:
        return standing_in(names, kind, within)
    if line:
        file = next(iter(paths_called(name)), None)
        symbol = repo.symbol_at(file.path, line) if hasattr(file, "path") else None
        return [symbol or file] if file else []
    folders = [path for path in paths_called(name) if isinstance(path, str)] if kind == "folder" else []
    if folders:
        return folders
    if "/" in name:
        return paths_called(name) or definitions([name], kind)
    found = definitions(names[:2], kind) or definitions(names[2:], kind)
    if any(symbol.name in names[-1] for symbol in found):
        return found
    files = paths_called(names[-1])
    if found and not files and len(names) == 1:  # it is at most alike, in another case
        alike = in_a_row([f"{symbol.short_name} ({symbol.place})" for symbol in found], 3)
        understood.append(f"No definition is called {name} as it is written; in another case there is {alike}.")
    return files or found or stems(names[-1]) or as_written(names[-1])


def sort_of(found):
    if not found:
        return "nothing"
    if isinstance(found[0], str):
        return "folder"
    return "definition" if hasattr(found[0], "qualified_name") else "file"


if besides:
    incomplete = f"structure answers for the name alone: it did not judge {' and '.join(map(repr, besides))}"

# What is meant, and of what only the tests define: they are named aside where the code has the name too.
targets, aside = [], []
for names, kind, line, within in subjects:
    found = meaning(names, kind, line, within) if names[0] else [""]
    code = [each for each in found if not getattr(each, "is_test", False)]
    targets.append(code or found)
    aside += [each for each in found if each not in targets[-1]]
    print(f"{names[0] or 'the whole repository'}:")
    for candidate in found[:MOST_SHOWN]:
        print(f"  {candidate!r}")
print("found:", *(sort_of(found) for found in targets))
