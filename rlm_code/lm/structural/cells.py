"""The cells that the policy sends: parameters as assignments, then programs as they stand in `programs/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PROGRAMS = Path(__file__).parent / "programs"


def cell(*programs: str, **parameters: object) -> str:
    """The code of some programs, one after the other, with their parameters set before."""
    assignments = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    return "\n\n".join([assignments, *map(_source, programs)] if assignments else map(_source, programs))


@cache
def _source(program: str) -> str:
    return (_PROGRAMS / f"{program}.py").read_text(encoding="utf-8")
