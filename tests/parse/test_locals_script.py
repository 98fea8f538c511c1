"""Local names of JavaScript and TypeScript: which binding a use sees."""

import pytest

from tests.parse.test_locals import check

JAVASCRIPT = {
    "parameters": "function f(@1:a@, {b, c: @2:d@ = $1:a$}, ...@3:rest@) { $1:a$; $2:d$; $3:rest$; $0:c$ }",
    "let is bound in its block": "let @1:x@; { $2:x$; let @2:x@; $2:x$ } $1:x$",
    "var is bound in its function": "function f() { $1:x$; if (y) { var @1:x@; } $1:x$ } $0:x$",
    "a loop": "for (const @1:i@ of $0:i$) { $1:i$ } $0:i$; for (let @2:j@ = 0; $2:j$;) $2:j$",
    "catch": "try {} catch ({@1:message@}) { $1:message$ } $0:message$",
    "functions are hoisted": "$1:f$(); function @1:f@() { $1:f$() }",
    "the name of a function expression": "const @1:g@ = function @2:f@() { $2:f$ }; $0:f$; $1:g$",
    "the name of a class expression": "const @1:D@ = class @2:C@ { m() { $2:C$ } }; $0:C$",
    "arrow functions": "const @1:f@ = @2:x@ => $2:x$; (@3:y@, @4:z@ = $3:y$) => $4:z$; $0:x$",
    "methods are not bound": "class @1:A@ { m() { $0:m$(); $1:A$ } }",
    "imports": "import @1:a@, {b, c as @2:d@} from 'm'; import * as @3:e@ from 'n'; $1:a$; $2:d$; $3:e$; $0:c$",
    "arrays with holes": "const [@1:a@, , [@2:b@]] = x; $1:a$; $2:b$",
    "labels": "@1:outer@: for (;;) { continue $1:outer$ }",
    "a file broken as a whole": "function f(@1:a@) { $1:a$ }\n}}}} const @2:b@ = 1; $2:b$ ) ((",
}

TYPESCRIPT = {
    "type parameters": "function f<@1:T@>(@2:x@: $1:T$): $1:T$ { return $2:x$ } type @3:A@<@4:T@> = $4:T$; $0:T$",
    "of methods": "class @1:A@<@2:T@> { m<@3:U@>(@4:x@: $2:T$): $3:U$ {} }",
    "mapped and conditional types": "type @1:M@<@2:T@> = {[@3:K@ in keyof $2:T$]: $2:T$[$3:K$]}; "
    "type @4:R@<@5:F@> = $5:F$ extends (...@6:a@: infer @7:P@) => infer @8:Q@ ? [$7:P$, $8:Q$] : never",
    "namespaces": "namespace @1:N@ { export const @2:x@ = 1; $2:x$ } $0:x$; $1:N$",
    "enums": "enum @1:E@ { @2:A@ = 1, @3:B@ = $2:A$ } $1:E$; $0:A$",
    "parameter properties": "class @1:A@ { constructor(private readonly @2:x@: number, y = $2:x$) { $2:x$ } }",
    "imports and aliases": "import @1:a@ = require('m'); import @2:b@ = $1:a$.c; $2:b$",
    "signatures": "interface @1:I@ { (@2:x@: number): typeof $2:x$; f(@3:x@: string): typeof $3:x$ }",
}


@pytest.mark.parametrize("source", JAVASCRIPT.values(), ids=JAVASCRIPT)
def test_javascript(source: str) -> None:
    check("javascript", source)
    check("tsx", source)


@pytest.mark.parametrize("source", TYPESCRIPT.values(), ids=TYPESCRIPT)
def test_typescript(source: str) -> None:
    check("typescript", source)


def test_signatures_without_semicolons() -> None:
    check(
        "typescript",
        "interface @1:I@ {\n  <@2:T@>(x: $2:T$): A<B>\n  // one more\n  <@3:T@, @4:K@ = []>(x: $3:T$): $4:K$\n}\n$1:I$",
    )


def test_signatures_behind_a_long_line_of_slashes() -> None:
    check("typescript", "interface @1:I@ {\n  a: b\n  " + "/" * 200 + "\n  <@2:T@>(x: $2:T$): c\n}\n$1:I$")
