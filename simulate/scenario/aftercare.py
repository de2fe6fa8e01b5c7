"""What comes back: cancellations before dispatch, and returned parcels."""

from pydantic import Field

from simulate.scenario.base import Label, Moment, Name, Part
from simulate.scenario.distributions import Delay, Deterministic, Distribution
from simulate.scenario.quantities import Duration, People, SecondsPerParcel, Share, Units


class Handling(Part):
    """Work that people of a `pool` have with something that comes back, `work` on each."""

    label: Label | None = None
    pool: Name
    work: SecondsPerParcel
    distribution: Distribution = Deterministic(kind="deterministic")


class Cancellations(Part):
    """A `share` of paid orders is cancelled, a `delay` after payment, unless dispatched by then.

    Of orders that wait at the start the delay counts from the start. Work not yet begun is never
    done; work already done is counted as wasted. Goods that were handled, at `goods_from` or
    later, are put back: that is `restocking`, if it takes people.
    """

    share: Share
    delay: Delay
    goods_from: Name
    restocking: Handling | None = None


class Returns(Part):
    """A `share` of paid orders comes back a `delay` after payment and takes people."""

    share: Share
    delay: Delay
    handling: Handling


class Unloading(Part):
    """People of a `pool` who unload what comes in: `people` for the time it `lasts`."""

    pool: Name
    people: People
    lasts: Duration


class Receipt(Part):
    """Goods that come in at a moment: `units`, on the shelf when they are unloaded."""

    at: Moment
    units: Units
    unloading: Unloading | None = None


class SoldOut(Part):
    """What customers do when the shop shows no more units as they pay: shares that add up to 1.

    `leave`: they buy nothing. `wait`: they order all the same and wait for the next receipt.
    `take`: they take another SKU group, and leave if that is sold out as well.
    """

    leave: Share = 0.0
    wait: Share = 0.0
    take: dict[Name, Share] = Field(default={})


class Stock(Part):
    """Units of a SKU group: `opening` at the start, and expected `receipts`.

    The shop shows what has come in so far, less what is paid. With `sold_out`, customers who find
    nothing left act by it; without, they order all the same and wait.
    """

    opening: Units
    receipts: dict[Name, Receipt] = Field(default={})
    sold_out: SoldOut | None = None
