"""What helps the grammar of SystemVerilog over its preprocessor: see `masks.py` and `landmarks.py`."""

from __future__ import annotations

from typing import Final

from rlm_code.parse.language import Landmarks

_INNER = r"[^()]"
for _ in range(5):  # brackets inside each other
    _INNER = rf"(?:[^()]|\({_INNER}*\))"
_BRACKETED: Final = rf"\({_INNER}*\)"

# The later branch of a conditional within a list, the directives, the arguments of a macro that is a statement
# (assertions, which an expression is not), the base before a macro's digits.
VERILOG_MASKS: Final = (
    r"(?P<mask>`els(?:e|if)\b[^;`]*)(?=`endif\b)",
    r"(?P<mask>`(?:ifn?def|elsif)[ \t]+\w+|`(?:else|endif)\b)",
    rf"^[ \t]*`[A-Z]\w*[ \t]*(?P<mask>{_BRACKETED})",
    r"(?P<mask>\b\d*'[hbdo])(?=`)",
)
VERILOG_LANDMARKS: Final[Landmarks] = (
    ("module", r"^[ \t]*(?:macro)?module[ \t]+(?:(?:automatic|static)[ \t]+)?(?P<name>[A-Za-z_]\w*)(?=\s*[(#;])"),
    ("module", r"^[ \t]*program[ \t]+(?P<name>[A-Za-z_]\w*)(?=\s*[(#;])"),
    ("interface", r"^[ \t]*interface[ \t]+(?:class[ \t]+)?(?P<name>[A-Za-z_]\w*)(?=\s*[(#;])"),
    ("namespace", r"^[ \t]*package[ \t]+(?P<name>[A-Za-z_]\w*)(?=\s*;)"),
    ("class", r"^[ \t]*(?:virtual[ \t]+)?class[ \t]+(?P<name>[A-Za-z_]\w*)(?=\s*(?:[#;]|extends\b|implements\b))"),
    (
        "function",
        r"^[ \t]*(?:(?:virtual|static|local|protected|pure|extern)[ \t]+)*(?:function|task)\b[^;(\n]*?"
        r"(?P<name>[A-Za-z_]\w*)[ \t]*(?=[(;])",
    ),
)
