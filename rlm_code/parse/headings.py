"""What the first line of a definition looks like, by language, for `landmarks.py`.

C's, SQL's and SystemVerilog's stand in modules of their own. Which language uses what is for its row in the registry
to say.
"""

from __future__ import annotations

from typing import Final

from rlm_code.parse.language import Landmarks

_INDENTED = r"^[ \t]*"
_MODIFIERS = _INDENTED + r"(?:(?:(?!import\b)[a-z]+(?:\([^()\n]*\))?|@\w+(?:\([^()\n]*\))?|\[\w+\])[ \t]+){0,8}?"
_NO_NAME = r"(?!(?:if|for|while|switch|catch|using|lock|fixed|when|foreach|synchronized)\b)"
_NO_TYPE = r"(?!(?:return|new|throw|else|case|await|yield|goto|do|try|in|is|as|using|import|package)\b)"
# A routine with a body: words of its type, its name, its parameters.
_TYPE = _NO_TYPE + r"[A-Za-z_][\w.]*(?:<[^<>;(){}=\n]*(?:<[^<>;(){}=\n]*>[^<>;(){}=\n]*)*>)?[?\[\], ]{0,4}[ \t]+"
_ROUTINE = (
    rf"{_MODIFIERS}{_TYPE}{_NO_NAME}(?P<name>[A-Za-z_]\w*)(?:<[^;(){{}}=\n]*>)?"
    r"(?=[ \t]*\([^;{}]{0,600}?\)[^;{}()=]{0,200}(?:\{|=>))"
)
_CLASS_LIKE: Landmarks = (
    (
        "class",
        _MODIFIERS + r"class[ \t]+(?P<name>[A-Za-z_]\w*)(?=[ \t]*(?:[<({:\n]|$|(?:extends|implements|where|with)\b))",
    ),
    ("interface", _MODIFIERS + r"interface[ \t]+(?P<name>[A-Za-z_]\w*)(?=[ \t]*(?:[<({:\n]|$|extends\b))"),
    ("enum", _MODIFIERS + r"enum[ \t]+(?!class\b)(?P<name>[A-Za-z_]\w*)(?=[ \t]*(?:[{:\n]|$|implements\b))"),
)

