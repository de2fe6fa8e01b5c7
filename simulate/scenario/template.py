"""The text of a new scenario."""

import re
from datetime import date, timedelta

from simulate.scenario.base import NAME_PATTERN
from simulate.scenario.problems import refusal, shortened

_TEMPLATE = """\
# yaml-language-server: $schema=../scenario.schema.json
#
# What this campaign changes in the shop of ../shop.yml. Whatever is not written here is as there;
# `null` removes what is there. Every figure carries its unit. To say where a figure comes from:
#   visitors: {{value: 900 visitors/day, source: "last year's campaign", confidence: computed}}
extends: ../shop.yml

title: {{en: {title}, zh: {title}}}
summary:
  en: What is planned, in one or two sentences.
  zh: 用一两句话说明活动内容。

# The campaign's traffic runs between these; the line works on until the last order has left.
starts: {first}T00:00
ends: {last}T00:00

phases:
  burst:
    label: {{en: Burst, zh: 爆发期}}
    starts: {day}T00:00
    ends: {after}T00:00
    traffic: 3x          # times the shop's ordinary visitors
    order_share: 110%    # times its ordinary share of visitors who order

# Extra hands on the day and the day after.
pools:
  packers:
    shifts:
      extra:
        label: {{en: Temporary, zh: 临时工}}
        starts: 08:30
        ends: 20:00
        people: 2 people
        first: {day}
        last: {after}

# What counts as success. The page's verdict is held against these.
targets:
  on_time_share: 98%
  lead_time_p90: 48h
"""


def new_scenario(name: str, today: date) -> str:
    """Return a scenario for the next 12 December after `today`, to be saved as `name`.yml.

    It is valid as it stands beside our shop. Raises InputError if `name` cannot be a name.
    """
    if not re.fullmatch(NAME_PATTERN, name):
        near = re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-")[:40]
        hint = f": for example `{near}`" if re.fullmatch(NAME_PATTERN, near) else ""
        raise refusal(
            f"`{shortened(name)}` cannot be a scenario's name: use small letters, digits, `-` and "
            f"`_`, starting with a letter, at most 40{hint}"
        )
    day = date(today.year, 12, 12)
    if day <= today:
        day = date(today.year + 1, 12, 12)
    return _TEMPLATE.format(
        title=f'"{name.replace("-", " ").replace("_", " ").strip().capitalize()}"',
        first=day - timedelta(days=2),
        day=day,
        after=day + timedelta(days=1),
        last=day + timedelta(days=3),
    )
