"""Everything in front of payment of a random scenario: traffic, goods, the desk, what acts back."""

from datetime import timedelta

from simulate.evidence.dice import Dice, Spec
from simulate.evidence.random_line import any_shift, first_shift

PHASES = ["before", "sale"]


def market_spec(dice: Dice, line: Spec) -> Spec:
    """Return everything in front of payment, to go with a dispatch line."""
    groups = ["plain", "hero"] if dice.on() else ["plain"]
    is_cancelled = "cancellations" in line
    spec: Spec = {
        "channels": _channels(dice, groups),
        "conversion": _conversion(dice),
        "sku_groups": {name: _group(dice, name, groups, line) for name in groups},
    }
    if dice.on():
        spec["phases"] = _phases(dice, groups, list(spec["channels"]))
        if dice.on():
            spec["channels"]["web"]["phases"] = ["sale"]
    if dice.on():
        spec["profiles"] = {"busy": _profile(dice)}
        spec["profile"] = "busy"
    if dice.on():
        levels = ("campaign", "channel", "day", "hour")
        spec["forecast_error"] = {level: dice.share() for level in levels}
    if dice.on():
        spec["payment_delay"] = dice.delay()
    if dice.on():
        spec["promise"] = {"kind": "hours", "within": dice.one_of("2h", "24h")}
    if dice.on():
        spec["shops"] = _shops(dice, spec["channels"])
    if all("value" in group for group in spec["sku_groups"].values()) and dice.on():
        spec["offers"] = _offers(dice, spec, is_cancelled=is_cancelled)
        spec["price_response"] = {
            tier: {"conversion": 1.5, "order_value": 0.5} for tier in ("traffic", "other")
        }
        if is_cancelled:
            spec["price_response"]["other"]["cancellations"] = 1.0
    if dice.on():
        spec["desk"] = _desk(dice)
        spec["conversion"]["enquiry_share"] = dice.share()
    if dice.on():
        spec["controller"] = _controller(dice, spec)
    return spec


def promised(dice: Dice, spec: Spec) -> Spec:
    """Return the options that need a promise, if there is one."""
    owners = [spec, *spec["sku_groups"].values(), *spec.get("shops", {}).values()]
    if not any("promise" in owner for owner in owners):
        return {}
    options: Spec = {"due_dates": bool(dice.between(0, 1))}
    if dice.on() and all("value" in group for group in spec["sku_groups"].values()):
        options["compensation"] = {"share": "30%", "least": "5 CNY", "most": "100 CNY"}
    return options


def _channels(dice: Dice, groups: list[str]) -> Spec:
    channels: Spec = {"web": {"visitors": f"{dice.between(1, 500)} visitors/day"}}
    if dice.on():
        channels["ads"] = dice.one_of(
            {"spend": "200 CNY/day", "cpc": "1 CNY/click"},
            {"spend": "200 CNY/day", "cpm": "20 CNY/1000 impressions", "click_rate": "2%"},
        )
        if dice.on():
            saturation = {"linear_up_to": "100 CNY/day", "exponent": "50%"}
            channels["ads"] = {**channels["ads"], "saturation": saturation}
    if dice.on():
        channels["mail"] = {
            "reach": f"{dice.between(1, 20)} people",
            "response": "100%",
            "sent": f"{dice.starts + timedelta(minutes=30):%Y-%m-%dT%H:%M:%S}",
            "response_delay": dice.one_of("0s", "1h"),
        }
        if dice.on():
            channels["mail"]["message_price"] = "0.08 CNY/message"
    if dice.on():
        show = {"lasts": dice.length(), "decay": dice.duration(), "visitors": dice.people(1, 30)}
        channels["show"] = {"stream": {"starts": f"{dice.starts:%Y-%m-%dT%H:%M:%S}", **show}}
    for name, channel in channels.items():
        if dice.on():
            channel |= {"commission": "8%", "slot_fee": "100 CNY"}
        if dice.on():
            channel["landing"] = "50%"
        if dice.on():
            channel["priority"] = dice.between(0, 9)
        if dice.on():
            channel["sku_groups"] = {dice.one_of(*groups): "100%"}
        if dice.on():
            channel["conversion"] = {"paid_share": dice.share()}
        if name != "web" and dice.on():
            channel["assisted_by"] = {"web": "30%"}
    return channels


def _conversion(dice: Dice) -> Spec:
    shares: Spec = {"enquiry_order_share": dice.share(), "paid_share": dice.one_of("100%", "80%")}
    if dice.on():
        steps = {"cart_share": "30%/view", "cart_order_share": "80%/cart"}
        shares["path"] = {"views": "4 views/visitor", **steps}
    else:
        shares["order_share"] = "100%"
    if dice.on():
        shares["enquiry_share"] = dice.share()
    return shares


def _phases(dice: Dice, groups: list[str], channels: list[str]) -> Spec:
    """Return two phases that follow each other; carts and deposits of one lead to the other."""
    middle = dice.starts + (dice.ends - dice.starts) / 2
    edges = [f"{each:%Y-%m-%dT%H:%M:%S}" for each in (dice.starts, middle, dice.ends)]
    before: Spec = {"starts": edges[0], "ends": edges[1]}
    sale: Spec = {"starts": edges[1], "ends": edges[2]}
    if dice.on():
        before["carts"] = {
            "share": dice.share(), "opens": "sale", "convert": "60%", "within": dice.length()
        }  # fmt: skip
        before["order_share"] = "50%"
    if dice.on():
        before["presale"] = {
            "deposit": "20%",
            "balance_from": edges[1],
            "balance_until": f"{dice.ends + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}",
            "paid_share": "80%",
            "delay": dice.delay(),
        }
        if dice.on():
            before["presale"]["sku_groups"] = [groups[-1]]
    if dice.on():
        sale["traffic"] = "2x"
        if "ads" in channels:
            sale["channels"] = {"ads": "3x"}
    if dice.ends - middle > timedelta(hours=1) and dice.on():
        sale["first_hour"] = "20%"
    if dice.on():
        sale["conversion"] = {"paid_share": dice.share()}
    return dict(zip(PHASES, (before, sale), strict=True))


