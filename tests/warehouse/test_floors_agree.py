"""Both floors give the same stamps to the last bit, whatever the scenario."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulate.experiment.replications import simulate
from simulate.scenario.scenario import Scenario
from simulate.warehouse.compiled_floor import CompiledFloor
from simulate.warehouse.floor import UNLIMITED, Jobs, Line
from simulate.warehouse.simpy_floor import SimpyFloor
from tests.warehouse.lines import Decision, drive, jobs_of, line_of, same

TINY = st.integers(0, 12).map(float)
"""A grid so coarse that several things fall on most instants."""


@st.composite
def lines(draw: st.DrawFn) -> Line:
    pool_of = draw(st.lists(st.integers(0, 2), min_size=1, max_size=4))
    return line_of(pool_of, courier=draw(st.booleans()))


@st.composite
def jobs(draw: st.DrawFn, stations: int) -> Jobs:
    ready = sorted(draw(st.lists(TINY, max_size=14)))
    row = st.lists(st.integers(0, 4).map(float), min_size=len(ready), max_size=len(ready))
    work = draw(st.lists(row, min_size=stations, max_size=stations))
    bits = st.lists(st.integers(0, 2**stations - 1), min_size=len(ready), max_size=len(ready))
    return jobs_of(ready, work, draw(st.none() | bits))


def decisions(line: Line) -> st.SearchStrategy[list[Decision]]:
    staff = st.tuples(
        TINY,
        st.just("set_staff"),
        st.tuples(st.integers(0, len(line.pools) - 1), st.integers(0, 3)),
    )
    quota = st.tuples(
        TINY, st.just("set_quota"), st.tuples(st.sampled_from((0, 1, 2, 3, UNLIMITED)))
    )
    collect = st.tuples(
        TINY, st.just("collect"), st.tuples(st.sampled_from((0, 1, 2, 5, UNLIMITED)))
    )
    return st.lists(staff | staff | quota | collect, max_size=20)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_on_a_grid_full_of_ties(data: st.DataObject) -> None:
    line = data.draw(lines())
    work = data.draw(jobs(len(line.stations)))
    taken = data.draw(decisions(line))
    until = data.draw(st.integers(12, 40).map(float))
    same(
        drive(CompiledFloor, line, work, taken, until), drive(SimpyFloor, line, work, taken, until)
    )


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

variations = st.sampled_from(
    [
        {"kind": "deterministic"},
        {"kind": "exponential"},
        {"kind": "lognormal", "cv": 0.7},
        {"kind": "gamma", "cv": 1.5},
        {"kind": "erlang", "phases": 3},
        {"kind": "empirical", "observed": [0, 10, 20, 90]},
    ]
)
clock = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.sampled_from((0, 0, 30)))


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def shifts(draw: st.DrawFn) -> dict[str, Any]:
    starts = draw(st.integers(0, 23))
    ends = starts + draw(st.integers(1, 24))
    tomorrow = "+1d" if ends > 24 else ""
    hour = ends - 24 if ends > 24 else ends
    return {
        "starts": f"{starts:02d}:00",
        "ends": f"{hour:02d}:00{tomorrow}",
        "people": f"{draw(st.integers(0, 4))} people",
        **draw(
            optional(
                weekdays=st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True),
                first=st.sampled_from(("2026-12-11", "2026-12-12")),
                last=st.sampled_from(("2026-12-12", "2026-12-13")),
            )
        ),
    }


@st.composite
def stations(draw: st.DrawFn, pools: list[str]) -> dict[str, Any]:
    return {
        "pool": draw(st.sampled_from(pools)),
        "setup": f"{draw(st.sampled_from((0, 1, 30, 600, 0.3)))}s/order",
        "per_line": f"{draw(st.sampled_from((0, 0, 20, 0.7)))}s/line",
        "distribution": draw(variations),
        **draw(optional(interruption=st.just({"chance": "10%", "mean": "2h"}))),
    }


channels = st.fixed_dictionaries(
    {},
    optional={
        "search": st.just({"visitors": "80 visitors/day"}),
        "drop": st.fixed_dictionaries(
            {
                "reach": st.just("40 people"),
                "response": st.just("100%"),
                "sent": clock.map("2026-12-12T{}".format),
                "response_delay": st.sampled_from(("0s", "2h")),
            }
        ),
    },
).filter(bool)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    pools = [f"team{index}" for index in range(draw(st.integers(1, 3)))]
    names = [f"station{index}" for index in range(draw(st.integers(1, 4)))]
    start = draw(st.sampled_from(("2026-12-12T00:00", "2026-12-12T00:30", "2026-12-12T07:15:20")))
    visit = st.fixed_dictionaries(
        {"at": clock},
        optional={"capacity": st.sampled_from(("1 parcel", "7 parcels", "1000 parcels"))},
    )
    courier = st.dictionaries(st.sampled_from("abc"), visit, min_size=1, max_size=3)
    return Scenario.model_validate(
        {
            "title": "Drawn",
            "timezone": draw(st.sampled_from(("Asia/Shanghai", "America/Sao_Paulo"))),
            "starts": start,
            "ends": "2026-12-13T00:00",
            "drain_limit": draw(st.sampled_from(("0.3s", "1.1h", "7h", "2d"))),
            "channels": draw(channels),
            "conversion": {
                "order_share": "100%",
                "paid_share": draw(st.sampled_from(("100%", "80%"))),
            },
            "sku_groups": {
                "all": {
                    "share": "100%",
                    "lines": {"kind": "geometric", "mean": 2},
                    "packed_beforehand": draw(st.sampled_from(("0%", "40%"))),
                }
            },
            "packed_beforehand_skips": draw(st.lists(st.sampled_from(names), unique=True)),
            "stations": {name: draw(stations(pools)) for name in names},
            "pools": {
                name: {
                    "shifts": draw(
                        st.dictionaries(st.sampled_from("xyz"), shifts(), min_size=1, max_size=3)
                    )
                }
                for name in pools
            },
            **draw(
                optional(
                    payment_delay=st.fixed_dictionaries(
                        {"mean": st.sampled_from(("0s", "1h")), "distribution": variations}
                    ),
                    opening_backlog=st.fixed_dictionaries(
                        {
                            "orders": st.sampled_from(("0 orders", "1 order", "30 orders")),
                            "paid_within": st.just("5h"),
                        }
                    ),
                    erp=optional(
                        per_hour=st.sampled_from(("1 order", "5 orders", "50 orders")),
                        per_day=st.sampled_from(("1 order", "20 orders")),
                    ),
                    courier=courier.map(lambda visits: {"collections": visits}),
                    promise=st.just({"kind": "hours", "within": "24h"}),
                )
            ),
        }
    )


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(scenarios(), st.integers(0, 5))
def test_on_whole_scenarios(scenario: Scenario, seed: int) -> None:
    compiled, simpy = (simulate(scenario, seed, 0, floor).way for floor in ("compiled", "simpy"))
    for name in ("released", "queued", "started", "finished", "dispatched", "collected"):
        one, other = getattr(compiled, name), getattr(simpy, name)
        assert one.tobytes() == other.tobytes(), name
    assert compiled.ended == simpy.ended
