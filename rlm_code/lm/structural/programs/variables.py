# Which environment variables the code reads, by the usual ways of reading them in each language.
MOST_ROWS, MOST_TESTS = 30, 6
WAYS = (
    r"\b(?:environ(?:\.get|\.setdefault|\.pop)?|secure_getenv|getenv|get_env|Getenv|LookupEnv|env::var(?:_os)?|env!"
    r"|option_env!|ENV(?:\.fetch)?|\$_ENV|GetEnvironmentVariable|process\.env|import\.meta\.env|Deno\.env\.get)"
    r"(?:\s*[\[(]\s*[\"']?|\.)([A-Z_][A-Za-z0-9_]{2,})\b(?![\"']?\]?\s*=[^=])"
)
COMPUTED = (
    r"\b(?:environ\.get|secure_getenv|getenv|get_env|Getenv|LookupEnv|env::var(?:_os)?|GetEnvironmentVariable)"
    r"\s*\(\s*[&*]?[a-z_]\w*"
)
draft = begun()
read, in_tests = {}, {}
for hit in repo.search(WAYS, limit=5000):
    if is_code(hit.path):
        for found in re.findall(WAYS, hit.text):
            (in_tests if hit.is_test or is_aside(hit.path) else read).setdefault(found, []).append(hit)


def variable_rows(found, most):
    rows = []
    for name, hits in sorted(found.items())[:most]:
        more = f" and {len(hits) - 1} more" if len(hits) > 1 else ""
        rows.append([hits[0].place + more, name, Draft.code(hits[0].text), draft.cite(hits[0])])
    return rows + ([[f"… and {len(found) - most} more"]] if len(found) > most else [])


alone = {name: hits for name, hits in in_tests.items() if name not in read}
if read:
    lines = count(sum(map(len, read.values())), "line")
    verb = "is" if len(read) == 1 else "are"
    draft.say(f"{count(len(read), 'environment variable')} {verb} read in {lines} of code:")
    draft.table(variable_rows(read, MOST_ROWS))
else:
    outside = " outside of tests and examples" if alone else ""
    draft.say(f"No line of code reads an environment variable in one of the usual ways{outside}.")
if alone:
    draft.say(f"In tests and examples alone {len(alone):,} more:" if read else "In tests and examples:")
    draft.table(variable_rows(alone, MOST_TESTS))
computed = [hit for hit in repo.search(COMPUTED) if is_code(hit.path) and not hit.is_test and not is_aside(hit.path)]
if computed:
    draft.say(f"Under a name that is computed, {count(len(computed), 'line')}:")
    draft.table(hit_rows(computed, MOST_TESTS))
draft.say("Found by the text of the usual ways; what a library reads is not seen.")
print(draft)
