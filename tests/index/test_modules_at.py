"""What stands where a module is named: the file that it is; and where a module is used.

`⟪path:name⟫` must lead to the start of that file and nowhere else, `⟪:name⟫` to no module.
"""

import re
from pathlib import Path

import pytest

from rlm_code.codebase.host import HostQueries
from rlm_code.codebase.queries import NAMELESS
from tests.conftest import MakeRepository
from tests.index.marked import host_of

_MARK = re.compile(r"⟪([^:⟫]*):([^⟫]*)⟫")

PYTHON = {
    "pkg/__init__.py": "",
    "pkg/sub/__init__.py": "def thing(): ...\n",
    "pkg/sub/deep.py": (
        "from . import thing\nfrom .. import ⟪pkg/sub/__init__.py:sub⟫ as ⟪pkg/sub/__init__.py:up⟫\n"
        "from ..⟪pkg/sub/__init__.py:sub⟫ import ⟪:thing⟫ as t\ndef f(): ...\n⟪pkg/sub/__init__.py:up⟫.thing()\n"
    ),
    "bare/mod.py": "",
    "use.py": (
        "import ⟪pkg/__init__.py:pkg⟫.⟪pkg/sub/__init__.py:sub⟫ as ⟪pkg/sub/__init__.py:d⟫\n"
        "import os.path, ⟪pkg/__init__.py:pkg⟫.⟪pkg/sub/__init__.py:sub⟫.⟪pkg/sub/deep.py:deep⟫\n"
        "from ⟪pkg/__init__.py:pkg⟫.⟪pkg/sub/__init__.py:sub⟫ import (\n    ⟪pkg/sub/deep.py:deep⟫,\n    ⟪:thing⟫,\n)\n"
        "from ⟪pkg/__init__.py:pkg⟫.⟪pkg/sub/__init__.py:sub⟫.⟪pkg/sub/deep.py:deep⟫ import ⟪:f⟫\n"
        "from ⟪:bare⟫.⟪bare/mod.py:mod⟫ import *\n"
        "import ⟪:os⟫.⟪:path⟫\n"
        "⟪pkg/sub/__init__.py:d⟫.⟪:thing⟫()\n"
        "⟪pkg/__init__.py:pkg⟫.⟪pkg/sub/__init__.py:sub⟫.⟪pkg/sub/deep.py:deep⟫.⟪:f⟫()\n"
        "def g(deep):\n    ⟪:deep⟫.f()\n    return ⟪pkg/sub/__init__.py:d⟫\n"
        "⟪:os⟫.⟪:path⟫.join\n"
    ),
}

SCRIPT = {
    "lib/index.ts": "export function c() {}\n",
    "lib/b.ts": "export function b() {}\nexport interface I {}\n",
    "lib/k.js": "module.exports = function () {};\n",
    "a.ts": (
        "import { ⟪:b⟫ } from '⟪lib/b.ts:./lib/b⟫'\n"
        'import * as ⟪lib/index.ts:lib⟫ from "⟪lib/index.ts:./lib⟫"\n'
        "import type { I } from '⟪lib/b.ts:./lib/b.js⟫'\n"
        "import eq = require('⟪lib/b.ts:./lib/b⟫')\n"
        "export * from '⟪lib/b.ts:./lib/b⟫'\n"
        "export { c as d } from '⟪lib/index.ts:./lib/index⟫'\n"
        "import '⟪lib/k.js:./lib/k⟫'\n"
        "import ts from '⟪:typescript⟫'\n"
        "type T = typeof import('⟪lib/b.ts:./lib/b⟫')\n"
        "const late = await import(/* webpackChunkName: 'b' */ '⟪lib/b.ts:./lib/b⟫')\n"
        "const text = 'import ⟪:./lib/b⟫ from'\n"
        "export default '⟪:./lib/b⟫'\n"
        "lib.⟪:c⟫()\n"
    ),
    "c.js": (
        "const ⟪lib/b.ts:x⟫ = require('⟪lib/b.ts:./lib/b⟫');\nconst k = require('⟪lib/k.js:./lib/k⟫');\nk();\n"
        "⟪lib/b.ts:x⟫.⟪:b⟫();\nfunction g(x) { ⟪:x⟫.b(); }\n"
    ),
}


