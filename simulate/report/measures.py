"""Measures by what they are about, in the order in which a reader asks."""

from simulate.report.figures import show
from simulate.report.subject import ERP, Subject

SUBJECTS: dict[str, tuple[str, ...]] = {
    "demand": (
        "visitors", "page_views", "carts", "enquiries", "placed_orders", "paid_orders",
        "presale_orders", "balance_paid_share", "sold_out_lost_orders", "sales",
        "cancelled_orders", "returned_parcels",
    ),
    "desk": (
        "first_response_p50", "first_response_p90", "abandonment_share", "desk_lost_orders",
        "enquiry_order_share", "order_paid_share", "chased_orders", "won_by_chasing",
        "utilisation_desk",
    ),
    "promise": (
        "targets_held_share", "on_time_share", "late_orders", "late_dispatch_share",
        "lead_time_mean", "lead_time_p50", "lead_time_p90", "lead_time_p99",
    ),
    "backlog": (
        "opening_orders", "dispatched_orders", "collected_orders", "unfinished_orders",
        "peak_backlog", "peak_backlog_at", "backlog_clearance", "late_collections",
        "missed_collections",
    ),
    "stations": (
        "exception_orders", "reworked_orders", "mis_sent_orders", "waiting_for_stock",
        "waiting_for_stock_mean", "wasted_work", "outage_hours",
    ),
    "people": ("overtime", "absences", "moves"),
    "controller": (
        "turned_away_visitors", "closed_lost_orders", "controller_late_orders_avoided",
        "controller_compensation_saved", "controller_contribution_change",
    ),
    "ads": (
        "ad_spend", "clicks_cost", "messages_cost", "slots_cost", "commission_cost",
        "return_on_ads", "ads_share_of_sales",
    ),
    "cost": (
        "labour_cost", "overtime_cost", "desk_cost", "courier_cost", "material_cost",
        "compensation", "total_cost", "cost_per_order", "forfeited_deposits", "contribution",
    ),
}  # fmt: skip
"""Names of measures by subject. Those of single stations are all ``stations``."""

OTHER = "other"
"""The subject of measures that are in no list."""


def by_subject(names: list[str], subject: Subject) -> dict[str, list[str]]:
    """Return `names` by subject, in the order of the lists; subjects without any are left out."""
    found: dict[str, list[str]] = {each: [] for each in (*SUBJECTS, OTHER)}
    for about, known in SUBJECTS.items():
        found[about] += [name for name in known if name in names]
    placed = {name for known in SUBJECTS.values() for name in known}
    for name in sorted(names, key=lambda name: _place_in_line(name, subject)):
        if name not in placed:
            found["stations" if of_a_station(name, subject) else OTHER].append(name)
    return {about: listed for about, listed in found.items() if listed}


def of_a_station(name: str, subject: Subject) -> bool:
    """Return whether a measure belongs to one station, such as ``wait_pack_mean``."""
    return _place_in_line(name, subject) >= 0


def _place_in_line(name: str, subject: Subject) -> int:
    """Return the position of the station that a measure is of, -1 if it is of none."""
    for position, place in enumerate((ERP, *subject.workplaces)):
        for what in ("wait", "utilisation", "visits", "backlog", "work"):
            if name.startswith(f"{what}_{place}_") or name == f"{what}_{place}":
                return position
    return -1


def figure_of(name: str, subject: Subject, *, interval: bool = True) -> str:
    """Return a measure as it stands in a sentence; a moment as a date and a time."""
    measure = subject.outcome.measures[name]
    if name.endswith("_at"):
        return subject.moment(3600.0 * round(measure.mean))
    return show(measure, subject.words, interval=interval)
