"""What a server can do wrong, and that the token stays where it belongs."""

import gzip
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.remote import exchange, read_address
from tests.cli.run import Run
from tests.remote.servers import HERE, Handler, find_port, liar

Call = Callable[..., Run]
TOKEN = "s3cr3t~t0ken/of+nobody="
ASK = "ASK { ?s ?p ?o }"
ROWS = "application/sparql-results+json"
YES = b'{"head":{},"boolean":true}'


def reply(
    status: int = 200, kind: str = ROWS, body: bytes = YES, **headers: str
) -> Callable[[Handler], None]:
    def answer(handler: Handler) -> None:
        handler.send_response(status)
        if kind:
            handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def raw(*pieces: bytes, pause: float = 0.0) -> Callable[[Handler], None]:
    """Write bytes that need not be HTTP."""

    def answer(handler: Handler) -> None:
        for piece in pieces:
            handler.wfile.write(piece)
            time.sleep(pause)
        handler.close_connection = True

    return answer


def endless(handler: Handler) -> None:
    reply(Content_Length=str(1 << 60))(handler)
    while True:
        handler.wfile.write(b" " * (1 << 16))


def trickle(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        handler.wfile.write(f"X-{number % 40}: 1\r\n".encode() if number < 40 else b"X")
        time.sleep(0.05)


def silent(handler: Handler) -> None:
    time.sleep(8)


BAD: dict[str, tuple[Callable[[Handler], None], str]] = {
    "no token": (reply(401), "asks for a token (401). Put it into KG_TOKEN."),
    "forbidden": (reply(403), "forbids this (403). Put a token into KG_TOKEN."),
    "nothing": (reply(404, body=b""), "knows nothing at this address (404)."),
    "method": (reply(405, body=b""), "does not allow this here (405)."),
    "form": (reply(406, "text/plain", b"not\nso"), 'in a form that kg reads (406): "not so".'),
    "size": (reply(413, body=b""), "refuses so large a request (413): raise its limit."),
    "kind": (reply(415, body=b""), "does not take N-Triples here (415)."),
    "often": (reply(429, body=b""), "has been asked too often (429): try again later."),
    "teapot": (reply(418, body=b""), "refuses the request (418)."),
    "broken": (reply(500, "text/plain", b"oh \x1b[31mno"), 'failed (500): "oh [31mno".'),
    "page of a fault": (reply(502, "text/html", b"<p>gone"), "failed (502)."),
    "busy": (reply(503, body=b""), "failed (503)."),
    "odd": (reply(999, body=b""), "failed (999)."),
    "moved": (reply(301, Location="http://else.example/q?x=1"), "sends on to http://else.example/q"),
    "moved nowhere": (reply(307), "sends on to nowhere (307)"),
    "page": (reply(kind="text/html; charset=utf-8", body=b"<p>"), "answers with a web page"),
    "csv": (reply(kind="text/csv", body=b"a"), 'the answer comes as "text/csv", which is not read'),
    "no kind": (reply(kind=""), 'the answer comes as "", which is not read'),
    "not json": (reply(body=b"{"), "the answer can't be read"),
    "other json": (reply(body=b"[1]"), "the answer can't be read"),
    "not utf-8": (reply(body=b'{"head":{"vars":["\xff"]}}'), "the answer can't be read"),
    "empty": (reply(body=b""), "the answer can't be read"),
    "not triples": (reply(kind="application/n-triples", body=b"<a"), "the answer can't be read"),
    "packed": (reply(body=gzip.compress(YES), Content_Encoding="gzip"), "is compressed"),
    "cut": (reply(Content_Length="999"), "broke off before its answer was whole."),
    "cut pieces": (
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}"),
        "broke off before its answer was whole.",
    ),
    "no answer": (raw(), "broke off before its answer was whole."),
    "no HTTP": (raw(b"220 mail.example ESMTP\r\n"), "does not speak HTTP there."),
    "long line": (raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 99_999), "does not speak HTTP there."),
    "many headers": (raw(b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 999), "does not speak HTTP there."),
    "endless": (endless, "The answer is larger than 1 MiB."),
    "trickle": (trickle, "gives no whole answer in time"),
    "silent": (silent, "gives no whole answer in time"),
    "for ever later": (
        raw(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 200, pause=0.05), "gives no whole answer in time",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "words"), BAD.values(), ids=BAD)
