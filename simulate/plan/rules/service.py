"""The service desk's indicators against each other."""

from collections.abc import Iterator

from simulate.plan.findings import Contradiction
from simulate.plan.loaded import LoadedPlan
from simulate.plan.words import both, percent
from simulate.scenario.base import Text

SAME = 0.005
"""Indicators are written to a percent."""


def enquiry_chain(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """Enquiry to order x order to paid = enquiry to paid."""
    kpis = loaded.plan.kpis
    ordered, paid, both_steps = kpis.enquiry_to_order, kpis.order_to_paid, kpis.enquiry_to_paid
    if ordered is None or paid is None:
        return
    right = ordered * paid
    if both_steps is not None and abs(both_steps - right) <= SAME + 1e-9:
        return
    steps = f"{percent(ordered)} × {percent(paid)} = {percent(right)}"
    if both_steps is None:
        yield Contradiction(
            ("kpis", "enquiry_to_order"),
            both(
                f"{steps} of enquirers pay if the {percent(ordered)} counts placed orders, "
                f"{percent(ordered)} if it counts paid ones; the plan does not say which",
                f"若 {percent(ordered)} 指下单，则 {steps} 的咨询者付款；若指付款，则为 "
                f"{percent(ordered)}；计划未写明",
            ),
            _either(ordered, paid),
        )
        return
    options, options_zh = (
        [f"{percent(right)} of enquirers paying"],
        [f"询单付款率 {percent(right)}"],
    )
    if paid and both_steps / paid <= 1:
        options.append(f"{percent(both_steps / paid)} ordering")
        options_zh.append(f"询单下单率 {percent(both_steps / paid)}")
    if ordered and both_steps / ordered <= 1:
        options.append(f"{percent(both_steps / ordered)} of orders paid")
        options_zh.append(f"下单付款率 {percent(both_steps / ordered)}")
    yield Contradiction(
        ("kpis", "enquiry_to_paid"),
        both(
            f"{steps} of enquirers pay, not {percent(both_steps)}",
            f"咨询者付款率应为 {steps}，而非 {percent(both_steps)}",
        ),
        both(", or ".join(options), "，或".join(options_zh)),
        "error",
    )


def _either(ordered: float, paid: float) -> Text:
    """Return what to write for either reading of `ordered`."""
    right = percent(ordered * paid)
    en = f"`enquiry_to_paid: {right}` below `kpis` if it counts placed orders"
    zh = f"若指下单，在 `kpis` 下写明 `enquiry_to_paid: {right}`"
    if not paid or ordered > paid:  # so many cannot have paid
        return both(en, zh)
    placed = percent(ordered / paid)
    return both(
        f"{en}; `enquiry_to_order: {placed}` and `enquiry_to_paid: {percent(ordered)}` if it "
        "counts paid ones",
        f"{zh}；若指付款，写 `enquiry_to_order: {placed}` 和 `enquiry_to_paid: {percent(ordered)}`",
    )
