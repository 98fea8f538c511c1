"""What a question is told of a repository in which there is nothing to look at."""

from __future__ import annotations

import asyncio
from contextlib import closing

import pytest

from rlm_code.codebase.open import open_host
from rlm_code.errors import SourceError
from rlm_code.features.ask import ask
from rlm_code.lm.structural import StructuralLM
from rlm_code.rlm.task import Limits
from tests.conftest import MakeRepository, git


def test_a_clone_without_a_checkout_is_told_to_make_one_or_to_name_a_revision(make_repository: MakeRepository) -> None:
    root = make_repository({"shop.py": "def pay(): ...\n"})
    git(root, "read-tree", "--empty")
    (root / "shop.py").unlink()
    with closing(open_host(root)) as queries, pytest.raises(SourceError, match="holds no files to look at") as raised:
        asyncio.run(ask(queries, "What is this?", lm=StructuralLM(), sub_lm=None, limits=Limits()))
    assert "give --rev HEAD" in str(raised.value.hint)
