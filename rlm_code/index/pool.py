"""Worker processes that analyse files in parallel: plain child processes on pipes.

Not `multiprocessing`: its children import the caller's `__main__` again, which breaks scripts without a guard.
A worker that dies is replaced and its files are tried one by one, so that one file which crashes a grammar
costs itself only.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from rlm_code.index.packing import PackedFile, pack_bare
from rlm_code.index.worker import read_reply, write_request

_Tag = TypeVar("_Tag")

FILE_TIMEOUT_S = 60.0
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from rlm_code.index.worker import main; main()"


def analyse_in_processes(
    batches: Iterable[Sequence[tuple[_Tag, str, bytes]]], processes: int
) -> Iterator[list[tuple[_Tag, PackedFile]]]:
    """The packed facts of batches of (tag, path, data), batch by batch as they get done, in any order.

    Closing the generator ends the workers. Raises OSError when no worker can be started.
    """
    pool = _Pool(iter(batches))
    try:
        yield from pool.results(processes)
    finally:
        pool.stop()


class _Pool(Generic[_Tag]):
    """Threads that each drive one worker; they take batches from one iterator and put results into one queue."""

    def __init__(self, batches: Iterator[Sequence[tuple[_Tag, str, bytes]]]) -> None:
        self._batches = batches
        self._taking = threading.Lock()
        self._stopped = threading.Event()
        self._workers: set[_Worker] = set()
        self._threads: list[threading.Thread] = []
        self._done: queue.SimpleQueue[list[tuple[_Tag, PackedFile]] | Exception | None] = queue.SimpleQueue()

    def results(self, processes: int) -> Iterator[list[tuple[_Tag, PackedFile]]]:
        self._threads = [threading.Thread(target=self._drive, daemon=True) for _ in range(processes)]
        for thread in self._threads:
            thread.start()
        running = processes
        while running:
            item = self._done.get()
            if isinstance(item, Exception):
                raise item
            if item is None:
                running -= 1
            else:
                yield item

    def stop(self) -> None:
        self._stopped.set()
        for worker in list(self._workers):
            worker.kill()
        for thread in self._threads:
            thread.join()

    def _drive(self) -> None:
        outcome: Exception | None = RuntimeError("a thread that drives an index worker was ended")
        try:
            self._work()
            outcome = None
        except Exception as error:  # noqa: BLE001  # the edge of this thread; raised in the one that waits for results
            outcome = error
        finally:
            self._done.put(outcome)

    def _work(self) -> None:
        worker = self._hire()
        try:
            while (batch := self._take()) is not None and not self._stopped.is_set():
                packed = worker.analyse([(path, data) for _, path, data in batch])
                if packed is None and not self._stopped.is_set():
                    worker, packed = self._one_by_one(worker, batch)
                if packed is not None:
                    self._done.put([(tag, file) for (tag, _, _), file in zip(batch, packed, strict=True)])
        finally:
            self._dismiss(worker)

    def _one_by_one(
        self, worker: _Worker, batch: Sequence[tuple[_Tag, str, bytes]]
    ) -> tuple[_Worker, list[PackedFile]]:
        """Results for a batch that killed its worker, and the worker to go on with."""
        self._dismiss(worker)
        worker = self._hire()
        packed: list[PackedFile] = []
        for _, path, data in batch:
            single = worker.analyse([(path, data)])
            if single is None:
                packed.append(pack_bare("", "unreadable", "the parser crashed or took too long"))
                self._dismiss(worker)
                worker = self._hire()
            else:
                packed += single
        return worker, packed

    def _take(self) -> Sequence[tuple[_Tag, str, bytes]] | None:
        with self._taking:
            return next(self._batches, None)

    def _hire(self) -> _Worker:
        worker = _Worker()
        self._workers.add(worker)
        if self._stopped.is_set():
            worker.kill()
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        worker.close()
        self._workers.discard(worker)


class _Worker:
    """One child process."""

    def __init__(self) -> None:
        search_path = json.dumps([entry for entry in sys.path if entry])
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, search_path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=os.sep,
        )

    def analyse(self, files: Sequence[tuple[str, bytes]]) -> list[PackedFile] | None:
        """The packed facts of `files`; None when the process died of them or took too long."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        timer = threading.Timer(FILE_TIMEOUT_S, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            write_request(self._process.stdin, files)
            return read_reply(self._process.stdout)
        except (EOFError, OSError):
            if self._process.wait() > 0:
                raise RuntimeError("an index worker failed; its traceback stands above") from None
            return None
        finally:
            timer.cancel()

    def kill(self) -> None:
        """End the process, whatever it does; whoever waits for it finds it dead."""
        self._process.kill()

    def close(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        with contextlib.suppress(OSError):  # what it had not read yet
            self._process.__exit__(None, None, None)
