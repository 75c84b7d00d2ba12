"""Servers on this machine: Oxigraph and Fuseki as they are, a proxy that counts, and a liar.

Each listens on a free port of 127.0.0.1 and is ended by the test that started it.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

HERE = "127.0.0.1"
OXIGRAPH = Path(sys.executable).with_name("oxigraph")


@dataclass(frozen=True)
class Place:
    """The two addresses of a store, as they are given to ``kg push``."""

    endpoint: str
    graph_store: str

    @property
    def args(self) -> tuple[str, ...]:
        more = () if self.graph_store == self.endpoint else ("--graph-store", self.graph_store)
        return (self.endpoint, *more)


def find_port() -> int:
    with socket.socket() as free:
        free.bind((HERE, 0))
        return int(free.getsockname()[1])


@contextmanager
def _process(words: list[str | Path], port: int, seconds: float, **env: str) -> Iterator[None]:
    """Run a server until the end of the block; it has so many seconds to listen."""
    server = subprocess.Popen(
        list(map(str, words)), env=os.environ | env, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(int(seconds * 20)):
            assert server.poll() is None, f"{words[0]} ended by itself"
            with socket.socket() as line:
                line.settimeout(1)
                if line.connect_ex((HERE, port)) == 0:
                    break
            time.sleep(0.05)
        else:
            raise AssertionError(f"{words[0]} does not listen")
        yield
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def oxigraph(folder: Path, *more: str) -> Iterator[Place]:
    """Serve an Oxigraph store in a folder."""
    port = find_port()
    words = [OXIGRAPH, "serve", "--location", folder, "--bind", f"{HERE}:{port}", *more]
    with _process(words, port, 30):
        yield Place(f"http://{HERE}:{port}/query", f"http://{HERE}:{port}/store")


@contextmanager
def fuseki(jar: Path, folder: Path) -> Iterator[Place]:
    """Serve a TDB2 store in a folder by Apache Jena Fuseki."""
    port, data = find_port(), folder / "tdb2"
    data.mkdir()
    words = ["java", "-jar", jar, "--tdb2", f"--loc={data}", "--update", "--localhost", "--port",
             str(port), "/ds"]  # fmt: skip
    with _process(words, port, 120, FUSEKI_BASE=str(folder)):
        yield Place(f"http://{HERE}:{port}/ds", f"http://{HERE}:{port}/ds")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: who asked was killed, or has had enough."""


@contextmanager
def _serve(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = _Server((HERE, 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://{HERE}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""

    content = b""

    def answer(self) -> None:
        raise NotImplementedError

    def read(self) -> bytes:
        """Read the body of the request."""
        self.content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        return self.content

    do_GET = do_POST = do_PUT = do_DELETE = lambda self: self.answer()


@dataclass
class Proxy:
    """What went through to a store, and what is done with what comes next."""

    place: Place
    changes: list[tuple[str, str]] = field(default_factory=list)
    most: int = 10_000
    hold: Event | None = None
    held: Event = field(default_factory=Event)

    @property
    def graphs(self) -> list[str]:
        """Return "" or the IRI of each graph that was put or deleted, the manifest apart."""
        return [graph for _, graph in self.changes if not graph.endswith("/graph/pushed")]


@contextmanager
def proxy(place: Place) -> Iterator[Proxy]:
    """Stand before a store: count what is changed, and refuse or hold it after ``most`` graphs."""

    class Ours(Handler):
        def answer(self) -> None:
            body = self.read()
            if self.command in ("PUT", "DELETE"):
                graph = parse_qs(urlsplit(self.path).query).get("graph", [""])[0]
                own = not graph.endswith("/graph/pushed")
                if own and len(told.graphs) >= told.most:
                    told.held.set()
                    if told.hold:
                        told.hold.wait(30)
                    return self.send_error(503)
                told.changes.append((self.command, graph))
            line = http.client.HTTPConnection(urlsplit(place.endpoint).netloc, timeout=60)
            kept = {k: v for k, v in self.headers.items() if k in ("Accept", "Content-Type")}
            line.request(self.command, self.path, body, kept)
            answer = line.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"] or "text/plain")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            line.close()

    with _serve(Ours) as url:
        endpoint, store = (urlsplit(p).path for p in (place.endpoint, place.graph_store))
        told = Proxy(Place(url + endpoint, url + store))
        yield told


@contextmanager
def liar(
    answer: Callable[[Handler], None], *, reads: bool = True
) -> Iterator[tuple[str, list[tuple[str, str, dict[str, str]]]]]:
    """Serve whatever a function writes; yield the address and (method, path, headers) asked.

    Args:
        answer: Writes the answer.
        reads: Whether the body of the request is read before; ``handler.content`` holds it.
    """
    asked: list[tuple[str, str, dict[str, str]]] = []

    class Ours(Handler):
        def answer(self) -> None:
            asked.append((self.command, self.path, dict(self.headers.items())))
            if reads:
                self.read()
            answer(self)

    with _serve(Ours) as url:
        yield url, asked
