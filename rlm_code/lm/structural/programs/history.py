# When it changed and by whom: the newest commits of its lines, and who wrote what is there now.
MOST_ROWS, MOST_COUNTED, MOST_BLAMED = 10, 200, 5
draft = begun()
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
    """What it is called, and the citation that shows it."""
    if hasattr(target, "qualified_name"):
        return f"{target.short_name} ({target.place})", draft.cite(target)
    return getattr(target, "path", None) or (f"{target}/" if target else repo.overview.name), ""


def newest_lines(target, commits):
    """Lines that one of the last commits left in a file it changed here, and None where nothing of them is left."""
    folder = "" if hasattr(target, "path") else target
    here = {file.path: file for file in repo.files(f"/{folder}/" if folder else "")}
    for commit in commits[:MOST_BLAMED]:
        paths = [target.path] if hasattr(target, "path") else [path for path in commit.files if path in here]
        files = [repo.file(path) for path in paths[:MOST_BLAMED]]
        for part in (part for file in files if 0 < file.line_count < 10_000 for part in file.blame()):
            if part.commit == commit:
                return part
    return None


def subject_of(commit):
    return Draft.prose(commit.subject).rstrip(".")


name, mark = evidence(target)
commits = commits_of(target)
if commits:
    last, first = commits[0], commits[-1]
    draft.say(
        f"{name} last changed on {last.day}, by {last.author}: {subject_of(last)} ({last.sha[:10]}). {mark}".rstrip()
    )
    known = (
        f"{len(commits)} commits changed it since"
        if commits.complete
        else f"Its last {len(commits)} commits go back to"
    )
    if len(commits) > 1:
        draft.say(f"{known} {first.day}{f'; the last {MOST_ROWS}' if len(commits) > MOST_ROWS else ''}:")
        draft.table([each.day, each.sha[:10], each.author, subject_of(each)[:70]] for each in commits[:MOST_ROWS])
    if len(commits) > MOST_ROWS and commits.complete:
        draft.say(f"The first was {first.sha[:10]} on {first.day}, by {first.author}: {subject_of(first)}.")
    if hasattr(target, "blame"):
        draft.say(f"git blame gives its present lines to {in_a_row(authors(target), 6)}.")
    part = None if mark else newest_lines(target, commits)
    if part:
        cited = repo.file(part.path).lines(part.start_line, min(part.end_line, part.start_line + 9))
        draft.say(f"Lines that {part.commit.sha[:10]} left: {part.path}:{part.start_line} {draft.cite(cited)}")
else:
    why = "it was never committed" if repo.overview.has_history else "this is no git repository with commits"
    draft.say(f"No commit that changed {name} is known: {why}. {mark}".rstrip())
print(draft)
