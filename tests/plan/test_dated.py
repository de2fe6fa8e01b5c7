"""Things of a shop that hold on some days only."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulate.plan.dated import Window, put_into_days
from simulate.scenario.labour import Shift

YEAR = [date(2026, 12, 1) + timedelta(days=day) for day in range(31)]
WINDOW = Window("sale", date(2026, 12, 10), date(2026, 12, 12))


def shift(people: int, **more: Any) -> Shift:
    return Shift.model_validate(
        {"starts": "08:00", "ends": "18:00", "people": f"{people} people", **more}
    )


def spans(found: dict[str, Shift]) -> dict[str, tuple[str, str, int]]:
    return {name: (str(each.first), str(each.last), each.people) for name, each in found.items()}


def test_what_nobody_changes_is_not_divided():
    day = shift(2)
    assert put_into_days({"day": day}, [(WINDOW, {"day": shift(2)})])["day"] is day


def test_what_a_campaign_changes_holds_on_its_days_and_the_shops_before_and_after():
    found = put_into_days({"day": shift(2)}, [(WINDOW, {"day": shift(5)})])
    assert spans(found) == {
        "day": ("None", "2026-12-09", 2),
        "day/2": ("2026-12-13", "None", 2),
        "sale/day": ("2026-12-10", "2026-12-12", 5),
    }


def test_what_a_campaign_drops_does_not_hold_on_its_days():
    found = put_into_days({"day": shift(2)}, [(WINDOW, {})])
    assert list(found) == ["day", "day/2"]


def test_people_who_stay_to_clear_the_backlog_stay():
    extra = shift(3, first="2026-12-01", last="2026-12-15")
    found = put_into_days({}, [(WINDOW, {"extra": extra})])
    assert spans(found) == {"sale/extra": ("2026-12-10", "2026-12-15", 3)}


def test_two_campaigns_one_after_the_other():
    second = Window("late", date(2026, 12, 13), date(2026, 12, 14))
    found = put_into_days(
        {"day": shift(1)}, [(WINDOW, {"day": shift(2)}), (second, {"day": shift(3)})]
    )
    assert spans(found) == {
        "day": ("None", "2026-12-09", 1),
        "day/2": ("2026-12-15", "None", 1),
        "sale/day": ("2026-12-10", "2026-12-12", 2),
        "late/day": ("2026-12-13", "2026-12-14", 3),
    }


@st.composite
def shops(draw: st.DrawFn) -> tuple[dict[str, Shift], list[tuple[Window, dict[str, Shift]]]]:
    """Shifts of a shop, and undated ones of campaigns that do not overlap."""

    def roster(dated: bool) -> dict[str, Shift]:
        names = draw(st.lists(st.sampled_from("abc"), unique=True))
        found = {}
        for name in names:
            days: dict[str, Any] = {}
            if dated and draw(st.booleans()):
                first, last = sorted(draw(st.tuples(st.sampled_from(YEAR), st.sampled_from(YEAR))))
                days = {"first": str(first), "last": str(last)}
            found[name] = shift(draw(st.integers(0, 3)), **days)
        return found

    marks = sorted(draw(st.sets(st.sampled_from(YEAR), max_size=6)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    changed = [(Window(f"w{n}", one, other), roster(False)) for n, (one, other) in enumerate(pairs)]
    return roster(True), changed


@given(shops())
def test_every_day_has_the_people_of_its_campaign_or_else_of_the_shop(shop):
    standing, changed = shop
    found = put_into_days(standing, changed)
    for day in YEAR:
        whose = next((own for window, own in changed if window.first <= day <= window.last), None)
        wanted = standing if whose is None else whose
        assert at_work(found, day) == at_work(wanted, day)


def at_work(roster: dict[str, Shift], day: date) -> int:
    return sum(
        each.people for each in roster.values() if (each.first or day) <= day <= (each.last or day)
    )
