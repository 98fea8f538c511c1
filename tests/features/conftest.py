"""Fixtures of tests/rlm: the shop, opened, and runs over it in a line."""

from tests.rlm.conftest import ask, shop, task

__all__ = ["ask", "shop", "task"]
