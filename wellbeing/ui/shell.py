"""The shell around the dashboard: a Dutch page, safe headers, closed doors.

Streamlit's own page says it is English and leaves some doors open. This middleware puts that right for
every request, also when someone starts the dashboard by hand.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import re
import secrets
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wellbeing.presentation import palette

ASSETS = Path(__file__).parent / "assets"
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
WITH_SESSION = ("/media", "/_stcore/upload_file")
COOKIE = "wb_session"
LARGE = 20_000  # bytes; smaller files are not worth the time of compressing
SAFE_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
POLICY = (
    "default-src 'self'; script-src 'self' {scripts} blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors 'none'; form-action 'self'; base-uri 'self'; object-src 'none'"
)


def middleware() -> list[Middleware]:
    """Give what stands between a browser and the dashboard.

    Raises:
        SystemExit: if the dashboard would listen to other computers while there is no login.
    """
    refuse_other_computers(st.get_option("server.address"))
    return [Middleware(CompressedFiles), Middleware(Shell)]


def routes() -> list[Route]:
    """Give the two files that the page needs besides Streamlit's own: its style and its Dutch words."""
    return [Route("/schil/pagina.css", _style), Route("/schil/pagina.js", _script)]


def refuse_other_computers(address: str | None) -> None:
    """Stop where the dashboard would be open to the network: it has no login.

    Raises:
        SystemExit: with what to do, for every address that is not this computer itself.
    """
    if not _is_this_computer(address or ""):
        sentence = (
            "Het dashboard start niet: het zou open staan voor andere computers en er is geen inlog. "
            "Zet server.address op 127.0.0.1 in .streamlit/config.toml."
        )
        raise SystemExit(sentence)


def _is_this_computer(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


class CompressedFiles:
    """Sends the large files of the page itself compressed; nothing that holds data of a school."""

    def __init__(self, app: ASGIApp) -> None:
        self.plain = app
        self.compressed = GZipMiddleware(app, minimum_size=LARGE, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose by the path."""
        is_file = scope["type"] == "http" and scope["path"].startswith("/static/")
        await (self.compressed if is_file else self.plain)(scope, receive, send)


class Shell:
    """Closes doors, adds headers, and makes the page Dutch; websockets pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.key = secrets.token_bytes(32)
        self.scripts = "'self'"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].rstrip("/")
        if _under(path, CLOSED):
            await PlainTextResponse("Niet gevonden.", 404)(scope, receive, self._safe(send))
            return
        known = self._is_known(Headers(scope=scope).get("cookie", ""))
        if _under(path, WITH_SESSION) and not known:
            await PlainTextResponse("Open eerst het dashboard.", 403)(scope, receive, self._safe(send))
            return
        if path.startswith(("/static", "/schil")):
            await self.app(scope, receive, self._safe(send, keep=True))
            return
        page = Page(self, send, new_cookie=not known)
        await self.app(_uncompressed(scope), receive, page.send)

    def headers(self, headers: MutableHeaders, keep: bool = False) -> None:
        """Add the safe headers; ``keep`` leaves a file in the browser's cache, since it holds no data."""
        headers.update({**SAFE_HEADERS, "content-security-policy": POLICY.format(scripts=self.scripts)})
        if not keep:
            headers["cache-control"] = "no-store"

    def cookie(self) -> str:
        """Make a cookie that says: this browser opened the page of this very process."""
        value = secrets.token_urlsafe(18)
        return f"{COOKIE}={value}.{self._sign(value)}; Path=/; HttpOnly; SameSite=Strict"

    def _safe(self, send: Send, keep: bool = False) -> Send:
        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.headers(MutableHeaders(raw=message.setdefault("headers", [])), keep)
            await send(message)

        return safe

    def _is_known(self, cookies: str) -> bool:
        try:
            found = SimpleCookie(cookies).get(COOKIE)
        except CookieError:
            return False
        value, _, signature = found.value.partition(".") if found else ("", "", "")
        return bool(value) and hmac.compare_digest(signature.encode(), self._sign(value).encode())

    def _sign(self, value: str) -> str:
        return hmac.new(self.key, value.encode(), hashlib.sha256).hexdigest()


class Page:
    """One answer on its way out; an HTML page is held until it is whole, and then made Dutch."""

    def __init__(self, shell: Shell, send: Send, new_cookie: bool) -> None:
        self.shell, self.forward, self.new_cookie = shell, send, new_cookie
        self.start: Message = {}
        self.body = b""

    async def send(self, message: Message) -> None:
        """Pass on a message, or keep it while the page is not complete."""
        if message["type"] == "http.response.start":
            self.start = message
            if not self._is_html():
                await self._begin()
        elif message["type"] == "http.response.body" and self._is_html():
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page()
        else:
            await self.forward(message)

    def _is_html(self) -> bool:
        return MutableHeaders(raw=self.start["headers"]).get("content-type", "").startswith("text/html")

    async def _send_page(self) -> None:
        self.shell.scripts = inline_scripts(self.body)
        body = in_dutch(self.body)
        headers = MutableHeaders(raw=self.start["headers"])
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        await self._begin()
        await self.forward({"type": "http.response.body", "body": body})

    async def _begin(self) -> None:
        headers = MutableHeaders(raw=self.start["headers"])
        self.shell.headers(headers)
        if self.new_cookie:
            headers.append("set-cookie", self.shell.cookie())
        await self.forward(self.start)


def in_dutch(page: bytes) -> bytes:
    """Say in the page that it is Dutch, give it our name, and add our style sheet and words."""
    added = b'<link rel="stylesheet" href="./schil/pagina.css"><script src="./schil/pagina.js" defer></script></head>'
    page = page.replace(b'<html lang="en">', b'<html lang="nl">', 1)
    page = page.replace(b"<title>Streamlit</title>", b"<title>Welbevinden op school</title>", 1)
    return page.replace(b"</head>", added, 1)


def inline_scripts(page: bytes) -> str:
    """Give the sources that the page's own inline scripts need in the security policy."""
    scripts = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'self'"


def _under(path: str, doors: tuple[str, ...]) -> bool:
    return any(path == door or path.startswith(f"{door}/") for door in doors)


def _uncompressed(scope: Scope) -> Scope:
    """Ask for the page as plain text, and whole, since it is changed on its way out."""
    unwanted = {b"accept-encoding", b"if-none-match", b"if-modified-since"}
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() not in unwanted]}


def _style(_: Request) -> Response:
    sheet = palette.style_variables() + (ASSETS / "page.css").read_text(encoding="utf-8")
    return Response(sheet, media_type="text/css", headers={"cache-control": "no-cache"})


def _script(_: Request) -> Response:
    words = (ASSETS / "page.js").read_text(encoding="utf-8")
    return Response(words, media_type="text/javascript", headers={"cache-control": "no-cache"})
