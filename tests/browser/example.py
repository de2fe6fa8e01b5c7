"""A small playbook in two languages, with one chart, in the shape that the report writes."""

import json
import shutil
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]

PAGES = (
    "index.md",
    "plan/index.md",
    "plan/contradictions.md",
    "scenarios/index.md",
    "scenarios/ordinary-week.md",
    "scenarios/double-12.md",
    "scenarios/double-12-doubled.md",
    "scenarios/double-12-inbound.md",
    "questions/index.md",
    "questions/limit.md",
    "questions/bound.md",
    "questions/staff.md",
    "questions/plans.md",
    "questions/assumptions.md",
    "questions/whatif.md",
    "questions/film.md",
    "campaign/index.md",
    "warehouse/index.md",
    "model.md",
    "model-demand.md",
    "model-options.md",
    "stress.md",
    "verification.md",
    "library.md",
    "glossary.md",
)

MIDNIGHT = 1_796_774_400_000  # 9 December 2026 in UTC, in milliseconds

ALT = {
    "en": "The backlog peaks at 320 parcels on the first morning.",
    "zh": "积压在第一天上午达到峰值，320 件。",
}

SENTENCE = {
    "en": "On the busiest morning the pickers cannot keep up.",
    "zh": "第一天上午大家都在忙着拣货但是还是赶不上付款的速度。",
}

VERDICT = {
    "en": "**Fails** 91.2 % of orders leave in time; the plan promises 98 %.",
    "zh": "**会超时** 按时发货率 91.2%，低于计划承诺的 98%。",
}


def write_example(root: Path) -> Path:
    """Write a whole project to `root`: the shipped configuration with its own small content."""
    shutil.copy(REPOSITORY / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(REPOSITORY / "site_config", root / "site_config")
    for language in ("en", "zh"):
        docs = root / "content" / language
        for page in PAGES:
            path = docs / page
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page_text(language, page), encoding="utf-8")
        write_chart(docs / "assets" / "double-12", language)
    return root


def page_text(language: str, page: str) -> str:
    """The Markdown of one page."""
    title = page.removesuffix(".md").replace("/index", "").replace("-", " ").replace("/", ": ")
    parts = [f"# {title.capitalize()}\n", SENTENCE[language] + "\n"]
    if page == "scenarios/double-12.md":
        parts += [
            f'<div class="pb-verdict pb-fail" markdown>\n{VERDICT[language]}\n</div>\n',
            "## Figures\n",
            wide_table(),
            "Filler.\n\n" * 60,
            figure(language),
        ]
    return "\n".join(parts)


def wide_table() -> str:
    """A table wider than a phone."""
    names = [f"Measure number {n}" for n in range(1, 9)]
    head = "| Station | " + " | ".join(names) + " |\n"
    rule = "| --- |" + " --: |" * len(names) + "\n"
    row = "| Picking | " + " | ".join(f"{n * 1234:,}" for n in range(1, 9)) + " |\n"
    return head + rule + row + "\n"


def figure(language: str) -> str:
    """The chart as the report writes it."""
    size = "{ width=720 height=300 }"
    images = "\n".join(
        f"![{ALT[language]}](../assets/double-12/backlog.{tone}.svg#only-{tone}){size}"
        for tone in ("light", "dark")
    )
    return (
        f'<figure class="pb-chart" markdown>\n{images}\n'
        "<figcaption>double-12, seed 1, 20 replications</figcaption>\n</figure>\n"
    )


def chart() -> dict[str, Any]:
    """A specification with a slider, and its two palettes."""
    return {
        "spec": {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "params": [
                {
                    "name": "least",
                    "value": 0,
                    "bind": {"input": "range", "min": 0, "max": 300, "step": 10},
                }
            ],
            "data": {
                "values": [
                    {"at": MIDNIGHT + h * 3_600_000, "parcels": 320 - 40 * abs(h - 8)}
                    for h in range(16)
                ]
            },
            "transform": [{"filter": "datum.parcels >= least"}],
            "height": 240,
            "encoding": {
                "x": {
                    "field": "at",
                    "type": "temporal",
                    "scale": {"type": "utc", "domain": [MIDNIGHT, MIDNIGHT + 16 * 3_600_000]},
                }
            },
            "layer": [
                {
                    "mark": {"type": "bar", "width": 8, "tooltip": True},
                    "encoding": {"y": {"field": "parcels", "type": "quantitative"}},
                },
                {
                    "mark": {"type": "rule"},
                    "encoding": {"x": {"datum": MIDNIGHT + 8 * 3_600_000}},
                },
            ],
        },
        "config": {
            "light": {"background": "transparent", "bar": {"color": "#0b5d66"}},
            "dark": {
                "background": "transparent",
                "bar": {"color": "#6fcfcf"},
                "axis": {"labelColor": "#e1eaea", "titleColor": "#e1eaea"},
            },
        },
    }


def write_chart(folder: Path, language: str) -> None:
    """Write the light and the dark drawing and the chart's script."""
    import vl_convert

    folder.mkdir(parents=True)
    made = chart()
    for tone, config in made["config"].items():
        svg = vl_convert.vegalite_to_svg({**made["spec"], "width": 680, "config": config})
        (folder / f"backlog.{tone}.svg").write_text(svg, encoding="utf-8")
    script = f'peakbookChart("double-12/backlog", {json.dumps(made)});\n'
    (folder / "backlog.js").write_text(script, encoding="utf-8")
