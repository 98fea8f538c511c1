"""Attacks, each a cell that calls `breached()` if it got what it came for.

They run twice: in the sandbox, where none may succeed, and in a plain child process, where each must, so
that an attack which has died of something else is noticed. `$NAME` is replaced with a thing of the test's
making. `syscall(number, ...)` is there in both places: the kernel must hold even when Python does not.
"""

# ruff: noqa: E501 - a line is a cell

from __future__ import annotations

from typing import NamedTuple


class Probe(NamedTuple):
    """One attack. `as_root` says that outside the sandbox only root can do it."""

    name: str
    code: str
    as_root: bool = False


# x86-64 and aarch64 number their calls differently.
_NUMBERS = {
    "openat": (257, 56),
    "openat2": (437, 437),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "readlinkat": (267, 78),
    "getdents64": (217, 61),
    "pread64": (17, 67),
    "readv": (19, 65),
    "sendfile": (40, 71),
    "splice": (275, 76),
    "process_vm_readv": (310, 270),
    "ptrace": (101, 117),
    "io_uring_setup": (425, 425),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "ftruncate": (77, 46),
    "fallocate": (285, 47),
    "mkdirat": (258, 34),
    "unlinkat": (263, 35),
    "fchmodat": (268, 53),
    "linkat": (265, 37),
    "symlinkat": (266, 36),
    "renameat2": (316, 276),
    "utimensat": (280, 88),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "clone": (56, 220),
    "clone3": (435, 435),
    "execve": (59, 221),
    "kill": (62, 129),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "pidfd_open": (434, 434),
    "unshare": (272, 97),
    "setns": (308, 268),
    "chroot": (161, 51),
    "prctl": (157, 167),
    "prlimit64": (302, 261),
    "setpriority": (141, 140),
    "sched_setaffinity": (203, 122),
    "personality": (135, 92),
    "dup": (32, 23),
    "fcntl": (72, 25),
    "pipe2": (293, 59),
    "epoll_create1": (291, 20),
    "inotify_init1": (294, 26),
    "eventfd2": (290, 19),
    "timerfd_create": (283, 85),
    "userfaultfd": (323, 282),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "keyctl": (250, 219),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "setitimer": (38, 103),
    "mprotect": (10, 226),
    "mmap": (9, 222),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "mlock": (149, 228),
    "ioctl": (16, 29),
    "uname": (63, 160),
    "getpid": (39, 172),
    "futex": (202, 98),
}


def numbers(machine: str) -> dict[str, int]:
    """The number of each call on `machine`."""
    column = {"x86_64": 0, "aarch64": 1}[machine]
    return {name: row[column] for name, row in _NUMBERS.items()}


def _succeeds(call: str) -> str:
    """Code for a system call that must not go through."""
    return f"if {call} >= 0: breached()"


