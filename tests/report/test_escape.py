"""Text of a scenario stays text, in the Markdown of the site as it is configured."""

from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from simulate.report.escape import code, escape, plain

BASE = Path(__file__).parents[2] / "site_config" / "base.yml"
EXTENSIONS = list(yaml.safe_load(BASE.read_text(encoding="utf-8"))["markdown_extensions"])

NASTY = [
    "<script>alert(1)</script>",
    "<!-- peakbook:verdict scenario=a -->",
    "a | b | c",
    "**bold** _em_ `code` ~~gone~~ ^up^ ==mark==",
    "[link](javascript:alert(1)) ![img](x.png)",
    "https://example.org www.example.org a@example.org",
    ":smile: :material-check:",
    "{ .class #id } {{ macro }} {% raw %}",
    "$x^2$ \\(y\\) \\*",
    "&amp; &#60; &lt;b&gt;",
    "# heading",
    "1. list",
    "- item",
    "+ item",
    "> quote",
    "!!! note",
    "??? note",
    '=== "tab"',
    "/// block",
    '--8<-- "secret.md"',
    "[^1] [^1]: note",
    "*[HTML]: word",
    ": definition",
    "- [x] task",
    "| --- |",
    "one\ntwo\r\nthree\u2028four",
    "a\u202eb",
    "\x02klzzwxh:0001\x03",
]


class Text(HTMLParser):
    """Gathers the text and the tags of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.text += "".join(value or "" for name, value in attrs if name == "alt")


def rendered(source: str) -> Text:
    return Text(markdown.markdown(source, extensions=EXTENSIONS))


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_shown_literally_in_a_paragraph(text: str) -> None:
    page = rendered(escape(text))
    assert page.tags == ["p"]
    assert squeezed(page.text) == squeezed(plain(text))


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_stays_in_its_cell(text: str) -> None:
    page = rendered(f"| a | b |\n| --- | --: |\n| {escape(text)} | 1 |\n")
    assert page.tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert squeezed(page.text) == squeezed(f"a b {plain(text)} 1")


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_stays_in_its_alt_text(text: str) -> None:
    page = rendered(f"![{escape(text)}](a.svg#only-light){{ width=720 }}")
    assert page.tags == ["p", "img"]
    assert squeezed(page.text) == squeezed(plain(text))


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
def test_any_text_is_shown_literally(text: str) -> None:
    page = rendered(f"x {escape(text)}")
    assert page.tags == ["p"]
    assert squeezed(page.text) == squeezed(f"x {text}")


def test_ordinary_words_stay_readable_in_the_source() -> None:
    assert (
        escape("Double 12, day 2: 打包 double-12 50%") == "Double 12, day 2&#58; 打包 double-12 50%"
    )


def test_code_is_as_literal() -> None:
    page = rendered(code("stations.pack.<b>"))
    assert page.tags == ["p", "code"]
    assert page.text == "stations.pack.<b>"
