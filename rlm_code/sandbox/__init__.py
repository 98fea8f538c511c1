"""Runs model-written Python in a separate, confined process. Knows nothing of code analysis or language models."""

from rlm_code.sandbox.opening import Kind, open_sandbox
from rlm_code.sandbox.protocol import CellResult, CellStatus, HostMethod, Namespace, Sandbox, WorkerHost
from rlm_code.sandbox.system import Finding, diagnose

__all__ = [
    "CellResult",
    "CellStatus",
    "Finding",
    "HostMethod",
    "Kind",
    "Namespace",
    "Sandbox",
    "WorkerHost",
    "diagnose",
    "open_sandbox",
]
