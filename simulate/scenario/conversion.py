"""What visitors do: the path from a visit to a paid order, carts, and presale."""

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from simulate.scenario.base import Moment, Name, Part
from simulate.scenario.distributions import Delay
from simulate.scenario.quantities import (
    Duration,
    Share,
    SharePerCart,
    SharePerView,
    ViewsPerVisitor,
)


class Path(Part):
    """The way to an order, each step by its own denominator.

    A visitor looks at `views` pages; of page views `cart_share` put something into the cart or
    among the favourites, each view by itself; of visitors with a cart `cart_order_share` order.
    So 1 - (1 - cart_share) ** views of visitors have a cart, those who ask the desk as well.
    """

    views: ViewsPerVisitor
    cart_share: SharePerView
    cart_order_share: SharePerCart

    @property
    def visitor_cart_share(self) -> float:
        """The share of visitors with something in the cart."""
        return float(1 - (1 - self.cart_share) ** self.views)

    @property
    def order_share(self) -> float:
        """The share of visitors who order."""
        return self.visitor_cart_share * self.cart_order_share


class Conversion(Part):
    """What visitors do.

    Of those who do not ask, `order_share` place an order, or what the `path` makes of them.
    `enquiry_share`: of all visitors, the share who ask the service desk first.
    `enquiry_order_share`: of those who ask and are answered, the share who place an order.
    `paid_share`: of placed orders, the share that is paid.
    """

    order_share: Share | None = None
    path: Path | None = None
    enquiry_share: Share = 0.0
    enquiry_order_share: Share = 0.0
    paid_share: Share = 1.0

    @model_validator(mode="after")
    def _check_one_way(self) -> Self:
        if (self.order_share is None) == (self.path is None):
            raise PydanticCustomError(
                "conversion",
                "give the share of visitors who order in one way, as `order_share` or as a "
                "`path` (write `null` to drop an inherited key)",
            )
        return self

    @property
    def ordering(self) -> float:
        """The share of visitors who order without asking."""
        if self.path is not None:
            return self.path.order_share
        assert self.order_share is not None
        return self.order_share


class ConversionChange(Part):
    """The shares in which one channel or phase differs from the shop's conversion."""

    order_share: Share | None = None
    path: Path | None = None
    enquiry_share: Share | None = None
    enquiry_order_share: Share | None = None
    paid_share: Share | None = None

    @model_validator(mode="after")
    def _check_one_way(self) -> Self:
        if self.order_share is not None and self.path is not None:
            raise PydanticCustomError(
                "conversion", "give the share of visitors who order as `order_share` or as a "
                "`path`, not both",
            )  # fmt: skip
        return self


def changed(base: Conversion, change: ConversionChange) -> Conversion:
    """Return `base` with the shares in which `change` differs.

    A path replaces an order share, and an order share a path.
    """
    if change == ConversionChange():
        return base
    given = {name: getattr(change, name) for name in ConversionChange.model_fields}
    update = {name: share for name, share in given.items() if share is not None}
    if "path" in update or "order_share" in update:
        update = {"path": None, "order_share": None} | update
    return base.model_copy(update=update)


class Carts(Part):
    """Visitors of a phase who fill a cart now and buy in a later one.

    Of visitors who neither order nor ask, `share` fill a cart. Of these `convert` come back once
    the phase `opens` begins, an exponential time of mean `within` later, and order; after the
    campaign's end nobody does.
    """

    share: Share
    opens: Name
    convert: Share
    within: Duration


class Presale(Part):
    """Orders of a phase are deposits: `deposit` of their value now, the rest later.

    The rest falls due at `balance_from` and can be paid until `balance_until`. A share
    `paid_share` pays it, a `delay` after it falls due; who is later than the end, or never pays,
    forfeits the deposit. `sku_groups` limits the presale to some goods; other orders are as always.
    """

    deposit: Share
    balance_from: Moment
    balance_until: Moment
    paid_share: Share
    delay: Delay
    sku_groups: tuple[Name, ...] | None = None
