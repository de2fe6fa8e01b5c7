"""Every way to get the service desk wrong: one message, at its place."""

from collections.abc import Callable

import pytest

from .small import SMALL

Complaints = Callable[..., list[str]]

DESK = """\
desk:
  chats: 4 chats
  handling: {mean: 10min, distribution: {kind: lognormal, cv: 0.8}}
  patience: {mean: 4min}
  first_answer: 15s
  bot_share: 30%
  bot_order_share: 25%
  silent: 30%
  idle_timeout: 2min
  wage: 26 CNY/h
  chase: {after: 30min, handling: {mean: 3min}, success: 20%}
  shifts:
    day:
      starts: 09:00
      ends: 18:00
      people: 2 people
      wage: 27 CNY/h
      absence: 5%
      breaks: {lunch: {starts: 12:00, lasts: 30min}}
"""

SHOP = SMALL.replace("{order_share: 5%}", "{order_share: 5%, enquiry_share: 10%}") + DESK
FIRST = SMALL.count("\n") + 1
"""The line of `desk`."""

WRONG = [
    ("chats: 4 chats", "chats: 0 chats", 1, 10,
     "an agent has 1 to 100 chats at once: write for example `4 chats`"),
    ("chats: 4 chats", "chats: 400 chats", 1, 10,
     "an agent has 1 to 100 chats at once: write for example `4 chats`"),
    ("chats: 4 chats", "chats: 4", 1, 10, "`4` has no unit: write for example `120 chats`"),
    ("  chats: 4 chats\n", "", 0, 1, "the key `chats` is missing in `desk`"),
    ("mean: 10min", "mean: 0min", 2, 20,
     "a chat that takes no time: write for example `8min`"),
    ("mean: 4min", "mean: 0min", 3, 20, "nobody would ever wait: write for example `90s`"),
    ("first_answer: 15s", "first_answer: 2d", 4, 17,
     "a first answer more than 1d after the chat is taken is not possible"),
    ("bot_share: 30%", "bot_share: 0%", 6, 20,
     "the bot answers nobody: write `bot_share`, or remove `bot_order_share`"),
    ("bot_share: 30%", "bot_share: 130%", 5, 14,
     "`130%` is outside 0 to 100 %: write a share such as `35%` or `0.35`"),
    ("idle_timeout: 2min", "idle_timeout: 2d", 8, 17,
     "a silent chat is not held for more than 1d: write for example `2min`"),
    ("idle_timeout: 2min", "idle_time_out: 2min", 8, 3,
     "unknown key `idle_time_out`, did you mean `idle_timeout`?"),
    ("wage: 26 CNY/h", "wage: 26 USD/h", 9, 9,
     "`26 USD/h` is not in the shop's currency: write it in CNY"),
    ("wage: 27 CNY/h", "wage: 27 USD/h", 16, 13,
     "`27 USD/h` is not in the shop's currency: write it in CNY"),
    ("after: 30min", "after: 0min", 10, 18,
     "customers have at least 1min to pay by themselves: write for example `30min`"),
    ("mean: 3min", "mean: 0min", 10, 42,
     "to chase an order takes time: write for example `3min`"),
    ("success: 20%", "success: 0%", 10, 58,
     "0 % bring nothing but work: write for example `20%`, or remove `chase`"),
    ("people: 2 people", "people: 0 people", 0, 1,
     "nobody is at the desk between the start and the drain limit, so everybody whom the bot "
     "does not answer would give up"),
    ("people: 2 people", "people: 20000 people", 15, 15,
     "more than 10,000 people on one shift is not possible"),
    ("absence: 5%", "absence: 100%", 17, 16,
     "nobody of the shift ever comes: write fewer `people`, or remove the shift"),
    ("absence: 5%", "learning: {first_day: 60%, days: 5}", 17, 7,
     "`learning` is for the warehouse: of new agents write fewer `people`, or give all agents "
     "fewer `chats`"),
    ("starts: 12:00", "starts: 20:00", 18, 32,
     "the break lies outside its shift, 09:00 to 18:00"),
    ("lasts: 30min", "lasts: 0min", 18, 46,
     "the break takes no time: write for example `30min`"),
]  # fmt: skip


def test_the_desk_is_right(complaints: Complaints) -> None:
    assert complaints(SHOP) == []


@pytest.mark.parametrize(("old", "new", "line", "column", "message"), WRONG)
def test_one_message_at_its_place(
    complaints: Complaints, old: str, new: str, line: int, column: int, message: str
) -> None:
    assert DESK.count(old) == 1
    text = SHOP.replace(DESK, DESK.replace(old, new))
    assert complaints(text) == [f"plan.yml:{FIRST + line}:{column}: {message}"]


def test_somebody_must_ask_unless_the_desk_chases(complaints: Complaints) -> None:
    nobody = [f"plan.yml:{FIRST}:1: nobody ever asks: write `enquiry_share` in `conversion`, or "
              "remove `desk`"]  # fmt: skip
    silent = SHOP.replace(", enquiry_share: 10%", "")
    assert complaints(silent) == []
    without = [line for line in silent.splitlines() if not line.startswith("  chase")]
    text = "\n".join(without)
    assert complaints(text) == nobody
    by_channel = "web: {visitors: 900 visitors/day, conversion: {enquiry_share: 10%}}"
    assert complaints(text.replace("web: {visitors: 900 visitors/day}", by_channel)) == []
    by_phase = "traffic: 2x, conversion: {enquiry_share: 10%}}"
    assert complaints(text.replace("traffic: 2x}", by_phase)) == []
