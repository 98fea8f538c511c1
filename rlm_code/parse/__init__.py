"""One file's bytes → facts and issues. A language is data: a registry row and a query.

It looks at one file at a time and refuses to know any other; it never raises on bad code.
"""

from rlm_code.parse.details import Detail, details
from rlm_code.parse.detect import language_of, languages
from rlm_code.parse.extract import parse_file
from rlm_code.parse.grammar import grammar_problem
from rlm_code.parse.language import Language

__all__ = ["Detail", "Language", "details", "grammar_problem", "language_of", "languages", "parse_file"]
