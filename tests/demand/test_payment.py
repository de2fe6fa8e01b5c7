from typing import Any

import numpy as np
from scipy import stats

from simulate.demand.orders import OrderBook, draw
from simulate.scenario.scenario import Scenario

from .shop import DAY, HOUR, shop

DESK = {
    "shifts": {"day": {"starts": "00:00", "ends": "24:00", "people": "9000 people"}},
    "chats": "1 chat",
    "handling": {"mean": "5min", "distribution": {"kind": "deterministic"}},
    "patience": {"mean": "5min"},
}
CHASE = {
    "after": "30min",
    "handling": {"mean": "2min", "distribution": {"kind": "deterministic"}},
    "success": "40%",
}
FIXED = {"mean": "30min", "distribution": {"kind": "deterministic"}}
GROUPS = {
    "coat": {"share": "50%", "value": {"mean": "100 CNY/order"}},
    "sock": {"share": "50%", "value": {"mean": "10 CNY/order"}},
}


def presale(**changes: Any) -> Scenario:
    """Deposits of a fifth on the first day, the rest at 20:00 of the second, until 21:00."""
    sale = {
        "deposit": "20%",
        "balance_from": "2026-12-13T20:00",
        "balance_until": "2026-12-13T21:00",
        "paid_share": "80%",
        "delay": FIXED,
    }
    phase = {"starts": "2026-12-12T00:00", "ends": "2026-12-13T00:00"}
    return shop(
        phases={"presale": {**phase, "presale": {**sale, **changes.pop("sale", {})}}},
        sku_groups=GROUPS,
        promise={"kind": "hours", "within": "48h"},
        **changes,
    )


def is_share(part: Any, whole: Any, share: float) -> bool:
    return bool(stats.binomtest(int(part), int(whole), share).pvalue > 0.001)


def test_a_presale_order_is_paid_when_the_rest_is() -> None:
    book = draw(presale(), 1, 0)
    early = book.placed < DAY
    assert (book.presale == early).all()
    paid = ~np.isnan(book.paid)
    assert paid[~early].all()
    assert is_share(paid[early].sum(), early.sum(), 0.8)
    assert set(book.paid[paid & early]) == {DAY + 20.5 * HOUR}
    assert set(book.deadline[paid & early]) == {DAY + 20.5 * HOUR + 48 * HOUR}
    assert np.isinf(book.deadline[~paid]).all()


def test_the_deposit_is_a_share_of_the_value_and_forfeited_by_who_does_not_pay_the_rest() -> None:
    book = draw(presale(), 1, 0)
    expected = np.where(book.presale, np.where(book.group == 0, 20.0, 2.0), 0.0)
    assert book.deposit.tolist() == expected.tolist()
    forfeited = book.deposit[np.isnan(book.paid)]
    assert is_share(len(forfeited), book.presale.sum(), 0.2)


def test_who_is_later_than_the_end_forfeits_too() -> None:
    """Of exponential delays of half an hour exp(-2) are longer than the hour that is given."""
    book = draw(presale(sale={"delay": {"mean": "30min"}}), 1, 0)
    paid = ~np.isnan(book.paid[book.presale])
    assert is_share(paid.sum(), len(paid), 0.8 * (1 - np.exp(-2)))
    assert (book.paid[book.presale][paid] <= DAY + 21 * HOUR).all()


def test_a_presale_may_be_for_some_goods() -> None:
    book = draw(presale(sale={"sku_groups": ["coat"]}), 1, 0)
    assert (book.presale == ((book.placed < DAY) & (book.group == 0))).all()


def test_an_unpaid_deposit_is_no_presale_order() -> None:
    book = draw(presale(conversion={"order_share": "50%", "paid_share": "60%"}), 1, 0)
    early = book.placed < DAY
    assert is_share(book.presale.sum(), early.sum(), 0.6)
    paid = ~np.isnan(book.paid) & early
    assert not (paid & ~book.presale).any()
    assert is_share(paid.sum(), early.sum(), 0.6 * 0.8)
    assert (book.deposit[~book.presale] == 0).all()


def test_a_deposit_after_the_rest_fell_due_is_followed_by_the_rest() -> None:
    scenario = presale(
        sale={"balance_from": "2026-12-12T00:00", "balance_until": "2026-12-14T00:00"}
    )
    book = draw(scenario, 1, 0)
    paid = book.presale & ~np.isnan(book.paid)
    assert set(book.paid[paid] - book.placed[paid]) == {1800.0}


def test_the_rest_changes_no_other_order() -> None:
    def placed(book: OrderBook, name: str) -> Any:
        return getattr(book, name)[np.argsort(book.drawn)].tolist()

    many, few = draw(presale(), 1, 0), draw(presale(sale={"paid_share": "30%"}), 1, 0)
    for name in ("placed", "group", "value", "deposit"):
        assert placed(many, name) == placed(few, name)
    kept = set(few.drawn[~np.isnan(few.paid)]) - set(many.drawn[~np.isnan(many.paid)])
    assert not kept


def test_chased_orders_are_paid_when_they_are_chased() -> None:
    """Half of the orders are unpaid; each is chased half an hour and two minutes later."""
    scenario = shop(
        conversion={"order_share": "50%", "paid_share": "50%"}, desk={**DESK, "chase": CHASE}
    )
    book = draw(scenario, 1, 0)
    by_itself = ~np.isnan(book.paid) & ~book.chased
    assert is_share(by_itself.sum(), len(book), 0.5)
    assert is_share(book.chased.sum(), len(book) - by_itself.sum(), 0.4)
    assert set(book.paid[book.chased] - book.placed[book.chased]) == {32 * 60.0}
    assert (book.paid[by_itself] == book.placed[by_itself]).all()


def test_who_asked_and_does_not_pay_is_chased_as_well() -> None:
    shares = {"order_share": "0%", "enquiry_share": "100%", "enquiry_order_share": "50%"}
    scenario = shop(conversion={**shares, "paid_share": "0%"}, desk={**DESK, "chase": CHASE})
    book = draw(scenario, 1, 0)
    assert book.asked.all()
    assert is_share(book.chased.sum(), len(book), 0.4)
    assert set(book.paid[book.chased] - book.placed[book.chased]) == {32 * 60.0}


def test_a_desk_that_chases_changes_only_who_pays() -> None:
    conversion = {"order_share": "50%", "paid_share": "50%"}
    without = draw(shop(conversion=conversion, desk=DESK), 1, 0)
    chasing = draw(shop(conversion=conversion, desk={**DESK, "chase": CHASE}), 1, 0)
    by_number, chased = np.argsort(without.drawn), np.argsort(chasing.drawn)
    assert np.array_equal(without.placed[by_number], chasing.placed[chased])
    paid = ~np.isnan(without.paid[by_number])
    assert np.array_equal(without.paid[by_number][paid], chasing.paid[chased][paid])
