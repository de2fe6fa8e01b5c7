"""How the warehouse acts back on marketing: rules that turn traffic down while it drowns."""

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulate.scenario.base import Label, Name, Part
from simulate.scenario.quantities import Duration, Factor, Orders


class LongerPromise(Part):
    """A deadline shown that is later `by` that much, and scales orders by `order_share`."""

    by: Duration
    order_share: Factor = 1.0


class Rule(Part):
    """What is done while the backlog is high.

    At a review that finds the backlog above `above`, the rule comes into force a `delay` later;
    at one that finds it at or below `until`, it ends, a `delay` later too. While it is in force:
    `cut` leaves of each channel's visitors the stated share; SKU groups in `close` cannot be
    ordered; `longer_promise` shows a later deadline.
    """

    label: Label | None = None
    above: Orders
    until: Orders
    delay: Duration = 0.0
    cut: dict[Name, Factor] = Field(default={})
    close: tuple[Name, ...] = ()
    longer_promise: LongerPromise | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.until >= self.above:
            message = "`until` must be less than `above`, or the rule would never rest"
            raise PydanticCustomError("rule", message, {"key": "until"})
        if not self.cut and not self.close and self.longer_promise is None:
            message = "the rule does nothing: give `cut`, `close` or `longer_promise`"
            raise PydanticCustomError("rule", message)
        for name, factor in self.cut.items():
            if factor > 1:
                message = "`{name}` cannot be cut to more than 100 %"
                raise PydanticCustomError("rule", message, {"name": name, "key": "cut"})
        return self


class Controller(Part):
    """Someone who looks at the backlog `every` so often, counted from the start, and acts by rules.

    The backlog is what is paid and not yet dispatched. Of rules in force together the strictest
    counts: the smallest share that is left of a channel, the latest deadline. All end with the
    campaign's traffic.
    """

    every: Duration
    rules: dict[Name, Rule] = Field(min_length=1)
