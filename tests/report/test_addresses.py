"""What would load from another host, and what merely names one."""

from pathlib import Path

import pytest

from simulate.report.addresses import Finding, outside_addresses

LOADED = [
    ("page.html", '<script src="https://cdn.example/a.js"></script>', "https://cdn.example/a.js"),
    ("page.html", '<link rel="stylesheet" href="//fonts.example/a">', "//fonts.example/a"),
    ("page.html", '<link rel="preload" href="http://a.example/b">', "http://a.example/b"),
    ("page.html", "<img src=https://a.example/b.png>", "https://a.example/b.png"),
    ("page.html", '<iframe src="https://a.example/"></iframe>', "https://a.example/"),
    ("page.html", '<p style="background: url(https://a.example/b)">', "https://a.example/b"),
    ("page.html", "<style>@import 'https://a.example/b';</style>", "https://a.example/b"),
    ("page.html", "<script>fetch('https://a.example/b')</script>", "https://a.example/b"),
    ("look.css", "a { src: url( 'https://a.example/b' ) }", "https://a.example/b"),
    ("look.css", '@import "//a.example/b";', "//a.example/b"),
    ("run.js", 'import("https://a.example/b")', "https://a.example/b"),
    ("run.js", "image.src = `https://a.example/b`", "https://a.example/b"),
    ("draw.svg", '<svg><image href="https://a.example/b"/></svg>', "https://a.example/b"),
]

NAMED = [
    ("page.html", '<a href="https://a.example/">source</a>'),
    ("page.html", '<link rel="canonical" href="https://a.example/page.html">'),
    ("page.html", '<img src="data:image/png;base64,AAAA"><img src="../a.png">'),
    ("page.html", '<script type="application/json">{"fetch": "https://a.example"}</script>'),
    ("look.css", "/* url(https://a.example/b) */ a { background: url(data:x) }"),
    ("run.js", 'var space = "http://www.w3.org/2000/svg"; // see https://a.example'),
    ("draw.svg", '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'),
]


@pytest.mark.parametrize(("name", "text", "address"), LOADED)
def test_what_loads_is_found_with_its_place(
    tmp_path: Path, name: str, text: str, address: str
) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / name).write_text("\n\n" + text)
    assert outside_addresses(tmp_path) == [Finding(f"deep/{name}", 3, address)]


@pytest.mark.parametrize(("name", "text"), NAMED)
def test_what_is_only_named_is_allowed(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert outside_addresses(tmp_path) == []
