import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from simulate.report.site import build_site
from tests.browser.example import write_example

STRICT_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves the site under a strict content-security policy, without a log."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", STRICT_POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


def chromium() -> str:
    """The system's Chromium, or a failure that says how to name one."""
    named = os.environ.get("PEAKBOOK_CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser")
    found = found or shutil.which("google-chrome")
    if not found:
        pytest.fail("no Chromium: install one, or name its program in PEAKBOOK_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example playbook, built."""
    root = write_example(tmp_path_factory.mktemp("playbook"))
    out = root / "site"
    build_site(root, out)
    return out


def serving(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free port for as long as the fixture lives."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the example is served."""
    yield from serving(site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()


class Visit:
    """A page and everything that went wrong in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.problems: list[str] = []  # errors and warnings
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._note(str(error), "error"))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", self._failed)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(message.text, message.type)

    def _note(self, text: str, kind: str) -> None:
        self.problems.append(text)
        if kind == "error":
            self.errors.append(text)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # going to the next page ends what still loads
            self._note(f"{request.url}: {request.failure}", "error")

    def open(self, url: str) -> Page:
        """Load a page with everything that it names."""
        self.page.goto(url, wait_until="load")
        return self.page

    def hosts(self, own: str) -> list[str]:
        """Requests that left the site at `own`; data inside the page is no request."""
        return [url for url in self.requests if not url.startswith((own, "data:", "blob:"))]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Any]:
    """A way to open pages: `visit(width=360, color_scheme="dark")` gives a `Visit`."""
    contexts: list[BrowserContext] = []

    def start(width: int = 1280, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        return Visit(context)

    yield start
    for context in contexts:
        context.close()
