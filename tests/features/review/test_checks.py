"""What a review finds, and what it must not say: silence is success."""

from __future__ import annotations

import pytest

from rlm_code.features.review.findings import Review
from tests.features.review.conftest import ReviewOf

TOOLS = "def save(path):\n    return path\n\n\ndef load(path, mode='r'):\n    return path\n"
PACKAGE = {
    "pkg/__init__.py": "",
    "pkg/tools.py": TOOLS,
    "pkg/app.py": "from pkg.tools import load, save\n\n\ndef main():\n    return save(load('a'))\n",
}
WITHOUT_SAVE = {"pkg/tools.py": TOOLS.partition("\n\n\n")[2]}


def found(review: Review) -> list[tuple[str, str, int]]:
    return [(finding.rule, finding.path, finding.line) for finding in review.findings]


def test_an_import_of_a_removed_function(review_of: ReviewOf) -> None:
    review = review_of(PACKAGE, WITHOUT_SAVE)
    assert ("stale-import", "pkg/app.py", 1) in found(review)
    assert "`save` is imported here from `pkg.tools`, but the change removed it from pkg/tools.py" in {
        finding.message for finding in review.findings
    }


def test_an_import_of_a_removed_module(review_of: ReviewOf) -> None:
    assert ("stale-import", "pkg/app.py", 1) in found(review_of(PACKAGE, {"pkg/tools.py": None}))


def test_calls_behind_an_import_that_is_stale(review_of: ReviewOf) -> None:
    files = {
        "pkg/alias.py": "from pkg.tools import save as keep\n\nkeep(1)\n",
        "pkg/builtin.py": "from pkg.tools import save as print\n\nprint(1)\n",
        "pkg/guarded.py": "try:\n    from pkg.tools import save as keep\nexcept ImportError:\n    pass\n\nkeep(1)\n",
        "pkg/shadowed.py": "from pkg.tools import save as keep\n\n\ndef f(keep):\n    keep(1)\n",
    }
    review = review_of(PACKAGE | files, WITHOUT_SAVE)
    assert found(review) == [
        ("stale-import", "pkg/alias.py", 1),
        ("stale-call", "pkg/alias.py", 3),
        ("stale-import", "pkg/app.py", 1),
        ("stale-call", "pkg/app.py", 5),
        ("stale-import", "pkg/builtin.py", 1),
        ("stale-call", "pkg/builtin.py", 3),
        ("stale-import", "pkg/shadowed.py", 1),
    ]
    assert review.findings[1].message == (
        "`save` is called here as `keep`, but the change removed it from pkg/tools.py"
    )
    assert {(each.symbol, each.defined_at) for each in review.findings} == {("pkg.tools.save", "pkg/tools.py:1")}


def test_a_call_through_the_module(review_of: ReviewOf) -> None:
    app = {"pkg/app.py": "from pkg import tools\n\n\ndef main():\n    return tools.save('a')\n"}
    assert found(review_of(PACKAGE | app, WITHOUT_SAVE)) == [("stale-call", "pkg/app.py", 5)]


def test_a_call_in_the_same_module(review_of: ReviewOf) -> None:
    both = TOOLS + "\n\ndef copy(path):\n    return save(path)\n"
    after = both.replace("def save(path):\n    return path\n\n\n", "")
    review = review_of({"pkg/tools.py": both}, {"pkg/tools.py": after})
    assert found(review) == [("stale-call", "pkg/tools.py", 6)]


def test_a_call_that_no_longer_fits(review_of: ReviewOf) -> None:
    review = review_of(PACKAGE, {"pkg/tools.py": TOOLS.replace("save(path)", "save(path, target)")})
    assert found(review) == [("call-misfit", "pkg/app.py", 5)]
    assert "missing a required argument: 'target'" in review.findings[0].message


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"pkg/tools.py": TOOLS.replace("save(path)", "save(path, mode=0)")}, id="a default was added"),
        pytest.param({"pkg/tools.py": TOOLS.replace("def save(path)", "@wraps\ndef save(a, b)")}, id="decorated"),
        pytest.param(
            WITHOUT_SAVE | {"pkg/app.py": "from pkg.tools import load\n\nload('a')\n"}, id="the user changed too"
        ),
        pytest.param(
            {"pkg/tools.py": "from pkg.files import save\n" + WITHOUT_SAVE["pkg/tools.py"], "pkg/files.py": TOOLS},
            id="moved and re-exported",
        ),
        pytest.param(
            {"pkg/tools.py": WITHOUT_SAVE["pkg/tools.py"] + "\n\ndef __getattr__(name):\n    return name\n"},
            id="a module that answers any name",
        ),
        pytest.param(
            {"pkg/tools.py": "from json import *\n" + WITHOUT_SAVE["pkg/tools.py"]}, id="a module with a star import"
        ),
    ],
)
def test_a_change_that_breaks_nothing_is_met_with_silence(review_of: ReviewOf, change: dict[str, str]) -> None:
    assert found(review_of(PACKAGE, change)) == []


def test_a_module_that_no_longer_imports_its_namesake_is_still_there(review_of: ReviewOf) -> None:
    dump = "def dump(a):\n    return a\n"
    before = {"pkg/__init__.py": "", "pkg/json.py": f"import json\n\n\n{dump}"}
    app = {"app.py": "from pkg import json\n\njson.dump(1)\n"}
    assert found(review_of(before | app, {"pkg/json.py": dump})) == []


def test_an_import_of_what_another_module_passes_on(review_of: ReviewOf) -> None:
    files = {"pkg/__init__.py": "from pkg.tools import save\n", "pkg/app.py": "from pkg import save\n"}
    review = review_of(PACKAGE | files, {"pkg/tools.py": None})
    assert [(finding.path, finding.message.split(",")[0]) for finding in review.findings] == [
        ("pkg/__init__.py", "`pkg.tools` is imported here"),
        ("pkg/app.py", "`save` is imported here from `pkg`"),
    ]


