# What a class, a namespace or a file defines, in source order: all of it, or one sort of definition.
MOST_ROWS, MOST_CANDIDATES = 40, 2
SORTS = {
    "classes": ("class", "struct", "interface", "trait", "enum"),
    "interfaces": ("interface", "trait"),
    "functions": ("function", "method", "constructor"),
    "methods": ("method", "function", "constructor", "property"),
    "types": ("type", "class", "struct", "interface", "trait", "enum"),
    "structs": ("struct",),
    "enums": ("enum",),
    "constants": ("constant", "variable"),
}
draft = begun()


def tell(target):
    is_file = not hasattr(target, "qualified_name")
    inside = target.symbols() if is_file else target.members()
    # Overloads are one definition: the last of them has the body.
    inside = list({each.qualified_name: each for each in inside}.values())
    wanted = [each for each in inside if each.kind in SORTS[only]] if only in SORTS else inside
    if is_file and only not in SORTS:
        wanted = [each for each in inside if each.is_top_level]
    name = target.path if is_file else f"{target.short_name} ({target.place})"
    mark = "" if is_file else draft.cite(target)
    sort = only if only in SORTS else "definitions"
    one = "class" if sort == "classes" else sort.removesuffix("s")
    has = f"has {count(len(wanted), one, sort)}:" if wanted else f"has no {sort}."
    draft.say(f"{name} {has} {mark}".rstrip())
    draft.table(definition_rows(wanted, MOST_ROWS))
    if not wanted and is_file and target.line_count:
        draft.say(f"It was looked at whole: {target.path}:1 {draft.cite(target.lines(1, 1))}")


for candidate in likeliest(targets[0], MOST_CANDIDATES, CLASSES):
    tell(candidate)
print(draft)