def _profile(dice: Dice) -> object:
    hours = [f"{dice.between(1, 9)}%" for _ in range(24)]
    minutes = ["1%" if minute % 15 == 0 else "0%" for minute in range(1440)]
    return dice.one_of(hours, minutes, {"milestones": {"06:00": "10%", "09:00": "60%"}})


def _group(dice: Dice, name: str, groups: list[str], line: Spec) -> Spec:
    group: Spec = {
        "share": "100%" if len(groups) == 1 else "50%",
        "lines": dice.one_of(
            {"kind": "fixed", "count": 1},
            {"kind": "geometric", "mean": 2},
            {"kind": "empirical", "shares": {1: "60%", 3: "40%"}},
        ),
        "packed_beforehand": dice.one_of("0%", "30%"),
    }
    if dice.on():
        group["priority"] = dice.between(0, 9)
    if dice.on():
        group["promise"] = {"kind": "hours", "within": dice.one_of("1h", "6h")}
    if dice.on():
        group["value"] = {"mean": "100 CNY/order", "distribution": dice.spread()}
        group["margin"] = "40%"
    if dice.on():
        group["tier"] = dice.one_of("traffic", "profit")
    if "cancellations" in line and dice.on():
        group["cancellations"] = dice.share()
    if dice.on():
        group["stock"] = _stock(dice, name, groups, list(line["pools"]))
    return group


def _stock(dice: Dice, name: str, groups: list[str], pools: list[str]) -> Spec:
    stock: Spec = {"opening": f"{dice.between(1, 30)} units"}
    if dice.on():
        stock["receipts"] = {each: _receipt(dice, pools) for each in ("one", "two")}
    if dice.on():
        others = [other for other in groups if other != name]
        sold_out: Spec = {"leave": "40%"}
        if "receipts" in stock:
            sold_out["wait"] = "30%" if others else "60%"
        if others:
            sold_out["take"] = {others[0]: "30%" if "receipts" in stock else "60%"}
        stock["sold_out"] = sold_out if len(sold_out) > 1 else {"leave": "100%"}
    return stock


def _receipt(dice: Dice, pools: list[str]) -> Spec:
    receipt: Spec = {"at": dice.moment(), "units": f"{dice.between(1, 20)} units"}
    if dice.on():
        receipt["unloading"] = {
            "pool": dice.one_of(*pools), "people": dice.people(1, 3), "lasts": dice.length()
        }  # fmt: skip
    return receipt


def _shops(dice: Dice, channels: Spec) -> Spec:
    """Return one or two shops; channels are given to them, the first to the first."""
    names = ["tmall", "taobao"][: min(len(channels), dice.between(1, 2))]
    for number, channel in enumerate(channels.values()):
        if number < len(names):
            channel["shop"] = names[number]
    shops: Spec = {name: {"label": name.title()} for name in names}
    if dice.on():
        shops[names[0]]["promise"] = {"kind": "hours", "within": "3h"}
    return shops


def _offers(dice: Dice, spec: Spec, *, is_cancelled: bool) -> Spec:
    off: Spec = {"discount": "20%"}
    if dice.on():
        off["coupon"] = {"threshold": "120 CNY", "off": "20 CNY", "stretch": "30%"}
        if is_cancelled:
            off["coupon"]["cancelled"] = "20%"
    if "phases" in spec and dice.on():
        off["phases"] = ["sale"]
    if dice.on():
        off["sku_groups"] = ["plain"]
    return {"less": off}


def _desk(dice: Dice) -> Spec:
    desk: Spec = {
        "shifts": {"first": _agents(first_shift(dice))},
        "chats": f"{dice.between(1, 3)} chats",
        "handling": dice.delay(),
        "patience": dice.delay(),
        "first_answer": dice.one_of("0s", "15s"),
    }
    if dice.on():
        desk["shifts"]["second"] = _agents(any_shift(dice))
    if dice.on():
        desk |= {"bot_share": "30%", "bot_order_share": dice.share()}
    if dice.on():
        desk |= {"silent": dice.share(), "idle_timeout": "2min"}
    if dice.on():
        desk["wage"] = "22 CNY/h"
    if dice.on():
        handling = {"mean": "3min", "distribution": dice.spread()}
        desk["chase"] = {"after": "10min", "handling": handling, "success": dice.share()}
    return desk


def _agents(shift: Spec) -> Spec:
    return {key: value for key, value in shift.items() if key != "learning"}


def _controller(dice: Dice, spec: Spec) -> Spec:
    rules: Spec = {}
    for name in ("ease-off", "hold-back")[: dice.between(1, 2)]:
        least = dice.between(0, 20)
        rule: Spec = {
            "above": f"{least + dice.between(1, 20)} orders",
            "until": f"{least} orders",
            "delay": dice.one_of("0s", "5min", "20min"),
            "cut": {dice.one_of(*spec["channels"]): dice.one_of("0%", "50%")},
        }
        if dice.on():
            rule["close"] = [dice.one_of(*spec["sku_groups"])]
        if "promise" in spec and dice.on():
            rule["longer_promise"] = {"by": "2h", "order_share": "80%"}
        rules[name] = rule
    return {"every": dice.one_of("1min", "5min", "30min"), "rules": rules}
