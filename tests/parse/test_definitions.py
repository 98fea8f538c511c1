"""What counts as a definition where a grammar or a habit makes it hard to say: name, kind and place in a few lines."""

from __future__ import annotations

import pytest

from rlm_code.parse import parse_file
from rlm_code.parse.registry import language_named

CASES: list[tuple[str, str, str]] = [
    ("go", "package p\nconst A, B = 1, 2\nvar c, d int\n", "module p, constant A, constant B, variable c, variable d"),
    ("cpp", "struct A { operator const char *() const { return 0; } };", "struct A, method operator const char *"),
    ("cpp", "A::operator bool() const { return true; }", "function A.operator bool"),
    ("cpp", "struct A { int *p, &r; };", "struct A, field p, field r"),
    ("cpp", "void *operator new(size_t n);", ""),
    ("c-sharp", "class A { ~A() {} int this[int i] => 1; }", "class A, method ~A, property this"),
    (
        "c-sharp",
        "class A { public static A operator +(A a, A b) => a; public static implicit operator int(A a) => 1; }",
        "class A, method operator +, method operator int",
    ),
    ("c-sharp", "#define TRACE\nclass A {}", "macro TRACE, class A"),
    ("ruby", "class A\n  attr_reader 'b', :c\nend\ndef obj.d; end", "class A, property b, property c, function obj.d"),
    ("rust", "const _: () = {};\nconst A: u8 = 1;", "constant A"),
    ("haskell", "f n = g n where g x = x\nh = let k y = y in k 1", "function f, variable h"),
    ("ocaml", "let f x = let g y = y in g x\nlet (a, b) = 1, 2", "function f, variable a, variable b"),
    ("ocaml", "type t = [ `A | `B of int ]", "type t, enum_member A, enum_member B"),
    ("ocaml", "module rec A : S = struct end and B : S = struct end", "module A, module B"),
    ("julia", "Point{T}(x) where {T} = x\nfunction Line{T}(x) where T end", "function Point, function Line"),
    ("julia", "const A, B = 1, 2\nconst C::Int = 1", "constant A, constant B, constant C"),
    ("elixir", "defmodule A do\ndef a <~> b, do: a\ndef f(x) when x, do: x\nend", "module A, function <~>, function f"),
    ("elixir", "Record.defrecord :user, name: 1", "struct user"),
    ("make", "%.o: %.c\n\tcc\n$(OUT)/a: b\n\tcp\n", "function %.o, function $(OUT)/a"),
    ("css", "ul > .a, #b:hover { } @media print { .c { } }", "selector ul > .a, selector #b:hover, selector .c"),
    ("html", "<h2><a href='x'>Two</a></h2><h1><a name='n'></a>One</h1>", "section Two, section One, selector n"),
    ("javascript", "class A { 'b' = 1; ['c'] = 2; ['d']() {} }", "class A, field b, field c, method d"),
    ("javascript", "const [a, b = 1] = x, { c: d = 2 } = y;", "constant a, constant b, constant d"),
    ("javascript", "var o = { 'k-1': 1, s };", "variable o, property k-1"),
    ("javascript", "module.exports = { a: 1, b: function () {} };", "property a, method b"),
    ("javascript", "F.prototype = { n: 1, m() {} };", "property n, method m"),
    ("typescript", "interface I { 'a-b': any }\nexport as namespace Lib;", "interface I, property a-b, namespace Lib"),
    ("lua", "M['a'] = function() end\nt = { ['b'] = function() end }", "function M.a, variable t, function b"),
    ("dart", "class A { operator ==(o) => true; int f() => 1; }", "class A, method operator ==, method f"),
    ("dart", "typedef int Old(int a);\ntypedef New = void Function();", "type Old, type New"),
    ("swift", "struct A { subscript(i: Int) -> Int { get { 1 } } }", "struct A, method subscript"),
    ("scala", "case class A[T](b: T)(c: T)\nclass D(e: Int)", "class A, field b, class D"),
    ("perl", "sub later;\nsub now { }", "function now"),
    ("make", "A+=1\nB ?= 2\n$(C): d\n", "variable A, variable B, function $(C)"),
    ("fortran", "interface\n  subroutine s(x)\n  end subroutine\nend interface\nend program", ""),
    ("sql", "CREATE TABLE `a` (`b` INT);", "struct a, field b"),
    ("sql", "CREATE TABLE [dbo].[a] ([b] INT);\nCREATE VIEW v AS SELECT 1;", "struct dbo.a, field b, struct v"),
    ("sql", "CREATE PROCEDURE p (IN a INT)\nBEGIN\n SELECT 1;\nEND;\nCREATE DOMAIN d AS text;", "function p, type d"),
    (
        "sql",
        "CREATE OR REPLACE PACKAGE BODY k AS\n FUNCTION f (x INT) RETURN INT IS\n  BEGIN\n RETURN 1;\n  END;\nEND;",
        "namespace k, function f",
    ),
    ("sql", "CREATE PACKAGE k AS\n  PROCEDURE p;\n  CURSOR c IS SELECT 1;\nEND;", "namespace k, variable c"),
]


@pytest.mark.parametrize(("language", "code", "expected"), CASES, ids=lambda value: value[:40])
def test_definitions(language: str, code: str, expected: str) -> None:
    facts = parse_file(language_named(language), code.encode())
    found = [
        f"{definition.kind} {definition.scope + '.' if definition.scope else ''}{definition.name}"
        for definition in sorted(facts.definitions, key=lambda definition: definition.name_start)
    ]
    assert sorted(found) == sorted(expected.split(", ")) if expected else found == []
