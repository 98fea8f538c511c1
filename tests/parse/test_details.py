"""What a definition says of itself."""

from __future__ import annotations

import pytest

from rlm_code.parse import Detail, details, language_of, parse_file


def detail(path: str, code: str, name: str) -> Detail:
    """The details of the last definition called `name`."""
    data = code.encode()
    language = language_of(path, data)
    assert language is not None
    found = [definition for definition in parse_file(language, data).definitions if definition.name == name]
    return details(language, data, found[-1])


@pytest.mark.parametrize(
    ("path", "code", "signature", "parameters"),
    [
        (
            "a.py",
            "def f(a, /, b: int = 1, *rest, key=(1, 2), **more) -> int:\n    pass\n",
            "def f(a, /, b: int = 1, *rest, key=(1, 2), **more) -> int",
            ("a", "/", "b: int = 1", "*rest", "key=(1, 2)", "**more"),
        ),
        ("a.py", "async def f(\n    a,  # why\n    *,\n    b,\n): pass\n", "async def f( a, *, b, )", ("a", "*", "b")),
        (
            "a.js",
            "export const f = async (a, {b}, ...c) => a;",
            "export const f = async (a, {b}, ...c)",
            ("a", "{b}", "...c"),
        ),
        ("a.js", "export const f = a => a;", "export const f = a", ("a",)),
        ("a.ts", "function f<T>(a?: T, b = 1): T { }", "function f<T>(a?: T, b = 1): T", ("a?: T", "b = 1")),
        (
            "a.go",
            "package a\nfunc (c *Cart) f(a, b int, c ...string) (int, error) { }",
            "func (c *Cart) f(a, b int, c ...string) (int, error)",
            ("a, b int", "c ...string"),
        ),
        (
            "A.java",
            "class A { <T> int f(final T a, int... b) throws E { } }",
            "<T> int f(final T a, int... b) throws E",
            ("final T a", "int... b"),
        ),
        (
            "a.rs",
            "impl A { pub fn f(&self, a: &str) -> u8 { 1 } }",
            "pub fn f(&self, a: &str) -> u8",
            ("&self", "a: &str"),
        ),
        (
            "a.c",
            "static int *f(int a, char *b, ...) { }",
            "static int *f(int a, char *b, ...)",
            ("int a", "char *b", "..."),
        ),
        (
            "a.cpp",
            "template <class T> int f(T &&a, int b = 1) { }",
            "template <class T> int f(T &&a, int b = 1)",
            ("T &&a", "int b = 1"),
        ),
        (
            "A.cs",
            "class A { int f(ref int a, params string[] b) => 1; }",
            "int f(ref int a, params string[] b)",
            ("ref int a", "params string[] b"),
        ),
        (
            "a.rb",
            "def f(a, b = 1, *c, d:, **e, &g)\nend\n",
            "def f(a, b = 1, *c, d:, **e, &g) end",
            ("a", "b = 1", "*c", "d:", "**e", "&g"),
        ),
        (
            "a.php",
            "<?php function f(int $a, &$b, ...$c): int { }",
            "function f(int $a, &$b, ...$c): int",
            ("int $a", "&$b", "...$c"),
        ),
        (
            "a.kt",
            "fun f(a: Int, vararg b: String = x): Int { return 1 }\n",
            "fun f(a: Int, vararg b: String = x): Int",
            ("a: Int", "vararg b: String = x"),
        ),
        (
            "a.swift",
            "func f(_ a: Int, to b: Int = 1) -> Int { }\n",
            "func f(_ a: Int, to b: Int = 1) -> Int",
            ("_ a: Int", "to b: Int = 1"),
        ),
        ("a.scala", "def f(a: Int, b: String*): Int = 1\n", "def f(a: Int, b: String*): Int", ("a: Int", "b: String*")),
        ("a.ex", "defmodule A do\n  def f(a, b \\\\ 1), do: a\nend\n", "def f(a, b \\\\ 1), do: a", ("a", "b \\\\ 1")),
        ("a.lua", "function f(a, ...) end\n", "function f(a, ...) end", ("a", "...")),
        (
            "a.jl",
            "function f(a::Int, b=1; c=2)\n    a\nend\n",
            "function f(a::Int, b=1; c=2)",
            ("a::Int", "b=1", "c=2"),
        ),
        (
            "a.dart",
            "int f(int a, {required int b, int c = 1}) { }",
            "int f(int a, {required int b, int c = 1})",
            ("int a", "{required int b, int c = 1}"),
        ),
        (
            "a.zig",
            "pub fn f(a: u8, comptime T: type) !void { }",
            "pub fn f(a: u8, comptime T: type) !void",
            ("a: u8", "comptime T: type"),
        ),
        ("a.hs", "f a (b, c) = a\n", "f a (b, c)", ("a", "(b, c)")),
        ("a.ml", "let f a ?(b = 1) ~c = a\n", "let f a ?(b = 1) ~c", ("a", "?(b = 1)", "~c")),
    ],
)
def test_signature_and_parameters(path: str, code: str, signature: str, parameters: tuple[str, ...]) -> None:
    found = detail(path, code, "f")
    assert found.signature == signature
    assert found.parameters == parameters


