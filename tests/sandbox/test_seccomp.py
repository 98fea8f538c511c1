"""The filter, instruction by instruction: which system calls it lets through, on both architectures."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_code.sandbox.worker import landlock
from rlm_code.sandbox.worker.seccomp import ALLOW, ARCHITECTURES, DENY, KILL, Architecture, Instruction, program, rules
from tests.sandbox.probes import numbers

READ, WRITE, STDERR, SHARED = 7, 9, 2, 11
MACHINES = pytest.mark.parametrize("machine", ARCHITECTURES)


def steps_of(machine: str, shared: int = SHARED) -> list[Instruction]:
    return program(ARCHITECTURES[machine], rules(READ, (WRITE, STDERR), shared))


def verdict(steps: list[Instruction], audit: int, call: int, arguments: tuple[int, ...] = ()) -> int:
    """What the kernel would do: runs the filter over `struct seccomp_data`."""
    padded = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("=iIQ6Q", struct.unpack("=i", struct.pack("=I", call))[0], audit, 0, *padded)
    accumulator = at = 0
    while True:
        code, if_true, if_false, constant = steps[at]
        at += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("=I", data, constant)
        elif code == 0x54:
            accumulator &= constant
        elif code == 0x15:
            at += if_true if accumulator == constant else if_false
        elif code == 0x35:
            at += if_true if accumulator >= constant else if_false
        elif code == 0x06:
            return constant
        else:
            raise AssertionError(f"no such instruction: {code:#x}")


def on(machine: str, call: str, *arguments: int) -> int:
    known = {**numbers(machine), **ARCHITECTURES[machine].calls}
    return verdict(steps_of(machine), ARCHITECTURES[machine].audit, known[call], arguments)


@MACHINES
def test_only_the_listed_calls_are_let_through(machine: str) -> None:
    architecture: Architecture = ARCHITECTURES[machine]
    listed = set(architecture.calls.values())
    steps = steps_of(machine)
    unconditional = {architecture.calls[name] for name, ways in rules(READ, (WRITE,), SHARED).items() if ways == [[]]}
    for call in range(1024):
        found = verdict(steps, architecture.audit, call, (2**32 - 1,) * 6)
        assert found == (ALLOW if call in unconditional else DENY)
        assert call in listed or found == DENY


@MACHINES
def test_what_attacks_need_is_refused(machine: str) -> None:
    for call in numbers(machine):
        if call not in ARCHITECTURES[machine].calls:
            assert on(machine, call) == DENY


@MACHINES
def test_reading_and_writing_is_for_the_wire_alone(machine: str) -> None:
    for fd in (*range(20), 2**31, 2**32 - 1):
        assert (on(machine, "read", fd) == ALLOW) == (fd == READ)
        assert (on(machine, "write", fd) == ALLOW) == (fd in (WRITE, STDERR))


@MACHINES
def test_memory_is_private_or_the_shared_bytes_and_never_executable(machine: str) -> None:
    private, shared, anonymous = 0x02, 0x01, 0x20
    assert on(machine, "mmap", 0, 4096, 3, private | anonymous, 2**32 - 1, 0) == ALLOW
    assert on(machine, "mmap", 0, 4096, 0, private | anonymous | 0x4000 | 0x20000, 2**32 - 1, 0) == ALLOW
    assert on(machine, "mmap", 0, 4096, 1, shared, SHARED, 0) == ALLOW
    for protection in range(8):
        for flags in (shared, private, shared | anonymous, private | anonymous, 0x03, private | anonymous | 0x100):
            for fd in (-1, SHARED, READ, 0):
                allowed = on(machine, "mmap", 0, 4096, protection, flags, fd & 0xFFFFFFFF, 0) == ALLOW
                private_memory = flags == private | anonymous and not protection & 4
                shared_bytes = flags == shared and protection == 1 and fd == SHARED
                assert allowed == (private_memory or shared_bytes)
        assert (on(machine, "mprotect", 0, 4096, protection) == ALLOW) == (not protection & 4)


@MACHINES
def test_without_shared_bytes_no_file_is_mapped(machine: str) -> None:
    architecture = ARCHITECTURES[machine]
    steps = steps_of(machine, shared=-1)
    for fd in (0, READ, SHARED, 2**32 - 1):
        assert verdict(steps, architecture.audit, architecture.calls["mmap"], (0, 4096, 1, 1, fd, 0)) == DENY


@MACHINES
def test_waiting_is_the_only_use_of_a_futex(machine: str) -> None:
    for operation in range(16):
        for options in (0, 128, 256, 384):
            assert (on(machine, "futex", 0, operation | options) == ALLOW) == (operation in (0, 1, 9, 10))


def test_another_architecture_or_x32_ends_the_process() -> None:
    x86 = ARCHITECTURES["x86_64"]
    steps = steps_of("x86_64")
    assert verdict(steps, 0x40000003, 1) == KILL  # i386
    assert verdict(steps, ARCHITECTURES["aarch64"].audit, 0) == KILL
    assert verdict(steps, x86.audit, 0x40000000 | x86.calls["brk"]) == KILL
    assert verdict(steps, x86.audit, 0xFFFFFFFF) == KILL


@given(st.integers(0, 2**32 - 1), st.tuples(*[st.integers(0, 2**64 - 1)] * 6))
def test_every_call_gets_a_verdict(call: int, arguments: tuple[int, ...]) -> None:
    for machine, architecture in ARCHITECTURES.items():
        assert verdict(steps_of(machine), architecture.audit, call, arguments) in (ALLOW, DENY, KILL)


@MACHINES
def test_jumps_stay_inside_the_program(machine: str) -> None:
    steps = steps_of(machine)
    assert len(steps) < 4096
    for at, (code, if_true, if_false, _) in enumerate(steps):
        assert 0 <= if_true < 256
        assert 0 <= if_false < 256
        if code in (0x15, 0x35):
            assert at + 1 + max(if_true, if_false) < len(steps)


@pytest.mark.parametrize(("version", "size"), [(1, 8), (3, 8), (4, 16), (5, 16), (6, 24), (7, 24), (12, 24)])
def test_landlock_handles_what_each_version_knows(version: int, size: int) -> None:
    packed = landlock.attributes(version)
    assert len(packed) == size
    (files,) = struct.unpack_from("=Q", packed)
    assert files.bit_count() == {1: 13, 3: 15, 4: 15}.get(version, 16)
