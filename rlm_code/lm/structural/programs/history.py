# When it changed and by whom: the newest commits of its lines, and who wrote what is there now.
MOST_ROWS, MOST_COUNTED, MOST_BLAMED, MOST_LATER, MOST_LATEST, MOST_FILES = 10, 200, 5, 5_000, 20, 8
draft = begun()
target = targets[0][0]


def commits_of(target):
    """The commits that changed it, after `since` if that is asked."""
    if not since:
        found = target.commits(limit=MOST_COUNTED) if hasattr(target, "commits") else None
        return repo.commits(target or None, limit=MOST_COUNTED) if found is None else found
    later = repo.commits(getattr(target, "path", target) or None, since=revision, limit=MOST_LATER)
    if not hasattr(target, "qualified_name"):
        return later
    return [commit for commit in target.commits(limit=MOST_LATER) if commit in set(later)]


def named(since):
    """The date or revision as it is known here, also without the v of a version or with it; "" if it is not known."""
    if re.match(r"\d{4}-\d\d-\d\d", since):
        return since
    for spelled in (since, f"v{since}", since.removeprefix("v")):
        try:
            return repo.commit(spelled).sha
        except LookupError:
            continue
    return ""


def most_changed(commits):
    counts = {}
    for path in (path for commit in commits for path in commit.files):
        counts[path] = counts.get(path, 0) + 1
    ordered = sorted(counts, key=lambda path: (-counts[path], path))
    return in_a_row([f"{path} ({counts[path]})" for path in ordered], MOST_FILES)


def tell_later(commits):
    """Say what came after a date or revision."""
    if not revision:
        draft.say(f"Nothing in the history here is called {since}: give a tag, a commit or a date such as 2026-01-31.")
        draft.table([each.day, each.sha[:10], each.author, subject_of(each)[:70]] for each in repo.commits(limit=1))
        return
    more = "" if getattr(commits, "complete", True) else "More than "
    number = f"{more}{count(len(commits), 'commit')}" if commits else "No commit"
    draft.say(f"{number} changed {name} since {since}{':' if commits else '.'} {mark}".rstrip())
    draft.table([each.day, each.sha[:10], each.author, subject_of(each)[:70]] for each in commits[:MOST_LATEST])
    if len(commits) > MOST_LATEST:
        first = commits[-1]
        draft.say(f"… back to {first.sha[:10]} on {first.day}, by {first.author}: {subject_of(first)}.")
    if not hasattr(target, "path") and commits:
        draft.say(f"Most changed: {most_changed(commits)}.")


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
revision = named(since) if since else ""
commits = commits_of(target) if revision or not since else []
if since:
    tell_later(commits)
    incomplete = incomplete if revision else f"nothing in the history is called {since}"
elif commits:
    last, first = commits[0], commits[-1]
    if origin and commits.complete and len(commits) > 1:
        draft.say(
            f"{name} was first committed on {first.day}, by {first.author}: {subject_of(first)} ({first.sha[:10]})."
        )
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
else:
    why = "it was never committed" if repo.overview.has_history else "this is no git repository with commits"
    draft.say(f"No commit that changed {name} is known: {why}. {mark}".rstrip())
part = None if mark or not commits else newest_lines(target, commits)
if part:
    cited = repo.file(part.path).lines(part.start_line, min(part.end_line, part.start_line + 9))
    draft.say(f"Lines that {part.commit.sha[:10]} left: {part.path}:{part.start_line} {draft.cite(cited)}")
print(draft)
