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
    ("make", "A+=1\nB ?= 2\nC += 3\nD != ls\n$(C): d\n", "variable B, variable D, function $(C)"),
    ("make", "ifdef A\n\tB := 1\nendif\na:\n\tX=1\nifdef A\nC = 1\nendif\n", "variable B, function a, variable C"),
    (
        "c",
        "int x;\nmain() { return 0; }\nold(a, b)\nint a; char *b;\n{ return 1; }",
        "variable x, function main, function old",
    ),
    ("c", "int f(void);\nbar(c) {}", "function bar"),
    ("c", "#if 0\nint a(void) { }\nstruct b { int c; };\n#else\nint d;\n#endif", "variable d"),
    ("c", "#if 0\nint a(void) {\n#else\nint b(void) {\n#endif\n}", "function b"),
    ("cpp", "class A_EXPORT B;\nclass A_EXPORT B { int c; };", "class B, field c"),
    ("cpp", "struct a::b::C {}; enum D::E { F };", "struct a.b.C, enum D.E, enum_member F"),
    ("cpp", "struct A { int B::*c; };", "struct A, field c"),
    ("cpp", "DEFINE_FLAG(int, a, 1);\nb<c<d>> e;", "variable e"),
    ("c-sharp", "record struct A(int B);", "struct A, property B"),
    ("php", "<?php \\define('A', 1);", "constant A"),
    ("ruby", "class A; def A.b; end; def C.d; end; end", "class A, method b, method C.d"),
    ("ruby", 'define_method("a_#{b}") { }; define_method("c") { }', "method c"),
    ("cpp", "int (*table[3])(int);\nint f(int);", "variable table"),
    ("c-sharp", "interface I { int this[int i] { get; } }", "interface I, property this"),
    ("java", "open module a.b { requires c; }", "module a.b"),
    ("java", "record R(int x, String... y) {}", "class R, field x, field y"),
    (
        "kotlin",
        "interface A { fun f() }\nclass B { class C { val d = 1 } }",
        "interface A, method f, class B, class C, property d",
    ),
    ("kotlin", "class A\n@Inject internal constructor(val b: Int) : C { fun d() {} }", "class A, property b, method d"),
    ("kotlin", "fun String?.f() {}", "function String.f"),
    ("swift", "class A { deinit { let b = 1 } }", "class A, method deinit"),
    ("scala", "object A { val b = { val c = 1; c }; def d = e { case f => val g = 1 } }", "class A, field b, method d"),
    ("scala", "given a: B with\n  def c = 1", "variable a, method c"),
    ("bash", "alias a='b' c=d\nE=1 f\nG=1 H=2", "macro a, macro c, variable G, variable H"),
    (
        "ruby",
        "alias :a :b\nalias $c $d\nE ||= 1\nclass F; mattr_accessor :g; end",
        "method a, constant E, class F, property g",
    ),
    ("python", "(a, b), c = d\n", "variable a, variable b, variable c"),
    ("rust", "cfg_if! { if #[cfg(a)] { fn b() {} } else { struct C; } }", "function b, struct C"),
    ("rust", "lazy_static! { static ref A: B = c(); }\nquote! { fn d() {} }", "variable A"),
    ("haskell", "class A a where\n  b, c :: a\n  (<+>) :: a", "trait A, method b, method c, method <+>"),
    ("haskell", "(***) a b = 1\n(a, b) = c", "function ***, variable a, variable b"),
    (
        "haskell",
        "data A = B :+: C | D `E` F\npattern G a = Just a",
        "type A, enum_member :+:, enum_member E, function G",
    ),
    ("haskell", "a = do\n  (b, c) <- d\n  e", "variable a"),
    ("ocaml", "type t += A", "enum_member t.A"),
    ("ocaml-interface", "val ( +++ ) : int -> int\nval f : 'a. 'a -> 'a", "function +++, function f"),
    ("elixir", "defmodule A, do: def b, do: 1", "module A, function b"),
    ("elixir", "defmodule A do\n@callback b :: c\ndef d <> e when d, do: 1\nend", "module A, function b, function <>"),
    ("julia", "+(a, b) = 1\nBase.:(==)(a, b) = 2\na, b = c", "function +, function Base.==, variable a, variable b"),
    (
        "julia",
        "@enum A b c=2\nmutable struct D\n  const e::Int\nend",
        "enum A, enum_member b, enum_member c, struct D, field e",
    ),
    ("perl", "class A { method b { } }\n*c = sub { };", "class A, method b, function c"),
    ("perl", "use constant 'A' => 1;", "constant A"),
    ("powershell", "$a += 1\n$env:B = 1\n$c = 1", "variable $c"),
    ("powershell", "function A { param($b) 1 }\n[Flags()] enum C { D = 1 }", "function A, enum C, enum_member D"),
    ("zig", "const A = enum(u8) { b, _ };\ncomptime { const c = 1; }", "enum A, enum_member b"),
    ("solidity", "contract A { receive() external payable {} type B is uint8; }", "class A, method receive, type B"),
    ("fortran", "interface assignment(=)\n  module procedure a\nend interface\nend", "interface assignment(=)"),
    ("hcl", "a = 1\n", "variable a"),
    ("markdown", "# A ##\n\n## B#\n", "section A, section B#"),
    ("svelte", "{#snippet a(b)}<p/>{/snippet}", "function a"),
    ("sql", "CREATE TABLE [dbo].[T] ([c] int)\nGO\n", "struct dbo.T, field c"),
    ("sql", "CREATE TABLE {{ a }}.b (c int, {% if d %} e int {% endif %});", "struct {{ a }}.b, field c, field e"),
    ("yaml", "a:\n  {{- if .b }}\n  c: {{ .d }}\n  {{- end }}\n", "key a, key c"),
    ("css", ".a { *zoom: 1 }\n.b {}", "selector .a, selector .b"),
    ("make", "A := a (\n$(eval x\nB = 1\nb: c\n\td\n", "variable A, variable B, function b"),
    ("objc", "@interface A\n@property (copy) void (^b)(int);\n@end", "class A, property b"),
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
