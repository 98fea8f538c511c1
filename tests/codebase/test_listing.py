"""Lists that know what they leave out, and how they print."""

from __future__ import annotations

from rlm_code.codebase.listing import Listing


def test_all_there_are() -> None:
    listing = Listing.whole(["a", "b"], "calls")
    assert repr(listing) == "2 calls\n  'a'\n  'b'"
    assert listing.complete
    assert listing == ["a", "b"]


def test_none_and_what_could_hide_some() -> None:
    listing: Listing[str] = Listing([], "calls of f", 0, ["a.js is not parsed", "reflection"])
    assert repr(listing) == "no calls of f; not seen: a.js is not parsed; reflection"
    assert listing.complete


def test_a_known_total() -> None:
    assert Listing([1], "hits", 12).heading == "1 of 12 hits (raise limit for more)"
    assert not Listing([1], "hits", 12).complete


def test_more_than_were_asked_for() -> None:
    cut = Listing.cut([1, 2, 3], "commits", 2)
    assert (list(cut), cut.total, cut.complete) == ([1, 2], None, False)
    assert cut.heading == "first 2 commits; there are more (raise limit)"
    assert Listing.cut([1, 2], "commits", 2).total == 2


def test_long_ones_print_their_beginning() -> None:
    listing = Listing.whole(range(50), "numbers")
    shown = repr(listing).splitlines()
    assert (len(shown), shown[-1]) == (42, "  … 10 more in this list: slice it to see them")
    rest = listing[40:]
    assert isinstance(rest, Listing)
    assert repr(rest).splitlines()[:2] == ["41 to 50 of 50 numbers", "  40"]


def test_a_slice_says_which_items_it_holds_and_asks_for_no_higher_limit() -> None:
    hits = Listing(range(100), "hits", 103, ["a.js is not parsed"])
    assert hits[40:80].heading == "41 to 80 of 103 hits; not seen: a.js is not parsed"
    assert hits[40:80][10:12].heading == "51 to 52 of 103 hits; not seen: a.js is not parsed"
    assert hits[100:].heading == "none of 103 hits; not seen: a.js is not parsed"
    assert Listing.cut([1, 2, 3], "commits", 2)[1:].heading == "2 to 2 of commits"
