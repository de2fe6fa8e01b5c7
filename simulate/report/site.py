"""The published site: both languages built aside, checked, and put in place in one step."""

import json
import logging
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from simulate.files import write_whole
from simulate.report.addresses import Finding, outside_addresses
from simulate.report.swap import remove_left_over, swap_into_place

__all__ = ["Finding", "SiteError", "build_site", "outside_addresses", "write_vega_bundle"]

THEME_SCRIPTS = Path("site_config/theme/assets/javascripts")
ENGLISH = Path("mkdocs.yml")
CHINESE = Path("site_config/zh.yml")

# What the browser needs of the bundle; everything else stays inside it.
_VEGA_SNIPPET = "window.peakbookVega = {embed: vegaEmbed};"


class SiteError(Exception):
    """The site was not built. `problems` holds one line for each thing to mend."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def build_site(root: Path, out: Path, base_url: str | None = None) -> None:
    """Build the English site and, under `zh/`, the Chinese one from `root` into `out`.

    Both are built strictly in a folder beside `out`, which replaces `out` only when they are
    whole: a failure or a stop in the middle leaves the old site as it was, and two builds at once
    do not harm each other. `base_url` is the address where the site will be served, with its
    sub-path if there is one; without it every link is relative.

    Raises:
        SiteError: a warning of the engine, a page without its twin in the other language, or an
            address of another host in a built file.
    """
    problems = _missing_twins(root / "content")
    if problems:
        raise SiteError(problems)
    write_vega_bundle(root / THEME_SCRIPTS / "vega.js")
    out.parent.mkdir(parents=True, exist_ok=True)
    remove_left_over(out)
    aside = out.with_name(f"{out.name}.{uuid.uuid4().hex[:12]}")
    try:
        base = base_url.rstrip("/") + "/" if base_url else None
        _build_language(root / ENGLISH, aside, base)
        _build_language(root / CHINESE, aside / "zh", base and base + "zh/")
        findings = outside_addresses(aside)
        if findings:
            raise SiteError([str(finding) for finding in findings])
        swap_into_place(aside, out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_vega_bundle(path: Path) -> bool:
    """Write Vega, Vega-Lite and Embed as one script that names only `window.peakbookVega`.

    Returns whether the file changed. A bundle of the installed versions is not made again.
    """
    import altair

    grammar = ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    stamp = f"/* Vega-Lite {grammar} from vl-convert {version('vl-convert-python')} */\n"
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            if file.readline() == stamp:
                return False
    import vl_convert

    bundle = vl_convert.javascript_bundle(_VEGA_SNIPPET, vl_version=grammar)
    return write_whole(path, f'{stamp}(function () {{\n"use strict";\n{bundle}\n}})();\n')


def _build_language(config_path: Path, site_dir: Path, base_url: str | None) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    _keep_the_terminal_quiet()
    options: dict[str, Any] = {"strict": True, "site_dir": str(site_dir)}
    if base_url:
        options["site_url"] = base_url
    with _warnings() as warnings:
        try:
            config = load_config(str(config_path), **options)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
        except (MkDocsException, SystemExit) as error:
            if not warnings:
                warnings.append(str(error))
    if warnings:
        raise SiteError([f"{config_path.name}: {warning}" for warning in warnings])
    _write_disk_index(site_dir)


def _write_disk_index(site_dir: Path) -> None:
    """Write the search index as a script too: pages opened from a disk cannot fetch JSON."""
    index = site_dir / "search" / "search_index.json"
    if index.is_file():
        document = json.loads(index.read_text(encoding="utf-8"))
        write_whole(index.with_suffix(".js"), f"var __index = {json.dumps(document)};\n")


def _missing_twins(content: Path) -> list[str]:
    """One line for each page that only one language has; switching language would break."""
    pages = {
        language: {page.relative_to(content / language) for page in _pages(content / language)}
        for language in ("en", "zh")
    }
    return [
        f"content/{here}/{page.as_posix()} has no twin content/{there}/{page.as_posix()}"
        for here, there in (("en", "zh"), ("zh", "en"))
        for page in sorted(pages[here] - pages[there])
    ]


def _pages(folder: Path) -> Iterator[Path]:
    return folder.rglob("*.md")


class _Collector(logging.Handler):
    """Keeps the messages of warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(re.sub(r"\s+", " ", record.getMessage()).strip())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what the engine warns of instead of printing it.

    The engine counts its own warnings only while its logger lets them through, so the level is
    set here whatever the caller's logging says.
    """
    logger = logging.getLogger("mkdocs")
    collector = _Collector()
    handlers, level, propagate = logger.handlers[:], logger.level, logger.propagate
    logger.handlers = [collector]
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield collector.messages
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def _keep_the_terminal_quiet() -> None:
    """Silence the word splitter's progress and the theme's notice; neither asks for an action."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