def test_a_bad_answer_ends_with_3_and_one_line(
    answer: Callable[[Handler], None], words: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.remote.endpoint._MOST", 1 << 20)
    start = time.monotonic()
    with liar(answer) as (url, _):
        done = call("query", "--endpoint", url, ASK, "--timeout", "2")
        assert time.monotonic() - start < 7
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("kg: ") and len(done.err.splitlines()) == 1
    assert words in done.err and done.err.isprintable() is False  # but for the end of the line
    assert done.err[:-1].isprintable()


def test_a_query_that_the_endpoint_can_not_run_ends_with_2(call: Call) -> None:
    with liar(reply(400, "text/plain", b"Parse error:\nline 1")) as (url, _):
        done = call("query", "--endpoint", url, ASK)
    assert done == (2, "", f'kg: {url}/ can\'t run the query: "Parse error: line 1".\n')


def test_nobody_there(call: Call) -> None:
    done = call("query", "--endpoint", f"http://{HERE}:{find_port()}/x", ASK)
    assert (done.code, "refuses the connection" in done.err) == (3, True)
    done = call("query", "--endpoint", "http://no-such-host.invalid/x", ASK)
    assert (done.code, len(done.err.splitlines())) == (3, 1)
    done = call("query", "--endpoint", "http://a..b/x", ASK)
    assert (done.code, "no host has this name" in done.err) == (3, True)


def test_a_server_without_tls(call: Call) -> None:
    with liar(reply()) as (url, asked):
        done = call("query", "--endpoint", url.replace("http:", "https:"), ASK, "--timeout", "2")
        assert asked == []
    assert (done.code, len(done.err.splitlines())) == (3, 1)


def test_certificates_are_verified() -> None:
    line = exchange._connection(read_address("https://e.org/"), 1)
    context = line._context  # type: ignore[attr-defined]  # http.client has no public name for it
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


FALSE = b'{"head":{},"boolean":false}'
NONE = b'{"head":{"vars":["s","p","o"]},"results":{"bindings":[]}}'
ZERO = NONE.replace(b'["s","p","o"]', b'["n"]').replace(
    b"[]}}", b'[{"n":{"type":"literal","value":"0"}}]}}'
)


def forget(handler: Handler) -> None:
    """Answer as a store that takes everything and keeps nothing."""
    text = handler.content
    counts = b"COUNT" in text and b"VALUES" not in text
    reply(body=FALSE if b"ASK" in text else ZERO if counts else NONE)(handler)


def test_a_store_that_keeps_nothing_is_found_out_by_counting(call: Call, small: Path) -> None:
    with liar(forget) as (url, _):
        done = call("-C", small, "push", url)
    assert done.code == 3
    assert f"default graph: 4236 statements were sent to {url}/, 0 are counted at" in done.err


def test_a_graph_that_is_refused_while_it_is_sent(call: Call, small: Path) -> None:
    def refuse(handler: Handler) -> None:
        if handler.command != "PUT" or "default" not in handler.path:
            handler.read()
            return forget(handler)
        handler.rfile.read(1000)
        reply(413, body=b"")(handler)
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    with liar(refuse, reads=False) as (url, _):
        done = call("-C", small, "push", url)
    assert done.code == 3
    assert "(413)" in done.err or "broke off" in done.err
    assert done.err.endswith("0 of 15 graphs are done; the same command goes on from there.\n")


# The token


def test_the_token_goes_with_every_request(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TOKEN", TOKEN)
    with liar(reply()) as (url, asked):
        assert call("query", "--endpoint", url, ASK).code == 0
    assert asked[0][2]["Authorization"] == f"Bearer {TOKEN}"
    monkeypatch.delenv("KG_TOKEN")
    with liar(reply()) as (url, asked):
        assert call("query", "--endpoint", url, ASK).code == 0
    assert "Authorization" not in asked[0][2]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(
    status: int, call: Call, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_TOKEN", TOKEN)
    with liar(reply()) as (there, asked), liar(reply(status, Location=f"{there}/q")) as (url, _):
        for words in (("query", "--endpoint", url, ASK), ("-C", small, "push", url)):
            done = call(*words)
            assert (done.code, asked) == (3, [])
            assert f"sends on to {there}/q ({status})" in done.err
            assert TOKEN not in done.err


def echo(handler: Handler) -> None:
    """Say the token wherever something can be said."""
    said = handler.headers.get("Authorization", "")
    status = int(handler.path.strip("/").split("?")[0])
    quoted = said.replace("/", "%2F").replace("+", "%2B").replace("=", "%3D")
    reply(
        status, f"text/plain; x={said}" if status >= 400 else f"text/{said[7:]}",
        f"{said} {quoted}".encode(), Location=f"http://{said[7:]}/{quoted}", WWW_Authenticate=said,
    )(handler)  # fmt: skip


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 413, 500])
def test_a_server_that_repeats_the_token_does_not_get_it_printed(status: int, small: Path) -> None:
    """In a process of its own: nothing is printed past what a test captures."""
    with liar(echo) as (url, asked):
        for words in (("query", "--endpoint", f"{url}/{status}", ASK),
                      ("-C", small, "push", f"{url}/{status}")):  # fmt: skip
            done = subprocess.run(
                [sys.executable, "-m", "kg", *words], check=False, capture_output=True, text=True,
                env=os.environ | {"KG_TOKEN": TOKEN},
            )  # fmt: skip
            assert done.returncode in (2, 3)
            for text in (TOKEN, TOKEN.replace("/", "%2F"), "s3cr3t", "t0ken", "nobody"):
                assert text not in done.stdout + done.stderr
    assert all(headers["Authorization"] == f"Bearer {TOKEN}" for _, _, headers in asked)


@pytest.mark.parametrize(
    "token", ["two words", "line\nbreak", "naïve", "\x1b[31m", 'quo"te', "tab\t", "cr\rX: 1"]
)
def test_a_token_that_is_none_is_refused_and_not_shown(
    token: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_TOKEN", token)
    with liar(reply()) as (url, asked):
        done = call("query", "--endpoint", url, ASK)
    assert (done.code, asked, len(done.err.splitlines())) == (2, [], 1)
    assert token not in done.err and "KG_TOKEN holds a character" in done.err


def test_a_token_does_not_leave_the_machine_unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TOKEN", TOKEN)
    for there in ("http://e.org/", "http://localhost.e.org/", "http://10.0.0.1/", "http://0.0.0.0/",
                  "http://127.0.0.1.e.org/", "http://[2001:db8::1]/", "HTTP://E.ORG/"):  # fmt: skip
        with pytest.raises(UsageError, match="unencrypted") as refused:
            read_address(there)
        assert TOKEN not in str(refused.value)
    for here in ("http://localhost:1/", "http://127.0.0.1/", "http://127.8.9.1/", "http://[::1]/",
                 "https://e.org/", "http://LOCALHOST/"):  # fmt: skip
        address = read_address(here)
        assert address.token == TOKEN
        assert TOKEN not in f"{address} {address!r}"


# Addresses


@pytest.mark.parametrize(
    "text",
    ["http://me:pass@e.org/", "https://pass@e.org/x?y=1", "me:pass@e.org", "http://me:pass@/",
     "ftp://me:pass@e.org/"],
)  # fmt: skip
def test_a_name_or_password_in_an_address_is_refused_in_one_sentence(
    text: str, call: Call, small: Path
) -> None:
    for words in (("query", "--endpoint", text, ASK), ("-C", small, "push", text),
                  ("-C", small, "push", "http://127.0.0.1:1/", "--graph-store", text)):  # fmt: skip
        done = call(*words)
        assert done.code == 2 and len(done.err.splitlines()) == 1
        assert "An address with a name or password is refused." in done.err
        assert "pass@" not in done.err


@pytest.mark.parametrize(
    "text",
    ["", "e.org", "ftp://e.org/", "file:///etc/passwd", "http://", "http://:80/", "http:///x",
     "http://e.org:port/", "http://e.org:99999/", "http://[::1/", "http://e org/", "http://é.org/",
     "javascript:1", "http://e.org\\x"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str, call: Call) -> None:
    done = call("query", "--endpoint", text or " ", ASK)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert "is no address of a store" in done.err


def test_what_stands_behind_the_question_mark_is_sent_and_never_shown(call: Call) -> None:
    with liar(reply(500)) as (url, asked):
        done = call("query", "--endpoint", f"{url}/a b/é?key=geheim&x=ü#part", ASK)
    assert asked[0][1] == "/a%20b/%C3%A9?key=geheim&x=%C3%BC"
    assert done.err.startswith(f"kg: {url}/a%20b/%C3%A9 failed (500)") and "geheim" not in done.err
