"""The shell: a Dutch page, safe headers, closed doors. Requests go straight to the middleware, without a server."""

import asyncio
import gzip
from pathlib import Path

import pytest
import streamlit

from wellbeing.ui import shell

PAGE = b'<html lang="en"><head><title>Streamlit</title><script>\n window.x = 1\n</script></head><body></body></html>'


async def streamlit_like(scope, receive, send):
    """Answers every address: a page, a large file, or what was uploaded."""
    kind = b"text/html; charset=utf-8" if "." not in scope["path"] else b"text/javascript"
    body = PAGE if kind.startswith(b"text/html") else b"x" * 50_000
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"etag", b"1")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body[:40], "more_body": True})
    await send({"type": "http.response.body", "body": body[40:]})


@pytest.fixture
def dashboard():
    return shell.CompressedFiles(shell.Shell(streamlit_like))


def ask(app, path, **headers):
    """Give status, headers and body of one answer."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b""}

    names = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": names, "query_string": b""}
    asyncio.run(app(scope, receive, send))
    start = sent[0]
    found = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return start["status"], found, b"".join(message.get("body", b"") for message in sent[1:])


def test_the_page_is_dutch_and_has_our_name_style_and_words(dashboard):
    _, headers, body = ask(dashboard, "/schoolprofiel")
    assert b'<html lang="nl">' in body
    assert b"<title>Welbevinden op school</title>" in body
    assert b"./schil/pagina.css" in body
    assert b"./schil/pagina.js" in body
    assert int(headers["content-length"]) == len(body)
    assert "etag" not in headers


def test_streamlit_still_has_the_texts_that_are_replaced():
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    assert shell.in_dutch(page).count(b'<html lang="nl">') == 1
    assert b"<title>Streamlit</title>" not in shell.in_dutch(page)
    assert shell.inline_scripts(page).startswith("'sha256-")


def test_every_answer_carries_safe_headers(dashboard):
    for path in ("/", "/static/js/index.js", "/_stcore/metrics", "/media/x.xlsx"):
        _, headers, _ = ask(dashboard, path)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http:" not in policy
        assert "https:" not in policy


def test_only_files_of_the_page_itself_may_be_kept_by_the_browser(dashboard):
    assert ask(dashboard, "/schoolprofiel")[1]["cache-control"] == "no-store"
    assert ask(dashboard, "/_stcore/health")[1]["cache-control"] == "no-store"
    assert "no-store" not in ask(dashboard, "/static/js/index.js")[1].get("cache-control", "")


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent/openapi.json"])
def test_closed_doors(dashboard, path):
    assert ask(dashboard, path)[0] == 404


@pytest.mark.parametrize("path", ["/media/school.xlsx", "/_stcore/upload_file/session/file.xlsx"])
def test_files_open_only_for_a_browser_that_opened_the_page(dashboard, path):
    assert ask(dashboard, path)[0] == 403
    cookie = ask(dashboard, "/")[1]["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    value = cookie.split(";")[0]
    assert ask(dashboard, path, cookie=value)[0] == 200
    assert ask(dashboard, path, cookie=value[:-1] + ("0" if value[-1] != "0" else "1"))[0] == 403
    another_process = shell.Shell(streamlit_like)
    assert ask(another_process, path, cookie=value)[0] == 403


def test_large_files_of_the_page_are_compressed_and_pages_are_not(dashboard):
    _, headers, body = ask(dashboard, "/static/js/index.js", accept_encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == b"x" * 50_000
    assert "content-encoding" not in ask(dashboard, "/schoolprofiel", accept_encoding="gzip")[1]


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
def test_this_computer_is_allowed(address):
    shell.refuse_other_computers(address)


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.4", "::", "dashboard.example", "", None])
def test_other_computers_are_refused_with_what_to_do(address):
    with pytest.raises(SystemExit, match=r"server\.address op 127\.0\.0\.1"):
        shell.refuse_other_computers(address)


def test_the_style_sheet_has_both_themes_and_the_script_touches_no_text_of_ours():
    style = asyncio.run(_body(shell._style))
    assert "light-dark(" in style
    assert "stMarkdown" in asyncio.run(_body(shell._script))


async def _body(route):
    return route(None).body.decode()
