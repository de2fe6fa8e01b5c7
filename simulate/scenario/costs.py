"""What an order costs besides people: the courier, the material, everything around it."""

from simulate.scenario.base import Part
from simulate.scenario.quantities import MoneyPerOrder, MoneyPerParcel


class Costs(Part):
    """`parcel`: what the courier takes; `material`: carton and filling of an order."""

    parcel: MoneyPerParcel | None = None
    material: MoneyPerOrder | None = None
