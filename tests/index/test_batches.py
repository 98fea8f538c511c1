"""Files are shared out so that processes end together and few of them compile a rare language's query."""

from rlm_code.index.build import batches_of
from rlm_code.index.store import Key


def sizes_of(**kinds: list[int]) -> dict[Key, int]:
    """A file of each size under each kind of name."""
    return {(f"{hint}{at}", f".{hint}"): size for hint, sizes in kinds.items() for at, size in enumerate(sizes)}


SIZES = sizes_of(py=[20_000 + at for at in range(500)], js=[1_000] * 250 + [400_000] * 2, md=[300] * 40)


def test_each_file_is_in_one_batch() -> None:
    assert sorted(key for batch in batches_of(SIZES) for key in batch) == sorted(SIZES)


def test_a_rare_kind_goes_to_one_process() -> None:
    assert len([batch for batch in batches_of(SIZES) if any(hint == ".js" for _, hint in batch)]) == 1


def test_the_common_kind_comes_last_the_largest_first_in_batches_that_end_together() -> None:
    batches = [batch for batch in batches_of(SIZES) if all(hint == ".py" for _, hint in batch)]
    found = [SIZES[key] for batch in batches for key in batch]
    assert found == sorted(found, reverse=True)
    assert max(sum(SIZES[key] for key in batch) for batch in batches) < 300_000


def test_a_repository_in_one_language_is_parted() -> None:
    assert len(list(batches_of(sizes_of(go=[10_000] * 100)))) > 2


def test_there_is_nothing_to_share_out() -> None:
    assert list(batches_of({})) == []
