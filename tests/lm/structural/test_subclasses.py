"""What implements a trait, where most of it stands in blocks that are no definitions."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from rlm_code.codebase.open import open_host
from rlm_code.lm.structural import StructuralLM
from rlm_code.rlm.loop import run
from rlm_code.rlm.task import Task
from rlm_code.sandbox import open_sandbox
from tests.conftest import MakeRepository

EXTRACT = "pub trait Extract {}\n\npub struct Path;\n\nimpl Extract for Path {}\n"
QUERY = "use crate::Extract;\n\npub struct Query;\n\nimpl<T> Extract for Box<T> {}\n"


def test_blocks_that_implement_a_trait_are_listed_and_cited(make_repository: MakeRepository, tmp_path: Path) -> None:
    """They are told whether or not the index knows a type by each of them."""
    root = make_repository({"Cargo.toml": '[package]\nname = "e"\n', "src/lib.rs": EXTRACT, "src/query.rs": QUERY})
    queries = open_host(root, cache_dir=tmp_path / "cache")
    sandbox = partial(open_sandbox, kind="auto")
    task = Task("What implements Extract?", queries.snapshot, queries, StructuralLM(), sandbox, runs_dir=tmp_path)
    answer = asyncio.run(run(task))
    queries.close()
    assert answer.status == "complete"
    assert {"src/lib.rs", "src/query.rs"} <= {citation.path for citation in answer.citations}
    assert "impl<T> Extract for Box<T>" in answer.answer
