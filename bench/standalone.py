"""A cluster of Spark, from what PySpark brings along: a master and workers on 127.0.0.1.

What is started has its own session, and is ended by its number; everything it writes goes below one
folder.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType

import pyspark

__all__ = ["Standalone"]

_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
_DEPLOY = "org.apache.spark.deploy"
_WAIT = 60.0


class Standalone:
    """A running cluster; it ends what it started, and nothing else."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        """Say where it may write, and how many workers of one core each it has."""
        self._folder = folder
        self.port = _find_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self._count = workers
        self.workers: list[subprocess.Popen[bytes]] = []
        self._all: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Standalone:
        """Start the master, wait until it answers, and start the workers."""
        (self._folder / "local").mkdir(parents=True)
        try:
            place = ("--host", "127.0.0.1", "--webui-port", "0")
            master = self._start("master.Master", *place, "--port", str(self.port))
            _wait_for(self.port, master)
            for number in range(self._count):
                self.workers.append(
                    self._start("worker.Worker", *place, "--cores", "1", "--memory", "1g",
                                "--work-dir", str(self._folder / f"work-{number}"), self.url)
                )  # fmt: skip
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End everything that was started."""
        self.stop()

    def _start(self, name: str, *args: str) -> subprocess.Popen[bytes]:
        env = {
            **os.environ,
            "SPARK_HOME": str(_CLASS.parents[1]),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(self._folder / "local"),
            "SPARK_CONF_DIR": str(self._folder),
            "SPARK_DAEMON_MEMORY": "256m",
        }
        with (self._folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [str(_CLASS), f"{_DEPLOY}.{name}", *args],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env, start_new_session=True,
            )  # fmt: skip
        self._all.append(process)
        return process

    def find_executors(self, number: int) -> list[int]:
        """Return the processes in which a worker runs jobs: those of Java that it started."""
        parent = str(self.workers[number].pid)
        return [pid for pid, fields in _list_stats().items() if fields[1] == parent]

    def kill(self, number: int) -> None:
        """Kill a worker and the processes in which it runs jobs, at once."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)  # its own group, from start_new_session
        self.workers[number].wait(10)

    def count_seconds(self) -> list[float]:
        """Return the processor seconds that each worker and its processes took so far."""
        tick = os.sysconf("SC_CLK_TCK")
        taken = [0.0] * len(self.workers)
        places = {worker.pid: place for place, worker in enumerate(self.workers)}
        for fields in _list_stats().values():
            if (place := places.get(int(fields[3]))) is not None:  # its session
                taken[place] += sum(map(int, fields[11:15])) / tick
        return taken

    def stop(self) -> None:
        """End everything that was started."""
        for process in reversed(self._all):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)


def _find_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _WAIT
    while time.monotonic() < end:
        assert process.poll() is None, "the master ended"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the master takes no connection")


def _list_stats() -> dict[int, list[str]]:
    """Return process → what Linux says of it, from its state on (proc_pid_stat(5))."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(path.parent.name)] = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
    return found
