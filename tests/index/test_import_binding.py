"""A name that leads out of the snapshot leads to the import that binds it, in `definition_at` alone."""

import pytest

from tests.conftest import MakeRepository
from tests.index.pointed import check

SOURCES = {
    "a.py": "import ⟦os⟧\nfrom json import dumps as ⟦d⟧\n\n⟪d⟫(⟪os⟫.⟪-:x⟫, ⟪-:os⟫=1)\n",
    "A.java": "import java.util.⟦List⟧;\n\nclass A {\n    ⟪List⟫<⟪-:String⟫> all = ⟪List⟫.⟪-:of⟫();\n}\n",
    "a.go": 'package a\n\nimport (\n\t"net/⟦http⟧"\n\t⟦j⟧ "encoding/json"\n)\n\nvar x = ⟪http⟫.⟪-:Get⟫(⟪j⟫.V)\n',
    "a.ts": 'import { readFile as ⟦read⟧ } from "fs";\nimport ⟦Fast⟧ from "fastify";\n\n⟪read⟫(⟪Fast⟫);\n',
    "a.kt": "import java.io.⟦File⟧\n\nval x: ⟪File⟫? = null\n",
    "a.rs": "use std::fs::⟦File⟧;\n\nfn f(x: ⟪File⟫) {}\n",
    "a.php": "<?php\nuse Psr\\Log\\⟦Logger⟧;\n\nfunction f(⟪Logger⟫ $x) {}\n",
}


@pytest.mark.parametrize("path", SOURCES)
def test_imports_from_elsewhere(make_repository: MakeRepository, path: str) -> None:
    check(make_repository, {path: SOURCES[path]})
