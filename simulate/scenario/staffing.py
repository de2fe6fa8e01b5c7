"""Within which bounds a roster may be changed: contracts, space, who can be hired."""

from pydantic import Field

from simulate.scenario.base import Name, Part
from simulate.scenario.quantities import People


class Range(Part):
    """From `least` to `most` people on every day of a shift."""

    least: People = 0
    most: People


class Staffing(Part):
    """The shifts that may be larger or smaller: of labour `pools`, and of the service `desk`.

    All others stay as they are. `most`: all people of these shifts together. A shift that does
    not exist yet is written in its pool with `0 people`.
    """

    pools: dict[Name, dict[Name, Range]] = Field(default={})
    desk: dict[Name, Range] = Field(default={})
    most: People | None = None
