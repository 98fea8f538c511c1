"""Headings of definitions in SQL, for `landmarks.py`: the grammar reads few of the dialects, and no procedure well."""

from __future__ import annotations

from rlm_code.parse.language import Landmarks
from rlm_code.parse.templates import TEMPLATE_MASKS

# Templates, names in brackets, what parts or delimits statements for a client, who defines a routine.
SQL_MASKS = (
    *TEMPLATE_MASKS,
    r"(?P<mask>\[)[A-Za-z_]\w*(?P<mask1>\])",
    r"^[ \t]*(?P<mask>[Gg][Oo])[ \t]*$",
    r"^[ \t]*(?P<mask>(?i:DELIMITER)[ \t]+\S+)[ \t]*$",
    r"\bCREATE\s+(?P<mask>DEFINER\s*=\s*\S+)",
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
