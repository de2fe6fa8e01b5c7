"""Queueing theory: what is known exactly of lines so simple that there is a formula."""

import math
from collections.abc import Callable, Sequence


def erlang_c(servers: int, load: float) -> float:
    """Return the probability that an arrival at M/M/c has to wait.

    `load` is arrival rate times mean work, in Erlang, less than `servers`. A. K. Erlang, 1917;
    computed from Erlang's B by its recursion, which does not overflow: L. Kleinrock, Queueing
    Systems I, 1975, section 3.5.
    """
    if not 0 <= load < servers:
        raise ValueError(f"{servers} servers cannot keep up with a load of {load}")
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = load * blocked / (server + load * blocked)
    return blocked / (1 - load / servers * (1 - blocked))


def wait_mmc(rate: float, work: float, servers: int) -> float:
    """Return the mean wait in M/M/c, in the unit of `work`: C(c, a) work / (c - a)."""
    load = rate * work
    return erlang_c(servers, load) * work / (servers - load)


def in_time_mmc(rate: float, work: float, servers: int, time: float) -> float:
    """Return the share of orders that pass M/M/c, wait and work together, within `time`.

    Who finds nobody free, a share C, waits exponentially at the rate of what is free of the
    servers, (c - a) / work; the work comes on top (D. Gross and C. M. Harris, Fundamentals of
    Queueing Theory, section 2.3). With x = c - a and t in units of `work`:
    1 - e^-t - C (e^-t - e^-xt) / (x - 1), and for x = 1 the last fraction is t e^-t.
    """
    load = rate * work
    waits, free, passed = erlang_c(servers, load), servers - load, time / work
    if math.isclose(free, 1):
        late = passed * math.exp(-passed)
    else:
        late = (math.exp(-passed) - math.exp(-free * passed)) / (free - 1)
    return 1 - math.exp(-passed) - waits * late


def wait_mg1(rate: float, work: float, cv: float) -> float:
    """Return the mean wait in M/G/1, in the unit of `work`.

    F. Pollaczek, 1930, and A. Y. Khinchine, 1932: rho / (1 - rho) x (1 + cv^2) / 2 x work, with
    `cv` the coefficient of variation of the work.
    """
    load = rate * work
    if not 0 <= load < 1:
        raise ValueError(f"one server cannot keep up with a load of {load}")
    return load / (1 - load) * (1 + cv**2) / 2 * work


def waits_by_class(
    rates: Sequence[float], works: Sequence[float], cvs: Sequence[float]
) -> list[float]:
    """Return the mean wait of each class in M/G/1 with classes, the first class going first.

    Nobody is interrupted. A. Cobham, 1954: with R the work that an arrival finds in hand, half
    of the sum of rate x second moment, and s_k the load of classes 1 to k, class k waits
    R / ((1 - s_(k-1)) (1 - s_k)).
    """
    in_hand = sum(
        rate * work**2 * (1 + cv**2) / 2 for rate, work, cv in zip(rates, works, cvs, strict=True)
    )
    waits, before = [], 0.0
    for rate, work in zip(rates, works, strict=True):
        load = before + rate * work
        if load >= 1:
            raise ValueError(f"one server cannot keep up with a load of {load}")
        waits.append(in_hand / ((1 - before) * (1 - load)))
        before = load
    return waits


def erlang_a(rate: float, work: float, servers: int, patience: float) -> tuple[float, float]:
    """Return (share that gives up, mean wait of those served) in M/M/c with patience.

    C. Palm, 1946; O. Garnett, A. Mandelbaum and M. Reiman, 2002. With n present, one leaves at
    the rate min(n, c) / work + max(n - c, 0) / patience, and what gives up a second is the mean
    queue / patience. Who comes as number j of the queue moves up at the rates c / work + i /
    patience, i = j ... 1, and each time it is somebody else's turn to leave but for a share
    1 / patience of that rate; the times do not depend on who leaves.
    """
    shares = _present(rate, work, servers, patience)
    queue = sum(max(count - servers, 0) * share for count, share in enumerate(shares))
    gives_up = queue / patience / rate
    full, waited, moving_up = servers / work, 0.0, 0.0
    for place, share in enumerate(shares[servers:], start=1):
        moving_up += 1 / (full + place / patience)
        waited += share * full / (full + place / patience) * moving_up
    return gives_up, waited / (1 - gives_up)


def must_wait(rate: float, work: float, servers: int, patience: float) -> float:
    """Return the share of arrivals at M/M/c with patience who find nobody free.

    Arrivals find what is there at any other time (R. W. Wolff, 1982).
    """
    return math.fsum(_present(rate, work, servers, patience)[servers:])


def _present(rate: float, work: float, servers: int, patience: float) -> list[float]:
    """Return with which chance 0, 1, 2 ... are present in M/M/c with patience.

    It is a birth and death process: each chance is the one before times the rate of coming over
    the rate of leaving. Chances too small to matter are left out.
    """
    weights, weight, present = [1.0], 1.0, 0
    while present < servers or weight > 1e-18 * sum(weights):
        present += 1
        leaving = min(present, servers) / work + max(present - servers, 0) / patience
        weight *= rate / leaving
        weights.append(weight)
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def mean_busy(
    edges: Sequence[float], rates: Sequence[float], served: Callable[[float], float], time: float
) -> float:
    """Return the mean number at work at `time` in M(t)/G/infinity that starts empty.

    Arrivals come at `rates[j]` from `edges[j]` to `edges[j + 1]`; `served(x)` is the integral
    from 0 to x of the chance that a piece of work takes longer. A. Y. Khinchine, 1955; S. G.
    Eick, W. A. Massey and W. Whitt, 1993: the number at work is Poisson, with the mean
    sum_j rate_j (served(time - edge_j) - served(time - edge_(j+1))).
    """
    return math.fsum(
        rate * (served(max(0.0, time - begins)) - served(max(0.0, time - ends)))
        for rate, begins, ends in zip(rates, edges[:-1], edges[1:], strict=True)
    )


def served_lognormal(mean: float, cv: float) -> Callable[[float], float]:
    """Return `served` of `mean_busy` for lognormal work: x P(T > x) + E[T; T <= x]."""
    deviation = math.sqrt(math.log1p(cv**2))
    location = math.log(mean) - deviation**2 / 2

    def served(time: float) -> float:
        if time <= 0:
            return 0.0
        z = (math.log(time) - location) / deviation
        return time * _normal(-z) + mean * _normal(z - deviation)

    return served


def _normal(z: float) -> float:
    """Return the chance that a standard normal number is below `z`."""
    return math.erfc(-z / math.sqrt(2)) / 2
