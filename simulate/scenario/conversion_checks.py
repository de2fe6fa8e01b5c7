"""Whether shares of visitors, carts and presales fit together."""

from collections.abc import Iterator

from simulate.scenario.conversion import Carts, Conversion, Presale, changed
from simulate.scenario.findings import Finding, unknown
from simulate.scenario.scenario import Scenario

MOST_VIEWS = 1000


def check_conversion(scenario: Scenario) -> list[Finding]:
    """Return everything about what visitors do that does not fit together."""
    findings = [*_paths(scenario)]
    for name, phase in scenario.phases.items():
        findings += _order_share(scenario, name)
        if phase.carts is not None:
            findings += _carts(scenario, name, phase.carts)
        if phase.presale is not None:
            findings += _presale(scenario, name, phase.presale)
    return findings


def _paths(scenario: Scenario) -> Iterator[Finding]:
    paths = [
        (("conversion", "path"), scenario.conversion.path),
        *(((kind, name, "conversion", "path"), part.conversion.path)
          for kind, parts in (("channels", scenario.channels), ("phases", scenario.phases))
          for name, part in parts.items()),
    ]  # fmt: skip
    for loc, path in paths:
        if path is not None and path.views > MOST_VIEWS:
            message = f"more than {MOST_VIEWS:,} views a visitor are not possible"
            yield Finding((*loc, "views"), message)


def conversion_in(scenario: Scenario, channel: str, phase: str) -> Conversion:
    """Return the shop's shares with those in which `phase` and then `channel` differ."""
    of_phase = changed(scenario.conversion, scenario.phases[phase].conversion)
    return changed(of_phase, scenario.channels[channel].conversion)


def _order_share(scenario: Scenario, name: str) -> Iterator[Finding]:
    factor = scenario.phases[name].order_share
    most = max(conversion_in(scenario, channel, name).ordering for channel in scenario.channels)
    if most * factor > 1:
        message = (f"{factor:g} times a share of {most:.1%} means that more than all visitors "
                   "order")  # fmt: skip
        yield Finding(("phases", name, "order_share"), message)


def _carts(scenario: Scenario, name: str, carts: Carts) -> Iterator[Finding]:
    loc = ("phases", name, "carts")
    opens = scenario.phases.get(carts.opens)
    if opens is None:
        yield unknown("phase", carts.opens, scenario.phases, *loc, "opens")
    elif scenario.seconds(opens.starts) < scenario.seconds(scenario.phases[name].ends):
        message = f"`{carts.opens}` begins before `{name}` has ended: carts are bought later"
        yield Finding((*loc, "opens"), message)


def _presale(scenario: Scenario, name: str, presale: Presale) -> Iterator[Finding]:
    loc = ("phases", name, "presale")
    starts = scenario.seconds(scenario.phases[name].starts)
    due, until = scenario.seconds(presale.balance_from), scenario.seconds(presale.balance_until)
    if due < starts:
        message = "the rest falls due before the presale begins"
        yield Finding((*loc, "balance_from"), message)
    if due > scenario.limit_seconds:
        message = "the rest falls due after the drain limit, when the run is over"
        yield Finding((*loc, "balance_from"), message)
    if until <= due:
        message = "the rest must be paid after it falls due, `balance_from`"
        yield Finding((*loc, "balance_until"), message)
    for index, group in enumerate(presale.sku_groups or ()):
        if group not in scenario.sku_groups:
            yield unknown("SKU group", group, scenario.sku_groups, *loc, "sku_groups", index)
