"""`rlm-code doctor`: what works on this machine, and what to do about what doesn't."""

from __future__ import annotations

import argparse

from rlm_code.cli.status import COMPLETE, FAILED
from rlm_code.config import read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `doctor`."""
    parser.add_argument("--json", action="store_true", help="the checks as a JSON array")


def run(arguments: argparse.Namespace) -> int:
    """Print every check; fails if one that matters does not hold."""
    from rlm_code.features.doctor import examine

    checks = examine(read_settings())
    if arguments.json:
        import json

        print(json.dumps([check._asdict() for check in checks], indent=2))
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            mark = "ok" if check.holds else "NO" if check.matters else "-"
            print(f"{mark:2}  {check.name.ljust(width)}  {check.detail}")
    return FAILED if any(check.matters and not check.holds for check in checks) else COMPLETE
