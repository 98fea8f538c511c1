"""What text tells of a Python expression is what its tree tells, and text tells it where objects are made in sight."""

from pathlib import Path

from rlm_code.codebase.open import open_host
from rlm_code.index.expressions import receiver
from rlm_code.index.python.plain import Plain
from rlm_code.index.python.types import PythonTypes
from rlm_code.index.references import References
from tests.conftest import MakeRepository

FILES = {
    "parts.py": """\
from typing import Generic, TypeVar, overload
T = TypeVar("T")
class Part:
    def run(self): ...
    def again(self): return self
    def whole(self) -> "Whole": ...
class Whole:
    def run(self): ...
    @property
    def part(self) -> Part: ...
class Box(Generic[T]):
    def __init__(self, held: T): ...
    def get(self) -> T: ...
@overload
def made(one: int) -> Part: ...
@overload
def made(one: str) -> Whole: ...
def made(one): ...
""",
    "uses.py": """\
import datetime
from parts import Box, Part, Whole, made
class Base:
    def make(self): return Part()
    def close(self): ...
class User(Base):
    def told(self):
        part = Part()
        part.run, part.again().run  # told
        whole = part.again().whole()  # told
        whole.part.run  # told
        mine = self.make()
        mine.run  # told
        super().close  # told
        Whole().part.run  # told
        now = datetime.datetime.now()
        now.astimezone().tzname  # told
    def by_arguments(self):
        box = Box(Whole())
        box.get().run
        one = made("a")
        one.run
        two = max(Part(), Part())
        two.run
    def hidden(self, given=")"):
        text = Part("(").again()
        text.run
        if given:
            other = Part()
        else:
            other = Whole()
        other.run
        several = last = Part()
        several.run, last.run
        first, second = Part(), Whole()
        first.run
        for each in [Part()]:
            each.run
        (lambda arrow=Part(): arrow.run)
        f"{Part().run} {text.run}"
        if (given or text).run: ...
        not (text).run
    def checked(self, thing):
        kept = Part()
        if isinstance(kept, Whole):
            kept.run
    def taken(self):
        gone = Part()
        del gone
        gone.run
    def around(self):
        outer = Part()
        def inner(given=outer.run):
            outer.run
            shared = Whole()
            return shared.run
        class Inner:
            shared = Part()
            shared.run
        return [outer.run for one in ()]
    @staticmethod
    def free(self):
        held = self.make()
        held.run
top = Part()
top.again().run
""",
}


def test_text_tells_what_the_tree_tells(make_repository: MakeRepository, tmp_path: Path) -> None:
    queries = open_host(make_repository(FILES), cache_dir=tmp_path)
    links = References(queries._references.resolver).links
    plain, types = Plain(PythonTypes(links)), PythonTypes(links)
    view, data = links.index.view("uses.py"), links.index.data("uses.py")
    told: set[int] = set()
    for use in view.uses.all():
        steps = receiver(data, use.start) or []
        readable = all(step.kind != "index" for step in steps) and [step.name for step in steps] != ["self"]
        found = plain.receiver("uses.py", steps, use.start) if steps and readable else None
        name = types.node("uses.py", use.start, use.start + len(use.name))
        attribute = name.parent if name else None
        if found is not None and attribute is not None and attribute.type == "attribute":
            assert found[0] == types.objects("uses.py", attribute.child_by_field_name("object")), (use, steps)
            told.add(view.line_of(use.start))
    lines = FILES["uses.py"].split("\n")
    assert {at for at, line in enumerate(lines, 1) if line.endswith("# told")} <= told
    queries.close()
