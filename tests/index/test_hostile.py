"""Code that nobody would write costs time in proportion to its length, and raises nothing."""

import time
from pathlib import Path

import pytest

from tests.conftest import MakeRepository
from tests.index.marked import host_of

BODY = 60_000

DIAMONDS = "".join(f"type C{n + 1}{side} struct {{ C{n}a; C{n}b }}\n" for n in range(30) for side in "ab")
OVERLOADS = "".join(f"void f(int a{n}) {{ f(1); }}\n" for n in range(150))
DISTINCT = "".join(f"class C{n} {{}}\nvoid g(C{n} a) {{ {'g(f.x); ' * 4} }}\n" for n in range(90))
LINKS = "".join(f".f({n}).f(this)" for n in range(750))

HOSTILE = {
    "spaces": ("a.py", "x" + " " * BODY + ".f\n" + "x .f\n" * 500),
    "one line": ("a.js", "".join(f"var v{n}=f(v{n - 1}).f;" for n in range(3000))),
    "brackets": ("a.py", "x = f(" + "(" * 3000 + "\n" + "x.f()\n" * 500),
    "a table": ("a.py", "x = [" + "f, " * (BODY // 3) + "]\nx.f()\n" * 200),
    "with": ("a.py", "with f() as x, " * 2000 + "f() as y: x.f()\n"),
    "circles": ("a.py", "from b import *\nfrom a import f as g\nclass f(f): f = f\nx = y\ny = x\nx.f\n"),
    "returns": ("a.py", "def f(): return f()\n\n\nf().f()\n" * 150),
    "chain": ("a.py", "x" + ".f()" * 2000 + "\n"),
    "manifest": ("go.mod", "\n" * BODY + "module"),
    "comments": ("tsconfig.json", "/*" * BODY),
    "exports": ("a.ts", "export {" * 5000 + "f" + "}" * 5000),
    "a path": ("b.js", "var x = 1;\nx" + ".f" * 3000 + ";\n"),
    "parentheses": ("c.ts", "var y; var x = " + "(" * 1500 + "y" + ")" * 1500 + "; x.f;\n"),
    "diamonds": ("a.go", f"package a\n{DIAMONDS}func f() {{ var x C30a; x.zz() }}\n"),
    "overloads": ("D.java", f"class D {{\n{OVERLOADS}}}\n"),
    "links": ("D.java", f"class D {{ D f(int a) {{ return this; }} D f(D a) {{ return f(1){LINKS}; }} }}\n"),
    "distinct overloads": ("D.java", f"class D {{\n{DISTINCT}}}\n"),
}
BESIDE = {
    "b.py": "from a import *\nfrom a import g as f\nfrom b import f\n\n\ndef target(): f()\n",
    "z.go": "package z\n\nfunc target() { f() }\n",
    "z.ts": "import { f } from '~/a';\nfunction target() { f(); }\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_answered_in_time(make_repository: MakeRepository, tmp_path: Path, kind: str) -> None:
    path, text = HOSTILE[kind]
    queries = host_of(make_repository({path: text, **BESIDE}), tmp_path / "cache")
    start = time.process_time()
    for file in queries.files():
        queries.outgoing(file.path, None, None)
        queries.imports(file.path)
        for row in queries.outline(file.path)[:20]:
            queries.references(file.path, row.name_start, None, False, 10)
            queries.subclasses(file.path, row.name_start)
    queries.find("f", None, 10)
    queries.rank("f", 10)
    assert time.process_time() - start < 10
    queries.close()