DART: Final[Landmarks] = (*_CLASS_LIKE, ("function", _ROUTINE))
JAVA: Final[Landmarks] = (*_CLASS_LIKE, ("method", _ROUTINE))
C_SHARP: Final[Landmarks] = (*JAVA, ("struct", _MODIFIERS + r"struct[ \t]+(?P<name>\w+)"))
PHP: Final[Landmarks] = (*_CLASS_LIKE, ("function", _MODIFIERS + r"function[ \t]+&?(?P<name>\w+)[ \t]*\("))
PYTHON: Final[Landmarks] = (
    ("function", _INDENTED + r"(?:async[ \t]+)?def[ \t]+(?P<name>\w+)[ \t]*[(\[]"),
    ("class", _INDENTED + r"class[ \t]+(?P<name>\w+)[ \t]*[(\[:]"),
)
_EXPORTED = _INDENTED + r"(?:(?:export|default|declare|abstract|async)[ \t]+){0,4}"
SCRIPT: Final[Landmarks] = (
    ("function", _EXPORTED + r"function[ \t]*\*?[ \t]*(?P<name>[A-Za-z_$][\w$]*)[ \t]*[<(]"),
    (
        "class",
        _EXPORTED + r"class[ \t]+(?!extends\b)(?P<name>[A-Za-z_$][\w$]*)(?=[ \t]*(?:[<{]|$|extends\b|implements\b))",
    ),
    ("constant", r"^(?:export[ \t]+)?const[ \t]+(?P<name>[A-Za-z_$][\w$]*)[ \t]*="),
)
TYPED_SCRIPT: Final[Landmarks] = (
    *SCRIPT,
    ("interface", _EXPORTED + r"interface[ \t]+(?P<name>[A-Za-z_$][\w$]*)(?=[ \t]*(?:[<{]|$|extends\b))"),
    ("enum", _EXPORTED + r"(?:const[ \t]+)?enum[ \t]+(?P<name>[A-Za-z_$][\w$]*)(?=[ \t]*\{)"),
    ("type", _EXPORTED + r"type[ \t]+(?P<name>[A-Za-z_$][\w$]*)(?=[ \t]*(?:<[^=\n]*>[ \t]*)?=)"),
)
GO: Final[Landmarks] = (
    ("function", r"^func[ \t]+(?P<name>\w+)[ \t]*[(\[]"),
    ("method", r"^func[ \t]*\([^()\n]*\)[ \t]*(?P<name>\w+)[ \t]*\("),
    ("struct", r"^type[ \t]+(?P<name>\w+)(?=(?:\[[^\n]*\])?[ \t]+struct\b)"),
    ("interface", r"^type[ \t]+(?P<name>\w+)(?=(?:\[[^\n]*\])?[ \t]+interface\b)"),
    ("type", r"^type[ \t]+(?P<name>\w+)(?=[ \t]+=?[ \t]*(?!struct\b|interface\b)[\w*\[])"),
)
RUBY: Final[Landmarks] = (
    ("function", _INDENTED + r"(?:\w+[ \t]+)?def[ \t]+(?:self\.)?(?P<name>[A-Za-z_]\w*[?!=]?)"),
    ("class", _INDENTED + r"class[ \t]+(?P<name>[A-Z]\w*)(?=[ \t]*(?:[<;]|$))"),
    ("module", _INDENTED + r"module[ \t]+(?P<name>[A-Z]\w*)(?=[ \t]*(?:;|$))"),
)
KOTLIN: Final[Landmarks] = (
    ("enum", _MODIFIERS + r"enum[ \t]+class[ \t]+(?P<name>\w+)"),
    ("class", _MODIFIERS + r"(?:class|object)[ \t]+(?P<name>\w+)"),
    ("interface", _MODIFIERS + r"interface[ \t]+(?P<name>\w+)"),
    ("function", _MODIFIERS + r"fun[ \t]+(?:<[^>\n]*>[ \t]*)?(?:[\w<>?, ]+\.)?(?P<name>\w+)[ \t]*\("),
)
SWIFT: Final[Landmarks] = (
    ("class", _MODIFIERS + r"(?:class|actor)[ \t]+(?!func\b|var\b|let\b)(?P<name>\w+)"),
    ("struct", _MODIFIERS + r"struct[ \t]+(?P<name>\w+)"),
    ("enum", _MODIFIERS + r"enum[ \t]+(?P<name>\w+)"),
    ("interface", _MODIFIERS + r"protocol[ \t]+(?P<name>\w+)"),
    ("function", _MODIFIERS + r"func[ \t]+(?P<name>\w+)[ \t]*[<(]"),
)
SCALA: Final[Landmarks] = (
    ("class", _MODIFIERS + r"(?:class|object)[ \t]+(?P<name>\w+)"),
    ("trait", _MODIFIERS + r"trait[ \t]+(?P<name>\w+)"),
    ("function", _MODIFIERS + r"def[ \t]+(?P<name>\w+)"),
)
_ITEM = r"(?:^|(?<=[{};\]]))[ \t]*(?:pub(?:[ \t]*\([^()\n]*\))?[ \t]+)?"
RUST: Final[Landmarks] = (
    ("function", _ITEM + r"(?:(?:const|async|unsafe|extern(?:[ \t]+\"[^\"\n]*\")?)[ \t]+)*fn[ \t]+(?P<name>\w+)"),
    ("struct", _ITEM + r"(?:struct|union)[ \t]+(?P<name>[A-Za-z_]\w*)"),
    ("enum", _ITEM + r"enum[ \t]+(?P<name>\w+)"),
    ("trait", _ITEM + r"(?:unsafe[ \t]+)?trait[ \t]+(?P<name>\w+)"),
    ("module", _ITEM + r"mod[ \t]+(?P<name>\w+)[ \t]*[;{]"),
    ("macro", _ITEM + r"macro[ \t]+(?P<name>\w+)[ \t]*[({]"),
    ("type", _ITEM + r"type[ \t]+(?P<name>\w+)[^;=\n]*="),
    ("constant", _ITEM + r"const[ \t]+(?!_\b|fn\b)(?P<name>\w+)[ \t]*[:=]"),
    ("variable", _ITEM + r"static[ \t]+(?:mut[ \t]+|ref[ \t]+)?(?P<name>\w+)[ \t]*:"),
)
ZIG: Final[Landmarks] = (
    ("function", _INDENTED + r"(?:(?:pub|export|inline|noinline)[ \t]+){0,3}fn[ \t]+(?P<name>\w+)[ \t]*\("),
    (
        "struct",
        r"^(?:pub[ \t]+)?const[ \t]+(?P<name>\w+)(?=[ \t]*=[ \t]*(?:(?:extern|packed)[ \t]+)?(?:struct|union)\b)",
    ),
    ("constant", r"^(?:pub[ \t]+)?const[ \t]+(?P<name>\w+)(?=[ \t]*[:=])"),
)
OBJC: Final[Landmarks] = (
    ("enum", r"^[ \t]*(?:typedef[ \t]+)?(?:NS|CF)_(?:ENUM|OPTIONS|CLOSED_ENUM)[ \t]*\([^,()\n]*,[ \t]*(?P<name>\w+)"),
    ("class", r"^[ \t]*@(?:interface|implementation)[ \t]+(?P<name>\w+)\b(?![ \t]*\()"),
    ("interface", r"^[ \t]*@protocol[ \t]+(?P<name>\w+)\b(?![ \t]*[;,])"),
)
LUA: Final[Landmarks] = (
    ("function", _INDENTED + r"(?:local[ \t]+)?function[ \t]+(?:[\w.]+[.:])?(?P<name>\w+)[ \t]*\("),
)
PERL: Final[Landmarks] = (
    ("function", _INDENTED + r"sub[ \t]+(?P<name>\w+)\b(?![ \t]*;)"),
    ("module", r"^package[ \t]+(?P<name>[\w:]+)"),
)
JULIA: Final[Landmarks] = (
    ("function", _INDENTED + r"function[ \t]+(?:[\w.]+\.)?(?P<name>\w+!?)(?=[ \t]*[({])"),
    ("struct", _INDENTED + r"(?:mutable[ \t]+)?struct[ \t]+(?P<name>\w+)"),
)
FORTRAN: Final[Landmarks] = (
    (
        "function",
        r"(?i)^[ \t]*(?:(?:pure|elemental|impure|recursive|module|integer|real|logical|complex|double[ \t]+precision"
        r"|character|type)(?:[ \t]*\([^()\n]*\))?[ \t]+){0,5}(?:subroutine|function)[ \t]+(?P<name>\w+)",
    ),
)
OCAML: Final[Landmarks] = (
    ("function", r"^(?:let|and)[ \t]+(?:rec[ \t]+)?(?P<name>[a-z_][\w']*)(?=[ \t]+[^=:\s][^=\n]*=)"),
    ("variable", r"^let[ \t]+(?P<name>[a-z_][\w']*)(?=[ \t]*(?::[^=\n]*)?=)"),
    ("type", r"^type[ \t]+(?:(?:nonrec|'\w+|\([^()\n]*\))[ \t]+){0,2}(?P<name>[a-z_][\w']*)(?=[ \t]*=)"),
    ("module", r"^module[ \t]+(?:rec[ \t]+)?(?P<name>[A-Z][\w']*)"),
)
HASKELL: Final[Landmarks] = (
    ("type", r"^(?:data|newtype|type)[ \t]+(?P<name>(?!family\b|instance\b)[A-Z][\w']*)"),
    (
        "function",
        r"^(?P<name>(?!(?:module|import|data|type|newtype|class|instance|infix[lr]?|deriving|default|foreign|pattern)\b)"
        r"[a-z_][\w']*)(?=(?:[ \t]+[^\s=|:<>$.*+&-][^\n=|]*)?[ \t]*=(?![=>]))",
    ),
)
F_SHARP: Final[Landmarks] = (
    ("function", r"^let[ \t]+(?:(?:rec|inline|private)[ \t]+){0,3}(?P<name>[a-z_][\w']*)(?=[ \t]+[^=:\s][^=\n]*=)"),
    ("type", r"^type[ \t]+(?:private[ \t]+)?(?P<name>[A-Z]\w*)(?=[^=\n]*=)"),
    ("module", _INDENTED + r"module[ \t]+(?P<name>[A-Z]\w*)(?=[ \t]*=)"),
)
PASCAL: Final[Landmarks] = (
    ("module", r"(?i)^[ \t]*(?:unit|program|library)[ \t]+(?P<name>\w+)(?=[ \t]*;)"),
    (
        "function",
        r"(?i)^[ \t]*(?:class[ \t]+)?(?:procedure|function|constructor|destructor)[ \t]+(?:\w+\.)?(?P<name>\w+)"
        r"(?=[ \t]*(?:\([^()]{0,400}\))?[ \t]*(?::[ \t]*[\w.]+)?[ \t]*;(?:\s*[a-z]+;){0,4}\s*begin\b)",
    ),
)
SOLIDITY: Final[Landmarks] = (
    ("function", _INDENTED + r"function[ \t]+(?P<name>\w+)[ \t]*\("),
    ("class", _INDENTED + r"(?:abstract[ \t]+)?(?:contract|library)[ \t]+(?P<name>\w+)"),
    ("interface", _INDENTED + r"interface[ \t]+(?P<name>\w+)"),
)
MATLAB: Final[Landmarks] = (
    ("function", _INDENTED + r"function[ \t]+(?:[^=(\n]*=[ \t]*)?(?P<name>\w+)(?=[ \t]*(?:\(|$))"),
)
POWERSHELL: Final[Landmarks] = (
    ("function", r"(?i)^[ \t]*(?:function|filter|workflow|configuration)[ \t]+(?:\w+:)?(?P<name>[\w.-]+)"),
    ("class", r"(?i)^[ \t]*class[ \t]+(?P<name>\w+)(?=[ \t]*[:{\n])"),
    ("enum", r"(?i)^[ \t]*enum[ \t]+(?P<name>\w+)(?=[ \t]*[:{\n])"),
)
MAKE: Final[Landmarks] = (
    ("variable", r"^(?:(?:export|override|private)[ \t]+)?(?P<name>[\w.-]+)[ \t]*(?::{0,2}|\?|!)="),
    ("macro", r"^(?:override[ \t]+)?define[ \t]+(?P<name>[\w.-]+)"),
    ("function", r"^(?!\.[A-Z_]+[ \t]*:)(?P<name>[\w./%-]+)[ \t]*::?(?![:=])"),
)
BASH: Final[Landmarks] = (  # the other shells' own syntax
    ("function", r"^[ \t]*function[ \t]+(?P<name>[\w:.@+-]+)"),
    ("function", r"^[ \t]*(?P<name>[\w:.@+-]+)[ \t]*\([ \t]*\)(?=[ \t]*\n?[ \t]*\{)"),
)
VHDL: Final[Landmarks] = (
    ("module", r"(?i)^[ \t]*entity[ \t]+(?P<name>[a-z]\w*)[ \t]+is\b"),
    ("module", r"(?i)^[ \t]*architecture[ \t]+(?P<name>[a-z]\w*)[ \t]+of\b"),
    ("namespace", r"(?i)^[ \t]*package[ \t]+(?:body[ \t]+)?(?P<name>[a-z]\w*)[ \t]+is\b"),
    ("function", r"(?i)^[ \t]*(?:(?:im)?pure[ \t]+)?(?:function|procedure)[ \t]+(?P<name>[a-z]\w*)"),
)
GDSCRIPT: Final[Landmarks] = (
    ("function", r"^[ \t]*(?:static[ \t]+)?func[ \t]+(?P<name>\w+)[ \t]*\("),
    ("class", r"^[ \t]*class(?:_name)?[ \t]+(?P<name>\w+)"),
)
ADA: Final[Landmarks] = (
    ("namespace", r"(?i)^[ \t]*package[ \t]+(?:body[ \t]+)?(?:\w+\.)*(?P<name>[a-z]\w*)[ \t\n]+is\b"),
    ("function", r"(?i)^[ \t]*(?:procedure|function)[ \t]+(?P<name>[a-z]\w*)(?=[ \t\n]+is\b|[ \t]*[\n(])"),
)
