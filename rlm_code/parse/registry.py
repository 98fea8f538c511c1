"""The languages: one row each. Adding one means a row here, a query, a fixture and the grammar's wheel."""

from __future__ import annotations

from rlm_code.parse.language import Language, VisibilityRule

_UNDERSCORE = VisibilityRule(prefixes=(("__", "private"), ("_", "protected")))
_KEYWORDS = VisibilityRule(
    keywords=(("private", "private"), ("protected", "protected"), ("public", "public")),
    prefixes=(("#", "private"),),
)
_SCRIPT_IDENTIFIERS = (
    "identifier",
    "property_identifier",
    "private_property_identifier",
    "shorthand_property_identifier",
    "shorthand_property_identifier_pattern",
)

LANGUAGES: tuple[Language, ...] = (
    Language(
        name="python",
        package="tree_sitter_python",
        extensions=(".py", ".pyi", ".pyw"),
        file_names=("SConstruct", "SConscript", "wscript"),
        interpreters=("python", "pypy"),
        queries=("python",),
        identifiers=("identifier",),
        constructors=("__init__",),
        parameters=("parameters",),
        decorators=("decorator",),
        docstring=True,
        visibility=_UNDERSCORE,
    ),
    Language(
        name="javascript",
        package="tree_sitter_javascript",
        extensions=(".js", ".jsx", ".mjs", ".cjs"),
        file_names=("Jakefile",),
        interpreters=("node", "nodejs", "bun"),
        queries=("ecmascript", "javascript", "jsx"),
        identifiers=_SCRIPT_IDENTIFIERS,
        constructors=("constructor",),
        parameters=("formal_parameters",),
        decorators=("decorator",),
        visibility=_KEYWORDS,
    ),
    Language(
        name="typescript",
        package="tree_sitter_typescript",
        factory="language_typescript",
        extensions=(".ts", ".mts", ".cts"),
        interpreters=("ts-node", "tsx", "deno"),
        queries=("ecmascript", "typescript"),
        identifiers=_SCRIPT_IDENTIFIERS,
        types=("type_identifier",),
        constructors=("constructor",),
        parameters=("formal_parameters",),
        decorators=("decorator",),
        visibility=_KEYWORDS,
    ),
    Language(
        name="tsx",
        package="tree_sitter_typescript",
        factory="language_tsx",
        extensions=(".tsx",),
        queries=("ecmascript", "typescript", "jsx"),
        identifiers=_SCRIPT_IDENTIFIERS,
        types=("type_identifier",),
        constructors=("constructor",),
        parameters=("formal_parameters",),
        decorators=("decorator",),
        visibility=_KEYWORDS,
    ),
    Language(
        name="go",
        package="tree_sitter_go",
        extensions=(".go",),
        queries=("go",),
        identifiers=("identifier", "field_identifier", "package_identifier"),
        types=("type_identifier",),
        import_separator="/",
        parameters=("parameter_list",),
        visibility=VisibilityRule(capital=True),
    ),
)
