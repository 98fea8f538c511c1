"""What may be blanked out of code that a grammar gives up on, by language, for `masks.py`.

C's, SQL's, SystemVerilog's and those of templates stand in modules of their own. Which language uses what is for its
row in the registry to say.
"""

from __future__ import annotations

# Where a signature that begins with type parameters follows a member without a semicolon, which the grammar wants.
SCRIPT_MASKS = (
    r"^(?:(?!//)[^\n])*[\w\]>})'\"](?P<mask>)\n(?:\s*(?:/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*\n))*"
    r"(?=\s*<[^<>();]*(?:<[^<>();]*>[^<>();]*)*>\()",
)

# A member that ends on the line of its brace, or goes before another on one line, wants a semicolon in the grammar;
# a constructor belongs on the line of its class. The first is sought so far and no further, since it is sought anew
# from each word of an endless line.
KOTLIN_MASKS = (
    r"\b(?:fun|val|var|class|object|interface)\b[^{}\n;\"]{0,300}(?P<mask>)[ \t]\}",
    r"\}(?P<mask>)[ \t]+(?=\}|(?:[a-z]+[ \t]+){0,4}?(?:fun|val|var|class|object|interface)[ \t])",
    r"\bclass[ \t]+\w+(?:<[^<>\n]*>)?[ \t]*(?P<joined>\n)"
    r"(?=\s*(?:(?:@\w+(?:\([^()\n]*\))?|[a-z]+)\s+){0,4}constructor\b)",
)

# The type of an enum, code behind a parameter block on one line, a call of the base, attributes before a type; the path
# behind a variable and patterns of file names, as commands take them.
POWERSHELL_MASKS = (
    r"\$(?:\{[\w:]+\}|[\w:]+)(?P<mask>[\\/][\w.\\/*$-]+)",
    r"[ \t](?P<mask>(?:\*\.[\w*]+,?[ \t]*){1,20})(?=[\n|;)-])",
    r"\benum[ \t]+\w+[ \t]*(?P<mask>:[ \t]*\w+)(?=\s*\{)",
    r"\b[Pp]aram[ \t]*\((?:[^()\n]|\([^()\n]*\))*\)(?P<mask>)[ \t]+(?=[^\s;}])",
    r"\)[ \t]*(?P<mask>:[ \t]*base[ \t]*\([^()\n]*\))(?=\s*\{)",
    r"^[ \t]*(?P<mask>\[\w+\(\)\])(?=\s*(?:enum|class)\b)",
)

# Of make what the grammar has no rules for: BSD's directives, assignments to computed names, search paths, where a
# variable of one target goes, and values with suffixes replaced by nothing, arithmetic and the like.
MAKE_MASKS = (
    r"^(?P<mask>\.[ \t]*(?:if(?:n?def|n?make)?|elif|else|endif|for|endfor|include|undef|error|warning|export)\b"
    r"(?![ \t]*:)[^\n]*)$",
    r"^(?P<mask>[^\s:=#$]*\$[({][\w.$(){} -]+[)}][^\s:=#]*[ \t]*[:?+]?=[^\n]*)$",
    r"^(?P<mask>vpath\b[^\n]*)$",
    r"^[\w./%-]+[ \t]*:[ \t]*(?P<mask>(?:export|override|private)[ \t]+)(?=[\w.-]+[ \t]*[:?+]?=)",
    r"(?P<mask>\$[({][\w.@<^*?+-]*:[^()=\n]*=[^()\n]*[)}])",
    r"^(?:(?:export|override|private)[ \t]+)?[\w.-]+[ \t]*(?:[:?+!]|::)?=[ \t]*"
    r"(?P<mask>(?=[^\n]*(?:\$\$\(|\$\((?:shell|foreach)\b|,\)))(?:[^\n\\]|\\[^\n]|\\\n){1,2000}?)$",
)

# Fortran's fixed form: comments, and lines that go on in their sixth column.
FORTRAN_MASKS = (
    r"^(?P<mask>[*][^\n]*|[cC](?:[^a-zA-Z\n(=%][^\n]*)?)$",
    r"(?<![&\n])(?P<joined>\n(?:[cC*!][^\n]*\n|[ \t]*\n){0,40})"
    r"(?:     (?P<mask>[$&+*>#|]|[1-9](?!\d))|\t(?P<mask1>[1-9](?!\d)))",
)

# The later branch of a conditional, and the compiler's directives, which may stand anywhere; where a program's unit is.
PASCAL_MASKS = (
    r"^[ \t]*[\w.]+[ \t]+(?P<mask>(?i:in)[ \t]+'[^'\n]*')(?=[ \t]*(?:\{[^}\n]*\})?[ \t]*[,;])",
    r"(?is)(?P<mask>\{\$ELSE\b[^{}]*\}(?:(?!\{\$(?:IF|END|ELSE)).)*)(?=\{\$(?:ENDIF|IFEND))",
    r"(?P<mask>\{\$[^{}]*\})",
)
