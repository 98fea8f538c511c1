# The source itself, as far as it fits a screen.
MOST_LINES, MOST_ROWS = 60, 8
draft = begun()
found = targets[0]
target = found[0]
lines = target.lines if hasattr(target, "qualified_name") else target.lines()
shown = repo.file(target.path).lines(lines.start_line, min(lines.end_line, lines.start_line + MOST_LINES - 1))
name = f"{target.short_name}, {target.kind}" if hasattr(target, "qualified_name") else "the file"
draft.say(f"{target.path}:{shown.start_line}-{lines.end_line}, {name}: {draft.cite(shown)}")
draft.say("\n".join(["", "```", *shown.text.split("\n"), "```"]))
if lines.end_line > shown.end_line:
    draft.say(f"… {lines.end_line - shown.end_line} more lines, to line {lines.end_line}")
if len(found) > 1:
    draft.say(f"\n{count(len(found) - 1, 'other')} of this name:")
    draft.table(
        definition_rows(found[1:], MOST_ROWS) if hasattr(target, "kind") else [[each.path] for each in found[1:]]
    )
print(draft)
