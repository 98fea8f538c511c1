"""What facts depend on besides the files they are about: facts of another fingerprint are of no use."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from rlm_code.index.database import SCHEMA_VERSION
from rlm_code.index.packing import LAYOUT

_KEPT_AS = "fingerprint"


def fingerprint(cache_dir: Path) -> str:
    """A short text that is other where the code that reads files, or how the store lays facts out, is other.

    The code is read once: below `cache_dir` is kept how its files looked then.
    """
    looks = repr([(SCHEMA_VERSION, LAYOUT), *_looks()])
    kept = cache_dir / _KEPT_AS
    try:
        known, _, found = kept.read_text("utf-8").partition("\n")
        if known == looks:
            return found
    except (OSError, ValueError):
        pass
    found = _digest()
    with suppress(OSError):  # a cache that cannot be written is said by whoever opens the store
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = kept.with_name(f"{_KEPT_AS}.{os.getpid()}")
        part.write_text(f"{looks}\n{found}", "utf-8")
        part.replace(kept)
    return found


def _folders() -> list[tuple[str, tuple[str, ...]]]:
    """The folders whose files decide about facts, with the names that count there."""
    here = os.path.dirname(__file__)  # noqa: PTH120  pathlib is slow, and this is on every path
    parse = os.path.join(os.path.dirname(here), "parse")  # noqa: PTH118, PTH120
    return [(here, ("words.py",)), (parse, (".py",)), (os.path.join(parse, "queries"), (".scm",))]  # noqa: PTH118


def _looks() -> list[tuple[str, int, int, int]]:
    found = []
    for folder, endings in _folders():
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(endings):
                    status = entry.stat()
                    found.append((entry.path, status.st_size, status.st_mtime_ns, status.st_ino))
    return sorted(found)


def _digest() -> str:
    import hashlib

    digest = hashlib.sha256(f"{SCHEMA_VERSION} {LAYOUT}".encode())
    for path, *_ in _looks():
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()[:12]
