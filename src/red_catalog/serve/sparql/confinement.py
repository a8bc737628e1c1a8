"""What a worker process takes from itself before it sees a query: network, memory, files."""

import ctypes
import os
import platform
import resource
import socket
import struct
from contextlib import suppress
from pathlib import Path

_STACK = 120 * 2**20  # a few thousand nested operators; the kernel keeps 128 MB free for it
_SPARE = 64 * 2**20  # the least a query may allocate, whatever the setting
_FILES = 256  # an optimised snapshot needs a few dozen

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # classic BPF
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO, EACCES
_IO_URING_SETUP = 425  # another way to a socket
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # AUDIT_ARCH, socket()


def seal_network() -> bool:
    """Denies sockets to this process for good; False where the platform offers no way.

    A seccomp filter on socket(); a network namespace of its own as well, where allowed. To
    be called while the process has one thread: the engine's threads then inherit both.
    """
    with suppress(OSError, AttributeError):
        _filter_sockets()
    with suppress(OSError, AttributeError):
        _leave_network()
    return not _can_connect()


def limit_resources(memory: int) -> None:
    """Bounds address space, stack, open files; leaves no core file. Call once all is open."""
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    _set(resource.RLIMIT_AS, max(memory, used + _SPARE))
    _set(resource.RLIMIT_STACK, _STACK)
    _set(resource.RLIMIT_NOFILE, _FILES)
    _set(resource.RLIMIT_CORE, 0)


def _set(what: int, amount: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard not in {resource.RLIM_INFINITY, -1}:
        amount = min(amount, hard)
    resource.setrlimit(what, (amount, hard))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _filter_sockets() -> None:
    architecture, socket_call = _MACHINES.get(platform.machine(), (0, 0))
    if not architecture:
        return
    steps = (
        (_LOAD, 0, 0, 4),  # the architecture
        (_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_AT_LEAST, 3, 0, 0x40000000),  # the x32 dialect of x86-64
        (_EQUAL, 2, 0, socket_call),
        (_EQUAL, 1, 0, _IO_URING_SETUP),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.addressof(code))
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _call("prctl", _PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0)


def _leave_network() -> None:
    _call("unshare", _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWUSER | _CLONE_NEWNET)


def _call(name: str, *arguments: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) != 0:
        raise OSError(ctypes.get_errno(), name)


def _can_connect() -> bool:
    # Routing a datagram sends nothing and needs no listener, only a network.
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("127.0.0.1", 9))
    except OSError:
        return False
    return True
