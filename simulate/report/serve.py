"""The site on this machine while somebody writes: built again at every save."""

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

WATCHED = ("content", "site_config", "mkdocs.yml")
PAUSE = 0.3  # seconds between two looks at the files
LONGEST_WAIT = 25.0  # seconds that a page waits for news before it asks again

_LIVE = Path(__file__).with_name("live.js")
_STATE = "/__peakbook/state"
_SCRIPT = "/__peakbook/live.js"
_TAG = f'<script src="{_SCRIPT}"></script></body>'.encode()

# Shown until a first build succeeds, together with what stops it.
_NOT_YET = b"<!doctype html><meta charset=utf-8><title>Peakbook</title><body>No site yet.</body>"

# What changes at every build and no reader sees.
_UNSEEN = {"sitemap.xml", "sitemap.xml.gz"}


class Preview:
    """What the pages are told: which site stands, and what is wrong with the last save."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._news = threading.Condition()
        self._turn = 0
        self._digest = digest_of(site)
        self._problem = ""

    def update(self, problem: str) -> None:
        """Look at the site again and tell every waiting page; `problem` is "" if there is none."""
        digest = digest_of(self._site)
        with self._news:
            if (digest, problem) != (self._digest, self._problem):
                self._digest, self._problem = digest, problem
                self._turn += 1
                self._news.notify_all()

    def state(self) -> dict[str, str | int]:
        """What a page needs to know now."""
        return {"site": self._digest, "turn": self._turn, "problem": self._problem}

    def wait(self, known: str, seconds: float) -> dict[str, str | int]:
        """Return the state once it differs from `known` ("site.turn"), or after `seconds`."""
        with self._news:
            self._news.wait_for(lambda: f"{self._digest}.{self._turn}" != known, seconds)
            return self.state()


def serve(
    root: Path,
    host: str,
    port: int,
    on_change: Callable[[frozenset[Path]], None],
    site: Path | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the built `site` of `root` (by default its `site` folder) until interrupted.

    `on_change` is called with every file that was saved, added or deleted since the last call,
    first with an empty set to bring the site up to date, and is to build the site again. An
    `Exception` that it raises is a mistake in a file: it is printed and shown in the pages, and
    the last good site stays. `on_ready` is given the address; a port of 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    site = site or root / "site"
    preview = Preview(site)
    handler = partial(_Handler, preview=preview, directory=str(site))
    server = ThreadingHTTPServer((host, port), handler)
    server.daemon_threads = True
    seen = snapshot(root)
    _build(on_change, frozenset(), preview)
    if on_ready:
        on_ready(f"http://{host}:{server.server_address[1]}/")
    listener = threading.Thread(target=server.serve_forever, daemon=True)
    listener.start()
    try:
        _watch(root, seen, preview, on_change)
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
        server.server_close()


def snapshot(root: Path) -> dict[Path, tuple[int, int]]:
    """Modification time and size of every watched file, generated and hidden ones left out."""
    found = {}
    for path in _watched(root):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue  # deleted between the listing and the look
        found[path] = (status.st_mtime_ns, status.st_size)
    return found


def changed(before: dict[Path, tuple[int, int]], after: dict[Path, tuple[int, int]]) -> set[Path]:
    """Every path that was added, deleted or written between two snapshots."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def digest_of(site: Path) -> str:
    """A short name for what readers see of the site; equal for equal files."""
    digest = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        if path.name not in _UNSEEN and path.is_file():
            digest.update(path.relative_to(site).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _watched(root: Path) -> Iterator[Path]:
    for name in WATCHED:
        place = root / name
        paths = place.rglob("*") if place.is_dir() else [place]
        for path in paths:
            hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
            if not hidden and path.name != "vega.js" and path.is_file():
                yield path


def _watch(
    root: Path,
    seen: dict[Path, tuple[int, int]],
    preview: Preview,
    on_change: Callable[[frozenset[Path]], None],
) -> None:
    """Look for saves for ever. What a build itself writes is seen as a change and built once more.

    That second build changes nothing, so no page is loaded again for it; in turn, nothing that is
    saved while a build runs can be missed.
    """
    while True:
        time.sleep(PAUSE)
        now = snapshot(root)
        paths = changed(seen, now)
        if paths:
            seen = now
            _build(on_change, frozenset(paths), preview)


def _build(
    on_change: Callable[[frozenset[Path]], None], paths: frozenset[Path], preview: Preview
) -> None:
    problem = ""
    try:
        on_change(paths)
    except Exception as mistake:  # whatever it is, the last good site stays and writing goes on
        problem = str(mistake) or type(mistake).__name__
        print(problem, flush=True)
    preview.update(problem)


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site, with the live script in each page, and the state of the preview."""

    def __init__(self, *args: object, preview: Preview, directory: str) -> None:
        self.preview = preview
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == _STATE:
            known = parse_qs(address.query).get("known", [""])[0]
            state = self.preview.wait(known, LONGEST_WAIT)
            self._answer(json.dumps(state).encode(), "application/json")
        elif address.path == _SCRIPT:
            self._answer(_LIVE.read_bytes(), "text/javascript")
        elif (page := self._page()) is not None:
            self._answer(page.replace(b"</body>", _TAG, 1), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the terminal belongs to the builds and their mistakes."""

    def _page(self) -> bytes | None:
        """The bytes of the page that is asked for, or None if it is no page."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path = path / "index.html"
        try:
            return path.read_bytes() if path.suffix == ".html" else None
        except OSError:
            built = Path(self.directory, "index.html").is_file()
            return None if built else _NOT_YET

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
