"""Everything in front of payment: shops, traffic, conversion, goods, the service desk."""

from pydantic import Field

from simulate.scenario.base import Label, Name, Part
from simulate.scenario.conversion import Conversion
from simulate.scenario.desk import Desk
from simulate.scenario.distributions import Delay
from simulate.scenario.goods import Goods
from simulate.scenario.promises import Promise
from simulate.scenario.quantities import Factor
from simulate.scenario.traffic import Channel, ForecastError, Phase, Profile


class Shop(Part):
    """One of several shops that share the warehouse; its channels name it.

    Its `promise` holds for orders of its channels, unless their goods have one of their own.
    """

    label: Label | None = None
    promise: Promise | None = None


class Demand(Goods):
    """Everything in front of payment."""

    channels: dict[Name, Channel] = Field(min_length=1)
    conversion: Conversion
    payment_delay: Delay | None = None
    desk: Desk | None = None
    shops: dict[Name, Shop] = Field(default={})
    profiles: dict[Name, Profile] = Field(default={})
    profile: Name | None = None
    phases: dict[Name, Phase] = Field(default={})
    traffic: Factor = 1.0
    forecast_error: ForecastError = ForecastError()