def test_a_guarded_import_may_fail_and_another_is_meant_to(review_of: ReviewOf) -> None:
    guarded = "try:\n    from pkg.tools import save\nexcept ImportError:\n    save = None\n"
    meant = "import pytest\n\nwith pytest.raises(ImportError):\n    from pkg.tools import save\n"
    assert found(review_of(PACKAGE | {"pkg/app.py": guarded, "pkg/meant.py": meant}, WITHOUT_SAVE)) == []


def test_what_was_broken_before_is_not_reported(review_of: ReviewOf) -> None:
    broken = PACKAGE | {"pkg/app.py": "from pkg.tools import gone\n\ngone()\n"}
    assert found(review_of(broken, {"pkg/tools.py": TOOLS + "\n\nX = 1\n"})) == []


def test_what_costs_too_much_is_counted(review_of: ReviewOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rlm_code.features.review.still_used._MOST_USES", 1)
    monkeypatch.setattr("rlm_code.features.review.reviewing._MOST_USES", 1)
    review = review_of(PACKAGE, {"pkg/tools.py": ""})
    assert (review.unjudged, review.unreached) == (1, 1)


def test_javascript_imports(review_of: ReviewOf) -> None:
    save, load = "export function save(a) {\n  return a;\n}\n", "export function load(a) {\n  return a;\n}\n"
    common = "exports.f = function () {};\n"
    default = "export default class Tool {}\n"
    files = {
        "src/tools.js": save + load + default,
        "src/app.js": "import { save, load } from './tools';\n\nsave(load(1));\n",
        "src/default.js": "import Tool from './tools';\nexport { default } from './tools';\n\nnew Tool();\n",
        "src/common.js": common + common.replace(".f", ".h"),
        "src/taken.js": "const { f: g, h } = require('./common');\n\ng(h());\n",
    }
    change = {"src/tools.js": load, "src/common.js": common.replace(".f", ".h")}
    assert found(review_of(files, change)) == [
        ("stale-import", "src/app.js", 1),
        ("stale-call", "src/app.js", 3),
        ("stale-import", "src/default.js", 1),
        ("stale-import", "src/default.js", 2),
        ("stale-call", "src/default.js", 4),
        ("stale-import", "src/taken.js", 1),
        ("stale-call", "src/taken.js", 3),
    ]


def test_what_else_may_be_the_default_of_a_script(review_of: ReviewOf) -> None:
    after = {
        "renamed": "export default class Other {}\n",
        "named": "class Other {}\nexport { Other as default };\n",
        "passed_on": "export { default } from './x';\n",
        "common": "module.exports = class Other {};\n",
        "typed": "class Other {}\nexport = Other;\n",
    }
    before = {f"{name}.ts": "export default class Tool {}\n" for name in after}
    app = "".join(f"import {name} from './{name}';\nnew {name}();\n" for name in after)
    assert found(review_of(before | {"app.ts": app}, {f"{name}.ts": text for name, text in after.items()})) == []


def test_a_declaration_for_typescript_is_not_what_a_script_runs(review_of: ReviewOf) -> None:
    app = "import { save } from 'tools';\nimport * as all from 'tools';\nsave();\nall.save();\n"
    files = {
        "tools/package.json": '{"name": "tools", "main": "dist/tools.js", "types": "types.d.ts"}',
        "tools/types.d.ts": "export function save(): void;\nexport function load(): void;\n",
        "package.json": '{"name": "all", "workspaces": ["tools", "app"]}',
        "app/app.js": app,
        "app/typed.ts": app,
    }
    review = review_of(files, {"tools/types.d.ts": "export function load(): void;\n"})
    assert {path for _, path, _ in found(review)} == {"app/typed.ts"}


def test_changed_definitions_come_with_their_callers(review_of: ReviewOf) -> None:
    review = review_of(PACKAGE, {"pkg/tools.py": TOOLS.replace("return path", "return str(path)", 1)})
    (reach,) = review.reach
    assert (reach.change, reach.symbol, reach.callers) == ("changed", "pkg.tools.save", ("pkg/app.py:5 main",))


def test_who_makes_objects_of_a_class_is_who_calls_what_makes_them(review_of: ReviewOf) -> None:
    tool = "class Tool:\n    def __init__(self, path):\n        self.path = path\n"
    app = "from tool import Tool\n\n\ndef main():\n    return Tool(1)\n"
    review = review_of({"tool.py": tool, "app.py": app}, {"tool.py": tool.replace("= path", "= str(path)")})
    assert [(each.symbol, each.callers) for each in review.reach] == [("tool.Tool.__init__", ("app.py:5 main",))]


def test_code_that_cannot_be_read_makes_the_review_incomplete(review_of: ReviewOf) -> None:
    review = review_of(PACKAGE, {"pkg/app.py": "def main(:\n    return ]]\n", "logo.png": "\0PNG", "notes.txt": "x"})
    assert [path for path, _ in review.incomplete] == ["pkg/app.py"]
    assert [path for path, _ in review.skipped] == ["logo.png", "notes.txt"]


def test_fingerprints_survive_moved_lines_and_tell_twins_apart(review_of: ReviewOf) -> None:
    app = "import pkg.tools\n\npkg.tools.save('a')\npkg.tools.save('a')\n"
    first = review_of(PACKAGE | {"pkg/app.py": app}, WITHOUT_SAVE).findings
    assert len({finding.fingerprint for finding in first}) == len(first) == 2
