"""What charts show, worked out by hand; that they are drawn, by the program itself."""

import re
from dataclasses import astuple, replace
from importlib import import_module
from pathlib import Path

import pytest
import vl_convert

from simulate.report.assets import (
    MAX_SPEC_BYTES,
    VEGA_LITE,
    draw,
    draw_missing,
    live_script,
    seal_of,
)
from simulate.report.charts import backlog, collections, funnel, lead_time, people, utilisation
from simulate.report.charts.figure import Figure
from simulate.report.charts.utilisation import CLOSED, RED, Stretch
from simulate.report.palette import DARK, LIGHT, Mode, Palette, config, stand_ins
from simulate.report.registry import CHARTS
from simulate.report.subject import Subject, column_step
from simulate.report.verdicts import sentence
from simulate.results.outcome import LeadTimes, Outcome
from simulate.scenario.problems import InputError
from tests.report.market_outcomes import make_market_outcome, make_market_subject
from tests.report.outcomes import (
    estimate,
    make_loaded,
    make_outcome,
    make_subject,
    with_measures,
)


def figure_of(chart: str, subject: Subject) -> Figure:
    figure = import_module(f"simulate.report.charts.{chart.replace('-', '_')}").draw(subject)
    assert isinstance(figure, Figure)
    return figure


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_chart_compiles_and_states_its_finding(chart: str, language: str, tmp_path: Path) -> None:
    figure = figure_of(chart, make_market_subject(tmp_path, language))
    for specification in (figure.still, figure.live):
        compiled = vl_convert.vegalite_to_vega(
            specification, vl_version=VEGA_LITE, config=config(LIGHT, figure.colours)
        )
        assert compiled["marks"]
        assert "$schema" not in specification
    assert figure.live["width"] == "container"
    assert re.search(r"\d", figure.alt)
    assert len(figure.rows) <= 40
    assert {len(row) for row in figure.rows} == {len(figure.columns)}


def test_an_svg_has_its_size_and_its_palette(tmp_path: Path) -> None:
    figure = figure_of("flow", make_subject(tmp_path))
    svgs = draw(figure)
    modes: list[tuple[Mode, Palette, Palette]] = [("light", LIGHT, DARK), ("dark", DARK, LIGHT)]
    for mode, palette, other in modes:
        svg = svgs[mode]
        assert svg.startswith(f"<!-- peakbook {seal_of(figure)} -->\n<svg ")
        assert f'width="720" height="{figure.height}"' in svg
        assert palette.dispatched in svg
        assert other.dispatched not in svg
        assert "#0a0b" not in svg


def test_an_svg_is_drawn_only_if_it_shows_something_else(tmp_path: Path) -> None:
    figure = figure_of("funnel", make_subject(tmp_path))
    drawn = draw_missing({tmp_path / "funnel": figure})
    assert sorted(path.name for path in drawn) == ["funnel.dark.svg", "funnel.light.svg"]
    for path, svg in drawn.items():
        # Other fonts draw other bytes; the seal is what counts.
        path.write_text(svg.replace("</svg>", "<g/></svg>"), encoding="utf-8")
    assert draw_missing({tmp_path / "funnel": figure}) == {}
    chinese = figure_of("funnel", make_subject(tmp_path, "zh"))
    assert len(draw_missing({tmp_path / "funnel": chinese})) == 2


def test_every_place_of_the_palette_has_its_own_stand_in() -> None:
    palette, colours = stand_ins()
    places = sum(1 if isinstance(each, str) else len(each) for each in astuple(palette))
    assert len(colours["light"]) == len(colours["dark"]) == places


def test_a_chart_too_large_for_a_page_is_named(tmp_path: Path) -> None:
    figure = figure_of("funnel", make_subject(tmp_path))
    large = replace(figure, live={**figure.live, "description": "x" * MAX_SPEC_BYTES})
    with pytest.raises(InputError, match=r"the chart `funnel` of `double-12` takes 10[0-9] KB"):
        live_script("double-12", large)


