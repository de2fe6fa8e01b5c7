"""The dispatch line of a random scenario: stations, people, ERP, courier, what comes back."""

from datetime import timedelta

from simulate.evidence.dice import Dice, Spec

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def line_spec(dice: Dice) -> Spec:
    """Return everything behind payment, without promises."""
    pools = [f"team{index}" for index in range(dice.between(1, 3))]
    stations = [f"step{index}" for index in range(dice.between(1, 5))]
    spec: Spec = {
        "stations": {
            name: _station(dice, stations[: index + 1], pools)
            for index, name in enumerate(stations)
        },
        "pools": {name: _pool(dice) for name in pools},
        # The last station is passed by all, so that no order has nothing to do.
        "packed_beforehand_skips": dice.some(stations[:-1], 2),
        "single_line_skips": dice.some(stations[:-1], 2) if dice.on() else [],
    }
    spec |= _gates(dice) | _aftercare(dice, stations, pools)
    for name, pool in spec["pools"].items():
        if sum(station["pool"] == name for station in spec["stations"].values()) < 2:
            pool.pop("supervisor", None)  # with one station there is nowhere to send people
    return spec


def _station(dice: Dice, so_far: list[str], pools: list[str]) -> Spec:
    spec: Spec = {
        "pool": dice.one_of(*pools),
        "setup": f"{dice.one_of(0.3, 1, 15, 30, 60, 300)}s/order",
        "per_line": f"{dice.one_of(0, 0.7, 15, 30)}s/line",
        "distribution": dice.spread(),
    }
    if dice.on():
        spec["interruption"] = {"chance": "10%", "mean": dice.one_of("20min", "2h")}
    if dice.on():
        spec["cart"] = {"orders": dice.orders(1, 6)}
        spec["cart"]["setup"] = f"{dice.one_of(0, 15, 60)}s/cart"
    if dice.on():
        spec["wave"] = dice.one_of(
            {"every": "30min"}, {"orders": "4 orders"}, {"every": "1h", "orders": "7 orders"}
        )
    if dice.on():
        spec["exceptions"] = {"share": dice.one_of("30%", "100%"), "delay": dice.delay()}
    if dice.on():
        spec["rework"] = {"share": dice.one_of("10%", "40%"), "back_to": dice.one_of(*so_far)}
    if dice.on():
        spec["crowding"] = {"beyond": dice.people(0, 3), "slowdown": dice.one_of("10%", "30%")}
    if dice.on():
        spec["equipment"] = {"number": f"{dice.between(1, 4)} places"}
        if dice.on():
            spec["equipment"]["failures"] = _failures(dice)
    if dice.on():
        spec["mis_sent"] = "5%"
    return spec


def _failures(dice: Dice) -> Spec:
    return {"time_between": dice.one_of("1h", "4h"), "repair": dice.one_of("10min", "2h")}


def _pool(dice: Dice) -> Spec:
    shifts = {"early": first_shift(dice)}
    if dice.on():
        shifts["late"] = any_shift(dice)
    pool: Spec = {"shifts": shifts, "wage": "25 CNY/h"}
    if dice.on():
        pool["supervisor"] = {
            "every": dice.one_of("5min", "15min", "30min"),
            "rule": dice.one_of("longest-wait", "most-urgent", "fixed-order"),
            "switching": dice.one_of("0s", "1min", "4min"),
        }
    if dice.on():
        pool["overtime"] = {"backlog": dice.orders(0, 20), "lasts": dice.length()}
    if dice.on():
        pool["call_ins"] = {
            name: {
                "at": dice.clock(),
                "backlog": dice.orders(0, 20),
                "notice": dice.duration(),
                "people": dice.people(1, 3),
                "lasts": dice.length(),
            }
            for name in ("help", "more-help")[: dice.between(1, 2)]
        }
    return pool


def first_shift(dice: Dice) -> Spec:
    """Return a shift at work from the start on, so that somebody is there."""
    hour = dice.starts.hour
    shift = _shift(dice, hour, min(24, hour + dice.between(2, 12)), dice.between(1, 4))
    if dice.on():
        shift["absence"] = "20%"
    return shift