def differences(make_repository: MakeRepository, marked: dict[str, str]) -> list[str]:
    """Where a mark leads elsewhere than it says."""
    queries = opened(make_repository, marked)
    told = []
    for path, text in marked.items():
        for number, line in enumerate(text.split("\n"), 1):
            for mark in _MARK.finditer(line):
                column = len(_MARK.sub(r"\2", line[: mark.start()]).encode())
                rows = queries.definition_at(path, number, column + len(mark[2]) // 2)
                found = [row.path for row in rows if row.name_start == NAMELESS]
                if found != [mark[1]][: bool(mark[1])] or (found and len(rows) > 1):
                    told.append(f"{path}:{number}:{column} {mark[2]}: {rows}")
    return told


def opened(make_repository: MakeRepository, marked: dict[str, str]) -> HostQueries:
    root: Path = make_repository({path: _MARK.sub(r"\2", text) for path, text in marked.items()})
    return host_of(root, root.parent / "cache")


@pytest.mark.parametrize("marked", [PYTHON, SCRIPT], ids=["python", "script"])
def test_each_name_of_a_module_leads_to_its_file(make_repository: MakeRepository, marked: dict[str, str]) -> None:
    assert differences(make_repository, marked) == []


def test_the_uses_of_a_module_are_all_that_lead_to_it(make_repository: MakeRepository) -> None:
    queries = opened(make_repository, PYTHON)
    page = queries.references("pkg/sub/__init__.py", NAMELESS, None, True, 100)
    assert [(use.path, use.line, use.name, use.role) for use in page.rows] == [
        ("pkg/sub/deep.py", 2, "sub", "import"),
        ("pkg/sub/deep.py", 2, "up", "import"),
        ("pkg/sub/deep.py", 3, "sub", "import"),
        ("pkg/sub/deep.py", 5, "up", "read"),
        ("use.py", 1, "sub", "import"),
        ("use.py", 1, "d", "import"),
        ("use.py", 2, "sub", "import"),
        ("use.py", 3, "sub", "import"),
        ("use.py", 7, "sub", "import"),
        ("use.py", 10, "d", "read"),
        ("use.py", 11, "sub", "read"),
        ("use.py", 14, "d", "read"),
    ]
    assert {(use.certainty, use.target and use.target.path) for use in page.rows} == {("exact", "pkg/sub/__init__.py")}
    assert page.rows == queries.references_at("use.py", 1, 11).rows
    assert queries.references("pkg/sub/__init__.py", NAMELESS, ["call"], False, 100).total == 0


def test_the_uses_of_a_script_s_module_are_the_strings_that_name_it(make_repository: MakeRepository) -> None:
    page = opened(make_repository, SCRIPT).references("lib/b.ts", NAMELESS, None, False, 100)
    assert [(use.path, use.line, use.name) for use in page.rows] == [
        ("a.ts", 1, "./lib/b"),
        ("a.ts", 3, "./lib/b.js"),
        ("a.ts", 4, "./lib/b"),
        ("a.ts", 5, "./lib/b"),
        ("a.ts", 9, "./lib/b"),
        ("a.ts", 10, "./lib/b"),
        ("c.js", 1, "./lib/b"),
    ]


def test_a_module_is_none_of_the_definitions(make_repository: MakeRepository) -> None:
    queries = opened(make_repository, PYTHON)
    assert queries.find("deep", None, 10) == []
    assert queries.symbols("deep", None, None, 10) == []
    assert [row.name for row in queries.outline("pkg/sub/deep.py")] == ["f"]
    targets = [use.target for use in queries.outgoing("use.py", None, None)]
    assert all(target is None or target.kind != "module" for target in targets)
    whole = queries.outgoing("use.py", NAMELESS, None)
    assert whole == queries.outgoing("use.py", None, None)
    assert queries.bases("use.py", NAMELESS) == queries.subclasses("use.py", NAMELESS) == []
    with pytest.raises(LookupError, match=r"use\.py is a file"):
        queries.call_path(["use.py", NAMELESS], ["use.py", NAMELESS], 1)


def test_a_file_of_a_language_whose_modules_are_no_files_is_none(make_repository: MakeRepository) -> None:
    queries = opened(make_repository, {"go.mod": "module x.y/z\n", "gp/a.go": "package gp\n", "README.md": "# A\n"})
    for path in ("gp/a.go", "README.md"):
        with pytest.raises(LookupError, match="is a file"):
            queries.details(path, NAMELESS)
