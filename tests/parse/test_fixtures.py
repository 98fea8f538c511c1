"""Every language on a small file of its own: the fixtures in tests/repositories/<language> say what to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from rlm_code.parse import language_of, languages, parse_file
from tests.parse.markers import differences, read_markers

REPOSITORIES = Path(__file__).parents[1] / "repositories"
NAMES = {language.name for language in languages()}
FIXTURES = sorted(
    path
    for folder in REPOSITORIES.iterdir()
    if folder.name in NAMES
    for path in folder.rglob("*")
    if path.is_file() and path.suffix != ".golden"
)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.relative_to(REPOSITORIES).as_posix())
def test_fixture(path: Path) -> None:
    data = path.read_bytes()
    language = language_of(path.name, data)
    assert language is not None
    assert language.name == path.relative_to(REPOSITORIES).parts[0]
    facts = parse_file(language, data)
    assert facts.issues == ()
    if path.suffix != ".json":
        assert differences(data, facts) == []
        assert read_markers(data)


def test_every_language_has_a_fixture() -> None:
    assert {path.relative_to(REPOSITORIES).parts[0] for path in FIXTURES} == NAMES
