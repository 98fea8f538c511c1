"""Ignore patterns mean what git says they mean."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rlm_code.source import open_snapshot
from tests.conftest import git, write_files


def kept(tmp_path: Path, files: dict[str, str | bytes]) -> set[str]:
    """The paths of a plain folder with `files` that are not ignored, once git has agreed to them."""
    for name in ("plain", "judge"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
    write_files(tmp_path / "plain", files)
    git(tmp_path, "init", "--quiet", "--bare", "judge")
    listing = ("ls-files", "--others", "--exclude-standard", "-z")
    theirs = git(tmp_path / "plain", "--git-dir", str(tmp_path / "judge"), "--work-tree", ".", *listing)
    ours = set(open_snapshot(tmp_path / "plain").entries)
    assert ours == set(theirs.split("\0")[:-1])
    return ours - {".gitignore"}


@pytest.mark.parametrize(
    ("patterns", "ignored"),
    [
        ("*.log", {"a.log", "sub/b.log", "sub/deep/c.log"}),
        ("/a.log", {"a.log"}),
        ("sub/", {"sub/b.log", "sub/b.py", "sub/deep/c.log", "sub/deep/c.py"}),
        ("a.log/", set()),
        ("sub/*.log", {"sub/b.log"}),
        ("**/deep", {"sub/deep/c.log", "sub/deep/c.py"}),
        ("sub/**", {"sub/b.log", "sub/b.py", "sub/deep/c.log", "sub/deep/c.py"}),
        ("sub/**/*.log", {"sub/b.log", "sub/deep/c.log"}),
        ("*\n!*/\n!*.py", {"a.log", "sub/b.log", "sub/deep/c.log", "[x].txt", "#note", "!loud", "two words", "two "}),
        ("*.log\n!a.log", {"sub/b.log", "sub/deep/c.log"}),
        ("sub\n!sub/b.py", {"sub/b.log", "sub/b.py", "sub/deep/c.log", "sub/deep/c.py"}),
        ("sub/deep\n!/sub", {"sub/deep/c.log", "sub/deep/c.py"}),
        ("#note\n\\#note\n\\!loud", {"#note", "!loud"}),
        ("two\\ ", {"two "}),
        ("two\\ words   ", {"two words"}),
        ("[ab].log\r\n", {"a.log", "sub/b.log"}),
        ("[!a].log", {"sub/b.log", "sub/deep/c.log"}),
        ("[[:alpha:]].py\n[[:digit:]].log", {"a.py", "sub/b.py", "sub/deep/c.py"}),
        ("\\[x].txt", {"[x].txt"}),
        ("[x].txt\n[a-\n[z-a].log\n\\", set()),
        ("?.py\n", {"a.py", "sub/b.py", "sub/deep/c.py"}),
        ("/\n//a.py\n!\n", set()),
    ],
)
def test_a_pattern_ignores_these(tmp_path: Path, patterns: str, ignored: set[str]) -> None:
    names = ["a.log", "a.py", "sub/b.log", "sub/b.py", "sub/deep/c.log", "sub/deep/c.py"]
    files = [*names, "[x].txt", "#note", "!loud", "two words", "two "]
    found = kept(tmp_path, {".gitignore": patterns} | dict.fromkeys(files, ""))
    assert set(files) - found == ignored


_names = st.sampled_from(["a", "b", "ab", "a.b", "a-b", "]", "[a"])
_pieces = st.sampled_from(
    ["a", "b", "ab", "*", "?", "**", "a*", "*b", "*a*b*", "a**b", "***", "?*?", "\\a", "[ab]", "[!a]", "[a-c]", "[]]"]
)
_odd_pieces = st.sampled_from(
    [
        "[^]a]",
        "[a",
        "[a-]",
        "[\\]a]",
        "[z-a]",
        "[!z-a]",
        "[[a]",
        "[[:alpha:]]",
        "[![:alpha:]]",
        "[[:no:]]",
        "[a-[:digit:]]",
    ]
)


@st.composite
def _patterns(draw: st.DrawFn) -> str:
    body = "/".join(draw(st.lists(_pieces | _odd_pieces, min_size=1, max_size=4)))
    lead, tail = draw(st.sampled_from(["", "", "/"])), draw(st.sampled_from(["", "", "/", " ", "/**"]))
    return draw(st.sampled_from(["", "", "!"])) + lead + body + tail


_paths = st.lists(st.lists(_names, min_size=1, max_size=4).map("/".join), min_size=1, max_size=6, unique=True)


@settings(max_examples=30)
@given(_paths, st.lists(_patterns(), min_size=1, max_size=4), st.lists(_patterns(), max_size=2))
@example(["a/a/a"], ["a/a", "!/a"], [])
@example(["a/b", "b/a"], ["*", "!*/", "!b"], ["b", "!/b"])
def test_any_patterns_mean_what_git_says(tmp_path: Path, paths: list[str], outer: list[str], inner: list[str]) -> None:
    files = [path for path in paths if not any(other.startswith(path + "/") for other in paths)]
    rules: dict[str, str | bytes] = {".gitignore": "\n".join(outer)}
    if any(path.startswith("a/") for path in files):
        rules["a/.gitignore"] = "\n".join(inner)
    kept(tmp_path, rules | dict.fromkeys(files, ""))
