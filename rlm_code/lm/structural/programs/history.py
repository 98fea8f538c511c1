# When it changed and by whom: the newest commits of its lines, and who wrote what is there now.
MOST_ROWS, MOST_COUNTED = 10, 200
draft = Draft()
target = targets[0][0]


def commits_of(target):
    if hasattr(target, "commits"):
        return target.commits(limit=MOST_COUNTED)
    return repo.commits(target or None, limit=MOST_COUNTED)


def authors(target):
    """Who last changed how many of its lines, most first."""
    lines = {}
    for part in target.blame():
        lines[part.commit.author] = lines.get(part.commit.author, 0) + part.end_line - part.start_line + 1
    return [
        f"{author} ({count(number, 'line')})" for author, number in sorted(lines.items(), key=lambda pair: -pair[1])
    ]


def evidence(target):
    if hasattr(target, "qualified_name"):
        return f"{target.short_name} ({target.place})", draft.cite(target)
    if hasattr(target, "path"):
        return target.path, draft.cite(target.lines(1, 1))
    file = next(file for file in repo.files(f"/{target}/" if target else "") if file.line_count)
    return (f"{target}/" if target else repo.overview.name), draft.cite(file.lines(1, 1))


name, mark = evidence(target)
commits = commits_of(target)
if commits:
    last = commits[0]
    draft.say(
        f"{name} last changed on {last.day}, by {last.author}: {Draft.prose(last.subject)} ({last.sha[:10]}). {mark}"
    )
    often = f"more than {len(commits)}" if commits.total is None else f"{len(commits)}"
    if len(commits) > 1:
        draft.say(f"{often} commits changed it since {commits[-1].day}:")
    draft.table([each.day, each.sha[:10], each.author, Draft.prose(each.subject)[:70]] for each in commits[:MOST_ROWS])
    if len(commits) > MOST_ROWS and commits.total is not None:
        first = commits[-1]
        subject = Draft.prose(first.subject).rstrip(".")
        draft.say(f"The first was {first.sha[:10]} on {first.day}, by {first.author}: {subject}.")
    if hasattr(target, "blame"):
        draft.say(f"Its lines as they are now come from {in_a_row(authors(target), 6)}.")
else:
    draft.say(f"No commit that changed {name} is known: the history is missing, or it was never committed. {mark}")
print(draft)
