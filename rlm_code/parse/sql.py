"""Headings of definitions in SQL, for `landmarks.py`: the grammar reads few of the dialects, and no procedure well."""

from __future__ import annotations

from rlm_code.parse.language import Landmarks
from rlm_code.parse.templates import TEMPLATE_MASKS

# Templates, names in brackets, what parts or delimits statements for a client, who defines a routine; of a table what
# a dialect adds to its columns and their constraints; the bodies of triggers.
SQL_MASKS = (
    *TEMPLATE_MASKS,
    r"(?P<mask>\[)[A-Za-z_]\w*(?P<mask1>\])",
    r"^[ \t]*(?P<mask>)[Gg](?P<mask1>[Oo])[ \t]*$",
    r"^(?P<mask>/)[ \t]*$",
    r"(?P<mask>\b(?i:GENERATED\s+(?:ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY(?:\s*\([^()]*\))?|"
    r"IDENTITY(?:\s*\([ \d,]*\))?|(?:NON)?CLUSTERED|AUTO_?INCREMENT|ON\s+UPDATE\s+"
    r"(?:CURRENT_TIMESTAMP|NOW)(?:\s*\(\d?\))?|"
    r"CHARACTER\s+SET\s+\w+|COLLATE\s+[\w.\"']+|COMMENT\s+'[^'\n]*'|UNSIGNED|ZEROFILL)\b)(?=[^;'\"\n]{0,300}[,)\n])",
    r"(?P<mask>\b(?i:DEFAULT)\s+(?:'[^'\n]*'|[\w.]+)?(?:[ \t]*\([^()\n]*(?:\([^()\n]*\)[^()\n]*){0,5}\))?"
    r"(?:::\w+(?:[ \t]+(?:without|time|zone|varying)\b)*)?)(?=[^;\n]{0,300}[,)\n])",
    r"(?P<mask>,\s*(?i:CONSTRAINT|FOREIGN\s+KEY|(?:UNIQUE|FULLTEXT)?\s*(?:KEY|INDEX)\s+[\w`\"]+)\s"
    r"[^(),;]*(?:\((?:[^()]|\([^()]*\))*\)[^(),;]*){0,6})(?=\s*[,)])",
    r"(?i)\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP(?:ORARY)?\s+)?TRIGGER\b[^;]{0,400}?"
    r"(?P<mask>\b(?:FOR\s+EACH\s+ROW\s+)?BEGIN\b(?:(?!\bCREATE\b).){0,2000}?\bEND\b)(?=\s*[;/\n])",
    r"^[ \t]*(?P<mask>(?i:DELIMITER)[ \t]+\S+)[ \t]*$",
    r"\bCREATE\s+(?P<mask>DEFINER\s*=\s*\S+)",
)
_SQL_TYPE = (
    r"(?:(?:BIG|SMALL|TINY|MEDIUM)?(?:INT(?:EGER)?|SERIAL)|(?:LONG|MEDIUM|TINY)?(?:BLOB|TEXT)|N?(?:VAR)?CHAR2?|"
    r"CHARACTER|DOUBLE|FLOAT|REAL|NUMERIC|NUMBER|DEC(?:IMAL)?|(?:SMALL)?MONEY|BOOL(?:EAN)?|BIT|DATE(?:TIME2?)?|"
    r"TIME(?:STAMP(?:TZ)?)?|YEAR|ENUM|SET|JSONB?|UUID|UNIQUEIDENTIFIER|BYTEA|[BC]LOB|(?:VAR)?BINARY|RAW|STRING|XML|"
    r"INT64|U?INT(?:8|16|32|64)|TSVECTOR|GEOMETRY|IMAGE)"
)
_SQL_NAME = r"(?:[\"`\[]?\w+[\"`\]]?\.)*[\"`\[]?(?P<name>[\w$#]+)"
_SQL_CREATE = r"(?i)^[ \t]*CREATE[ \t]+(?:OR[ \t]+(?:REPLACE|ALTER)[ \t]+)?"
SQL_LANDMARKS: Landmarks = (
    (
        "function",
        _SQL_CREATE + r"(?:DEFINER\s*=\s*\S+[ \t]+|EDITIONABLE[ \t]+|CONSTRAINT[ \t]+|AGGREGATE[ \t]+)?"
        r"(?:AGGREGATE|FUNCTION|PROC(?:EDURE)?|TRIGGER|EVENT)\s+(?:IF\s+NOT\s+EXISTS\s+)?" + _SQL_NAME,
    ),
    (
        "function",
        r"(?i)^[ \t]*(?:MEMBER\s+|STATIC\s+)?(?:FUNCTION|PROCEDURE)\s+(?P<name>\w+)(?=[^;]{0,2000}?\b[IA]S\b)",
    ),
    ("namespace", _SQL_CREATE + r"(?:EDITIONABLE[ \t]+)?(?:PACKAGE(?:\s+BODY)?|SCHEMA|DATABASE)\s+" + _SQL_NAME),
    (
        "struct",
        _SQL_CREATE
        + r"(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|EXTERNAL|FOREIGN|FORCE|MATERIALIZED|RECURSIVE)[ \t]+){0,3}"
        r"(?:TABLE|VIEW)\s+(?:IF\s+NOT\s+EXISTS\s+)?" + _SQL_NAME,
    ),
    (
        "field",  # a parameter has a mode or a mark before it, a local variable a semicolon behind it
        r"(?i)^[ \t]*,?[ \t]*[\[\"`]?(?P<name>(?!(?:AND|AS|ADD|CAST|COLUMN|DECLARE|ELSE|IN|INOUT|OR|OUT|RETURNS?|"
        r"SELECT|SET|THEN|TYPE|VARIABLE|WHEN)\b)[A-Z_]\w*)(?=[\]\"`]?[ \t]+" + _SQL_TYPE + r"\b[^;\n]*$)",
    ),
    ("type", _SQL_CREATE + r"(?:TYPE(?:\s+BODY)?|DOMAIN|SYNONYM)\s+" + _SQL_NAME),
    ("type", r"(?i)^[ \t]*(?:SUBTYPE|TYPE)\s+(?P<name>\w+)\s+IS\b"),
    ("variable", _SQL_CREATE + r"(?:SEQUENCE|VARIABLE)\s+(?:IF\s+NOT\s+EXISTS\s+)?" + _SQL_NAME),
    ("variable", r"(?i)^[ \t]*CURSOR\s+(?P<name>\w+)\b"),
    (
        "key",
        _SQL_CREATE + r"(?:(?:UNIQUE|BITMAP|FULLTEXT|SPATIAL|CLUSTERED|NONCLUSTERED)[ \t]+){0,2}INDEX\s+"
        r"(?:CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?" + _SQL_NAME + r"(?=\s+ON\b)",
    ),
)
