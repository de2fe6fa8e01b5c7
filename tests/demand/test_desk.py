"""The service desk by hand: a few customers, work that is always the same, and the clock."""

from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulate.demand.desk import (
    Attended,
    Chases,
    Enquiries,
    attend,
    bot_answers,
    serve_compiled,
)
from simulate.demand.desk_reference import serve_one_by_one
from simulate.evidence.service_desk import random_desk
from simulate.scenario.scenario import Scenario

from .shop import shop

MORNING = {"starts": "09:00", "ends": "12:00", "people": "1 person"}


def fixed(mean: str) -> dict[str, Any]:
    return {"mean": mean, "distribution": {"kind": "deterministic"}}


def desk_shop(channels: dict[str, Any] | None = None, **changes: Any) -> Scenario:
    """One agent with two chats at once, from 09:00 to 12:00: chats of 10 min, patience of 5."""
    desk = {
        "shifts": {"morning": MORNING},
        "chats": "2 chats",
        "handling": fixed("10min"),
        "patience": fixed("5min"),
    }
    others = {} if channels is None else {"channels": channels}
    return shop(desk={**desk, **changes}, **others)


def seconds(clock: str) -> float:
    hours, minutes = clock.split(":")
    return float(hours) * 3600 + float(minutes) * 60


def times(clocks: str) -> np.ndarray[Any, Any]:
    return np.array([seconds(clock) for clock in clocks.split()], np.float64)


