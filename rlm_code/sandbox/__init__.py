"""Runs model-written Python in a separate, confined process. Knows nothing of code analysis or language models."""

from rlm_code.sandbox.opening import Kind, open_sandbox
from rlm_code.sandbox.protocol import CellResult, CellStatus, HostMethod, Namespace, Sandbox, WorkerHost

__all__ = ["CellResult", "CellStatus", "HostMethod", "Kind", "Namespace", "Sandbox", "WorkerHost", "open_sandbox"]
