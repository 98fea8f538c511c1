"""Macros around items: what is blanked, and that looking for them keeps places and takes time in proportion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_code.parse.masks import blanked
from rlm_code.parse.wrappers import masks_of, without_broken, wrappers_in

NAMES = r"cfg_\w+|pin_project"
PIECES = [
    "cfg_a! {",
    "cfg_if! { if #[b] {",
    "} else {",
    "}",
    "{",
    "'{'",
    '"}"',
    'r#"}"#',
    "// {\n",
    "/* } */",
    "\n",
    "x",
]


def free(code: str) -> str:
    return blanked(code.encode(), masks_of(wrappers_in(code.encode(), NAMES))).decode()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("cfg_a! { fn b() {} }", "fn b() {}"),
        ("a::cfg_b! { c!{} }", "c!{}"),
        ("cfg_a! { mod b { cfg_c! { fn d() {} } } }", "mod b {  fn d() {}  }"),
        ("cfg_if! { if #[cfg(a)] { mod b; } else { mod c; } }", "mod b;  mod c;"),
        ('cfg_a! { \'{\' "}" r#""}"# /* } */ }', '\'{\' "}" r#""}"# /* } */'),
    ],
)
def test_items_stand_free(code: str, expected: str) -> None:
    assert " ".join(free(code).split()) == " ".join(expected.split())


@pytest.mark.parametrize(
    "code", ["other! { fn a() {} }", "cfg_a! { fn b() {", "let a = cfg_b! { c };", '"\ncfg_a! {}"']
)
def test_what_is_left_alone(code: str) -> None:
    assert free(code) == code


def test_a_macro_in_which_something_is_broken_is_left_with_those_around_it() -> None:
    wrappers = wrappers_in(b"cfg_a! { cfg_b! { ? } }\ncfg_c! { d }", NAMES)
    assert [masks[0].start for masks in without_broken(wrappers, [18])] == [24]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_places_stay(code: str) -> None:
    after = free(code)
    assert len(after) == len(code)
    assert all(new in (old, " ") for old, new in zip(code, after, strict=True))


@pytest.mark.parametrize(
    "junk", ["cfg_a! {", 'r#"', "{", "'", '"', "/*", "cfg_if! { if #[a] {", "a::", "/**/", "else "]
)
def test_looking_takes_time_in_proportion(junk: str) -> None:
    wrappers_in(b"\ncfg_z! {}\n" + junk.encode() * 20_000, NAMES)
    wrappers_in(b"cfg_if! {" + junk.encode() * 20_000 + b"{} }", NAMES)