READING = [
    Probe("open a file", "if open('$SECRET').read() == 'top secret': breached()"),
    Probe("open a descriptor", "import os\nif os.read(os.open('$SECRET', 0), 99): breached()"),
    Probe("FileIO", "import io\nif io.FileIO('$SECRET').read(): breached()"),
    Probe("pathlib", "import pathlib\nif pathlib.Path('$SECRET').read_text(): breached()"),
    Probe("list a folder", "import os\nif os.listdir('/'): breached()"),
    Probe("scan a folder", "import os\nif list(os.scandir('$FOLDER')): breached()"),
    Probe("stat", "import os\nif os.stat('$SECRET').st_size: breached()"),
    Probe("does it exist", "import os\nif os.path.exists('$SECRET'): breached()"),
    Probe("may I", "import os\nif os.access('$SECRET', os.R_OK): breached()"),
    Probe("read a link", "import os\nif os.readlink('/proc/self/exe'): breached()"),
    Probe("environment", "import os\nif os.environ.get('PROBE_TOKEN'): breached()"),
    Probe("environment of the C library", "if getenv(b'PROBE_TOKEN'): breached()"),
    Probe("environment in /proc", "if b'PROBE_TOKEN' in open('/proc/self/environ', 'rb').read(): breached()"),
    Probe("environment of the parent", "if open('/proc/$PARENT/environ', 'rb').read(): breached()"),
    Probe("memory map", "if open('/proc/self/maps').read(): breached()"),
    Probe("working folder", "import os\nif os.getcwd() == '$FOLDER': breached()"),
    Probe("users", "import pwd\nif pwd.getpwall(): breached()"),
    Probe("host name", "import os\nif os.uname().nodename: breached()"),
    Probe("linecache", "import linecache\nif linecache.getline('$SECRET', 1): breached()"),
    Probe("the import system", "import importlib.machinery as m\nif m.SourceFileLoader('x', '$SECRET').get_data('$SECRET'): breached()"),
    Probe("a module beside the project", "import sys\nsys.path.insert(0, '$FOLDER')\nimport planted\nif planted.here: breached()"),
    Probe("an installed package", "import pytest\nbreached()"),
    Probe("an inherited descriptor", "import os\nif os.read($INHERITED, 99): breached()"),
    Probe("any descriptor at all", "import os\nfor fd in range(3, 64):\n    try: found = os.pread(fd, 99, 0)\n    except OSError: continue\n    if found: breached()"),
    Probe("openat", _succeeds("syscall('openat', -100, b'$SECRET', 0, 0)")),
    Probe("openat2", _succeeds("syscall('openat2', -100, b'$SECRET', bytes(24), 24)")),
    Probe("newfstatat", _succeeds("syscall('newfstatat', -100, b'$SECRET', buffer, 0)")),
    Probe("statx", _succeeds("syscall('statx', -100, b'$SECRET', 0, 0x7ff, buffer)")),
    Probe("readlinkat", _succeeds("syscall('readlinkat', -100, b'/proc/self/exe', buffer, 99)")),
    Probe("pread of an inherited descriptor", _succeeds("syscall('pread64', $INHERITED, buffer, 9, 0)")),
    Probe("sendfile", "if syscall('sendfile', 1, $INHERITED, vector_at(0, 0), 9) > 0: breached()"),
    Probe("map an inherited file", "if syscall('mmap', 0, 4096, 1, 2, $INHERITED, 0) > 0: breached()"),
    Probe("memory of the parent", "if syscall('process_vm_readv', $PARENT, vector(buffer, 8), 1, vector_at($ADDRESS, 8), 1, 0) > 0: breached()"),
    Probe("inotify", _succeeds("syscall('inotify_init1', 0)")),
]  # fmt: skip

WRITING = [
    Probe("write a file", "open('$FOLDER/new', 'w').write('x')\nbreached()"),
    Probe("append to a file", "open('$SECRET', 'a').write('')\nbreached()"),
    Probe("make a folder", "import os\nos.mkdir('$FOLDER/d')\nbreached()"),
    Probe("remove a file", "import os\nos.unlink('$FOLDER/victim')\nbreached()"),
    Probe("rename a file", "import os\nos.rename('$FOLDER/renamed', '$FOLDER/other')\nbreached()"),
    Probe("symlink", "import os\nos.symlink('/etc', '$FOLDER/link')\nbreached()"),
    Probe("hard link", "import os\nos.link('$SECRET', '$FOLDER/hard')\nbreached()"),
    Probe("chmod", "import os\nos.chmod('$SECRET', 0o666)\nbreached()"),
    Probe("change times", "import os\nos.utime('$SECRET')\nbreached()"),
    Probe("truncate", "import os\nos.truncate('$FOLDER/long', 0)\nbreached()"),
    Probe("change folder", "import os\nos.chdir('$FOLDER')\nbreached()"),
    Probe("umask", "import os\nos.umask(0)\nbreached()"),
    Probe("print to the host's terminal", "import os\nos.write(1, b'x')\nbreached()"),
    Probe("a pipe", "import os\nos.pipe()\nbreached()"),
    Probe("O_TMPFILE", "import os\nif syscall('openat', -100, b'/tmp', os.O_TMPFILE | os.O_RDWR, 0o600) >= 0: breached()"),
    Probe("memfd", _succeeds("syscall('memfd_create', b'x', 0)")),
    Probe("mkdirat", _succeeds("syscall('mkdirat', -100, b'$FOLDER/e', 0o700)")),
    Probe("fchmodat", _succeeds("syscall('fchmodat', -100, b'$SECRET', 0o644)")),
    Probe("utimensat", _succeeds("syscall('utimensat', -100, b'$SECRET', 0, 0)")),
    Probe("shared memory", _succeeds("syscall('shmget', 0, 4096, 0o1600)")),
    Probe("message queue", _succeeds("syscall('msgget', 0, 0o1600)")),
    Probe("duplicate a descriptor", _succeeds("syscall('dup', 0)")),
    Probe("descriptor flags", _succeeds("syscall('fcntl', 0, 1, 0)")),
]  # fmt: skip

