"""Whether campaigns are prepared in time, and by whom."""

from collections.abc import Iterator
from datetime import timedelta

from simulate.plan.campaigns import Campaign
from simulate.plan.findings import Contradiction, Path
from simulate.plan.loaded import LoadedPlan
from simulate.plan.words import both, day_en, day_zh, ratio

DAY = 86400.0
WEEK = 7 * DAY


def preparation(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """Every campaign has its weeks of preparation, and its steps lie inside them."""
    least = loaded.plan.least_preparation
    for name, campaign in loaded.plan.campaigns.items():
        has = campaign.preparation.lasts if campaign.preparation else 0.0
        path: Path = ("campaigns", name)
        if has < least:
            if campaign.preparation:
                path = (*path, "preparation", "lasts")
            yield Contradiction(
                path,
                both(
                    f"{campaign.label.en} has {_time(has)} of preparation, the plan wants "
                    f"{_time(least)} or more",
                    f"{campaign.label.zh}的准备期为 {_time_zh(has)}，"
                    f"计划要求不少于 {_time_zh(least)}",
                ),
                both(
                    "a preparation from "
                    f"{day_en(campaign.first - timedelta(seconds=least))} at the latest",
                    f"最迟从 {day_zh(campaign.first - timedelta(seconds=least))}开始准备",
                ),
            )
        yield from _steps_in_time(name, campaign)


def _steps_in_time(name: str, campaign: Campaign) -> Iterator[Contradiction]:
    if campaign.preparation is None:
        return
    begins = campaign.first - timedelta(seconds=campaign.preparation.lasts)
    for key, step in campaign.preparation.steps.items():
        day = step.day(campaign.first)
        if begins <= day < campaign.first:
            continue
        field = "due" if step.due else "before"
        if day >= campaign.first:
            where, where_zh = "when it has started", "此时活动已经开始"
        else:
            where, where_zh = "before its preparation starts", "早于准备期开始"
        latest = campaign.first - timedelta(days=1)
        yield Contradiction(
            ("campaigns", name, "preparation", "steps", key, field),
            both(
                f"“{step.label.en}” of {campaign.label.en} is due on {day_en(day)}, {where}",
                f"{campaign.label.zh}的“{step.label.zh}”定在 {day_zh(day)}，{where_zh}",
            ),
            both(
                f"a day from {day_en(begins)} to {day_en(latest)}",
                f"{day_zh(begins)}至 {day_zh(latest)}之间的一天",
            ),
        )


def _time(seconds: float) -> str:
    number, unit = (seconds / WEEK, "week") if seconds >= WEEK else (seconds / DAY, "day")
    return f"{ratio(number)} {unit}{'' if number == 1 else 's'}"


def _time_zh(seconds: float) -> str:
    return f"{ratio(seconds / WEEK)} 周" if seconds >= WEEK else f"{ratio(seconds / DAY)} 天"


def responsible(loaded: LoadedPlan) -> Iterator[Contradiction]:
    """Every campaign, every step of its preparation and every slot has one who answers for it."""
    for name, campaign in loaded.plan.campaigns.items():
        path: Path = ("campaigns", name)
        nameless: list[tuple[Path, str, str]] = []
        if campaign.role is None:
            nameless.append((path, campaign.label.en, campaign.label.zh))
        for key, step in (campaign.preparation.steps if campaign.preparation else {}).items():
            if step.role is None:
                of = f"“{step.label.en}” of {campaign.label.en}"
                of_zh = f"{campaign.label.zh}的“{step.label.zh}”"
                nameless.append(((*path, "preparation", "steps", key), of, of_zh))
        for key, slot in campaign.timetable.items():
            if slot.role is None:
                of = f"“{slot.label.en}” in the timetable of {campaign.label.en}"
                of_zh = f"{campaign.label.zh}时间表中的“{slot.label.zh}”"
                nameless.append(((*path, "timetable", key), of, of_zh))
        for at, en, zh in nameless:
            known = ", ".join(f"`{role}`" for role in loaded.plan.roles) or "none yet"
            yield Contradiction(
                at,
                both(f"nobody answers for {en}", f"{zh}没有负责人"),
                both(f"a `role`, one of {known}", f"写明 `role`，可选 {known}"),
            )
