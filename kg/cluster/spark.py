"""Spark: starting it, running functions on batches, and saying in words what went wrong.

`kg.cluster`, the only module that imports PySpark. A task is a number; the process that takes it
reads the batch by itself, so that nothing but results travels. What a lost process had taken is
taken again by another one. Spark's own words go into a file that is shown only if it fails.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from kg.errors import MachineryError, UsageError, count, shorten

if TYPE_CHECKING:
    from pyspark import SparkContext

__all__ = ["Spark"]

_MASTER = re.compile(r"local(-cluster)?(\[[^\]]+\])?|spark://.+|k8s://.+|yarn")
_ADDRESS = re.compile(r"(?:spark://)?(\[[0-9a-fA-F:]+\]|[^:,/\s]+):([0-9]{1,5})")
_PATIENCE = 5.0  # seconds for a master to take a connection
_WAIT = 60.0  # seconds for a worker to start a process
_ONE_THREAD = ("POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "OMP_NUM_THREADS")
_REASON = re.compile(
    r"^(?:Caused by: |Exception in thread \"[^\"]*\" )?[\w.]+(?:Exception|Error): .+"
)
_MISSING = re.compile(r"ModuleNotFoundError: No module named '(\w+)")


class Spark:
    """A running Spark; use it in a ``with``."""

    def __init__(self, master: str, tell: Callable[[str], None] = lambda line: None) -> None:
        """Say which Spark; it is started by ``with``.

        Args:
            master: ``local[*]`` for this machine, ``spark://HOST:PORT`` for a cluster.
            tell: Takes a line of progress.

        Raises:
            UsageError: That is no address of a master.
            MachineryError: PySpark or Java is missing, or nobody answers there.
        """
        if not _MASTER.fullmatch(master):
            raise UsageError(
                f'"{shorten(master)}" is no master of Spark. Write local[*] for this machine, or '
                "spark://HOST:PORT."
            )
        if find_spec("pyspark") is None:
            raise MachineryError(
                "PySpark is not installed. Install kg with it: "
                'pip install "collective-efficacy-kg[spark]".'
            )
        if not _has_java():
            raise MachineryError(
                "Spark needs Java 17 or newer, and there is no java. Install it "
                "(Debian: default-jre-headless), or set JAVA_HOME."
            )
        self._near = master.startswith("local") or _reach(master)
        self._master, self._tell = master, tell
        self._context: SparkContext | None = None

    def __enter__(self) -> Spark:
        """Start Spark.

        Raises:
            MachineryError: It does not start, or no worker is there to work.
        """
        with TemporaryFile() as log:
            try:
                with _quiet(log):
                    self._context = _start(self._master, self._near)
            except Exception as error:
                raise MachineryError(
                    f"Spark does not start with {self._master}: {_find_reason(error, log)}."
                ) from None
        if self._master.startswith("spark://"):
            self._wait()
        return self

    def __exit__(self, *exception: object) -> None:
        """Stop Spark."""
        if self._context is not None:
            self._context.stop()

    def _wait(self) -> None:
        """Wait for a process of a worker; the driver itself is counted among them."""
        assert self._context is not None
        status = self._context._jsc.sc()
        for _ in range(int(_WAIT * 10)):
            if status.getExecutorMemoryStatus().size() > 1:
                return
            time.sleep(0.1)
        self._context.stop()
        raise MachineryError(
            f"{self._master} gives no process to work in. Start a worker there, or wait until one "
            "is free."
        )

    def run(
        self, function: Callable[[Any, Any], Any], shared: Any, tasks: Sequence[Any], what: str
    ) -> list[Any]:
        """Return what ``function(shared, task)`` gives, in the order of the tasks.

        Raises:
            MachineryError: A task failed wherever it was tried.
        """
        context = self._context
        assert context is not None, "Spark is used in a with"
        if not tasks:
            return []
        self._tell(f"{what}: {count(len(tasks), 'task')}")
        broadcast = context.broadcast(shared)
        try:
            job = context.parallelize(list(tasks), len(tasks))
            return list(job.map(partial(_apply, function, broadcast)).collect())
        except Exception as error:
            raise MachineryError(f"Spark gave up while {what}: {_explain(error)}") from None
        finally:
            broadcast.unpersist()


def _apply(function: Callable[[Any, Any], Any], broadcast: Any, task: Any) -> Any:
    return function(broadcast.value, task)


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return (
        os.access(Path(home, "bin", "java"), os.X_OK) if home else shutil.which("java") is not None
    )


def _reach(master: str) -> bool:
    """Return whether all masters are on this machine.

    Raises:
        UsageError: An address has no port.
        MachineryError: None of the masters takes a connection.
    """
    if not master.startswith("spark://"):
        return False
    places = [_ADDRESS.fullmatch(part) for part in master.split(",")]
    found = [(place[1].strip("[]"), int(place[2])) for place in places if place]
    if len(found) < len(places) or any(port > 65535 for _, port in found):
        raise UsageError(f'"{shorten(master)}" is no master of Spark. Write spark://HOST:PORT.')
    reasons = []
    for place in found:
        try:
            with socket.create_connection(place, _PATIENCE) as connection:
                return bool(connection.getpeername()[0] == connection.getsockname()[0])
        except OSError as error:
            reasons.append(error.strerror or str(error))
    raise MachineryError(
        f"No master of Spark answers at {master} ({reasons[0]}). Start it, or mend the address."
    )


def _start(master: str, near: bool) -> SparkContext:
    from pyspark import SparkConf, SparkContext

    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.maxResultSize": "0",
        "spark.executorEnv.PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        # A worker has as many tasks as cores; that each took all cores would only slow it down.
        **{f"spark.executorEnv.{name}": "1" for name in _ONE_THREAD},
    }
    if near:
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    conf = SparkConf().setMaster(master).setAppName("kg cluster").setAll(list(settings.items()))
    return SparkContext(conf=conf)


@contextmanager
def _quiet(log: IO[bytes]) -> Iterator[None]:
    """Send what a process that is started here writes to stderr into a file, as long as it runs."""
    sys.stderr.flush()
    kept = os.dup(2)
    os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(kept, 2)
        os.close(kept)


def _find_reason(error: Exception, log: IO[bytes]) -> str:
    """Return the first line with which Spark, or what it stands on, says why."""
    log.seek(0)
    text = f"{log.read().decode(errors='replace')}\n{error}"
    if "UnsupportedClassVersionError" in text:
        return "it needs Java 17 or newer"
    lines = [line.strip() for line in text.splitlines() if _REASON.match(line.strip())]
    return shorten((lines or [str(error).strip().partition("\n")[0]])[0]).rstrip(".")


def _explain(error: Exception) -> str:
    """Return why a task failed, and what to do where that is known."""
    text = str(error)
    if found := _MISSING.search(text):
        return (
            f"a worker has no {found[1]}. Install kg there, too, and name its Python in "
            "PYSPARK_PYTHON."
        )
    if "FileNotFoundError" in text or "No such file" in text:
        return (
            "a worker does not find the dataset. Put it where every machine reads it under the "
            "same path."
        )
    lines = [line.strip() for line in text.splitlines() if _REASON.match(line.strip())]
    return f"{shorten((lines or [text.strip().partition(chr(10))[0]])[-1]).rstrip('.')}."
