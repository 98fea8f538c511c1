"""Code that is nothing but circles, or nested without measure, is answered like any other."""

from collections.abc import Mapping

import pytest

from tests.conftest import MakeRepository
from tests.index.marked import host_of

CIRCLES: Mapping[str, str] = {
    "A.java": "class A extends B { A a() { return b().a().c; } }\nclass B extends A { B b() { return a().b().c; } }\n",
    "a.go": "package a\n\ntype A = A\n\ntype B = C\n\ntype C = B\n\nfunc f[T T](x T, b B) { x.go(); b.go() }\n",
    "a.c": "typedef struct node node;\ntypedef a b;\ntypedef b a;\n\nint f(node *n, a *x) { return n->next + x->y; }\n",
    "a.rs": "use self::a as b;\nuse self::b as a;\n\ntrait T: T {}\n\nfn f(x: a) { x.go(); b::go(); }\n",
    "a.cs": "class A : B { A X => Y; }\nclass B : A { B Y => X; void F() { X.Y.X.Go(); } }\n",
    "a.kt": "open class A : B() { val x = y }\nopen class B : A() { val y = x; fun f() = f().g() }\n",
    "a.php": "<?php\nclass A extends B { function f(): self { return $this->f()->g(); } }\nclass B extends A {}\n",
}


@pytest.mark.parametrize("path", CIRCLES)
def test_circles(make_repository: MakeRepository, path: str) -> None:
    root = make_repository({path: CIRCLES[path]})
    queries = host_of(root, root.parent / "cache")
    for number, line in enumerate(CIRCLES[path].split("\n"), 1):
        for column in range(len(line)):
            queries.definition_at(path, number, column)
    assert queries.outline(path)


@pytest.mark.parametrize(
    ("path", "before", "unit", "after"),
    [
        ("A.java", "class A { A a() { return this", ".a()", "; } }"),
        ("A.java", "class A { A", "<A", " a; }"),
        ("a.go", "package a\n\ntype A struct{}\n\nfunc f(a A) { a", ".f()", " }"),
        ("a.rs", "fn f(a: u8) { a", ".f()", "; }"),
    ],
)
def test_depth(make_repository: MakeRepository, path: str, before: str, unit: str, after: str) -> None:
    text = before + unit * 3000 + after
    root = make_repository({path: text})
    queries = host_of(root, root.parent / "cache")
    line = text.count("\n") + 1
    queries.definition_at(path, line, len(text.rsplit("\n", 1)[-1]) - len(after) - 2)
    assert queries.outline(path)