def clocks(times: np.ndarray[Any, Any]) -> str:
    """Return times as clocks show them, ``+1d`` on the next day, ``-`` for none."""
    shown = []
    for time in times.tolist():
        if isnan(time):
            shown.append("-")
            continue
        hours, minutes = divmod(int(time) // 60, 60)
        shown.append(f"{hours % 24:02d}:{minutes:02d}" + ("+1d" if hours >= 24 else ""))
    return " ".join(shown)


def attended(
    scenario: Scenario, asked: str = "", *, due: str = "", owes: str = "", here: str = ""
) -> Attended:
    """Have the desk answer who asks; `owes` and `here` have a letter for each, ``y`` or ``n``."""
    n, m = len(asked.split()), len(due.split())

    def flags(letters: str, otherwise: bool) -> np.ndarray[Any, Any]:
        return np.array([letter == "y" for letter in letters] or [otherwise] * n, np.bool_)

    enquiries = Enquiries(
        asked=times(asked),
        here=flags(here, True),
        orders=np.ones(n, np.bool_),
        owes=flags(owes, False),
        by_row=np.array([n]),
    )
    chases = Chases(due=times(due), here=np.ones(m, np.bool_), by_row=np.array([m]))
    found = attend(scenario, 7, 0, enquiries, chases)
    slowly = attend(scenario, 7, 0, enquiries, chases, serve_one_by_one)
    assert clocks(found.taken) == clocks(slowly.taken)
    assert clocks(np.append(found.chase_taken_asker, found.chase_taken)) == clocks(
        np.append(slowly.chase_taken_asker, slowly.chase_taken)
    )
    return found


def test_who_waits_is_taken_in_order_or_gives_up() -> None:
    found = attended(
        desk_shop(first_answer="1min"),
        # The second waits until 09:00, when the desk opens, the third until 09:00 exactly.
        "08:54 08:55 08:57 09:03 09:05 09:06 09:21",
    )
    assert clocks(found.taken) == "- 09:00 09:00 - 09:10 09:10 09:21"
    assert clocks(found.answered) == "- 09:01 09:01 - 09:11 09:11 09:22"
    assert clocks(found.ended) == "- 09:10 09:10 - 09:20 09:20 09:31"
    assert clocks(found.gave_up) == "08:59 - - 09:08 - - -"
    assert found.lost.tolist() == [True, False, False, True, False, False, False]


def test_of_two_who_ask_at_once_the_first_goes_first_whatever_the_order_of_the_others() -> None:
    found = attended(desk_shop(chats="1 chat"), "09:12 09:00 09:08 09:08")
    assert clocks(found.taken) == "- 09:00 09:10 -"


def test_chats_go_on_after_the_shift_and_take_up_places_of_those_who_stay() -> None:
    late = {"starts": "10:00", "ends": "13:00", "people": "1 person"}
    found = attended(
        desk_shop(shifts={"morning": MORNING, "late": late}),
        # At 12:00 three are in hand and only two places left: the next is taken after two ends.
        "11:52 11:55 11:57 12:01 12:03",
    )
    assert clocks(found.taken) == "11:52 11:55 11:57 12:05 12:07"
    assert clocks(found.ended) == "12:02 12:05 12:07 12:15 12:17"


def test_nobody_is_taken_in_a_break_or_at_night() -> None:
    shifts = {"morning": {**MORNING, "breaks": {"tea": {"starts": "10:00", "lasts": "15min"}}}}
    found = attended(desk_shop(shifts=shifts), "09:55 10:00 10:09 10:10 12:00")
    assert clocks(found.taken) == "09:55 - - 10:15 -"
    assert clocks(found.gave_up) == "- 10:05 10:14 - 12:05"


def test_a_silent_customer_keeps_the_place_until_the_idle_time_out() -> None:
    found = attended(desk_shop(chats="1 chat", silent="100%", idle_timeout="2min"), "09:00 09:09")
    assert clocks(found.taken) == "09:00 09:12"
    assert clocks(found.ended) == "09:10 09:22"
    assert clocks(found.closed) == "09:12 09:24"


def test_a_chat_lasts_at_least_until_its_first_answer() -> None:
    found = attended(desk_shop(first_answer="15min"), "09:00")
    assert clocks(found.answered) == clocks(found.ended) == "09:15"


def test_the_bot_answers_at_once_and_takes_no_place() -> None:
    found = attended(desk_shop(bot_share="100%"), "03:00 09:00 09:00 09:00")
    assert clocks(found.answered) == clocks(found.ended) == "03:00 09:00 09:00 09:00"
    assert clocks(found.taken) == clocks(found.gave_up) == "- - - -"
    assert found.by_bot.all()


def test_orders_are_chased_when_nobody_waits() -> None:
    chase = {"after": "30min", "handling": fixed("4min"), "success": "20%"}
    found = attended(
        desk_shop(chats="1 chat", chase=chase),
        "09:00 09:05 09:50",
        owes="nyn",
        due="09:02 09:01 08:00 11:58 11:59",
    )
    # At 09:00 who asks goes before the chase that is due since 08:00, and so do those who wait
    # at 09:10. The second one's own order is due 30 min after the chat, at 09:50, when the third
    # asks. The chase of 11:58 goes on after the shift, the last one waits for the next morning.
    assert clocks(found.taken) == "09:00 09:10 09:50"
    assert clocks(found.due_asker) == "- 09:50 -"
    assert clocks(found.chased_asker) == "- 10:04 -"
    assert clocks(found.chase_taken) == "09:28 09:24 09:20 11:58 09:00+1d"
    assert clocks(found.chased) == "09:32 09:28 09:24 12:02 09:04+1d"


def test_without_chasing_nothing_is_due() -> None:
    found = attended(desk_shop(), "09:00", owes="y", due="09:00")
    assert clocks(found.due_asker) == clocks(found.chased_asker) == "-"
    assert clocks(found.due) == clocks(found.chased) == "-"


def test_an_order_after_the_bot_is_chased_too() -> None:
    chase = {"after": "30min", "handling": fixed("4min"), "success": "20%"}
    found = attended(desk_shop(bot_share="100%", chase=chase), "09:00 10:00", owes="yn")
    assert clocks(found.chased_asker) == "09:34 -"


def test_who_is_turned_away_never_asks_and_moves_no_draw_of_the_others() -> None:
    random = {"mean": "10min", "distribution": {"kind": "exponential"}}
    scenario = desk_shop(
        shifts={"all": {"starts": "00:00", "ends": "24:00", "people": "9 people"}},
        handling=random, silent="50%", bot_share="30%",
    )  # fmt: skip
    asked = "09:00 09:10 09:20 09:30 09:40 09:50"
    everybody, without = attended(scenario, asked), attended(scenario, asked, here="ynyyyy")
    assert np.isnan([without.asked[1], without.answered[1], without.gave_up[1]]).all()
    kept = [0, 2, 3, 4, 5]
    for name in ("answered", "ended", "closed", "by_bot"):
        assert getattr(everybody, name)[kept].tolist() == getattr(without, name)[kept].tolist()


def test_the_bot_of_a_channel_answers_the_same_customers_whoever_asks_elsewhere() -> None:
    visitors = {"visitors": "9 visitors/day"}
    scenario = desk_shop({"a": visitors, "b": visitors}, bot_share="40%")
    few = bot_answers(scenario, 1, 0, np.array([2, 50]))
    many = bot_answers(scenario, 1, 0, np.array([30, 50]))
    assert few[2:].tolist() == many[30:].tolist()
    assert few[:2].tolist() == many[:2].tolist()
    assert 5 < few[2:].sum() < 35


def test_nights_weekdays_and_last_days_of_agents() -> None:
    shifts = {
        "night": {"starts": "22:00", "ends": "06:00+1d", "people": "2 people",
                  "last": "2026-12-12"},
        "sunday": {"starts": "09:00", "ends": "12:00", "people": "1 person", "weekdays": ["sun"],
                   "first": "2026-12-12", "last": "2026-12-19"},
    }  # fmt: skip
    found = attended(desk_shop(shifts=shifts))
    assert clocks(found.step_at) == "00:00 06:00 22:00 06:00+1d 09:00+1d 12:00+1d"
    assert found.agents.tolist() == [2, 0, 2, 0, 1, 0]


def test_absent_agents_are_not_there() -> None:
    shifts = {"all": {"starts": "00:00", "ends": "24:00", "people": "40 people", "absence": "25%"}}
    found = attended(desk_shop(shifts=shifts))
    came = [duty.came for duty in found.duties]
    assert all(duty.planned == 40 for duty in found.duties)
    assert len(set(came)) > 1
    assert 20 < np.mean(came) < 40
    assert found.agents[0] == came[0]
    assert found.agents[-1] == 0
    assert [duty.hours for duty in found.duties[:2]] == [24 * came[0], 24 * came[1]]


def test_without_a_desk_there_is_nobody_to_ask() -> None:
    with pytest.raises(ValueError, match="no service desk"):
        attended(shop(), "09:00")


@given(st.integers(0, 2**32))
def test_the_compiled_queue_is_the_one_in_simpy(seed: int) -> None:
    desk = random_desk(seed)
    for fast, slow in zip(serve_compiled(desk), serve_one_by_one(desk), strict=True):
        assert fast.tobytes() == slow.tobytes()


@given(st.integers(0, 2**32))
def test_what_holds_at_every_desk(seed: int) -> None:
    desk = random_desk(seed)
    taken, chase_taken = serve_compiled(desk)
    served = np.flatnonzero(~np.isnan(taken))
    chats = len(taken)
    assert (taken[served] >= desk.asked[served]).all()
    assert (taken[served] <= desk.until[served]).all()
    assert desk.queues[served].all()
    by_asking = served[np.argsort(desk.asked[served], kind="stable")]
    assert (np.diff(taken[by_asking]) >= 0).all(), "who asks first is taken first"

    begun = np.append(taken, chase_taken)
    over = np.append(taken + desk.talk + desk.hold, chase_taken + desk.work)
    for time in begun[~np.isnan(begun)]:
        in_hand = np.count_nonzero((begun <= time) & (over > time))
        places = desk.places[np.searchsorted(desk.step_at, time, side="right") - 1]
        assert in_hand <= places, "nobody is taken without a place"
    waiting = np.where(np.isnan(taken), desk.until, taken)
    for time in chase_taken[~np.isnan(chase_taken)]:
        waits = desk.queues & (desk.asked <= time) & (time < waiting)
        assert not waits.any(), "chases come after customers"
    after_chat = chase_taken[:chats] - (taken + desk.talk + desk.after)
    assert not (after_chat < 0).any()
