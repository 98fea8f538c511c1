"""What helps a grammar over the code that it gives up on, by language: see `masks.py` and `landmarks.py`.

C's and SQL's stand in modules of their own. Which language uses what is for its row in the registry to say.
"""

from __future__ import annotations

from rlm_code.parse.language import Landmarks

# Where a signature that begins with type parameters follows a member without a semicolon, which the grammar wants.
SCRIPT_MASKS = (
    r"^(?:(?!//)[^\n])*[\w\]>})'\"](?P<mask>)\n(?:\s*(?:/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*\n))*"
    r"(?=\s*<[^<>();]*(?:<[^<>();]*>[^<>();]*)*>\()",
)

_MODIFIERS = r"^[ \t]*(?:(?:(?!import\b)[a-z]+(?:\([^()\n]*\))?|@\w+(?:\([^()\n]*\))?|\[\w+\])[ \t]+){0,8}?"
# A member that ends on the line of its brace, or goes before another on one line, wants a semicolon in the grammar;
# a constructor belongs on the line of its class.
KOTLIN_MASKS = (
    r"\b(?:fun|val|var|class|object|interface)\b[^{}\n;\"]*(?P<mask>)[ \t]+\}",
    r"\}(?P<mask>)[ \t]+(?=\}|(?:[a-z]+[ \t]+){0,4}?(?:fun|val|var|class|object|interface)[ \t])",
    r"\bclass[ \t]+\w+(?:<[^<>\n]*>)?[ \t]*(?P<joined>\n)"
    r"(?=\s*(?:(?:@\w+(?:\([^()\n]*\))?|[a-z]+)\s+){0,4}constructor\b)",
)
KOTLIN_LANDMARKS: Landmarks = (
    ("enum", _MODIFIERS + r"enum[ \t]+class[ \t]+(?P<name>\w+)"),
    ("class", _MODIFIERS + r"(?:class|object)[ \t]+(?P<name>\w+)"),
    ("interface", _MODIFIERS + r"interface[ \t]+(?P<name>\w+)"),
    ("function", _MODIFIERS + r"fun[ \t]+(?:<[^>\n]*>[ \t]*)?(?:[\w<>?, ]+\.)?(?P<name>\w+)[ \t]*\("),
)
_RUST_ITEM = r"(?:^|(?<=[{};\]]))[ \t]*(?:pub(?:[ \t]*\([^()\n]*\))?[ \t]+)?"
RUST_LANDMARKS: Landmarks = (
    ("function", _RUST_ITEM + r"(?:(?:const|async|unsafe|extern(?:[ \t]+\"[^\"\n]*\")?)[ \t]+)*fn[ \t]+(?P<name>\w+)"),
    ("struct", _RUST_ITEM + r"(?:struct|union)[ \t]+(?P<name>[A-Za-z_]\w*)"),
    ("enum", _RUST_ITEM + r"enum[ \t]+(?P<name>\w+)"),
    ("trait", _RUST_ITEM + r"(?:unsafe[ \t]+)?trait[ \t]+(?P<name>\w+)"),
    ("module", _RUST_ITEM + r"mod[ \t]+(?P<name>\w+)[ \t]*[;{]"),
    ("macro", _RUST_ITEM + r"macro[ \t]+(?P<name>\w+)[ \t]*[({]"),
    ("type", _RUST_ITEM + r"type[ \t]+(?P<name>\w+)[^;=\n]*="),
    ("constant", _RUST_ITEM + r"const[ \t]+(?!_\b|fn\b)(?P<name>\w+)[ \t]*[:=]"),
    ("variable", _RUST_ITEM + r"static[ \t]+(?:mut[ \t]+|ref[ \t]+)?(?P<name>\w+)[ \t]*:"),
)
SWIFT_LANDMARKS: Landmarks = (
    ("class", _MODIFIERS + r"(?:class|actor)[ \t]+(?!func\b|var\b|let\b)(?P<name>\w+)"),
    ("struct", _MODIFIERS + r"struct[ \t]+(?P<name>\w+)"),
    ("enum", _MODIFIERS + r"enum[ \t]+(?P<name>\w+)"),
    ("interface", _MODIFIERS + r"protocol[ \t]+(?P<name>\w+)"),
    ("function", _MODIFIERS + r"func[ \t]+(?P<name>\w+)[ \t]*[<(]"),
)
SCALA_LANDMARKS: Landmarks = (
    ("class", _MODIFIERS + r"(?:class|object)[ \t]+(?P<name>\w+)"),
    ("trait", _MODIFIERS + r"trait[ \t]+(?P<name>\w+)"),
    ("function", _MODIFIERS + r"def[ \t]+(?P<name>\w+)"),
)
OBJC_LANDMARKS: Landmarks = (
    ("enum", r"^[ \t]*(?:typedef[ \t]+)?(?:NS|CF)_(?:ENUM|OPTIONS|CLOSED_ENUM)[ \t]*\([^,()\n]*,[ \t]*(?P<name>\w+)"),
    ("class", r"^[ \t]*@(?:interface|implementation)[ \t]+(?P<name>\w+)(?![ \t]*\()"),
    ("interface", r"^[ \t]*@protocol[ \t]+(?P<name>\w+)(?![ \t]*[;,])"),
)
CLASS_LANDMARKS: Landmarks = (
    (
        "class",
        _MODIFIERS + r"class[ \t]+(?P<name>[A-Za-z_]\w*)(?=[ \t]*(?:[<({:\n]|$|(?:extends|implements|where|with)\b))",
    ),
    ("interface", _MODIFIERS + r"interface[ \t]+(?P<name>[A-Za-z_]\w*)(?=[ \t]*(?:[<({:\n]|$|extends\b))"),
    ("enum", _MODIFIERS + r"enum[ \t]+(?!class\b)(?P<name>[A-Za-z_]\w*)(?=[ \t]*(?:[{:\n]|$|implements\b))"),
)

# The type of an enum, code behind a parameter block on one line, a call of the base, attributes before a type.
POWERSHELL_MASKS = (
    r"\benum[ \t]+\w+[ \t]*(?P<mask>:[ \t]*\w+)(?=\s*\{)",
    r"\b[Pp]aram[ \t]*\((?:[^()\n]|\([^()\n]*\))*\)(?P<mask>)[ \t]+(?=[^\s;}])",
    r"\)[ \t]*(?P<mask>:[ \t]*base[ \t]*\([^()\n]*\))(?=\s*\{)",
    r"^[ \t]*(?P<mask>\[\w+\(\)\])(?=\s*(?:enum|class)\b)",
)
POWERSHELL_LANDMARKS: Landmarks = (
    ("function", r"(?i)^[ \t]*(?:function|filter|workflow|configuration)[ \t]+(?:\w+:)?(?P<name>[\w.-]+)"),
    ("class", r"(?i)^[ \t]*class[ \t]+(?P<name>\w+)(?=[ \t]*[:{\n])"),
    ("enum", r"(?i)^[ \t]*enum[ \t]+(?P<name>\w+)(?=[ \t]*[:{\n])"),
)

# The later branch of a conditional, and the compiler's directives, which may stand anywhere.
PASCAL_MASKS = (
    r"(?is)(?P<mask>\{\$ELSE\b[^{}]*\}(?:(?!\{\$(?:IF|END|ELSE)).)*)(?=\{\$(?:ENDIF|IFEND))",
    r"(?P<mask>\{\$[^{}]*\})",
)