NETWORK = [
    Probe("connect", "import socket\nsocket.create_connection(('127.0.0.1', $PORT), 60)\nbreached()"),
    Probe("the module beneath", "import _socket\ns = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)\ns.connect(('127.0.0.1', $PORT))\nbreached()"),
    Probe("urllib", "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:$PORT/', timeout=60)\nbreached()"),
    Probe("http.client", "import http.client\nc = http.client.HTTPConnection('127.0.0.1', $PORT, timeout=60)\nc.request('GET', '/')\nbreached()"),
    Probe("asyncio", "import asyncio\nasync def go():\n    await asyncio.open_connection('127.0.0.1', $PORT)\n    breached()\nasyncio.run(go())"),
    Probe("listen", "import socket\ns = socket.socket()\ns.bind(('127.0.0.1', 0))\ns.listen()\nbreached()"),
    Probe("send a datagram", "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', $PORT))\nbreached()"),
    Probe("look up a name", "import socket\nsocket.getaddrinfo('localhost', 80)\nbreached()"),
    Probe("unix socket", "import socket\nsocket.socket(socket.AF_UNIX).connect('$SOCKET')\nbreached()"),
    Probe("TCP socket", _succeeds("syscall('socket', 2, 1, 0)")),
    Probe("IPv6 socket", _succeeds("syscall('socket', 2, 2, 0)")),
    Probe("unix socket call", _succeeds("syscall('socket', 1, 1, 0)")),
    Probe("netlink socket", _succeeds("syscall('socket', 16, 3, 0)")),
    Probe("socket pair", _succeeds("syscall('socketpair', 1, 1, 0, buffer)")),
]  # fmt: skip

