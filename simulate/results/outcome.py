"""What a run means: the figures that pages, tables and the terminal show."""

from dataclasses import dataclass, field
from typing import Literal

VerdictWord = Literal["pass", "fail", "inconclusive", "none"]

Stop = Literal["fixed", "clear", "most"]
"""Why there are no more replications: so many were asked for, the verdict was clear, or it was
not and the most that were allowed are reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A measure's mean over replications and its 95 % interval, in `unit`.

    Units: ``orders``, ``visitors``, ``views``, ``people``, ``share`` (1 is all; of a part of
    something never more), ``hours``, ``seconds``, ``times``, ``ratio``, or a currency.
    """

    mean: float
    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One target held against its measure. `target` is in the measure's unit."""

    measure: str
    target: float
    at_least: bool
    estimate: Estimate
    word: VerdictWord


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`word` sums up the judgements: one fail fails, all must pass to pass.

    `none` stands for a scenario without targets.
    """

    word: VerdictWord
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A series over the hours of the run: mean and 5th to 95th percentile over replications.

    Each list has one number an hour, in `unit`.
    """

    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTimes:
    """Lead times of the orders paid in one stretch of time, pooled over replications.

    `starts` and `ends` are seconds since the scenario's start; p10, p50, p90 are hours from
    payment to the courier's scan; `promised` is the mean hours from payment to the deadline,
    None without a promise; `orders` is the mean number of orders a replication.
    """

    starts: float
    ends: float
    orders: float
    p10: float
    p50: float
    p90: float
    promised: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bottleneck:
    """The place that limits the line: a station, or ``erp``.

    `agreement` is the share of replications that name it; `utilisation` how busy its people are
    while the backlog stands high.
    """

    place: str
    agreement: float
    utilisation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLateness:
    """How late the orders of one promise are: opening backlog included, cancelled ones left out.

    `group` is the SKU group, `shop` the one of several shops, that has the promise of its own;
    both are None for the promise to all others. `in_window` tells whether its orders were paid
    within the promise's window, None if it has none. `on_time_share` and `lead_time_p90` are None
    for a class without orders.
    """

    group: str | None
    shop: str | None = None
    in_window: bool | None = None
    orders: Estimate
    late_orders: Estimate
    on_time_share: Estimate | None
    lead_time_p90: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """One shift of a pool, or what was added to it, over all its days.

    `kind`: ``shift``, ``overtime`` or ``call-in``; `shift`: its name. `planned`, `came`: people a
    day, mean over the days on which it was. `needed`: people who would have to be at work in its
    busiest hour to finish within that hour all the work that falls due in it; `busiest`: that
    hour's start, seconds since the start; None for overtime and call-ins. `gap`: people needed
    beyond those who came, 0 if enough came. `hours`: person-hours worked and paid.
    """

    pool: str
    kind: str
    shift: str
    planned: Estimate
    came: Estimate
    needed: Estimate | None
    gap: Estimate | None
    busiest: float | None
    hours: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class CourierVisit:
    """One planned visit of the courier.

    `name` of the collection; `planned`: seconds since the start; `capacity`: parcels, None without
    a limit; `taken`: parcels, mean and 5th to 95th percentile over replications; `waiting`:
    parcels on the dock when it comes, mean; `late_share`, `missed_share`: share of replications in
    which it comes late or not at all.
    """

    name: str
    planned: float
    capacity: float | None
    taken: Estimate
    waiting: float
    late_share: float
    missed_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CostItem:
    """What one thing costs over the whole run.

    `kind`: ``labour``, ``overtime``, ``call-in`` (all three with `pool` and `shift`), ``desk``
    (with `shift`), ``courier``, ``material`` or ``compensation``; and what brings visitors:
    ``clicks``, ``messages``, ``slots`` or ``commission`` (all four with `channel`), which are not
    in the measure `total_cost` but in `ad_spend`.
    """

    kind: str
    cost: Estimate
    pool: str | None = None
    shift: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When something happens: median and 5th to 95th percentile, seconds since the start.

    Over the campaigns in which it happens.
    """

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelStep:
    """One step of visitors on their way to a paid order.

    `step` and `of` are measures: ``visitors``, ``page_views``, ``carts``, ``enquiries``,
    ``placed_orders``, ``paid_orders``. `rate` is `count` by the count of the step `of`: a share,
    or of page views a ratio, None if the pages of some visitors are not told. Both are None for
    visitors, with whom it begins.
    """

    step: str
    count: Estimate
    of: str | None = None
    rate: Estimate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelResult:
    """What one channel brings and costs over the whole run.

    `visitors` who came to the shop; `turned_away`: others whom the controller cut. `orders`
    placed, `paid` of them; `sales`: value of those not cancelled; `conversion`: paid orders by
    visitors. `cost`: clicks, messages, slots and commission; `return_on_ads`: sales by cost.
    `credited_sales`: what is left of the sales when each channel that assisted has its share, with
    its own shares in the sales of others; `credited_return_on_ads` by the same cost.
    `margin`: value times margin of orders collected, with deposits that were forfeited, less their
    parcels, material and compensation and less `cost`. `click_price`: what a click costs on the
    average; `bid_ceiling`: what it may cost at most, unit profit x conversion, where the unit
    profit is value x margin less parcel, material and commission, 0 of an order that is cancelled.
    None: no controller, no cost, no margins given, no clicks, or no visitor to divide by.
    """

    channel: str
    shop: str | None
    visitors: Estimate
    turned_away: Estimate | None
    orders: Estimate
    paid: Estimate
    sales: Estimate
    conversion: Estimate | None
    cost: Estimate | None
    cost_per_visitor: Estimate | None
    return_on_ads: Estimate | None
    credited_sales: Estimate
    credited_return_on_ads: Estimate | None
    margin: Estimate | None
    click_price: Estimate | None
    bid_ceiling: Estimate | None

    @property
    def is_overbid(self) -> bool:
        """Whether a click certainly costs more than it may: the intervals do not meet."""
        if self.click_price is None or self.bid_ceiling is None:
            return False
        return self.click_price.low > self.bid_ceiling.high


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopResult:
    """What one of several shops sells, and how its orders are served.

    `shop` is None for the channels without one. Orders of the opening backlog belong to none.
    `sales`: value of orders that were not cancelled. `on_time_share`: of paid orders that were
    not cancelled; None without any.
    """

    shop: str | None
    visitors: Estimate
    paid: Estimate
    sales: Estimate
    late_orders: Estimate
    on_time_share: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldOutResult:
    """How a SKU group that can sell out did.

    `share` of campaigns in which the shop showed it as sold out, `first`: when it first did, None
    if never; `hours` for which it did. `lost_orders`: orders of those who left and bought nothing;
    `moved_orders` took another group instead, `waiting_orders` were placed all the same.
    """

    group: str
    share: Estimate
    first: Span | None
    hours: Estimate
    lost_orders: Estimate
    moved_orders: Estimate
    waiting_orders: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionResult:
    """What one rule of the controller did.

    `share` of campaigns in which it came into force, `first`: when it first did, None if never;
    `times` it did; `hours` for which it was in force.
    """

    rule: str
    share: Estimate
    first: Span | None
    times: Estimate
    hours: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that one run of a scenario says.

    `scenario` is its name (the file's stem). `series` has, by hour: ``paid``, ``dispatched``,
    ``collected`` (orders in the hour), ``backlog`` (paid, not yet dispatched or cancelled; mean
    over the hour), ``backlog/<station>`` and ``backlog/erp`` (waiting or in work there), ``dock``
    (dispatched, waiting for the courier), ``staff/<pool>`` (people at work), ``busy/<station>``
    (people busy there), ``due/<pool>`` (work that falls due in the hour, in people: the
    person-hours of work that joins the pool's queues in the hour); with a desk ``desk/asked``
    (visitors who ask in the hour), ``desk/waiting`` (for a first answer, mean), ``desk/agents``
    (on duty, mean) and ``desk/busy`` (agents' worth of chats in hand, mean); with a controller
    ``turned_away`` (visitors cut in the hour). `hour_starts` are seconds since the scenario's
    start.
    `samples` has each measure's value in every replication.
    `late_by_class`, `people`, `collections`, `costs`, `channels`, `shops`, `sold_out` (groups
    that can sell out), `actions` (rules of the controller): in the order of the scenario; empty
    if the scenario has no such thing. `funnel`: from visitors to paid orders.
    `stopped`: why there are no more replications; `more_needed`: about how many more would make an
    inconclusive verdict clear, None if it is clear or nobody can tell.
    `peak_at` and `cleared_at` are the median seconds since the start of the highest backlog and
    of the moment from which at most 5 % of it is left (None if some run never gets there).
    """

    scenario: str
    fingerprint: str
    seed: int
    replications: int
    floor: str
    verdict: Verdict
    measures: dict[str, Estimate]
    bottleneck: Bottleneck | None
    peak_at: float
    cleared_at: float | None
    hour_starts: tuple[float, ...]
    series: dict[str, Band]
    lead_times: tuple[LeadTimes, ...]
    samples: dict[str, tuple[float, ...]] = field(default_factory=dict)
    late_by_class: tuple[ClassLateness, ...] = ()
    people: tuple[Crew, ...] = ()
    collections: tuple[CourierVisit, ...] = ()
    costs: tuple[CostItem, ...] = ()
    funnel: tuple[FunnelStep, ...] = ()
    channels: tuple[ChannelResult, ...] = ()
    shops: tuple[ShopResult, ...] = ()
    sold_out: tuple[SoldOutResult, ...] = ()
    actions: tuple[ActionResult, ...] = ()
    stopped: Stop = "fixed"
    more_needed: int | None = None
