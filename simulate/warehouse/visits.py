"""The order in which visits are told, the same for every floor."""

import numpy as np

from simulate.warehouse.floor import Ints, Visits


def by_start_and_pool(visits: Visits, pool_of: Ints) -> Visits:
    """Return visits, given in the order of beginning, with those of one instant by pool.

    Floors are free to ask pools in any order, since none has an effect on another.
    """
    same = np.flatnonzero(visits.started[1:] == visits.started[:-1])
    if not np.any(pool_of[visits.station[same + 1]] < pool_of[visits.station[same]]):
        return visits
    shared = np.zeros(len(visits.started), np.bool_)
    shared[same] = shared[same + 1] = True
    places = np.flatnonzero(shared)
    ranks = np.lexsort((pool_of[visits.station[places]], visits.started[places]))
    order = np.arange(len(shared))
    order[places] = places[ranks]
    return Visits(
        job=visits.job[order],
        station=visits.station[order],
        joined=visits.joined[order],
        started=visits.started[order],
        ended=visits.ended[order],
    )
