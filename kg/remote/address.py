"""An address on the web, and the token that may travel there.

Exports line, remote stores. The token comes from the environment only; it is in no message, and no
address that holds a name, a password or a question is shown whole.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from kg.errors import UsageError, shorten

__all__ = ["TOKEN", "Address", "read_address"]

TOKEN = "KG_TOKEN"
"""Variable of the environment that holds the token."""

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # RFC 6750, section 2.1: b64token
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_KEPT = "/%:!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Address:
    """Where a store answers.

    Attributes:
        secure: Whether it is https.
        host: Name or number of the host.
        port: Port, 0 for the usual one.
        path: Path, percent-encoded.
        question: What stands behind "?", without it; it may be a secret and is never shown.
        token: Token that is sent along, or "".
    """

    secure: bool
    host: str
    port: int
    path: str
    question: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __str__(self) -> str:
        """Return the address as it may be shown."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        return f"http{'s' if self.secure else ''}://{host}{port}{self.path}"

    def target(self, question: str = "") -> str:
        """Return path and question, as they stand in a request."""
        asked = "&".join(q for q in (self.question, question) if q)
        return f"{self.path}?{asked}" if asked else self.path

    def hide(self, text: str) -> str:
        """Return what a server said on one line, without the token and unprintable characters."""
        hidden = text
        for secret in (self.token, quote(self.token, safe="")) if self.token else ():
            hidden = hidden.replace(secret, "…")
        return shorten("".join(c if c.isprintable() else " " for c in hidden))


def read_address(text: str) -> Address:
    """Return the address that a text names, with the token of the environment.

    Raises:
        UsageError: It is no address of http or https, it holds a name or password, or the token
            can't be sent there.
    """
    if "@" in text.partition("?")[0].partition("#")[0]:
        raise UsageError(
            f"An address with a name or password is refused. Put a token into {TOKEN} instead."
        )
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or 0
    except ValueError:
        host, port = "", 0
    if not host or parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        raise UsageError(
            f'"{shorten(text.partition("?")[0], 80)}" is no address of a store. Write one that '
            "starts with http:// or https://."
        )
    token, secure = _read_token(), parts.scheme == "https"
    if token and not secure and not _is_here(host):
        raise UsageError(
            f"The token in {TOKEN} would go to {host} unencrypted. Use https://, or unset {TOKEN}."
        )
    path, question = quote(parts.path or "/", safe=_KEPT), quote(parts.query, safe=_KEPT + "?@")
    return Address(secure, host, port, path, question, token)


def _read_token() -> str:
    token = os.environ.get(TOKEN, "")
    if token and not _TOKEN.fullmatch(token):
        raise UsageError(
            f"{TOKEN} holds a character that no token has: only letters, digits and - . _ ~ + / = "
            "are sent."
        )
    return token


def _is_here(host: str) -> bool:
    """Return whether what is sent to a host stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
