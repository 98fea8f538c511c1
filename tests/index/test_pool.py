"""What ends a thread that drives a worker is told to the one that waits for results."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rlm_code.index.pool import analyse_in_processes


def batches(ending: BaseException) -> Iterator[list[tuple[int, str, bytes]]]:
    """One batch, and no second one."""
    yield [(1, "a.toml", b"key = 1\n")]
    raise ending


def test_an_error_while_files_are_read_is_raised_where_results_are_waited_for() -> None:
    with pytest.raises(ValueError, match="unreadable"):
        list(analyse_in_processes(batches(ValueError("unreadable")), 1))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_is_ended_is_no_end_of_the_work() -> None:
    with pytest.raises(RuntimeError, match="ended"):
        list(analyse_in_processes(batches(SystemExit()), 1))
