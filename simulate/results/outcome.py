"""What a run means: the figures that pages, tables and the terminal show."""

from dataclasses import dataclass, field
from typing import Literal

VerdictWord = Literal["pass", "fail", "inconclusive", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A measure's mean over replications and its 95 % interval, in `unit`.

    Units: ``orders``, ``visitors``, ``people``, ``share`` (0 to 1), ``hours``, ``seconds``,
    ``times``, or a currency.
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

    `group` is the SKU group that has the promise of its own, None for the shop's promise;
    `in_window` tells whether its orders were paid within the promise's window, None if it has
    none. `on_time_share` and `lead_time_p90` are None for a class without orders.
    """

    group: str | None
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

    `kind`: ``labour``, ``overtime``, ``call-in`` (all three with `pool` and `shift`), ``courier``,
    ``material`` or ``compensation``.
    """

    kind: str
    cost: Estimate
    pool: str | None = None
    shift: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that one run of a scenario says.

    `scenario` is its name (the file's stem). `series` has, by hour: ``paid``, ``dispatched``,
    ``collected`` (orders in the hour), ``backlog`` (paid, not yet dispatched or cancelled; mean
    over the hour), ``backlog/<station>`` and ``backlog/erp`` (waiting or in work there), ``dock``
    (dispatched, waiting for the courier), ``staff/<pool>`` (people at work), ``busy/<station>``
    (people busy there), ``due/<pool>`` (work that falls due in the hour, in people: the
    person-hours of work that joins the pool's queues in the hour). `hour_starts` are seconds
    since the scenario's start.
    `samples` has each measure's value in every replication.
    `late_by_class`, `people`, `collections`, `costs`: in the order of the scenario; empty if the
    scenario has no promise, no courier or no prices.
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
