"""Measures by what they are about, in the order in which a reader asks."""

from simulate.report.subject import ERP, Subject

SUBJECTS: dict[str, tuple[str, ...]] = {
    "demand": (
        "visitors", "enquiries", "placed_orders", "paid_orders", "cancelled_orders",
        "returned_parcels", "sales",
    ),
    "promise": (
        "targets_held_share", "on_time_share", "late_orders", "dispatched_on_time_share",
        "lead_time_mean", "lead_time_p50", "lead_time_p90", "lead_time_p99",
        "collected_orders", "unfinished_orders", "mis_sent_orders",
    ),
    "backlog": (
        "opening_orders", "dispatched_orders", "peak_backlog", "peak_backlog_at",
        "backlog_clearance",
    ),
    "stations": (),
    "people": ("overtime",),
    "cost": ("ad_spend", "cost_per_order"),
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
    for name in names:
        if name not in placed:
            found["stations" if of_a_station(name, subject) else OTHER].append(name)
    return {about: listed for about, listed in found.items() if listed}


def of_a_station(name: str, subject: Subject) -> bool:
    """Return whether a measure belongs to one station, such as ``wait_pack_mean``."""
    return any(
        name.startswith(f"{what}_{place}_") or name == f"{what}_{place}"
        for place in (ERP, *subject.workplaces)
        for what in ("wait", "utilisation", "visits", "backlog", "work")
    )
