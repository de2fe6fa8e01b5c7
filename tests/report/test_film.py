"""The run film: its frames, its words and its table, worked out by hand."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import vl_convert

from simulate.report.assets import VEGA_LITE
from simulate.report.charts import film
from simulate.report.charts.film_frames import DOCK, MOST_STATIONS, records_of, reel_of, shortened
from simulate.report.subject import Subject
from simulate.results.outcome import Band
from tests.report.outcomes import make_subject

TAKEN = "charts.film.taken"


def band(*values: float) -> Band:
    return Band(mean=values, low=values, high=values, unit="orders")


def three_hours(tmp_path: Path, language: str = "en", **series: Sequence[float]) -> Subject:
    """Return a run of three hours in which every series is zero but those given."""
    subject = make_subject(tmp_path, language)
    zeros = {name: band(0.0, 0.0, 0.0) for name in subject.outcome.series}
    given = {name.replace("__", "/"): band(*values) for name, values in series.items()}
    outcome = replace(
        subject.outcome,
        hour_starts=subject.outcome.hour_starts[:3],
        series={**zeros, "backlog": band(1.0, 1.0, 1.0), **given},
    )
    return replace(subject, outcome=outcome)


def test_a_frame_says_what_stood_where(tmp_path: Path) -> None:
    subject = three_hours(
        tmp_path,
        paid=(10.0, 20.0, 0.0),
        collected=(0.0, 8.0, 4.0),
        backlog=(10.0, 22.0, 18.0),
        backlog__pick=(7.0, 20.0, 1.0),
        busy__pick=(0.5, 1.5, 1.0),
        dock=(0.0, 3.0, 2.0),
    )
    reel = reel_of(subject)
    keys = [place.key for place in reel.places]
    second = records_of(subject, reel)[1]
    pick = subject.stations.index("pick")
    assert keys == [*(f"s{index}" for index in range(len(subject.stations))), DOCK]
    assert (second["m"], second["a"], second["c"], second["v"]) == (22, 30, 8, 8)
    assert (second["o"][pick], second["b"][pick]) == (20, 1.5)
    assert second["o"][-1] == 3
    assert second["t"] == subject.wall(1.5 * 3600)
    assert reel.most_orders == 20


def test_the_still_frame_is_the_fullest_hour_in_which_somebody_works(tmp_path: Path) -> None:
    subject = three_hours(tmp_path, backlog=(90.0, 60.0, 40.0))
    assert reel_of(subject).peak == 0
    pool = subject.pool_of(subject.stations[0])
    series = {**subject.outcome.series, f"staff/{pool}": band(0.0, 2.0, 2.0)}
    staffed = replace(subject, outcome=replace(subject.outcome, series=series))
    assert reel_of(staffed).peak == 1
    still = film.draw(staffed).still
    assert [param["value"] for param in still["params"] if param["name"] == "frame"] == [1]


def test_a_very_long_run_keeps_the_fullest_hour_of_every_frame(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    hours = 3000
    flat = {name: band(*[1.0] * hours) for name in subject.outcome.series}
    spike = [1.0] * hours
    spike[1001] = 500.0
    outcome = replace(
        subject.outcome,
        hour_starts=tuple(3600.0 * hour for hour in range(hours)),
        series={**flat, "backlog": band(*spike), "collected": band(*[2.0] * hours)},
    )
    reel = reel_of(replace(subject, outcome=outcome))
    assert reel.step > 1
    assert 1001 in reel.frames
    assert reel.frames[reel.peak] == 1001
    assert reel.taken(0) == 2.0 * reel.step
    taken = sum(reel.taken(frame) for frame in range(len(reel.frames)))
    assert taken == pytest.approx(2.0 * hours)


def test_the_erp_has_a_row_only_if_orders_wait_there(tmp_path: Path) -> None:
    assert "erp" not in [place.key for place in reel_of(three_hours(tmp_path)).places]
    waiting = three_hours(tmp_path, backlog__erp=(0.0, 5.0, 0.0))
    assert reel_of(waiting).places[0].key == "erp"
    assert reel_of(waiting).places[0].staff is None


def test_a_long_line_shows_its_small_stations_together(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    assert len(subject.stations) <= MOST_STATIONS
    places = [
        replace(reel_of(subject).places[0], key=f"s{index}", label=f"{index}", orders=(index,))
        for index in range(MOST_STATIONS + 2)
    ]
    short = shortened(places, "Others")
    assert [place.label for place in short] == ["3", "4", "5", "6", "7", "8", "9", "Others"]
    assert [place.key for place in short] == [f"s{index}" for index in range(MOST_STATIONS)]
    assert short[-1].orders == [0 + 1 + 2]


@pytest.mark.parametrize(
    ("language", "finding"),
    [
        ("en", "22 orders are paid and not dispatched; Pick 20"),
        ("zh", "已付款未发货 22 单，其中拣货 20 单"),
    ],
)
def test_the_frame_without_script_is_told_in_words(
    tmp_path: Path, language: str, finding: str
) -> None:
    subject = three_hours(
        tmp_path, language, backlog=(10.0, 22.0, 18.0), backlog__pick=(7.0, 20.0, 1.0)
    )
    assert finding in film.draw(subject).alt


def test_the_script_gets_a_moment_for_every_frame(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    figure = film.draw(subject)
    told = figure.live["usermeta"]["film"]
    assert told["moments"][:2] == ["11 Dec 00:00", "11 Dec 01:00"]
    assert len(told["moments"]) == len(reel_of(subject).frames)
    assert "usermeta" not in figure.still


def test_words_are_never_expressions(tmp_path: Path) -> None:
    subject = make_subject(tmp_path)
    quoted = """taken' + "now\""""
    words = replace(subject.words, messages={**subject.words.messages, TAKEN: quoted})
    figure = film.draw(replace(subject, words=words))
    compiled = vl_convert.vegalite_to_vega(figure.live, vl_version=VEGA_LITE)
    assert json.dumps(json.dumps(quoted))[1:-1] in json.dumps(compiled)
