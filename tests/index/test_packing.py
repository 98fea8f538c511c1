"""Facts survive being packed into bytes, whatever names and offsets they hold."""

from hypothesis import given
from hypothesis import strategies as st

from rlm_code.index.definitions import Definitions
from rlm_code.index.line_starts import LineStarts
from rlm_code.index.packing import (
    Uses,
    pack_file,
    unpack_imports,
    unpack_issues,
)
from rlm_code.parse.facts import ROLES, Definition, FileFacts, Import, Occurrence, Occurrences, ParseIssue
from rlm_code.text import line_at, line_starts

offsets = st.integers(0, 2_000_000)
names = st.text(st.characters(exclude_characters="\0\1", exclude_categories=["Cs"]), max_size=8)


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    start, name, length, header, body = (draw(offsets) for _ in range(5))
    kind = draw(st.sampled_from(["class", "function", "selector", "module"]))
    name_start = start + name
    end = name_start + length + header + body
    header_end = name_start + length + header
    parent = draw(st.integers(-1, 70_000))
    return Definition(
        draw(names),
        kind,
        start,
        end,
        name_start,
        name_start + length,
        header_end,
        parent,
        draw(st.sampled_from(["", "A.B"])),
    )


occurrences = st.lists(st.builds(Occurrence, names, offsets, st.sampled_from(ROLES)), max_size=40).map(
    lambda uses: sorted(set(uses), key=lambda use: (use.start, use.name, use.role))
)
imports = st.builds(Import, names, st.none() | names, st.none() | names, offsets, st.integers(-1, 300))
issues = st.builds(ParseIssue, names, offsets, offsets)


@given(st.lists(definitions(), max_size=20), occurrences, st.lists(imports, max_size=10), st.lists(issues, max_size=3))
def test_what_is_unpacked_is_what_was_packed(
    defined: list[Definition], used: list[Occurrence], imported: list[Import], broken: list[ParseIssue]
) -> None:
    facts = FileFacts("python", 1, tuple(defined), Occurrences.of(used), tuple(imported), tuple(broken))
    packed = pack_file(facts, "parsed", b"x")
    assert list(Definitions(packed.facts.definitions)) == defined
    assert sorted(Uses(packed.facts.occurrences).all()) == sorted(used)
    assert unpack_imports(packed.facts.imports) == imported
    assert unpack_issues(packed.facts.issues) == broken
    assert packed.defined == {definition.name for definition in defined}
    assert packed.used == sorted({use.name for use in used})


@given(st.binary(max_size=400).map(lambda data: data.replace(b"\1", b"\n")))
def test_line_starts_survive(data: bytes) -> None:
    facts = FileFacts("python", 1, (), Occurrences({}), (), ())
    packed = pack_file(facts, "parsed", data)
    starts = LineStarts(packed.facts.lines)
    assert list(starts) == starts[:] == line_starts(data)
    offsets = range(len(data) + 2)
    assert [starts.line_of(at) for at in offsets] == [line_at(starts[:], at) for at in offsets]


def test_uses_are_found_by_name() -> None:
    used = (Occurrence("f", 3, "call"), Occurrence("Base", 9, "inherit"), Occurrence("f", 20, "read"))
    uses = Uses(pack_file(FileFacts("python", 1, (), Occurrences.of(used), (), ()), "parsed", b"").facts.occurrences)
    assert uses.of("f") == [used[0], used[2]]
    assert uses.of("g") == []
    assert uses.all() == list(used)