def any_shift(dice: Dice) -> Spec:
    """Return a shift at any hours, also over midnight, on some days only, also of nobody."""
    starts = dice.between(0, 23)
    shift = _shift(dice, starts, starts + dice.between(1, 14), dice.between(0, 4))
    if dice.on():
        shift["absence"] = dice.one_of("20%", "90%")
    if dice.on():
        shift["weekdays"] = dice.one_of(WEEKDAYS, WEEKDAYS[:5], ["sat", "sun"], ["sat"])
    elif dice.limit - dice.starts > timedelta(days=1) and dice.on():
        shift |= {"first": dice.day(-1), "last": dice.day(dice.between(0, 1))}
    return shift


def _shift(dice: Dice, starts: int, ends: int, people: int) -> Spec:
    over = f"{ends - 24:02d}:00+1d" if ends > 24 else f"{ends:02d}:00"
    shift: Spec = {"starts": f"{starts:02d}:00", "ends": over, "people": f"{people} people"}
    if ends - starts > 1 and dice.on():
        tea = {"starts": f"{starts:02d}:30", "lasts": dice.one_of("15min", "40min")}
        shift["breaks"] = {"tea": tea}
        if ends - starts > 2 and starts < 22:
            shift["breaks"]["lunch"] = {"starts": f"{starts + 1:02d}:15", "lasts": "30min"}
    if dice.on():
        shift["learning"] = {"first_day": dice.one_of("40%", "75%"), "days": dice.between(1, 3)}
    if dice.on():
        shift["wage"] = "30 CNY/h"
    return shift


def _gates(dice: Dice) -> Spec:
    """Return the ERP and the courier."""
    spec: Spec = {}
    if dice.on():
        spec["erp"] = {"per_hour": dice.orders(5, 40)}
        if dice.on():
            spec["erp"]["per_day"] = dice.one_of("20 orders", "120 orders")
        if dice.on():
            spec["erp"]["failures"] = _failures(dice)
    if dice.on():
        spec["courier"] = _courier(dice)
    return spec


def _courier(dice: Dice) -> Spec:
    # The first comes before the earliest end of a run: a courier who never comes is refused.
    collections: Spec = {"one": {"at": dice.soon()}}
    for name in ("two", "three")[: dice.between(0, 2)]:
        collections[name] = {"at": dice.clock()}
        if dice.on():
            collections[name] |= {"first": dice.day(0), "last": dice.day(dice.between(0, 1))}
        if dice.on():
            collections[name] |= {"missing": "50%", "late": {"share": "100%", "delay": "15min"}}
    for collection in collections.values():
        if dice.on():
            collection["capacity"] = f"{dice.one_of(1, 7, 30, 900)} parcels"
    courier: Spec = {"collections": collections}
    if dice.on():
        courier["late"] = {"share": dice.one_of("30%", "100%"), "delay": dice.length()}
    if dice.on():
        courier["missing"] = "20%"
    if dice.on():
        collections["one"]["capacity"] = "9 parcels"
        times = {"starts": f"{dice.starts:%Y-%m-%dT%H:%M:%S}", "ends": f"{dice.day(1)}T12:00"}
        courier["overloads"] = {"full": {**times, "capacity": dice.one_of("0%", "40%")}}
    return courier


def _aftercare(dice: Dice, stations: list[str], pools: list[str]) -> Spec:
    spec: Spec = {}

    def handling() -> Spec:
        work = f"{dice.one_of(0.5, 30, 60)}s/parcel"
        return {"pool": dice.one_of(*pools), "work": work, "distribution": dice.spread()}

    if dice.on():
        spec["cancellations"] = {
            "share": dice.one_of("5%", "60%", "100%"),
            "delay": dice.delay(),
            "goods_from": dice.one_of(*stations),
        }
        if dice.on():
            spec["cancellations"]["restocking"] = handling()
    if dice.on():
        spec["returns"] = {
            "share": dice.one_of("30%", "100%"), "delay": dice.delay(), "handling": handling()
        }  # fmt: skip
    if dice.on():
        spec["costs"] = {"parcel": "4 CNY/parcel", "material": "1 CNY/order"}
    return spec
