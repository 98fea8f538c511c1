"""An exception as a short text: the cells' own lines, and what went wrong. Knows nothing of how cells are run."""

from __future__ import annotations

import errno
import re
import traceback
from types import TracebackType

from rlm_code.sandbox.worker.output import clipped

_CHARS = 4000
_LINE_CHARS = 300
_FRAMES = 8
_CAUSES = 4
_HEADER = "Traceback (most recent call last):\n"
_OWN_MODULES = re.compile(r"^rlm_code\.[\w.]+\.(?=\w+(?:: |$))", re.MULTILINE)


def described(error: BaseException) -> str:
    """A traceback of the cells' own lines, causes included. May raise whatever the exception's methods raise."""
    shown = traceback.TracebackException.from_exception(error, compact=True)
    _keep_cell_frames(shown, _CAUSES)
    text = _OWN_MODULES.sub("", "".join(shown.format()))
    if type(error) is PermissionError and error.errno == errno.EPERM:
        text = f"{text.rstrip()} (there are no files, network or processes here)"
    return clipped("\n".join(_clipped_line(line) for line in text.rstrip().split("\n")), _CHARS)


def described_briefly(error: BaseException) -> str:
    """The same without asking the exception anything but its type."""
    where = traceback.StackSummary.extract(traceback.walk_tb(_traceback(error)))
    lines = [frame for frame in where if frame.filename.startswith("<cell ")][-_FRAMES:]
    name = type.__dict__["__name__"].__get__(type(error))
    return clipped(f"{_HEADER}{''.join(traceback.format_list(lines))}{name} (its message cannot be shown)", _CHARS)


def _traceback(error: BaseException) -> TracebackType | None:
    found: TracebackType | None = BaseException.__dict__["__traceback__"].__get__(error)
    return found


def _keep_cell_frames(shown: traceback.TracebackException, causes: int) -> None:
    """Drop the frames of everything but cells, and all but `causes` of the exceptions before."""
    frames = [frame for frame in shown.stack if frame.filename.startswith("<cell ")]
    if len(frames) > 2 * _FRAMES:
        frames = frames[:_FRAMES] + frames[-_FRAMES:]
    shown.stack[:] = frames
    for link in ("__cause__", "__context__"):
        before = getattr(shown, link)
        if before is not None and causes:
            _keep_cell_frames(before, causes - 1)
        else:
            setattr(shown, link, None)


def _clipped_line(line: str) -> str:
    return line if len(line) <= _LINE_CHARS else f"{line[: _LINE_CHARS - 60]} … {line[-50:]}"
