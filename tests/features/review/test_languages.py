"""What a review finds in languages other than Python, and what it must not say of them.

Cases that say nothing of each other share one repository, each in a folder called after what it shows.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.features.review.conftest import ReviewOf
from tests.features.review.test_checks import found

CARGO = {"Cargo.toml": '[package]\nname = "demo"\nversion = "0.1.0"\n'}
GO = {"go.mod": "module x.y/m\n\ngo 1.21\n"}

Files = Mapping[str, str]
Case = tuple[Files, Mapping[str, str | None]]


def together(cases: Mapping[str, Case]) -> tuple[dict[str, str], dict[str, str | None]]:
    """The files of all cases and what changes in them, each in its folder."""
    before = {f"{name}/{path}": text for name, case in cases.items() for path, text in case[0].items()}
    return before, {f"{name}/{path}": text for name, case in cases.items() for path, text in case[1].items()}


def test_rust(review_of: ReviewOf) -> None:
    before = CARGO | {
        "src/lib.rs": "pub mod tools;\npub mod app;\n",
        "src/tools.rs": """\
pub fn save() {}
pub trait Run {}
pub const MAX: u8 = 3;
#[derive(Debug)]
pub struct Tool;
pub enum Kind { A, B }
impl Tool {
    pub fn make() -> Tool { Tool }
    pub fn go(&self) {}
}
""",
        "src/app.rs": """\
use crate::tools::{self, Kind, Tool};

