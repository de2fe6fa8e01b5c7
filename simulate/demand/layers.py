"""Traffic in layers: more of it adds visitors and leaves alone those who come anyway.

Layer 0 are the visitors of traffic 1x, layer 1 those who come on top up to 1.5x, then up to 2x,
3x, 4x, 6x, 8x and so on. A layer is always drawn as a whole, with one draw a visitor for how much
traffic it takes until it comes: a Poisson process that is thinned so is a Poisson process of the
share that is left (Lewis and Shedler, Simulation of nonhomogeneous Poisson processes by thinning,
1979). What a layer draws comes from streams of its own, so that no layer moves another's draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layer:
    """Visitors of `width` times traffic 1x, of whom a `share` comes, 0 to 1."""

    width: float
    share: float


def layers_of(traffic: float) -> tuple[Layer, ...]:
    """Return the layers that `traffic`, a multiple of 1x and not below 0, needs; at least one."""
    layers: list[Layer] = []
    bottom = 0.0
    while not layers or bottom < traffic:
        top = _top(len(layers))
        layers.append(Layer(top - bottom, min(1.0, (traffic - bottom) / (top - bottom))))
        bottom = top
    return tuple(layers)


def _top(number: int) -> float:
    """Return up to which traffic layer `number` reaches: 1, 1.5, 2, 3, 4, 6, 8, ..."""
    return float(2 ** (number // 2)) * (1.5 if number % 2 else 1.0)


def row_names(channels: Sequence[str], rows: int) -> list[str]:
    """Return what the streams of `rows` rows are named after: layer after layer, each channel.

    In layer 0 a row has its channel's name.
    """
    layers = rows // len(channels)
    further = [f"{name}/layer {layer}" for layer in range(1, layers) for name in channels]
    return [*channels, *further]
