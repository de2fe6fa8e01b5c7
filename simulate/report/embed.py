"""A chart inside a page: images for both palettes, a caption, and its numbers as a table."""

from pathlib import PurePosixPath

from simulate.report.assets import asset_path
from simulate.report.charts.figure import WIDTH, Figure
from simulate.report.escape import escape
from simulate.report.grid import markdown_table
from simulate.report.subject import Origin
from simulate.report.words import Words


def embed(figure: Figure, origin: Origin, words: Words, page: PurePosixPath) -> str:
    """Return a chart as Markdown, for a page at `page` below the folder of its language.

    Without a script, and in any Markdown engine, it is two images, a caption and a table.
    """
    say = words.say
    mark = f"pb-{origin.owner.replace('.', '-')}-{figure.name}"

    def link(suffix: str) -> str:
        return relative(asset_path(origin.owner, figure.name, suffix), page)

    size = f"{{ width={WIDTH} height={figure.height} loading=lazy }}"
    caption = say(
        "charts.caption",
        title=escape(figure.title),
        explanation=_sentence(figure.explanation),
        origin=say(f"charts.of_{origin.kind}", name=escape(origin.name)),
        seed=str(origin.seed),
        replications=f"{origin.replications:,}",
        fingerprint=f"`{origin.fingerprint[:8]}`",
        csv=f"[{say('charts.csv')}]({link('csv')})",
        numbers=f"[{say('charts.numbers')}](#{mark}-numbers)",
    )
    return "\n".join([
        f'<figure class="pb-chart" id="{mark}" markdown>',
        "",
        f"![{figure.alt}]({link('light.svg')}#only-light){size}",
        f"![{figure.alt}]({link('dark.svg')}#only-dark){size}",
        "",
        "<figcaption markdown>",
        "",
        caption,
        "",
        "</figcaption>",
        "</figure>",
        "",
        f'<details class="pb-numbers" id="{mark}-numbers" markdown>',
        f"<summary>{say('charts.summary', title=escape(figure.title))}</summary>",
        "",
        markdown_table(figure.columns, figure.rows),
        "",
        "</details>",
    ])  # fmt: skip


def relative(target: PurePosixPath, page: PurePosixPath) -> str:
    """Return the link from one file to another, both below the same folder."""
    up = "../" * (len(page.parts) - 1)
    return f"{up}{target.as_posix()}"


def _sentence(text: str) -> str:
    """Return `text` ready for a sentence after it: Latin ones need a space."""
    return text if text.endswith("。") else f"{text} "
