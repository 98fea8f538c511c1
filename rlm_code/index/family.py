"""What resolution must know of a language besides its facts: one row a family of languages that bind names alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rlm_code.parse import Language


class Family(NamedTuple):
    """How names are bound. `receivers` are the words for the object a method runs on. `members_in_scope`: a method
    sees its class's members bare. `folder_is_module`: top-level names are shared by the files of a folder.
    `file_is_module`: what others import by its name is a file. `strict`: a bare name that nothing in sight binds is
    certainly not ours. `joints` reach members. `by_locals`: what functions bind is read from their syntax.
    `bases_in_header`: what the body of a class names as a base outside of its members is that of something made
    there."""

    name: str
    receivers: frozenset[str] = frozenset()
    members_in_scope: bool = False
    folder_is_module: bool = False
    file_is_module: bool = False
    strict: bool = False
    joints: tuple[bytes, ...] = (b".",)
    by_locals: bool = False
    bases_in_header: bool = False


_SCRIPT = Family("script", frozenset({"this"}), file_is_module=True, strict=True)
_CLASSIC = Family(
    "classic",
    frozenset({"this"}),
    members_in_scope=True,
    folder_is_module=True,
    joints=(b".", b"::"),
    bases_in_header=True,
)
_C = Family("c", frozenset({"this"}), members_in_scope=True, joints=(b".", b"->", b"::"))
_FAMILIES = {
    "python": Family("python", frozenset({"self", "cls"}), file_is_module=True, strict=True, by_locals=True),
    "javascript": _SCRIPT,
    "typescript": _SCRIPT,
    "tsx": _SCRIPT,
    "svelte": _SCRIPT,
    "go": Family("go", folder_is_module=True, strict=True),
    "java": _CLASSIC,
    "kotlin": _CLASSIC,
    "c-sharp": _CLASSIC,
    "scala": _CLASSIC,
    "c": _C,
    "cpp": _C,
    "objc": _C,
    "swift": Family("swift", frozenset({"self"}), members_in_scope=True, folder_is_module=True),
    "rust": Family("rust", frozenset({"self"}), joints=(b".", b"::")),
    "ruby": Family("ruby", frozenset({"self"}), members_in_scope=True, joints=(b".", b"::")),
    "php": Family("php", frozenset({"$this", "this", "self", "static"}), joints=(b"->", b"::")),
    "perl": Family("perl", joints=(b"->", b"::")),
}


def separator_of(language: str) -> str:
    """What parts a module's name in the imports of a language."""
    row = language_named(language)
    return row.import_separator or row.separator


def language_named(name: str) -> Language:
    """The registry's row of a language that a file was parsed in."""
    from rlm_code.parse import languages

    return next(row for row in languages() if row.name == name)


def family_of(language: str) -> Family:
    """The family of a language; languages without a row of their own stand alone."""
    return _FAMILIES.get(language) or Family(language)
