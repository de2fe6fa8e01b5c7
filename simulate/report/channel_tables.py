"""What each channel brings, what it costs, and whether its bids can pay."""

from collections.abc import Callable, Sequence

from simulate.report.escape import escape
from simulate.report.figures import bare, number, show, value
from simulate.report.grid import Column, heading, markdown_table
from simulate.report.subject import Subject
from simulate.results.outcome import ChannelResult, Estimate

NO_MONEY = 0.005
"""Less than a hundredth of the currency: nothing was spent."""


def channels_table(subject: Subject) -> str:
    """Return one row a channel: who comes, who pays, what it sells."""
    say, channels = subject.words.say, subject.outcome.channels
    if not channels:
        return say("tables.none")
    money = subject.scenario.currency
    figures: list[tuple[str, str, Callable[[ChannelResult], Estimate | None]]] = [
        ("measures.visitors.label", "", lambda each: each.visitors),
        ("tables.channels.conversion", "share", lambda each: each.conversion),
        ("measures.paid_orders.label", "", lambda each: each.paid),
        ("measures.sales.label", money, lambda each: each.sales),
    ]
    if any(_some(each.turned_away) for each in channels):
        figures.append(("tables.channels.turned_away", "", lambda each: each.turned_away))
    if any(each.margin is not None for each in channels):
        figures.append(("tables.channels.margin", money, lambda each: each.margin))
    rows = [
        [label_of(each, subject), *(bare(figure(each), subject.words) for *_, figure in figures)]
        for each in channels
    ]
    headings = [
        Column(heading(subject.words, say(key), unit), right=True) for key, unit, _ in figures
    ]
    return markdown_table([Column(say("tables.channel")), *headings], rows)


def ads_table(subject: Subject) -> str:
    """Return one row a channel that costs money: the cost, its return, the bid and its ceiling."""
    say, words = subject.words.say, subject.words
    channels = [each for each in subject.outcome.channels if _some(each.cost)]
    if not channels:
        return say("tables.channels.free")
    money = subject.scenario.currency
    units = {"cost": money, "roi": "", "credited": "", "each": money, "click": money,
             "ceiling": money}  # fmt: skip
    columns = [
        Column(say("tables.channel")),
        Column(say("tables.channels.bid")),
        *(
            Column(heading(words, say(f"tables.channels.{key}"), unit), right=True)
            for key, unit in units.items()
        ),
    ]
    return markdown_table(columns, [_ads_row(each, subject) for each in channels])


def overbid(subject: Subject) -> Sequence[ChannelResult]:
    """Return the channels whose clicks certainly cost more than they may."""
    return [each for each in subject.outcome.channels if each.is_overbid]


def ads_line(subject: Subject) -> str:
    """Return what promotion costs and returns in one sentence, or nothing if it is free."""
    measures, words = subject.outcome.measures, subject.words
    cost, roi, share = (
        measures.get(name) for name in ("ad_spend", "return_on_ads", "ads_share_of_sales")
    )
    if not _some(cost) or cost is None or roi is None or share is None:
        return ""
    return words.say(
        "verdicts.ads",
        cost=show(cost, words, interval=False),
        roi=show(roi, words, interval=False),
        share=show(share, words, interval=False),
    )


def overbid_lines(subject: Subject) -> list[str]:
    """Return a warning for each channel whose clicks cost more than they may, as Markdown."""
    return [
        subject.words.say(
            "verdicts.overbid",
            channel=label_of(each, subject),
            price=price(each.click_price, subject),
            ceiling=price(each.bid_ceiling, subject),
        )
        for each in overbid(subject)
    ]


def label_of(channel: ChannelResult, subject: Subject) -> str:
    """Return a channel's label as Markdown, with its shop where there are several."""
    label = escape(subject.channel(channel.channel))
    if not subject.scenario.shops:
        return label
    shop = escape(subject.selling_shop(channel.shop))
    return subject.words.say("tables.channels.of_shop", channel=label, shop=shop)


def price(estimate: Estimate | None, subject: Subject) -> str:
    """Return money for one thing, to the hundredth."""
    if estimate is None:
        return subject.words.say("figures.missing")
    return value(estimate.mean, estimate.unit, subject.words, decimals=2)


def _ads_row(channel: ChannelResult, subject: Subject) -> list[str]:
    return [
        label_of(channel, subject),
        _bid_badge(channel, subject),
        bare(channel.cost, subject.words),
        bare(channel.return_on_ads, subject.words),
        bare(channel.credited_return_on_ads, subject.words),
        _cents(channel.cost_per_visitor, subject),
        _cents(channel.click_price, subject),
        _cents(channel.bid_ceiling, subject),
    ]


def _bid_badge(channel: ChannelResult, subject: Subject) -> str:
    """Return whether a click costs more than it may, as a word in its colour."""
    bid, ceiling = channel.click_price, channel.bid_ceiling
    if bid is None or ceiling is None:
        return subject.words.say("figures.missing")
    word = "fail" if channel.is_overbid else "pass" if bid.high <= ceiling.low else "inconclusive"
    text = subject.words.say(f"tables.channels.bid_{word}")
    return f'<span class="pb-badge pb-{word}">{text}</span>'


def _some(estimate: Estimate | None) -> bool:
    return estimate is not None and abs(estimate.mean) >= NO_MONEY


def _cents(estimate: Estimate | None, subject: Subject) -> str:
    return subject.words.say("figures.missing") if estimate is None else number(estimate.mean, 2)
