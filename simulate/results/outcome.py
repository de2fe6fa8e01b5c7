"""What a run means: the figures that pages, tables and the terminal show."""

from dataclasses import dataclass, field
from typing import Literal

VerdictWord = Literal["pass", "fail", "inconclusive", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A measure's mean over replications and its 95 % interval, in `unit`.

    Units: ``orders``, ``visitors``, ``people``, ``share`` (0 to 1), ``hours``, ``seconds``, or
    a currency.
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
class Outcome:
    """Everything that one run of a scenario says.

    `scenario` is its name (the file's stem). `series` has, by hour: ``paid``, ``dispatched``,
    ``collected`` (orders in the hour), ``backlog`` (paid, not yet dispatched; mean over the
    hour), ``backlog/<station>`` and ``backlog/erp`` (waiting or in work there), ``dock``
    (dispatched, waiting for the courier), ``staff/<pool>`` (people at work), ``busy/<station>``
    (people busy there). `hour_starts` are seconds since the scenario's start.
    `samples` has each measure's value in every replication.
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
