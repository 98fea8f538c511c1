"""Runs git so that nothing in a repository can make it run something else, wait for ever or write.

A repository's own configuration may name programs: file-system monitors, hooks, diff drivers, text
converters, filters, transports, signature checkers. The settings here switch them off, and the callers use
only commands that need none. Content of the working tree is never handed to git, so clean filters have
nothing to run on. Processes start by `posix_spawn`: `import subprocess` alone costs more than two runs
of git. This module knows how to run git and nothing of what its output means.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from select import POLLIN, POLLOUT, poll

from rlm_code.errors import SourceError
from rlm_code.source.git_errors import explain

DEFAULT_TIMEOUT_S = 30.0
_OUTPUT_LIMIT_BYTES = 1 << 30
_ERRORS_LIMIT_BYTES = 1 << 16
_CHUNK_BYTES = 1 << 18
_KILL = 9

_SETTINGS = (
    "core.fsmonitor=",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.gitProxy=",
    "core.alternateRefsCommand=",
    "core.warnAmbiguousRefs=true",
    "credential.helper=",
    "protocol.allow=never",
    "submodule.recurse=false",
    "gpg.program=false",
    "gpg.ssh.program=false",
    "gpg.x509.program=false",
    "log.showSignature=false",
    "log.showRoot=true",
    "log.follow=false",
    "log.diffMerges=off",
    "diff.external=",
    "diff.orderFile=/dev/null",
    "diff.relative=false",
    "mailmap.file=/dev/null",
    "core.attributesFile=/dev/null",
    "i18n.logOutputEncoding=UTF-8",
)

_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",  # git before 2.39.4 fetches lazily all the same: no transport is left to it
    "GIT_NO_REPLACE_OBJECTS": "1",  # evidence is what the commit holds, not what stands in for it
    "GIT_GRAFT_FILE": "/dev/null",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "LC_ALL": "C",
}

# The caller's GIT_DIR, GIT_INDEX_FILE and the like (set inside every hook) would swap the repository.
_KEPT = {"GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_COUNT", "GIT_EXEC_PATH"}
_KEPT_PREFIXES = ("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_")


def run_git(folder: Path, *arguments: str, timeout_s: float = DEFAULT_TIMEOUT_S) -> bytes:
    """What `git <arguments>` prints when run in `folder`, the top of a repository.

    Raises SourceError when git is missing, fails, prints more than a gigabyte or takes longer than `timeout_s`.
    """
    code, output, errors = try_git(folder, *arguments, timeout_s=timeout_s)
    if code != 0:
        raise explain(errors, folder)
    return output


def git_version() -> str:
    """What `git --version` prints; SourceError if there is no git."""
    return run_git(Path("/"), "--version").decode("utf-8", "replace").strip()


def try_git(folder: Path, *arguments: str, timeout_s: float = DEFAULT_TIMEOUT_S) -> tuple[int, bytes, str]:
    """The exit status, output and messages of git, for callers that expect it to fail."""
    process = GitProcess(folder, arguments)
    try:
        output, errors = process.collect(time.monotonic() + timeout_s)
        return process.wait(), output, errors.decode("utf-8", "surrogateescape")
    finally:
        process.kill()


class GitProcess:
    """One running git. Whoever makes it must end it, by `wait` or `kill`."""

    def __init__(self, folder: Path, arguments: Sequence[str], *, conversation: bool = False) -> None:
        """Start git in `folder`; in a `conversation` it has a standard input, and its messages are dropped."""
        command = git_command(folder, arguments)
        ours: list[int] = []
        theirs: list[int] = []
        actions: list[tuple[int, int, int] | tuple[int, int, str, int, int]] = []
        try:
            for number, piped in enumerate((conversation, True, not conversation)):
                if not piped:
                    actions.append((os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0))
                    continue
                reading, writing = os.pipe()
                ours.append(writing if number == 0 else reading)
                theirs.append(reading if number == 0 else writing)
                actions.append((os.POSIX_SPAWN_DUP2, theirs[-1], number))
            # A group of its own: `kill` reaches what git itself may have started.
            environment = git_environment(folder)
            self._pid = os.posix_spawn(command[0], command, environment, file_actions=actions, setpgroup=0)
        except OSError as error:
            for descriptor in ours:
                os.close(descriptor)
            raise SourceError(f"git cannot be started: {error.strerror}") from error
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        self._descriptors = ours
        self._running = True

    def collect(self, deadline: float) -> tuple[bytes, bytes]:
        """All that git prints until it closes its output and its messages; raises SourceError past `deadline`."""
        output, errors = self._descriptors
        received = {output: bytearray(), errors: bytearray()}
        limits = {output: _OUTPUT_LIMIT_BYTES, errors: _ERRORS_LIMIT_BYTES}
        poller = poll()
        for descriptor in received:
            poller.register(descriptor, POLLIN)
        open_descriptors = set(received)
        while open_descriptors:
            for descriptor, _ in _ready(poller, deadline):
                chunk = os.read(descriptor, _CHUNK_BYTES)
                if not chunk:
                    poller.unregister(descriptor)
                    open_descriptors.discard(descriptor)
                elif len(received[descriptor]) < limits[descriptor]:
                    received[descriptor] += chunk
                elif descriptor == output:
                    raise SourceError("git printed more than a gigabyte", hint="ask for less at a time")
        return bytes(received[output]), bytes(received[errors])

    def send(self, data: bytes, deadline: float) -> None:
        """Write a short request (at most 4096 bytes) to a conversation's standard input."""
        poller = poll()
        poller.register(self._descriptors[0], POLLOUT)
        _ready(poller, deadline)
        os.write(self._descriptors[0], data)

    def receive(self, deadline: float) -> bytes:
        """The next chunk of a conversation's output; empty at its end."""
        poller = poll()
        poller.register(self._descriptors[1], POLLIN)
        _ready(poller, deadline)
        return os.read(self._descriptors[1], _CHUNK_BYTES)

    def running(self) -> bool:
        """Whether git has not ended yet."""
        if self._running:
            self._reap(os.WNOHANG)
        return self._running

    def wait(self, timeout_s: float = 5.0) -> int:
        """Close the pipes and give the exit status, killing git if it has not ended after `timeout_s`."""
        self._close()
        deadline = time.monotonic() + timeout_s
        pause = 0.0002
        while self._running:
            code = self._reap(os.WNOHANG)
            if code is not None:
                return code
            if time.monotonic() > deadline:
                self.kill()
            time.sleep(pause)
            pause = min(pause * 2, 0.02)
        return -_KILL

    def kill(self) -> None:
        """End git now, if it still runs, with everything it started."""
        self._close()
        if self._running:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._pid, _KILL)
            self._reap(0)

    def _reap(self, options: int) -> int | None:
        try:
            pid, status = os.waitpid(self._pid, options)
        except ChildProcessError:  # the host ignores SIGCHLD: the status is nobody's to know
            pid, status = self._pid, 0
        if pid == 0:
            return None
        self._running = False
        return os.waitstatus_to_exitcode(status)

    def _close(self) -> None:
        while self._descriptors:
            os.close(self._descriptors.pop())