def test_two_months_of_a_long_line_stay_small(tmp_path: Path) -> None:
    subject = make_market_subject(tmp_path)
    long = replace(subject, outcome=make_market_outcome(hours=1500))
    everything = replace(
        long.outcome,
        series={
            name: replace(band, mean=(1.0,) * 1500) for name, band in long.outcome.series.items()
        },
    )
    for chart in CHARTS:
        script = live_script("double-12", figure_of(chart, replace(long, outcome=everything)))
        assert len(script.encode()) <= MAX_SPEC_BYTES, chart


def test_times_are_those_of_the_shop(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    assert subject.wall(0) == 1_796_947_200_000  # 2026-12-11 00:00, read as if it were UTC
    assert subject.moment(8 * 3600) == "11 Dec 08:00"
    summer = replace(
        subject,
        loaded=make_loaded(
            tmp_path, timezone="Europe/Berlin", starts="2026-10-24T00:00", ends="2026-10-27T00:00",
            phases={}, promise=None, targets={}, channels={"all": {"visitors": "9 visitors/day"}},
        ),
    )  # fmt: skip
    # The clocks go back at 03:00 on the second day, which has 25 hours.
    assert summer.moment(49 * 3600) == "26 Oct 00:00"


def test_the_hours_shown_end_when_nothing_is_left(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    assert subject.hours_shown < 240
    assert subject.outcome.series["collected"].mean[subject.hours_shown - 2] > 0.5


def test_colours_of_the_heat_map() -> None:
    shares = [None, 0.0, 0.2, 0.5, 0.79, 0.8, 0.9, 1.0]
    assert [utilisation.colour_of(share) for share in shares] == [CLOSED, 0, 1, 2, 3, 4, RED, RED]


def test_equal_hours_are_one_stretch() -> None:
    hours = [None, None, 0.81, 0.83, 0.95]
    assert utilisation.stretches(hours) == [
        Stretch(0, 2, CLOSED, None),
        Stretch(2, 4, 4, pytest.approx(0.82)),
        Stretch(4, 5, RED, 0.95),
    ]


def test_hours_looked_at_two_at_a_time() -> None:
    assert utilisation.stretches([0.1, 0.3, None, 0.5, None], step=2) == [
        Stretch(0, 2, 1, 0.2),
        Stretch(2, 4, 2, 0.5),
        Stretch(4, 5, CLOSED, None),
    ]


def test_people_of_one_pool_are_counted_together(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    pick = utilisation.busy_shares(subject, "pick")
    assert pick == utilisation.busy_shares(subject, "sort")
    series = subject.outcome.series
    noon = (series["busy/pick"].mean[36] + series["busy/sort"].mean[36]) / 6
    assert pick[36] == pytest.approx(noon)
    assert pick[3] is None


@pytest.mark.parametrize(
    ("p50", "p90", "promised", "state"),
    [(10, 20, 24, "good"), (10, 30, 24, "amber"), (25, 30, 24, "bad"), (10, 20, None, "free")],
)
def test_states_of_lead_times(p50: float, p90: float, promised: float | None, state: str) -> None:
    span = LeadTimes(starts=0, ends=1, orders=1, p10=1, p50=p50, p90=p90, promised=promised)
    assert lead_time.state_of(span) == state


def test_the_funnel_counts_from_the_step_before(tmp_path: Path) -> None:
    steps = funnel.steps_of(make_subject(tmp_path))
    assert [(step.label, step.base, round(step.share, 3)) for step in steps] == [
        ("Visitors", "", 1.0),
        ("Enquiries", "Visitors", 0.2),
        ("Orders placed", "Visitors", 0.05),
        ("Orders paid", "Orders placed", 0.88),
        ("Orders to dispatch", "", 1.0),
        ("Orders dispatched", "Orders to dispatch", 1.0),
        ("On time", "Orders to dispatch", 0.992),
    ]


def test_a_long_line_puts_its_smallest_stations_together(tmp_path: Path) -> None:
    names = [f"s{index}" for index in range(12)]
    outcome = make_outcome()
    band = outcome.series["backlog"]
    subject = replace(
        make_subject(tmp_path),
        loaded=make_loaded(
            tmp_path,
            stations={name: {"pool": "dock", "setup": "1s/order"} for name in names},
            pools={"dock": {"shifts": {"day": {
                "starts": "08:00", "ends": "18:00", "people": "6 people"}}}},
        ),
        outcome=_with_backlogs(outcome, {
            name: replace(band, mean=(float(index + 1),) * 240) for index, name in enumerate(names)
        }),
    )  # fmt: skip
    figure = backlog.draw(subject)
    headings = [column.heading for column in figure.columns]
    assert headings[3:] == ["s5", "s6", "s7", "s8", "s9", "s10", "s11", "Other stations"]
    assert figure.rows[0][-1] == "15"


def _with_backlogs(outcome: Outcome, backlogs: dict[str, object]) -> Outcome:
    others = {
        name: band for name, band in outcome.series.items() if not name.startswith("backlog/")
    }
    return replace(outcome, series=others | {f"backlog/{n}": b for n, b in backlogs.items()})


@pytest.mark.parametrize(
    ("hours", "step"), [(10, 1), (32, 1), (33, 2), (324, 12), (576, 24), (5000, 157)]
)
def test_tables_below_charts_stay_short(hours: int, step: int) -> None:
    assert column_step(hours, 32) == step


def test_a_campaign_without_orders_says_so(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    outcome = subject.outcome
    nothing = ("placed_orders", "paid_orders", "opening_orders")
    empty = replace(
        subject,
        outcome=replace(
            with_measures(outcome, {name: estimate(0, 0, "orders") for name in nothing}),
            series={
                name: replace(band, mean=(0.0,) * 240, low=(0.0,) * 240, high=(0.0,) * 240)
                for name, band in outcome.series.items()
            },
            lead_times=(),
        ),
    )
    for chart in ("flow", "backlog", "lead-time"):
        assert figure_of(chart, empty).alt == "No order reaches the warehouse."
    assert sentence(empty) == "No order reaches the warehouse."
    shares = {step.label: step.base for step in funnel.steps_of(empty)}
    assert shares["Orders paid"] == ""


def test_people_missing_are_the_work_beyond_those_at_work(tmp_path: Path) -> None:
    strips = people.strips_of(make_subject(tmp_path))
    assert [(strip.pool, strip.base) for strip in strips] == [
        ("office", 3), ("floor", 2), ("packers", 1), ("dock", 0),
    ]  # fmt: skip
    floor = replace(strips[1], staff=(2.0, 2.0, 0.0), due=(1.0, 3.5, 0.5))
    assert floor.gap == [0.0, 1.5, 0.5]
    assert [floor.worst(first, 2) for first in (0, 1, 2)] == [1, 1, 2]


def test_a_short_peak_of_a_long_time_is_drawn(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    long = make_outcome(hours=1500)
    busy = replace(long.series["backlog"], mean=(1.0,) * 1500)
    peak = replace(busy, mean=(*(1.0,) * 601, 40.0, *(1.0,) * 898))
    outcome = replace(long, series={**long.series, "backlog": busy, "due/floor": peak})
    figure = people.draw(replace(subject, outcome=outcome))
    records = max(figure.still["datasets"].values(), key=len)
    assert len(records) < 600
    assert max(record["d1"] for record in records) == 40.0


def test_the_fullest_visit_and_what_it_leaves_are_named(tmp_path: Path) -> None:
    finding = collections.draw(make_subject(tmp_path)).alt
    assert finding == (
        "The courier collects at 6 visits. The fullest is on 12 Dec 17:00 with 800 parcels (640 to "
        "800), capacity 800. 2 visits leave more than a tenth of the parcels behind on average, "
        "most of them on 13 Dec 17:00: 815."
    )
