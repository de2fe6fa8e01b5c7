"""Whether the service desk fits together, and with what visitors do."""

from collections.abc import Iterator

from simulate.scenario.desk import Chase, Desk
from simulate.scenario.distributions import Delay
from simulate.scenario.findings import Finding
from simulate.scenario.labour_checks import check_shift, works_within
from simulate.scenario.scenario import Scenario

MAX_CHATS = 100
LEAST_CHASE_AFTER = 60.0
"""Seconds that customers have to pay by themselves."""
DAY = 86400.0


def check_desk(scenario: Scenario) -> list[Finding]:
    """Return everything about the service desk that does not fit together."""
    desk = scenario.desk
    if desk is None:
        return []
    shifts = list(_shifts(scenario, desk))
    findings = [*shifts, *_chats(desk), *_questions(scenario, desk)]
    if desk.chase is not None:
        findings += _chase(desk.chase)
    return findings if shifts else [*_nobody(scenario, desk), *findings]


def _shifts(scenario: Scenario, desk: Desk) -> Iterator[Finding]:
    for name, shift in desk.shifts.items():
        loc = ("desk", "shifts", name)
        yield from check_shift(scenario, loc, shift)
        if shift.learning is not None:
            message = (
                "`learning` is for the warehouse: of new agents write fewer `people`, or give all "
                "agents fewer `chats`"
            )
            yield Finding((*loc, "learning"), message, of_key=True)


def _nobody(scenario: Scenario, desk: Desk) -> Iterator[Finding]:
    if any(shift.people and works_within(scenario, shift) for shift in desk.shifts.values()):
        return
    message = (
        "nobody is at the desk between the start and the drain limit, so everybody whom the bot "
        "does not answer would give up"
    )
    yield Finding(("desk",), message, of_key=True)


def _chats(desk: Desk) -> Iterator[Finding]:
    if not 0 < desk.chats <= MAX_CHATS:
        message = f"an agent has 1 to {MAX_CHATS} chats at once: write for example `4 chats`"
        yield Finding(("desk", "chats"), message)
    yield from _takes_time(desk.handling, "handling", "a chat that takes no time", "8min")
    yield from _takes_time(desk.patience, "patience", "nobody would ever wait", "90s")
    if desk.first_answer > DAY:
        message = "a first answer more than 1d after the chat is taken is not possible"
        yield Finding(("desk", "first_answer"), message)
    if desk.idle_timeout > DAY:
        message = "a silent chat is not held for more than 1d: write for example `2min`"
        yield Finding(("desk", "idle_timeout"), message)
    if desk.bot_order_share is not None and desk.bot_share == 0:
        message = "the bot answers nobody: write `bot_share`, or remove `bot_order_share`"
        yield Finding(("desk", "bot_order_share"), message)


def _takes_time(delay: Delay, key: str, what: str, example: str) -> Iterator[Finding]:
    if delay.mean == 0:
        yield Finding(("desk", key, "mean"), f"{what}: write for example `{example}`")


def _chase(chase: Chase) -> Iterator[Finding]:
    loc = ("desk", "chase")
    if chase.after < LEAST_CHASE_AFTER:
        message = "customers have at least 1min to pay by themselves: write for example `30min`"
        yield Finding((*loc, "after"), message)
    if chase.handling.mean == 0:
        message = "to chase an order takes time: write for example `3min`"
        yield Finding((*loc, "handling", "mean"), message)
    if chase.success == 0:
        message = "0 % bring nothing but work: write for example `20%`, or remove `chase`"
        yield Finding((*loc, "success"), message)


def _questions(scenario: Scenario, desk: Desk) -> Iterator[Finding]:
    shares = [
        scenario.conversion.enquiry_share,
        *(channel.conversion.enquiry_share for channel in scenario.channels.values()),
        *(phase.conversion.enquiry_share for phase in scenario.phases.values()),
    ]
    if desk.chase is None and not any(shares):
        message = "nobody ever asks: write `enquiry_share` in `conversion`, or remove `desk`"
        yield Finding(("desk",), message, of_key=True)