PROCESSES = [
    Probe("fork", "import os\npid = os.fork()\nif pid == 0: os._exit(0)\nos.waitpid(pid, 0)\nbreached()"),
    Probe("system", "import os\nif os.system('exit 7') == 7 << 8: breached()"),
    Probe("popen", "import os\nif os.popen('echo x').read(): breached()"),
    Probe("subprocess", "import subprocess\nsubprocess.run(['true'], check=True)\nbreached()"),
    Probe("posix_spawn", "import os\nos.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)\nbreached()"),
    Probe("posix_spawnp", "import os\nos.waitpid(os.posix_spawnp('true', ['true'], {'PATH': '/bin:/usr/bin'}), 0)\nbreached()"),
    Probe("exec", "import os\nos.execv('/bin/echo', ['echo', 'BREACHED'])"),
    Probe("multiprocessing", "import multiprocessing as m\np = m.get_context('fork').Process(target=print)\np.start()\np.join()\nbreached()"),
    Probe("a thread", "import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()\nbreached()"),
    Probe("a thread beneath", "import _thread\nlock = _thread.allocate_lock()\nlock.acquire()\n_thread.start_new_thread(lambda: (breached(), lock.release()), ())\nlock.acquire(timeout=60)"),
    Probe("signal to the parent", "import os\nos.kill($PARENT, 0)\nbreached()"),
    Probe("signal to everybody", "import os\nos.killpg(0, 0)\nbreached()"),
    Probe("signal handler", "import signal\nsignal.signal(signal.SIGUSR1, signal.SIG_IGN)\nbreached()"),
    Probe("ignore interrupts", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nbreached()"),
    Probe("block interrupts", "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])\nbreached()"),
    Probe("alarm", "import signal\nsignal.setitimer(signal.ITIMER_REAL, 100)\nbreached()"),
    Probe("wait", "import os\ntry: os.waitpid(-1, 0)\nexcept ChildProcessError: breached()"),
    Probe("nice", "import os\nos.nice(1)\nbreached()"),
    Probe("a new session", "import os\nos.getsid(0)\nbreached()"),
    Probe("raise a limit", "import resource\nresource.setrlimit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE))\nbreached()"),
    Probe("ctypes", "import ctypes\nctypes.CDLL(None).getppid()\nbreached()"),
    Probe("clone", "r = syscall('clone', 17, 0, 0, 0, 0)\nif r == 0:\n    import os\n    os._exit(0)\nif r > 0: breached()"),
    Probe("clone3", "r = syscall('clone3', clone_arguments, 64)\nif r == 0:\n    import os\n    os._exit(0)\nif r > 0: breached()"),
    Probe("execve of nothing", "import errno\nif syscall_error('execve', b'/nonexistent', 0, 0) == errno.ENOENT: breached()"),
    Probe("kill call", _succeeds("syscall('kill', $PARENT, 0)")),
    Probe("tgkill call", _succeeds("syscall('tgkill', $PARENT, $PARENT, 0)")),
    Probe("pidfd", _succeeds("syscall('pidfd_open', $PARENT, 0)")),
    Probe("ptrace", "import errno\nif syscall_error('ptrace', 16, 999999999, 0, 0) == errno.ESRCH: breached()"),
    Probe("unshare nothing", _succeeds("syscall('unshare', 0)")),
    Probe("chroot nowhere", "import errno\nif syscall_error('chroot', b'/nonexistent') == errno.ENOENT: breached()"),
    Probe("prctl", _succeeds("syscall('prctl', 3, 0, 0, 0, 0)")),
    Probe("prlimit of the parent", _succeeds("syscall('prlimit64', $PARENT, 7, 0, buffer)")),
    Probe("sched_setaffinity", _succeeds("syscall('sched_setaffinity', 0, 128, b'\\xff' * 128)")),
    Probe("personality", _succeeds("syscall('personality', 0xffffffff)")),
    Probe("epoll", _succeeds("syscall('epoll_create1', 0)")),
    Probe("eventfd", _succeeds("syscall('eventfd2', 0, 0)")),
    Probe("timer", _succeeds("syscall('timerfd_create', 1, 0)")),
    Probe("key ring", "import errno\nif syscall_error('keyctl', 99999, 0, 0, 0, 0) == errno.EOPNOTSUPP: breached()"),
    Probe("bpf", "import errno\nif syscall_error('bpf', 9999, 0, 0) in (errno.EINVAL, errno.EFAULT): breached()", True),
    Probe("executable memory", "if syscall('mmap', 0, 4096, 7, 0x22, -1, 0) > 0: breached()"),
    Probe("make memory executable", "a = syscall('mmap', 0, 4096, 3, 0x22, -1, 0)\nif syscall('mprotect', a, 4096, 5) == 0: breached()"),
    Probe("shared anonymous memory", "if syscall('mmap', 0, 4096, 3, 0x21, -1, 0) > 0: breached()"),
    Probe("memory that grows down", "if syscall('mmap', 0, 4096, 3, 0x122, -1, 0) > 0: breached()"),
    Probe("an unusual futex", "if syscall('futex', buffer, 3, 1, 1, buffer + 8, 0) == 0: breached()"),
    Probe("signal action call", _succeeds("syscall('rt_sigaction', 10, 0, buffer, 8)")),
    Probe("signal mask call", _succeeds("syscall('rt_sigprocmask', 0, 0, buffer, 8)")),
    Probe("uname call", _succeeds("syscall('uname', buffer)")),
]  # fmt: skip

SHARED = [
    Probe("write to the mapping", "view = shared()\nview[0] = 0\nbreached()"),
    Probe("write through a cast", "view = shared().cast('b')\nview[0] = 1\nbreached()"),
    Probe("write to the file", "import os\nif os.write(shared_fd, b'x'): breached()"),
    Probe("shrink the file", _succeeds("syscall('ftruncate', shared_fd, 0)")),
    Probe("punch a hole", _succeeds("syscall('fallocate', shared_fd, 3, 0, 4096)")),
    Probe("map it writable", "if syscall('mmap', 0, 4096, 3, 1, shared_fd, 0) > 0: breached()"),
    Probe("map it private and writable", "if syscall('mmap', 0, 4096, 3, 2, shared_fd, 0) > 0: breached()"),
    Probe("make the mapping writable", "if syscall('mprotect', address(shared()), 4096, 3) == 0: breached()"),
    Probe("read it by descriptor", "import os\nif os.read(shared_fd, 9): breached()"),
    Probe("advise it away", _succeeds("syscall('madvise', address(shared()), 4096, 9)")),
    Probe("lock it in memory", "if syscall('mlock', address(shared()), 4096) == 0: breached()"),
]  # fmt: skip

PROBES = {
    "reading": READING,
    "writing": WRITING,
    "network": NETWORK,
    "processes": PROCESSES,
    "shared bytes": SHARED,
}
