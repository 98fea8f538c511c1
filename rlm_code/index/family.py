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
    there. `by_import`: what another folder defines is in sight where it is imported. `library`: names that the
    language's own library gives to all, and programs to things of their own."""

    name: str
    receivers: frozenset[str] = frozenset()
    members_in_scope: bool = False
    folder_is_module: bool = False
    file_is_module: bool = False
    strict: bool = False
    joints: tuple[bytes, ...] = (b".",)
    by_locals: bool = False
    bases_in_header: bool = False
    by_import: bool = False
    library: frozenset[str] = frozenset()


_SCRIPT = Family("script", frozenset({"this"}), file_is_module=True, strict=True, by_import=True)
_CLASSIC = Family(
    "classic",
    frozenset({"this"}),
    members_in_scope=True,
    folder_is_module=True,
    joints=(b".", b"::"),
    bases_in_header=True,
    by_import=True,
)
_RUBY = """
    ArgumentError Array BasicObject BigDecimal Binding Class Comparable Complex Data Date DateTime Dir ENV Encoding
    EncodingError Enumerable Enumerator Errno Exception FalseClass Fiber File FileUtils Float FrozenError GC Hash IO
    IOError IndexError Integer JSON Kernel KeyError Lazy LoadError LocalJumpError Logger Marshal MatchData Math Method
    Module Monitor Mutex NameError NilClass NoMethodError NotImplementedError Numeric Object ObjectSpace Pathname Proc
    Process Queue Ractor Random Range RangeError Rational Regexp RegexpError RuntimeError ScriptError SecurityError Set
    Signal Socket StandardError StopIteration String StringIO Struct Symbol SyntaxError SystemExit SystemStackError
    Tempfile Thread ThreadError Time Timeout TracePoint TrueClass TypeError URI UnboundMethod Version ZeroDivisionError
    class_eval class_exec define_method each_key each_pair each_slice each_value each_with_index each_with_object
    instance_eval instance_exec instance_of? instance_variable_get is_a? kind_of? method_missing module_eval
    public_send respond_to? respond_to_missing? to_proc to_str to_sym transform_keys transform_values
"""
_C = Family("c", frozenset({"this"}), members_in_scope=True, joints=(b".", b"->", b"::"))
_FAMILIES = {
    "python": Family(
        "python", frozenset({"self", "cls"}), file_is_module=True, strict=True, by_locals=True, by_import=True
    ),
    "javascript": _SCRIPT,
    "typescript": _SCRIPT,
    "tsx": _SCRIPT,
    "svelte": _SCRIPT,
    "go": Family("go", folder_is_module=True, strict=True, by_import=True),
    "java": _CLASSIC,
    "kotlin": _CLASSIC,
    "c-sharp": _CLASSIC,
    "scala": _CLASSIC,
    "c": _C,
    "cpp": _C,
    "objc": _C,
    "swift": Family("swift", frozenset({"self"}), members_in_scope=True, folder_is_module=True),
    "rust": Family("rust", frozenset({"self"}), joints=(b".", b"::"), by_import=True),
    "ruby": Family(
        "ruby", frozenset({"self"}), members_in_scope=True, joints=(b".", b"::"), library=frozenset(_RUBY.split())
    ),
    "php": Family("php", frozenset({"$this", "this", "self", "static"}), joints=(b"->", b"::"), by_import=True),
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