fn f(kind: Kind) {
    tools::save();
    let tool = Tool::make();
    tool.go();
    g(tools::MAX);
    g(Kind::B);
}
impl tools::Run for App { fn run(&self) {} }
""",
    }
    after = "#[derive(Debug)]\npub struct Tool;\npub enum Kind { A }\n"
    assert found(review_of(before, {"src/tools.rs": after})) == [
        ("stale-call", "src/app.rs", 4),
        ("stale-call", "src/app.rs", 5),
        ("stale-use", "src/app.rs", 7),
        ("stale-use", "src/app.rs", 8),
        ("stale-use", "src/app.rs", 10),
    ]


def test_rust_with_tests_beside_the_code(review_of: ReviewOf) -> None:
    tests = (
        "mod tests {\n    use super::*;\n    fn help() {}\n    fn t() {\n        help();\n        save();\n    }\n}\n"
    )
    files = {
        "src/lib.rs": "mod app;\nmod tools;\n",
        "src/tools.rs": f"pub fn save() {{}}\n{tests}",
        "src/app.rs": "use super::tools::save;\n\nfn f() {\n    save();\n}\n",
    }
    after = tests.replace("    fn help() {}\n", "")
    assert found(review_of(CARGO | files, {"src/tools.rs": after})) == [
        ("stale-import", "src/app.rs", 1),
        ("stale-call", "src/app.rs", 4),
        ("stale-call", "src/tools.rs", 4),
        ("stale-call", "src/tools.rs", 5),
    ]


def test_go(review_of: ReviewOf) -> None:
    before = GO | {
        "tools/tools.go": "package tools\n\nconst Max = 3\n\ntype Run interface{}\n\nfunc Save() {}\n",
        "app/app.go": 'package app\n\nimport "x.y/m/tools"\n\nvar run tools.Run\n\nfunc f() int {\n\ttools.Save()\n'
        "\treturn tools.Max\n}\n",
    }
    assert found(review_of(before, {"tools/tools.go": "package tools\n"})) == [
        ("stale-use", "app/app.go", 5),
        ("stale-call", "app/app.go", 8),
        ("stale-use", "app/app.go", 9),
    ]


def test_others(review_of: ReviewOf) -> None:
    cases: dict[str, Case] = {
        "java": (
            {
                "a/Tools.java": "package a;\nclass Tools {\n  static int save() { return 1; }\n}\n",
                "a/App.java": "package a;\nclass App {\n  int f() {\n    return Tools.save();\n  }\n}\n",
                "a/Other.java": "package a;\nimport static a.Tools.save;\nclass Other {\n  int x = save();\n}\n",
            },
            {"a/Tools.java": "package a;\nclass Tools {\n}\n"},
        ),
        "c#": (
            {
                "Tools.cs": "namespace A {\npublic class Tools {\n  public static int Save() { return 1; }\n}\n}\n",
                "App.cs": "namespace A {\nclass App {\n  int F() {\n    return Tools.Save();\n  }\n}\n}\n",
            },
            {"Tools.cs": "namespace A {\npublic class Tools {\n}\n}\n"},
        ),
        "php": (
            {
                "Tool.php": "<?php\nnamespace A;\nclass Tool {}\n",
                "app.php": "<?php\nnamespace A;\nfunction f() {\n  return new Tool();\n}\n",
            },
            {"Tool.php": "<?php\nnamespace A;\n"},
        ),
    }
    assert found(review_of(*together(cases))) == [
        ("stale-call", "c#/App.cs", 4),
        ("stale-call", "java/a/App.java", 4),
        ("stale-import", "java/a/Other.java", 2),
        ("stale-call", "php/app.php", 4),
    ]


def test_what_provides_a_name_is_met_with_silence(review_of: ReviewOf) -> None:
    cases: dict[str, Case] = {
        "go has the name itself": (
            GO
            | {
                "a.go": "package m\n\nfunc min(a, b int) int { return a }\n",
                "b.go": "package m\n\nvar x = min(1, 2)\n",
            },
            {"a.go": "package m\n"},
        ),
        "go takes all of a package from elsewhere": (
            {
                "go.mod": "module x.y/n\n",
                "a.go": "package n\n\nfunc Eq() {}\n",
                "b.go": 'package n\n\nimport . "e.f/g"\n\nfunc f() { Eq() }\n',
            },
            {"a.go": "package n\n"},
        ),
        "the browser has the names": (
            {"a.js": "function fetch() {}\nclass URL {}\nfunction f() {\n  fetch();\n  new URL();\n}\n"},
            {"a.js": "function f() {\n  fetch();\n  new URL();\n}\n"},
        ),
        "java.lang has the name": (
            {
                "b/Record.java": "package b;\nclass Record {}\n",
                "b/U.java": "package b;\nclass U { U u = new Record(); }\n",
            },
            {"b/Record.java": None},
        ),
        "kotlin has the name": (
            {"a.kt": "package a\n\nfun maxOf(a: Int) = a\n", "b.kt": "package a\n\nfun f() = maxOf(1)\n"},
            {"a.kt": "package a\n"},
        ),
        "php has the name": (
            {"a.php": "<?php\nnamespace B;\nfunction strlen() {}\n", "b.php": "<?php\nnamespace B;\n$n = strlen();\n"},
            {"a.php": "<?php\nnamespace B;\n"},
        ),
        "c has the name": (
            {"a.c": "int strlcpy(void) { return 1; }\nint f(void) { return strlcpy(); }\n"},
            {"a.c": "#include <string.h>\nint f(void) { return strlcpy(); }\n"},
        ),
        "an annotation makes the method": (
            {
                "c/Tool.java": "package c;\n@Builder\nclass Tool { static int builder() { return 1; } }\n",
                "c/U.java": "package c;\nclass U { int x = Tool.builder(); }\n",
            },
            {"c/Tool.java": "package c;\n@Builder\nclass Tool { }\n"},
        ),
        "a base from elsewhere may have the method": (
            {
                "d/Tool.java": "package d;\nclass Tool { static int of() { return 1; } }\n",
                "d/U.java": "package d;\nimport static d.Tool.of;\nclass U { int x = Tool.of(); int y = of(); }\n",
            },
            {"d/Tool.java": "package d;\nimport x.Base;\nclass Tool extends Base { }\n"},
        ),
        "a parameter has the name": (
            {"a.py": "def save(path):\n    return path\n\n\ndef main(path):\n    return save(path)\n"},
            {"a.py": "def main(path, save):\n    return save(path)\n"},
        ),
    }
    assert found(review_of(*together(cases))) == []


def in_rust(gone: str, now: str, use: str) -> Case:
    """A crate that loses `gone` for `now`, and still uses it."""
    user = f"fn f() {{\n    {use};\n}}\n"
    return CARGO | {"src/lib.rs": gone + user}, {"src/lib.rs": now + user}


def macro(body: str) -> str:
    """The definition of a macro without parameters."""
    return f"macro_rules! members {{\n    () => {{\n    {body}\n    }};\n}}\n"


def test_what_provides_a_name_in_rust(review_of: ReviewOf) -> None:
    save, tool = "fn save() {}\n", "pub struct Tool;\n"
    make = "pub fn make() {}\n"
    made = f"{tool}impl Tool {{ pub fn make() {{}} }}\n"
    parsed = f"{tool}impl Tool {{ pub fn parse() {{}} }}\n"
    cases = {
        "the prelude": in_rust("fn drop(a: u8) {}\n", "", "drop(1)"),
        "a macro": in_rust(save, "make!(save);\n", "save()"),
        "a macro that has the name now": in_rust(
            f"{macro('')}{tool}impl Tool {{\n    {make}    members!();\n}}\n",
            f"{macro(make)}{tool}impl Tool {{\n    members!();\n}}\n",
            "Tool::make()",
        ),
        "a macro that is imported": (
            CARGO
            | {"src/lib.rs": "mod t;\npub use self::t::Missing;\n", "src/t.rs": "use super::*;\npub struct Missing;\n"},
            {"src/t.rs": "use super::*;\nreject! {\n    pub struct Missing;\n}\n"},
        ),
        "an included file": in_rust(save, 'include!("made.rs");\n', "save()"),
        "all of a crate": in_rust(save, "use other::*;\n", "save()"),
        "what is passed on": in_rust(save, "pub use other::save;\n", "crate::save()"),
        "a variable": in_rust(save, "use crate::keep;\n", "let save = 1; save()"),
        "a type of another crate": in_rust(made, "pub type Tool = http::Tool;\n", "Tool::make()"),
        "a new derive": in_rust(made, f"#[derive(Make)]\n{tool}", "Tool::make()"),
        "an unknown derive": in_rust(f"#[derive(P)]\n{made}", f"#[derive(P)]\n{tool}", "Tool::make()"),
        "a trait": in_rust(
            f"{made}impl x::Make for Tool {{}}\n", f"{tool}impl x::Make for Tool {{}}\n", "Tool::make()"
        ),
        "a trait for all": in_rust(
            parsed, f"{tool}trait Parse {{ fn parse() {{}} }}\nimpl<T> Parse for T {{}}\n", "Tool::parse()"
        ),
    }
    assert found(review_of(*together(cases))) == []
