"""The annual plan as data: stages of the shop's life, months, campaigns, roles, indicators."""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from simulate.plan.campaigns import Campaign
from simulate.plan.spans import (
    ItemsSpan,
    OrdersSpan,
    OrderValue,
    ShareSpan,
    SkusSpan,
    VisitorsSpan,
)
from simulate.scenario.base import Label, Name, Part
from simulate.scenario.quantities import Amount, Duration, Share

_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


def _check_month(value: str) -> str:
    if not re.fullmatch(_MONTH, value):
        raise PydanticCustomError(
            "month", "`{value}` is not a month: write `2026-12`", {"value": value[:40]}
        )
    return value


MonthKey = Annotated[
    str, AfterValidator(_check_month), WithJsonSchema({"type": "string", "pattern": _MONTH})
]
"""A month of a year, ``2026-12``."""


class Figures(Part):
    """What is planned for a month, a stage, or as the rule for the year.

    `sales` is the target; sales = `visitors` x `conversion` x `order_value`, where conversion is
    the share of visitors who pay. A month without conversion, order value, hero items or SKUs
    has those of its stage, a stage those of the plan.
    """

    sales: Amount | None = None
    ad_budget: Amount | None = None
    ads_share: Share | None = None
    visitors: VisitorsSpan | None = None
    conversion: ShareSpan | None = None
    order_value: OrderValue | None = None
    hero_items: ItemsSpan | None = None
    skus: SkusSpan | None = None
    note: Label | None = None


class Stage(Figures):
    """A stage of the shop's life: its months, and what ends it.

    `ads_share` is the ad budget as a share of sales.
    """

    label: Label
    ends_when: Label | None = None
    months: dict[MonthKey, Figures] = Field(min_length=1)


class Role(Part):
    """Who answers for something."""

    label: Label
    duties: Label | None = None


class Indicators(Part):
    """What the plan wants to reach all year.

    `enquiry_to_order` counts placed orders, `enquiry_to_paid` paid ones. `ads_part_of_sales` is
    the part of sales that visitors from ads bring. `promotion_share` is the cost of promotion as
    a share of what is put in. `regulars` bring `regulars_part_of_sales`.
    """

    enquiry_to_order: Share | None = None
    order_to_paid: Share | None = None
    enquiry_to_paid: Share | None = None
    ads_part_of_sales: Share | None = None
    growth: Share | None = None
    promotion_share: ShareSpan | None = None
    regulars: Share | None = None
    regulars_part_of_sales: Share | None = None
    top_of_search: ItemsSpan | None = None


class PlanError(Part):
    """By how much a year's real traffic is off the plan in 9 of 10 cases, up or down.

    `year` is drawn once, `month` once for each month; both hold for all days, those of campaigns
    too, whose scenarios have a forecast error of their own on top. One that is absent is off.
    """

    year: Share | None = None
    month: Share | None = None


class Acceptance(Part):
    """A finding that is known and left as it is, and why.

    `at` is where: the path of keys to it or to something around it, such as
    ``campaigns.double-12``; without it the `rule` is accepted everywhere.
    """

    rule: str
    at: str | None = None
    reason: Label


class AnnualPlan(Figures):
    """A year of the shop, from its first month to its last.

    `shop` is the file of the standing shop, relative to the plan. `erp_per_day` is what the ERP
    handles; `least_preparation` what every campaign needs before it starts. `replications` and
    `seed` are those of its simulation, `forecast_error` how sure its visitors are.
    """

    title: Label
    summary: Label | None = None
    shop: str | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "CNY"
    stages: dict[Name, Stage] = Field(min_length=1)
    campaigns: dict[Name, Campaign] = Field(default={})
    roles: dict[Name, Role] = Field(default={})
    kpis: Indicators = Indicators()
    erp_per_day: OrdersSpan | None = None
    least_preparation: Duration = 7 * 86400.0
    forecast_error: PlanError = PlanError()
    replications: Annotated[int, Field(strict=True, ge=1, le=100_000)] = 20
    seed: Annotated[int, Field(strict=True, ge=0, lt=2**63)] = 1
    accepted: tuple[Acceptance, ...] = ()

    @cached_property
    def months(self) -> tuple["Month", ...]:
        """Every month in the order of time, with what it inherits from its stage and the plan."""
        found = [
            Month.of(key, name, self, stage, own)
            for name, stage in self.stages.items()
            for key, own in stage.months.items()
        ]
        return tuple(sorted(found, key=lambda month: month.first))

    def month_of(self, day: date) -> "Month | None":
        """Return the month that `day` lies in, None if the plan has none."""
        return next((month for month in self.months if month.first <= day <= month.last), None)

    def campaigns_by_day(self) -> Iterator[tuple[str, Campaign]]:
        """Yield the campaigns by their first day."""
        yield from sorted(self.campaigns.items(), key=lambda item: (item[1].first, item[0]))

    @property
    def first(self) -> date:
        """The first day of the year."""
        return self.months[0].first

    @property
    def last(self) -> date:
        """The last day of the year."""
        return self.months[-1].last


class Month(Figures):
    """A month with everything that holds for it; `key` is ``2026-12``, `stage` its stage."""

    key: str
    stage: str

    @classmethod
    def of(cls, key: str, name: str, plan: AnnualPlan, stage: Stage, own: Figures) -> "Month":
        """Return the month of `key` in the stage called `name`."""
        given = {field: getattr(own, field) for field in Figures.model_fields}
        for field in ("conversion", "order_value", "hero_items", "skus"):
            for around in (stage, plan):
                given[field] = given[field] or getattr(around, field)
        return cls.model_construct(key=key, stage=name, **given)

    @property
    def first(self) -> date:
        """Its first day."""
        return date.fromisoformat(f"{self.key}-01")

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first.replace(day=self.days)

    @property
    def days(self) -> int:
        """How many days it has."""
        year, month = (int(part) for part in self.key.split("-"))
        return calendar.monthrange(year, month)[1]
