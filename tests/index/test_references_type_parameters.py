"""Type parameters of Python classes and functions: who refers to them."""

from tests.conftest import MakeRepository
from tests.index.marked import host_of

SOURCE = """\
class Box[T]:
    held: T
    def get(self) -> T: ...
def same[T](one: T) -> T:
    return one
type Pair[T] = tuple[T, T]
T = 3
"""


def test_each_owner_has_its_own(make_repository: MakeRepository) -> None:
    root = make_repository({"a.py": SOURCE})
    queries = host_of(root, root.parent / "cache")

    def lines(line: int, column: int) -> list[int]:
        (row,) = queries.definition_at("a.py", line, column)
        return [one.line for one in queries.references("a.py", row.name_start, None, True, 100).rows]

    assert lines(1, 10) == [2, 3]
    assert lines(4, 9) == [4, 4]
    assert lines(6, 10) == [6, 6]
    assert lines(7, 0) == []
