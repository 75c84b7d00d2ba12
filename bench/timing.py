"""Time and memory: of a job, of two jobs in turns, of Python in a process of its own.

Counted are processor seconds (user and system). What disturbs the machine disturbs both jobs of a
round alike, so a ratio is the median of the ratios of single rounds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

__all__ = ["Used", "run_python", "time_job", "time_pair"]


@dataclass(frozen=True)
class Used:
    """What a process took.

    Attributes:
        seconds: Processor seconds.
        wall: Seconds on the clock.
        peak: Bytes of memory at the peak.
    """

    seconds: float
    wall: float
    peak: int


def time_job(job: Callable[[], object]) -> float:
    """Return the processor seconds that a job takes."""
    start = time.process_time()
    job()
    return time.process_time() - start


def time_pair(
    ours: Callable[[], float], theirs: Callable[[], float], rounds: int
) -> tuple[float, float, float]:
    """Return the medians of what both measure, in turns, and of their ratios, ours to theirs."""
    measured = [(ours(), theirs()) for _ in range(rounds)]
    return (
        median(a for a, _ in measured),
        median(b for _, b in measured),
        median(a / b for a, b in measured),
    )


def run_python(
    args: Sequence[str], env: Mapping[str, str] | None = None, fine: Sequence[int] = (0,)
) -> Used:
    """Run Python with these arguments, and return what that took.

    Args:
        args: Its arguments.
        env: Its environment; None: this one.
        fine: Exit codes with which it may end.

    Raises:
        SystemExit: It ended with another one.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *args], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in fine:
        raise SystemExit(f"{' '.join(args)} ended with {process.returncode}")
    wall = time.perf_counter() - start
    return Used(used.ru_utime + used.ru_stime, wall, used.ru_maxrss << 10)
