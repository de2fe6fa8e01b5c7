"""Plans side by side: in the terminal, in documents, on pages and in charts."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulate.experiment.comparison import Comparison, Difference, Side
from simulate.report.charts import compare as compare_chart
from simulate.report.charts import variants as variants_chart
from simulate.report.questions.compared import Compared, told
from simulate.report.questions.comparison_chart import write_chart
from simulate.report.questions.comparison_table import comparison_table, variants_table
from simulate.report.questions.comparison_terminal import comparison_document, tell_comparison
from simulate.report.words import load_words
from simulate.results.outcome import Estimate
from simulate.scenario.problems import InputError
from tests.report.outcomes import make_loaded, make_outcome

EN, ZH = load_words("en"), load_words("zh")


def difference(low: float, high: float, unit: str, word: str | None = None) -> Difference:
    estimate = Estimate(mean=(low + high) / 2, low=low, high=high, unit=unit)
    given = word or ("more" if low > 0 else "less" if high < 0 else "unclear")
    return Difference(estimate=estimate, pairs=20, word=given, needed=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (difference(1195, 1285, "orders"), "+1,240 ± 45"),
        (difference(-0.015, -0.011, "share"), "−1.3 ± 0.2 points"),
        (difference(22, 28, "hours"), "+25 ± 3 h"),
        (difference(55, 65, "seconds"), "+1 min ± 5.0 s"),
        (difference(-29, 8, "CNY"), "not clear (−29 to +8 CNY)"),
        (difference(-0.009, 0.003, "share"), "not clear (−0.9 to +0.3 points)"),
        (difference(0, 0, "orders", "same"), "no difference"),
        (difference(float("-inf"), float("inf"), "orders"), "one campaign tells nothing"),
    ],
)
def test_a_difference_in_words(found: Difference, shown: str) -> None:
    assert told(found, EN).replace("\N{NO-BREAK SPACE}", " ") == shown


def test_points_in_chinese() -> None:
    assert (
        told(difference(0.011, 0.015, "share"), ZH).replace("\N{NO-BREAK SPACE}", " ")
        == "+1.3 ± 0.2 个百分点"
    )


def compared(
    folder: Path, language: str = "en", kind: str = "compare", title: str = "B"
) -> Compared:
    plan, other = make_loaded(folder), make_loaded(folder, name="other", title=title)
    found = {
        "paid_orders": difference(900, 1100, "orders"),
        "late_orders": difference(-3, 8, "orders"),
        "on_time_share": difference(-0.02, -0.01, "share"),
    }
    sides = (
        Side(name="double-12", outcome=make_outcome()),
        Side(name="other", outcome=make_outcome(word="fail", volume=2.0), differences=found),
    )
    return Compared(
        comparison=Comparison(seed=1, replications=20, sides=sides),
        plans=(plan, other),
        words=load_words(language),
        kind=kind,
    )


def test_the_terminal_tells_verdicts_changes_and_differences(tmp_path: Path) -> None:
    text = tell_comparison(compared(tmp_path)).replace("\N{NO-BREAK SPACE}", " ")
    assert "A  Double 12: Holds" in text
    assert "B  B: Fails" in text
    assert "+1,000 ± 100" in text
    assert "−1.5 ± 0.5 points" in text
    assert "20 replications each, seed 1" in text


def test_the_document_has_every_measure_and_difference(tmp_path: Path) -> None:
    first, other = json.loads(comparison_document(compared(tmp_path)))["scenarios"]
    assert first["differences"] == {}
    assert first["changes"] == []
    assert other["differences"]["paid_orders"] == {
        "mean": 1000, "low": 900, "high": 1100, "unit": "orders", "pairs": 20, "word": "more",
        "replications_needed": None,
    }  # fmt: skip
    assert set(other["measures"]) >= {"paid_orders", "late_orders", "on_time_share"}


NASTY = "<script>|`x`|[y](z)"


@pytest.mark.parametrize("table", [comparison_table, variants_table])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_titles_in_tables_are_text(tmp_path: Path, table, language: str) -> None:  # type: ignore[no-untyped-def]
    text = table(compared(tmp_path, language, "variants", title=NASTY))
    assert "&#60;script&#62;&#124;" in text
    assert "<script>" not in text
    columns = {line.count("|") for line in text.split("\n\n")[0].splitlines()}
    assert len(columns) == 1


def test_a_row_a_variant_with_its_difference(tmp_path: Path) -> None:
    rows = variants_table(compared(tmp_path, kind="variants")).splitlines()
    assert rows[2].startswith("| As planned |")
    assert "−1.5" in rows[3]
    assert "+1,000" in rows[3]


def strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def test_the_chart_of_backlogs_names_the_highest(tmp_path: Path) -> None:
    figure = compare_chart.draw(compared(tmp_path))
    assert figure.name == "compare-other"
    assert "The backlog is highest with “B”" in figure.alt
    assert figure.csv.splitlines()[0].endswith('B (orders),"B (orders), P5","B (orders), P95"')
    assert len(figure.columns) == len(figure.rows[0]) == 3


def test_variants_stand_in_strips_with_their_verdicts(tmp_path: Path) -> None:
    figure = variants_chart.draw(compared(tmp_path, kind="variants"))
    assert "“As planned” (Holds) peaks at" in figure.alt
    assert [row[0] for row in figure.rows] == ["As planned", "B"]
    titles = [text for text in strings(figure.still) if text.startswith("As planned: Holds")]
    assert titles
    assert "on time" in titles[0]


def test_a_chart_in_a_file_of_its_own(tmp_path: Path) -> None:
    write_chart(compared(tmp_path), tmp_path / "both.svg")
    assert "<svg style" in (tmp_path / "both.svg").read_text(encoding="utf-8")
    with pytest.raises(InputError, match=r"must end in `\.svg`"):
        write_chart(compared(tmp_path), tmp_path / "both.png")
