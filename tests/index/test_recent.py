"""What is kept stays within its bytes, whatever is asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rlm_code.index.recent import Recent

MOST = 100


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 150)), max_size=40))
def test_no_more_bytes_than_allowed_but_for_one_that_is_larger(puts: list[tuple[int, int]]) -> None:
    recent: Recent[int, int] = Recent(MOST)
    for key, size in puts:
        recent.put(key, size, size)
        assert recent.get(key) == size, "what was put last is there"
        kept = [recent.get(other) or 0 for other in recent.known()]
        assert sum(kept) <= MOST or kept == [size]


def test_what_was_not_asked_for_longest_goes_first() -> None:
    recent: Recent[str, str] = Recent(MOST)
    for name in ("first", "second"):
        recent.put(name, name, 50)
    recent.get("first")
    recent.put("third", "third", 50)
    assert recent.known() == ["first", "third"]


def test_a_copy_goes_its_own_way() -> None:
    recent: Recent[str, str] = Recent(MOST)
    recent.put("kept", "kept", 60)
    after = recent.copied()
    after.drop("kept")
    after.put("new", "new", 90)
    assert (recent.known(), after.known()) == (["kept"], ["new"])
