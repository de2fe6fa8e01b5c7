"""How a quantity varies around its mean."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from simulate.scenario.base import Part
from simulate.scenario.quantities import Duration, Share

Variation = Annotated[float, Field(strict=True, gt=0, le=10)]
"""Coefficient of variation: standard deviation divided by mean."""


class Deterministic(Part):
    """Always the mean."""

    kind: Literal["deterministic"]


class Exponential(Part):
    """Exponential: standard deviation equal to the mean."""

    kind: Literal["exponential"]


class Lognormal(Part):
    """Lognormal with coefficient of variation `cv`."""

    kind: Literal["lognormal"]
    cv: Variation


class Gamma(Part):
    """Gamma with coefficient of variation `cv`."""

    kind: Literal["gamma"]
    cv: Variation


class Erlang(Part):
    """The sum of `phases` equal exponentials."""

    kind: Literal["erlang"]
    phases: Annotated[int, Field(strict=True, ge=1, le=1000)]


def _check_observed(values: tuple[float, ...]) -> tuple[float, ...]:
    if not values or min(values) < 0 or sum(values) <= 0:
        raise PydanticCustomError(
            "observed", "observed values must be 0 or more, and not all of them 0"
        )
    return values


class Empirical(Part):
    """Drawn from observed values, each equally likely, scaled so that their mean is the mean."""

    kind: Literal["empirical"]
    observed: Annotated[tuple[float, ...], AfterValidator(_check_observed)]


Distribution = Annotated[
    Deterministic | Exponential | Lognormal | Gamma | Erlang | Empirical,
    Field(discriminator="kind"),
]


class Interruption(Part):
    """A rare long stop in the middle of one order's work; its length is exponential.

    `chance` is a share of the orders at the station, `mean` a duration.
    """

    chance: Share
    mean: Duration


class Delay(Part):
    """A waiting time with its mean and its distribution."""

    mean: Duration
    distribution: Distribution = Field(default=Exponential(kind="exponential"))


class FixedLines(Part):
    """Every order has `count` lines."""

    kind: Literal["fixed"]
    count: Annotated[int, Field(strict=True, ge=1, le=1000)]


class GeometricLines(Part):
    """One line and then more, each with the same chance; `mean` lines an order."""

    kind: Literal["geometric"]
    mean: Annotated[float, Field(strict=True, ge=1, le=1000)]


class EmpiricalLines(Part):
    """`shares` of orders by number of lines, such as ``{1: 70%, 2: 20%, 3: 10%}``."""

    kind: Literal["empirical"]
    shares: dict[Annotated[int, Field(strict=True, ge=1, le=1000)], Share]


Lines = Annotated[
    FixedLines | GeometricLines | EmpiricalLines,
    Field(discriminator="kind"),
]