def git_command(folder: Path, arguments: Sequence[str]) -> list[bytes]:
    """The whole command line of a hardened git in `folder`, encoded as paths are."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    words = [git_executable(), "-C", str(folder), "--no-pager", *settings, *arguments]
    return [word.encode("utf-8", "surrogateescape") for word in words]


def git_environment(folder: Path) -> dict[str, str]:
    """The caller's environment without what would redirect git, and with what holds it back."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT or name.startswith(_KEPT_PREFIXES)
    }
    # git must judge the repository that was found, not one further up if that is broken.
    return kept | _ENVIRONMENT | {"GIT_CEILING_DIRECTORIES": str(folder.parent)}


@cache
def git_executable() -> str:
    """The absolute path of git. Relative parts of PATH are passed over: they may lead into the repository."""
    for folder in os.get_exec_path():
        candidate = os.path.join(folder, "git")  # noqa: PTH118 - on every start; pathlib is ten times slower
        if os.path.isabs(folder) and os.path.isfile(candidate) and os.access(candidate, os.X_OK):  # noqa: PTH113, PTH117
            return candidate
    raise SourceError("git is not installed", hint="install git, or make sure that it is on PATH")


def _ready(poller: poll, deadline: float) -> list[tuple[int, int]]:
    left = deadline - time.monotonic()
    events = poller.poll(left * 1000) if left > 0 else []
    if not events:
        raise SourceError(
            "git took too long and was stopped", hint="ask for less, or check the repository with `git fsck`"
        )
    return events