@pytest.mark.parametrize(
    ("path", "code", "doc"),
    [
        ("a.py", 'def f():\n    """Adds up.\n\n      more\n    less\n    """\n', "Adds up.\n\n  more\nless"),
        ("a.py", "def f():\n    r'one line'\n", "one line"),
        ("a.py", "# what f does\n# and why\ndef f():\n    pass\n", "what f does\nand why"),
        ("a.py", "# far away\n\ndef f():\n    pass\n", ""),
        ("a.py", "x = 1  # of x\ndef f():\n    pass\n", ""),
        ("a.js", "/**\n * Adds up.\n * @returns cents\n */\nexport function f() {}\n", "Adds up.\n@returns cents"),
        ("a.go", "package a\n\n// f adds up.\n// Twice.\nfunc f() {}\n", "f adds up.\nTwice."),
        ("A.java", "class A {\n  /** Adds up. */\n  @Override\n  int f() { return 1; }\n}\n", "Adds up."),
        ("a.rs", "/// Adds up.\n///\n/// # Panics\n#[inline]\nfn f() {}\n", "Adds up.\n\n# Panics"),
        ("a.c", "/* Adds up. */\nint f(void) { }\n", "Adds up."),
        ("a.rb", "# Adds up.\ndef f\nend\n", "Adds up."),
        ("a.cs", "class A {\n  /// <summary>Adds up.</summary>\n  int f() => 1;\n}\n", "<summary>Adds up.</summary>"),
        ("a.jl", '"Adds up."\nfunction f()\nend\n', '"Adds up."'),
        ("a.lua", "--- Adds up.\nfunction f() end\n", "Adds up."),
        ("a.hs", "-- | Adds up.\nf a = a\n", "Adds up."),
        ("a.ml", "(** Adds up. *)\nlet f a = a\n", "Adds up."),
    ],
)
def test_doc(path: str, code: str, doc: str) -> None:
    assert detail(path, code, "f").doc == doc


@pytest.mark.parametrize(
    ("path", "code", "name", "visibility"),
    [
        ("a.py", "def _f(): pass\n", "_f", "protected"),
        ("a.py", "class A:\n    def __f(self): pass\n", "__f", "private"),
        ("a.py", "class A:\n    def __len__(self): pass\n", "__len__", "public"),
        ("a.ts", "class A { private f() {} }", "f", "private"),
        ("a.js", "class A { #f() {} }", "#f", "private"),
        ("a.go", "package a\nfunc f() {}", "f", "private"),
        ("a.go", "package a\nfunc F() {}", "F", "public"),
        ("A.java", "class A { int f() { } }", "f", "protected"),
        ("A.java", "interface A { int f(); }", "f", "public"),
        ("a.rs", "fn f() {}", "f", "private"),
        ("a.rs", "pub(crate) fn f() {}", "f", "protected"),
        ("a.c", "static int f(void) { }", "f", "private"),
        ("a.cpp", "class A { int f() { } };", "f", "private"),
        ("a.cpp", "struct A { int f() { } };", "f", "public"),
        ("a.cpp", "class A { public: int g; protected: int f() { } };", "f", "protected"),
        ("A.cs", "class A { int f() => 1; }", "f", "private"),
        ("a.rb", "class A\n  def g; end\n  private\n  def f; end\nend\n", "f", "private"),
        ("a.kt", "class A {\n  internal fun f() { }\n}\n", "f", "protected"),
        ("a.ex", "defmodule A do\n  defp f(a), do: a\nend\n", "f", "private"),
    ],
)
def test_visibility(path: str, code: str, name: str, visibility: str) -> None:
    assert detail(path, code, name).visibility == visibility


def test_decorators_are_apart_from_the_signature() -> None:
    found = detail("a.py", "@wrap(\n  1)\n@other\ndef f(): pass\n", "f")
    assert found.decorators == ("@wrap( 1)", "@other")
    assert found.signature == "def f()"


def test_a_long_value_is_cut_to_its_first_line() -> None:
    assert detail("a.py", "f = {\n    1: 2,\n}\n", "f").signature == "f = { …"
