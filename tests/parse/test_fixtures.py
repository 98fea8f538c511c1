"""Every language on a small file of its own: the fixtures in tests/repositories/<language> say what to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from rlm_code.parse import language_of, languages, parse_file
from rlm_code.parse.facts import FileFacts
from tests.parse.markers import differences, found_in, read_markers

REPOSITORIES = Path(__file__).parents[1] / "repositories"
WITHOUT_MARKERS = {".json", ".rst"}  # no comment can stand below what it would speak of
NAMES = {language.name for language in languages()}
FIXTURES = sorted(
    path
    for folder in REPOSITORIES.iterdir()
    if folder.name in NAMES
    for path in folder.rglob("*")
    if path.is_file() and path.suffix != ".golden"
)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.relative_to(REPOSITORIES).as_posix())
def test_fixture(path: Path, regenerate: bool) -> None:
    data = path.read_bytes()
    language = language_of(path.name, data)
    assert language is not None
    assert language.name == path.relative_to(REPOSITORIES).parts[0]
    facts = parse_file(language, data)
    assert facts.issues == ()
    if path.suffix in WITHOUT_MARKERS:
        compare_with_golden(path, facts, regenerate)
    else:
        assert differences(data, facts) == []
        assert read_markers(data)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.relative_to(REPOSITORIES).as_posix())
def test_a_large_file_is_read_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = path.read_bytes()
    language = language_of(path.name, data)
    assert language is not None
    found = found_in(parse_file(language, data))
    monkeypatch.setattr("rlm_code.parse.extract._LARGE_BYTES", 0)
    assert found_in(parse_file(language, data)) == found


def compare_with_golden(path: Path, facts: FileFacts, regenerate: bool) -> None:
    """For a format without comments in that place: what is found stands in a file of its own."""
    golden = path.with_name(path.name + ".golden")
    lines = "".join(f"{offset} {what} {text}\n" for offset, what, text in found_in(facts))
    if regenerate:
        golden.write_text(lines, encoding="utf-8")
    assert lines == golden.read_text(encoding="utf-8")


def test_every_language_has_a_fixture() -> None:
    assert {path.relative_to(REPOSITORIES).parts[0] for path in FIXTURES} == NAMES
