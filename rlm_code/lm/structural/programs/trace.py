# A stack trace: which of its frames are in this repository, and which other places fit what it says.
MOST_FRAMES, MOST_PLACES = 16, 6
incomplete = "structure finds the places of a stack trace and can't judge the cause"
draft = Draft()


files = list(repo.files())


def file_of(path):
    """The file here that ends like the frame's path; the longest common ending wins."""
    parts = path.replace("\\", "/").strip("/").split("/")
    for start in range(len(parts)):
        ending = "/" + "/".join(parts[start:])
        found = [file for file in files if ("/" + file.path).endswith(ending)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


known = [(file, line) for file, line in ((file_of(path), line) for path, line in frames) if file]
rows = []
for file, line in known[:MOST_FRAMES]:
    if line <= file.line_count:
        symbol = repo.symbol_at(file.path, line)
        lines = file.lines(line, line)
        mark = draft.cite(lines) if lines.text.strip() else ""
        rows.append([f"{file.path}:{line}", symbol.short_name if symbol else "", Draft.code(lines.text), mark])
if rows:
    draft.say(f"{len(rows)} of {count(len(frames), 'frame')} lie in this repository, in the order of the trace:")
    draft.table(rows)
else:
    which = "Its one frame does not lie" if len(frames) == 1 else f"None of the {len(frames):,} frames lies"
    draft.say(f"{which} in this repository.")
places = [place.symbol for place in repo.rank(question, limit=MOST_PLACES) if place.symbol]
if places:
    draft.say("Definitions that fit what it says, the likeliest first:")
    draft.table(definition_rows(places, MOST_PLACES))
draft.say("Structure can't judge the cause. A language model can: set ANTHROPIC_API_KEY, or choose one with --lm.")
print(draft)
