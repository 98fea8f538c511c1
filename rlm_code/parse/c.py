"""What likely are macros in C, C++ and Objective-C, for `masks.py`: words one may blank out of a broken file."""

from __future__ import annotations

from typing import Final

from rlm_code.parse.language import Landmarks

# What the grammar takes for names where it is lost, and what masks hide along with names.
C_KEYWORDS: Final = (
    *("char", "const", "double", "float", "int", "long", "register", "short", "signed", "static", "struct"),
    *("unsigned", "void", "volatile"),
)
_BLANK: Final = r"\s*(?:(?:/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)\s*){0,9}"
# Words in capitals that are likely macros: before the name of a class, alone on a line, with arguments but without
# an end on a line (`Q_PROPERTY(…)`) or with one at the beginning of a line, behind a parameter list or a member
# (`GUARDED_BY(lock)`), before a declaration, before a function's name or in brackets before its pointer's; a word in
# small letters before a type. Also the class that a pointer to a member points into, and the declarations that old
# code has between a list of parameters and the body.
C_MASKS: Final = (
    r"\b(?:class|struct|union|enum(?:\s+class)?)\s+(?P<mask>[A-Z_][A-Z0-9_]{2,}\b(?:\s*\((?:[^()\n]|\([^()\n]*\))*\))?)"
    r"(?=\s+[A-Za-z_]\w*\s*(?:final\s*)?[:{])",
    r"(?:\A|[;{}]|(?<=[A-Z0-9_])|^[ \t]*#[^\n]*|\*/|^[ \t]*//[^\n]*)\s*\n[ \t]*"
    r"(?P<mask>[A-Z_][A-Z0-9_]{3,})[ \t]*$(?!\s*[,}=(])",
    r"(?<!\\\n)^[ \t]*(?P<mask>[A-Z_][A-Z0-9_]{3,}[ \t]*\((?:[^()\n;{}]|\([^()\n]*\))*\))[ \t]*\n"
    r"(?!\s*[{=,.+|&?:)-])",
    r"^(?P<mask>[A-Z_][A-Z0-9_]{3,}[ \t]*\((?:[^()\n;{}]|\([^()\n]*\))*\)[ \t]*;)[ \t]*$",
    r"(?<=[ \t(])(?P<mask>\w+::)(?=\*)",
    r"(?<=\))\s*(?:(?:const|override|noexcept)\s+)?(?P<mask>\b[A-Z_][A-Z0-9_]{3,}(?:\s*\([^()\n]*\))?)(?=\s*[;{])",
    r"\b\w+(?:\[\w*\])?[ \t]+(?P<mask>[A-Z_][A-Z0-9_]{3,}\s*\([^()\n]*\))(?=\s*(?:;|=\s))",
    r"^[ \t]*(?P<mask>[A-Z_][A-Z0-9_]{3,}(?:[ \t]*\([^()\n]*\))?)(?=[ \t]+(?:static|extern|inline|const|void|int|"
    r"struct|unsigned|bool|char|float|double|template|friend|auto|explicit|virtual|constexpr|using|enum|class|operator)\b)",
    r"^[ \t]*(?:template[ \t]*<[^\n]{0,200}>[ \t]*)?(?P<mask>\b[A-Z0-9_]{0,40}"
    r"(?:CONSTEXPR|CONSTEVAL|EXPORT|INLINE|NODISCARD|EXPLICIT)[A-Z0-9_]{0,40}(?:[ \t]*\([^()\n]*\))?)(?=\s+[~A-Za-z_])",
    r"^[ \t]*(?P<mask>[A-Z_][A-Z0-9_]{3,})(?=[ \t]+[A-Za-z_]\w*[\s*&]+(?:[A-Z_][A-Z0-9_]{3,}[ \t]+)?"
    r"(?:[A-Za-z_][\w:]*\s*\(|\(\*))",
    r"^(?:(?:extern|inline|static)[ \t]+){0,3}(?!(?:const|else|enum|extern|inline|return|static|struct|union)\b)"
    r"[A-Za-z_][\w \t*]*[ \t*](?P<mask>[A-Z_][A-Z0-9_]{3,})"
    r"(?=[ \t]+[A-Za-z_]\w*[ \t]*\()",
    r"\((?P<mask>[A-Z_][A-Z0-9_]{3,})(?=[ \t]*\*[ \t]*\w+[ \t]*\)[ \t]*\()",
    r"^[A-Za-z_][\w \t*]*[ \t*](?P<mask>[A-Z_][A-Z0-9_]{3,})[ \t]*\n(?=[A-Za-z_*(])",
    r"^[ \t]*(?P<mask>(?!(?:auto|case|const|constexpr|else|explicit|extern|friend|inline|long|mutable|new|operator|"
    r"register|return|short|signed|sizeof|static|throw|typedef|unsigned|using|virtual|volatile)\b)[a-z_]\w*"
    r"(?:[ \t]+[A-Z_][A-Z0-9_]{3,})?)(?=[ \t]+(?:char|double|float|int|long|short|signed|struct|unsigned|void)\b)",
    r"^[ \t]*(?:[A-Za-z_][\w \t*]*[\s*])?[A-Za-z_]\w*[ \t]*\([\w \t\n,]+\)"
    rf"(?P<mask>(?:{_BLANK}[A-Za-z_][\w \t\n,*\[\]()]*;){{1,20}})"
    rf"(?={_BLANK}\{{)",
    r"^[ \t]*(?:public|private|protected)[ \t]+(?P<mask>slots|Q_SLOTS)(?=\s*:)",
    r"^[ \t]*(?P<mask>(?:signals|Q_SIGNALS)[ \t]*:)",
)
C_LANDMARKS: Final[Landmarks] = (
    ("macro", r"^[ \t]*#[ \t]*define[ \t]+(?P<name>[A-Za-z_]\w*)"),
    (
        "function",
        r"^(?:[A-Za-z_][\w \t*]*[ \t*])?(?P<name>(?!(?:if|for|while|switch|return|sizeof|defined)\b)\w*[a-z]\w*)[ \t]*"
        r"(?=\((?:[^;{}()]|\([^()]*\))*\)\s*(?:[A-Za-z_][\w \t,*\[\]]*;\s*){0,9}\{)",
    ),
)
# The grammar knows no modules: `export` vanishes before what it exports.
CPP_MASKS: Final = (*C_MASKS, r"^[ \t]*(?P<mask>export)(?=[ \t]+(?!module\b|import\b)\w)")
CPP_LANDMARKS: Final[Landmarks] = (
    *C_LANDMARKS,
    ("class", r"^[ \t]*class[ \t]+(?P<name>[A-Za-z_]\w*)(?=[ \t]*(?:final[ \t]*)?(?::(?!:)|\{|$))"),
    ("struct", r"^[ \t]*struct[ \t]+(?P<name>[A-Za-z_]\w*)(?=[ \t]*(?:final[ \t]*)?(?::(?!:)|\{|$))"),
    ("module", r"(?<=^export module )(?P<name>[A-Za-z_][\w.]*(?::[\w.]+)?)(?=[ \t]*;)"),
)
OBJC_MASKS: Final = (
    r"(?P<mask>\b(?!(?:CF|NS)_(?:\w+_)?(?:ENUM|OPTIONS)\b)(?:API|CF|NS|UI)_[A-Z_]+\b(?:\((?:[^()\n]|\((?:[^()\n]|\([^()\n]*\))*\))*\))?)(?=\s*[;{=])",
    r"^[ \t]*(?P<mask>NS_(?:ASSUME|HEADER)\w+)",
    r"^[ \t]*(?P<mask>typedef[ \t]+)?(?P<enum>(?:NS|CF)_(?:CLOSED_)?(?:ENUM|OPTIONS)[ \t]*\([^,()\n]*,)[ \t]*\w+"
    r"(?P<mask1>\))",
    r"^[ \t]*(?P<extern>(?:FOUNDATION_EXPORT|UIKIT_EXTERN|[A-Z]+_EXTERN|OBJC_EXPORT)\b)",
    r"(?P<mask>__(?:attribute__|deprecated\w*)\s*\(\([^;{]*?\)\))",
    r"(?P<mask>\b(?:nullable|nonnull|_Nullable|_Nonnull|__nullable|__nonnull|NS_NOESCAPE|__kindof|__unused)\b)"
    r"(?=\s*[\w)*^])(?<!, nullable)(?<!, nonnull)",
)
