"""Comfort for the site engine. The site is whole without it: it carries no content."""

import logging
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from plugins.nav import completed

log = get_plugin_logger("peakbook")


class PeakbookConfig(base.Config):  # type: ignore[no-untyped-call]
    """What `plugins: peakbook:` may say in the site's configuration."""

    watch_scenarios = config_options.Type(bool, default=True)
    guard = config_options.Type(bool, default=True)
    search_words = config_options.Optional(config_options.Type(str))


class PeakbookPlugin(BasePlugin[PeakbookConfig]):  # type: ignore[no-untyped-call]
    """Completes the navigation, teaches search our words, and guards what is published."""

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the dictionary of search words and add unlisted pages to their sections."""
        self._load_search_words(config)
        if config.nav is not None:
            docs = Path(config.docs_dir)
            pages = sorted(
                PurePosixPath(page.relative_to(docs).as_posix()) for page in docs.rglob("*.md")
            )
            config.nav = completed(config.nav, pages)
        return config

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Rebuild when a scenario or the shop is saved, not only a page."""
        if self.config.watch_scenarios:
            content = Path(config.docs_dir).parent
            for name in ("scenarios", "plan", "shop.yml"):
                if (content / name).exists():
                    server.watch(str(content / name))
        return server

    @event_priority(-50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Refuse a strict build that would load anything from another host.

        Raises:
            PluginError: naming each file, line and address.
        """
        if not self.config.guard:
            return
        from simulate.report.addresses import outside_addresses

        findings = outside_addresses(Path(config.site_dir))
        if findings and config.strict:
            raise PluginError("\n".join(str(finding) for finding in findings))
        for finding in findings:
            log.warning("%s", finding)

    def _load_search_words(self, config: MkDocsConfig) -> None:
        """Add our terms to the word splitter; without them they are found as parts only."""
        words = self._search_words(config)
        if words is None:
            return
        try:
            import jieba
        except ImportError:
            log.warning("jieba is not installed: Chinese search finds whole sentences only")
            return
        jieba.setLogLevel(logging.ERROR)
        jieba.load_userdict(str(words))

    def _search_words(self, config: MkDocsConfig) -> Path | None:
        """The dictionary that the configuration names, or the one that the site brings."""
        here = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        if self.config.search_words:
            return here / self.config.search_words
        for folder in (here, here / "site_config"):
            if (folder / "search_words.txt").is_file():
                return folder / "search_words.txt"
        return None
