"""How far off inputs may be, and between which values readers may move them.

::

    ranges:
      cancellations.share: {least: 2%, most: 6%}
    whatif:
      traffic: {label: {en: Visitors, zh: 访客}, least: 0.8x, most: 1.6x, step: 0.2x}

Each is known by the path of its input. That there is such an input, and that it takes these
values, is found out when the question is asked: only then is there a whole scenario to try it on.
"""

from typing import Annotated

from pydantic import Field

from simulate.scenario.base import Label, Part

Written = Annotated[
    str | int | float,
    Field(description="A value as the input itself is written.", examples=["2%", "3 people"]),
]

MOST_INPUTS = 3
"""So many sliders a reader can keep in mind."""


class Span(Part):
    """From where to where an input may lie, in the unit in which it is written."""

    label: Label | None = None
    least: Written
    most: Written


class Slider(Span):
    """The values that a reader may choose: from `least` to `most`, every `step`."""

    step: Written


Ranges = dict[str, Span]
Sliders = Annotated[dict[str, Slider], Field(max_length=MOST_INPUTS)]
