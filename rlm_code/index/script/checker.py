"""The parts that evaluate scripts (JavaScript, TypeScript), tied together for one snapshot: they ask each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlm_code.index.memo import Memo
from rlm_code.index.script.assigned import Assigned
from rlm_code.index.script.bodies import Bodies
from rlm_code.index.script.calls import Calls
from rlm_code.index.script.context import Context
from rlm_code.index.script.discriminants import Discriminants
from rlm_code.index.script.expressions import Expressions
from rlm_code.index.script.inference import Inference
from rlm_code.index.script.jsdoc import JsDoc
from rlm_code.index.script.keys import Keys
from rlm_code.index.script.members import Members
from rlm_code.index.script.names import Names
from rlm_code.index.script.narrowing import Narrowing
from rlm_code.index.script.overloads import Overloads
from rlm_code.index.script.patterns import Patterns
from rlm_code.index.script.receivers import Receivers
from rlm_code.index.script.syntax import Sources
from rlm_code.index.script.uses import Uses
from rlm_code.index.script.values import Types
from rlm_code.index.script.written import Written

if TYPE_CHECKING:
    from rlm_code.index.modules import Modules
    from rlm_code.index.snapshot_index import SnapshotIndex

_MOST_DEEP = 40


class Checker:
    """Holds the parts, and what types were found."""

    def __init__(self, index: SnapshotIndex, modules: Modules) -> None:
        self.memo: Memo[Types] = Memo((), _MOST_DEEP)
        self.sources = Sources(index)
        self.names = Names(index, self.sources, modules)
        self.bodies = Bodies()
        self.assigned = Assigned(self)
        self.members = Members(self)
        self.receivers = Receivers(self)
        self.calls = Calls(self)
        self.inference = Inference(self)
        self.overloads = Overloads(self)
        self.discriminants = Discriminants(self)
        self.patterns = Patterns(self)
        self.narrowing = Narrowing(self)
        self.context = Context(self)
        self.written = Written(self)
        self.jsdoc = JsDoc(self)
        self.expressions = Expressions(self)
        self.keys = Keys(self)
        self.uses = Uses(self)
