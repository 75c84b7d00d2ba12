"""A fence: a command runs in a folder of its own, and what it does to the world is measured.

Every call that would open a socket kills the process, in whatever language the library that makes
it is written; memory, time and the files around the workspace are compared with what is allowed.
This file is also the program that puts the fence up: small, so that its own memory, which the
system counts to the process that it starts, does not matter.
"""

import ctypes
import json
import os
import platform
import resource
import stat
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

__all__ = ["DEADLINE", "MEMORY", "SECONDS", "Outcome", "list_files", "run"]

ROOT = Path(__file__).resolve().parents[2]
MEMORY, SECONDS, DEADLINE = 1 << 30, 10.0, 60.0
"""What a bad file may take: bytes at the peak, seconds of a processor, and on the clock where
other work goes on beside it."""

_READ = 1 << 20
_ADDRESSES, _FILE = 6 << 30, 1 << 30  # beyond them nothing is measured any more: it is stopped
_SYSTEM_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # audit name, socket()


@dataclass(frozen=True)
class Outcome:
    """How a command ended.

    Attributes:
        code: Its exit code; negative if a signal ended it, -31 for a call of the network.
        out: What it wrote to stdout.
        err: What it wrote to stderr.
        peak: Bytes of memory that it, or a process that it started, held at most.
        seconds: How long it, and what it started, kept a processor busy.
        late: Whether it was stopped because it took too long.
    """

    code: int
    out: str
    err: str
    peak: int
    seconds: float
    late: bool


def run(command: list[str], top: Path, *, deadline: float = DEADLINE) -> Outcome:
    """Run a command inside the fence, and return how it ended.

    Args:
        command: Program and arguments.
        top: Folder in which it runs, with folders ``home`` and ``tmp`` that it takes for its own.
        deadline: Seconds after which it is stopped.
    """
    report = top.with_name(f"{top.name}.json")
    done = subprocess.run(
        [sys.executable, "-I", "-S", __file__, str(report), str(deadline), *command],
        cwd=top, check=False, capture_output=True, stdin=subprocess.DEVNULL, timeout=deadline + 60,
        env={
            "HOME": str(top / "home"), "TMPDIR": str(top / "tmp"), "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
            # Compiled once for all cases, outside of the fence and of the checkout.
            "PYTHONPYCACHEPREFIX": str(top.parents[1] / "bytecode"),
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    out, err = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    return Outcome(out=out, err=err, **json.loads(report.read_text(encoding="ascii")))


def list_files(top: Path) -> dict[str, tuple[object, ...]]:
    """Return what stands below a folder, but for the cache: kind and mode, moment, content."""
    paths = [top, *top.rglob("*")]
    return {
        path.relative_to(top).as_posix(): _describe(path)
        for path in sorted(paths)
        if ".kg" not in path.parts and path.name != "ws"  # making .kg changes the folder's moment
    }


def _describe(path: Path) -> tuple[object, ...]:
    about = path.lstat()
    content = ""
    if path.is_symlink():
        content = os.readlink(path)
    elif stat.S_ISREG(about.st_mode):
        with path.open("rb") as file:  # of what is bigger, the moment and the size must do
            content = sha256(file.read(_READ)).hexdigest()
    return about.st_mode, about.st_mtime_ns, about.st_size if content else 0, content


def _forbid_network() -> None:
    """Let the kernel kill this process, and what it starts, at the first call of socket()."""
    name, number = _SYSTEM_CALLS[platform.machine()]
    load, jump, give = 0x20, 0x15, 0x06  # words of linux/bpf_common.h
    kill, allow = 0x80000000, 0x7FFF0000  # linux/seccomp.h
    program = [
        (load, 0, 0, 4), (jump, 1, 0, name), (give, 0, 0, kill),
        (load, 0, 0, 0), (jump, 0, 1, number), (give, 0, 0, kill), (give, 0, 0, allow),
    ]  # fmt: skip
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *line) for line in program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(code)))
    _control(38, 1, 0)  # PR_SET_NO_NEW_PRIVS
    _control(22, 2, ctypes.addressof(header))  # PR_SET_SECCOMP, a filter


def _forbid_override() -> None:
    """Let file modes hold for root, too, in what this process starts."""
    for capability in (1, 2, 3) if os.geteuid() == 0 else ():  # linux/capability.h
        _control(24, capability, 0)  # PR_CAPBSET_DROP


def _control(what: int, first: int, second: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    words = map(ctypes.c_ulong, (first, second, 0, 0))
    if library.prctl(what, *words):
        raise OSError(ctypes.get_errno(), f"prctl {what}")


def _measure(command: list[str], deadline: float) -> dict[str, float]:
    start = time.monotonic()
    process = subprocess.Popen(command)
    late, ended = False, 0
    while not ended:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if not ended and not late and time.monotonic() - start > deadline:
            process.kill()
            late = True
        time.sleep(0 if ended else 0.005)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "code": process.returncode, "peak": used.ru_maxrss << 10,
        "seconds": used.ru_utime + used.ru_stime, "late": late,
    }  # fmt: skip


def _main() -> None:
    report, deadline, *command = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE, _FILE))
    _forbid_override()
    _forbid_network()
    found = _measure(command, float(deadline))
    Path(report).write_text(json.dumps(found), encoding="ascii")


if __name__ == "__main__":
    _main()
