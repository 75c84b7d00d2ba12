"""One request and its answer over HTTP, with every way in which that fails in one sentence.

Exports line, remote stores. A redirect is never followed: what the token opens is the address that
a person named. An answer has a longest time and a largest size, whatever the server says of it.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Timer
from typing import BinaryIO

from kg.errors import MachineryError
from kg.remote.address import TOKEN, Address

__all__ = ["Answer", "send"]

_CONNECT = 10.0
_PIECE = 1 << 16
_ASTRAY = (400, 404, 405, 501)
_STATUS = {
    404: "knows nothing at this address (404)",
    405: "does not allow this here (405)",
    406: "has no answer in a form that kg reads (406)",
    408: "waited too long for the request (408)",
    413: "refuses so large a request (413): raise its limit",
    415: "does not take N-Triples here (415)",
    429: "has been asked too often (429): try again later",
}
"""Status → what the server says with it."""


@dataclass(frozen=True)
class Answer:
    """What a server answered.

    Attributes:
        status: Status of HTTP.
        kind: Media type in lower case, without parameters.
        body: What came, whole.
    """

    status: int
    kind: str
    body: bytes


class _Unreached(Exception):
    """No connection came about in time."""


def send(
    address: Address,
    method: str,
    body: bytes | BinaryIO = b"",
    *,
    question: str = "",
    headers: dict[str, str] | None = None,
    seconds: float,
    most: int,
    passed: tuple[int, ...] = (),
    hint: str = "",
) -> Answer:
    """Send one request and return the answer to it.

    Args:
        address: Where to.
        method: Method of HTTP.
        body: What is sent; a file is sent piece by piece, from its beginning.
        question: What stands behind "?", encoded.
        headers: Headers besides those that every request has.
        seconds: Longest time that all of it may take.
        most: Largest answer, in bytes.
        passed: Statuses other than 2xx with which the answer is returned, too.
        hint: A sentence for the reader of a status that a wrong address may have.

    Raises:
        MachineryError: There is no answer, it is too large, or its status is another one.
    """
    given = {"User-Agent": "kg", "Connection": "close", **(headers or {})}
    if address.token:
        given["Authorization"] = f"Bearer {address.token}"
    connection = _connection(address, min(_CONNECT, seconds))
    target = address.target(question)
    with _words(address), _deadline(connection, seconds):
        answer, place = _exchange(connection, method, target, body, given, most)
    if answer.status // 100 != 2 and answer.status not in passed:
        words = f"{address} {_refusal(address, answer, place)}."
        raise MachineryError(f"{words} {hint}" if hint and answer.status in _ASTRAY else words)
    return answer


def _connection(address: Address, seconds: float) -> http.client.HTTPConnection:
    port = address.port or None
    if address.secure:
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(
            address.host, port, timeout=seconds, context=context, blocksize=_PIECE
        )
    return http.client.HTTPConnection(address.host, port, timeout=seconds, blocksize=_PIECE)


@contextmanager
def _deadline(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Connect, and end whatever is under way when the time is over, also a trickle."""
    over = Event()
    try:
        connection.connect()
    except TimeoutError:
        raise _Unreached(f"can't be reached within {connection.timeout:g} s") from None
    line = connection.sock
    line.settimeout(seconds)

    def stop() -> None:
        over.set()
        with suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)  # also of TLS: the line below it

    timer = Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException):
        if over.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
        connection.close()
    if over.is_set():
        raise TimeoutError


@contextmanager
def _words(address: Address) -> Iterator[None]:
    """Turn what happens on the line into one sentence."""
    try:
        yield
    except _Unreached as error:
        words = str(error)
    except TimeoutError:
        words = "gives no whole answer in time: --timeout says how long to wait"
    except ssl.SSLCertVerificationError as error:
        words = f"shows a certificate that is not trusted ({error.verify_message})"
    except ssl.SSLError:
        words = "does not speak TLS there, as https:// needs"
    except (socket.gaierror, UnicodeError):
        words = "can't be found: no host has this name"
    except ConnectionRefusedError:
        words = "refuses the connection, as if no server were running"
    except (ConnectionError, http.client.IncompleteRead, http.client.RemoteDisconnected):
        words = "broke off before its answer was whole"
    except http.client.HTTPException:
        words = "does not speak HTTP there"
    except OSError as error:
        words = f"can't be reached ({error.strerror or 'no reason given'})"
    else:
        return
    raise MachineryError(f"{address} {words}.") from None


def _exchange(
    connection: http.client.HTTPConnection,
    method: str,
    target: str,
    body: bytes | BinaryIO,
    headers: dict[str, str],
    most: int,
) -> tuple[Answer, str]:
    """Return the answer, and where a redirect leads."""
    with suppress(BrokenPipeError, ConnectionResetError):  # one that refuses need not read on
        connection.request(method, target, body or None, headers)
    response = connection.getresponse()
    kind = response.headers.get_content_type() if response.headers["Content-Type"] else ""
    pieces, size = [], 0
    while piece := response.read(min(_PIECE, most + 1 - size)):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise MachineryError(
                f"The answer is larger than {most >> 20} MiB. Ask for less, for example with LIMIT."
            )
    if response.length:  # less came than was promised
        raise http.client.IncompleteRead(b"")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise MachineryError("The answer is compressed, which was not asked for.")
    return Answer(response.status, kind, b"".join(pieces)), response.headers["Location"] or ""


def _refusal(address: Address, answer: Answer, place: str) -> str:
    """Return what a server says that does not do what it is asked for."""
    status = answer.status
    if status in (301, 302, 303, 307, 308):
        host = address.hide(place.partition("?")[0]) or "nowhere"
        return f"sends on to {host} ({status}), which is not followed. Name that address itself"
    if status == 401 and not address.token:
        return f"asks for a token (401). Put it into {TOKEN}"
    if status == 401:
        return f"does not accept the token in {TOKEN} (401)"
    if status == 403:
        return f"forbids this (403){'' if address.token else f'. Put a token into {TOKEN}'}"
    words = _STATUS.get(status) or (
        f"failed ({status})" if status >= 500 else f"refuses the request ({status})"
    )
    return f"{words}{quote_answer(address, answer)}"


def quote_answer(address: Address, answer: Answer) -> str:
    """Return what a server says in words of its own, or "" if that is no plain text."""
    if answer.kind not in ("text/plain", "application/json", ""):
        return ""
    said = address.hide(answer.body[:4096].decode("utf-8", "replace"))
    return f': "{said}"' if said else ""
