"""The service desk: a queue of chats, the people who answer them, and the orders they chase."""

from pydantic import Field

from simulate.scenario.base import Label, Name, Part
from simulate.scenario.distributions import Delay
from simulate.scenario.labour import Shift
from simulate.scenario.quantities import Chats, Duration, MoneyPerHour, Share


class Chase(Part):
    """Agents write to customers who have not paid.

    `after` that long an unpaid order is taken up, when no customer waits; it takes a `handling`
    and brings a share `success` of them to pay at once.
    """

    after: Duration
    handling: Delay
    success: Share


class Desk(Part):
    """Visitors who ask wait for an agent; who gives up does not buy.

    `shifts` are the agents' roster; each has up to `chats` at once. A bot answers `bot_share` of
    the enquiries at once and for good, of whom `bot_order_share` order (without it, as many as
    after an agent). The others wait in order of coming until an agent has a chat free, or until
    their `patience` ends. The first answer comes `first_answer` after the chat is taken. A chat
    takes a `handling`, but not less than until its first answer; of customers a share `silent`
    leaves without a word, and their chat is held for `idle_timeout` more before it is closed.
    Chats in hand when a shift ends or a break begins are finished, and until then take up places
    of those who stay.
    """

    label: Label | None = None
    shifts: dict[Name, Shift] = Field(min_length=1)
    chats: Chats
    handling: Delay
    patience: Delay
    first_answer: Duration = 0.0
    bot_share: Share = 0.0
    bot_order_share: Share | None = None
    silent: Share = 0.0
    idle_timeout: Duration = 120.0
    wage: MoneyPerHour | None = None
    chase: Chase | None = None
