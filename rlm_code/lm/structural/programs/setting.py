# A setting, option or environment variable: where its name is looked up, set and defined, found by the text.
MOST_ROWS, MOST_TESTS, MOST_DOCS, MOST_KEPT = 16, 4, 3, 2
NOTES = ("#", "//", "*", "/*", "--", ";", "<!--", '"""')
draft = begun()


def named_on(pattern, **options):
    return list(repo.search(rf"(?<![\w-]){pattern}(?![\w-])", limit=2000, **options))


def spelled(name):
    """The lines with the name as it is written, else in another spelling: max-retries for MAX_RETRIES."""
    parts = [re.escape(part) for part in re.split(r"[\W_]+", name) if part]
    if name.startswith("--"):  # libraries for options are mostly told the name without its dashes
        return list(repo.search(rf"{re.escape(name)}(?![\w-])|[\"']{re.escape(name[2:])}[\"']", limit=2000))
    return named_on(re.escape(name)) or named_on("[ _.-]?".join(parts), ignore_case=True) if parts else []


def is_looked_up(hit):
    """Whether the name stands in quotes in brackets, as in get("NAME") and env["NAME"], or after a dot."""
    if re.search(rf"\bset\w*\(\s*[\"']{written}", hit.text, re.IGNORECASE):
        return False
    return re.search(rf"[(\[]\s*[\"']{written}[\"']\s*[,)\]](?!\s*=[^=])|[.:>]{written}(?![\w(]|\s*=[^=])", hit.text)


def is_kept_in(symbol):
    """Whether a definition is a name for the setting: `VARIABLE = "NAME"`."""
    kinds = ("variable", "constant", "field")
    return symbol and symbol.kind in kinds and re.fullmatch(rf".*=\s*[\"']{written}[\"'];?", symbol.header.text.strip())


def in_rows(hits, most):
    rows = [[hit.place, short(hit.inside), Draft.code(hit.text), draft.cite(hit)] for hit in hits[:most]]
    return rows + ([[f"… and {len(hits) - most} more"]] if len(hits) > most else [])


def short(symbol):
    return symbol.short_name if symbol else ""


hits = spelled(name)
spellings = sorted({found[0] for hit in hits if (found := re.search(re.escape(name), hit.text, re.IGNORECASE))})
written = (
    f"(?:--)?{re.escape(name[2:])}"
    if name.startswith("--")
    else re.escape(name if not spellings or name in spellings else spellings[0])
)
noted = [hit for hit in hits if not is_code(hit.path) or hit.text.startswith(NOTES)]
tests = [hit for hit in hits if hit.is_test and hit not in noted]
code = [hit for hit in hits if hit not in noted and hit not in tests]
defined = [symbol for symbol in repo.find(name) if symbol.name == name and not symbol.is_test and is_code(symbol.path)]
places = {(symbol.path, symbol.line) for symbol in defined}
read = [hit for hit in code if (hit.path, hit.line) not in places and is_looked_up(hit)]
others = [hit for hit in code if (hit.path, hit.line) not in places and hit not in read]
if read:
    lines = count(len(read), "line")
    draft.say(f"{name} is looked up in {lines} of code (found by the text, whatever each means):")
    draft.table(in_rows(sorted(read, key=lambda hit: is_aside(hit.path)), MOST_ROWS))
elif code:
    draft.say(f"No line looks {name} up by its name; {count(len(code), 'line')} of code name it.")
elif hits:
    draft.say(f"{name} stands in no line of code outside of tests and comments.")
else:
    draft.say(f"{name} stands nowhere in the text of the {looked_at()}, in any spelling.")
if defined:
    draft.say("It is defined at:")
    draft.table([each.place, Draft.code(each.line_text), draft.cite(each)] for each in defined[:MOST_TESTS])
if others:
    draft.say(f"{'It is also' if read or defined else 'It is'} named or set in {count(len(others), 'line')}:")
    draft.table(in_rows(sorted(others, key=lambda hit: is_aside(hit.path)), MOST_ROWS // 2))
for symbol in [hit.inside for hit in others if is_kept_in(hit.inside)][:MOST_KEPT]:
    uses = [use for use in symbol.references(limit=1000) if use.role != "import" and not use.is_test]
    draft.say(f"{symbol.short_name} ({symbol.place}) holds it and is used in {count(len(uses), 'place')}:")
    draft.table(rows_by_caller(uses, MOST_ROWS // 2))
if tests:
    draft.say(f"In tests: {count(len(tests), 'line')}:")
    draft.table(in_rows(tests, MOST_TESTS))
if noted:
    draft.say(f"In comments, documents and data: {count(len(noted), 'line')}:")
    draft.table(hit_rows(sorted(noted, key=lambda hit: is_code(hit.path)), MOST_DOCS))
if hits:
    draft.say("A name that is put together at run time is not seen.")
print(draft)
