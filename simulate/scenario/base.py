"""What every part of a scenario has in common."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

NAME_PATTERN = r"^[a-z][a-z0-9_-]{0,39}$"


@dataclass(frozen=True, slots=True)
class FromFile:
    """The context in which a scenario file is validated: the zone of its naive moments."""

    zone: ZoneInfo | None


class Part(BaseModel):
    """A frozen piece of a scenario. A key that it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, data: Any) -> Any:
        """Take a known key that holds null as absent: that is how an inherited key is removed."""
        if not isinstance(data, dict):
            return data
        return {
            key: value
            for key, value in data.items()
            if value is not None or key not in cls.model_fields
        }


def _check_name(value: str) -> str:
    if not re.fullmatch(NAME_PATTERN, value):
        raise PydanticCustomError(
            "name",
            "`{value}` cannot be a name: use small letters, digits, `-` and `_`, "
            "starting with a letter, at most 40",
            {"value": value[:60]},
        )
    return value


Name = Annotated[
    str, AfterValidator(_check_name), WithJsonSchema({"type": "string", "pattern": NAME_PATTERN})
]
"""A short name that other parts refer to, such as ``search-ads``."""


class Text(Part):
    """Words for readers, in each language of the playbook. Shown as text, never as markup."""

    en: str
    zh: str


def _parse_text(value: Any) -> Any:
    if isinstance(value, str):
        return {"en": value, "zh": value}
    return value


Label = Annotated[Text, BeforeValidator(_parse_text)]
"""``{en: Packers, zh: 打包员}``, or one string for both languages."""


def _parse_clock(value: Any, info: ValidationInfo) -> int:
    """Return minutes after midnight of ``HH:MM``, or of ``HH:MM+1d`` on the next day."""
    if isinstance(value, int) and not isinstance(value, bool) and info.context is None:
        return value
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(\+1d)?", str(value).strip())
    if match is not None:
        minutes = int(match[1]) * 60 + int(match[2])
        if minutes <= 1440 and int(match[2]) < 60:
            return minutes + (1440 if match[3] else 0)
    raise PydanticCustomError(
        "clock",
        "`{value}` is not a time of day: write `08:00`, or `06:00+1d` for the next morning",
        {"value": str(value)[:40]},
    )


ClockTime = Annotated[
    int,
    BeforeValidator(_parse_clock),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{1,2}:\d{2}(\+1d)?$",
            "description": "A local time of day; `+1d` is the next day.",
            "examples": ["08:00", "06:00+1d"],
        }
    ),
]
"""Minutes after local midnight."""


def _parse_day(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = str(value).strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise PydanticCustomError(
        "day", "`{value}` is not a date: write one such as `2026-12-12`", {"value": text[:40]}
    )


Day = Annotated[
    date,
    BeforeValidator(_parse_day),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}$",
            "description": "A date of the shop's calendar.",
            "examples": ["2026-12-12"],
        }
    ),
]
"""A local date."""


def _parse_moment(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    text = str(value).strip()
    try:
        if re.match(r"\d{4}-\d{2}-\d{2}", text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise PydanticCustomError(
        "moment",
        "`{value}` is not a date and time: write `2026-12-12T00:00`, in the shop's time "
        "zone, or `2026-12-12T00:00+08:00`",
        {"value": text[:40]},
    )


def _give_zone(value: datetime, info: ValidationInfo) -> datetime:
    """Return a moment from a file in the zone of the file; others as they are."""
    if not isinstance(info.context, FromFile) or info.context.zone is None:
        return value
    zone = info.context.zone
    if not 1900 <= value.year <= 2200:
        raise PydanticCustomError("moment", "the year must lie between 1900 and 2200")
    if value.tzinfo is not None:
        return value.astimezone(zone)
    early, late = value.replace(tzinfo=zone), value.replace(tzinfo=zone, fold=1)
    if early.utcoffset() == late.utcoffset():
        return early
    shown = {"value": value.isoformat(timespec="minutes")}
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != value:
        raise PydanticCustomError(
            "moment", "`{value}` does not exist in the shop's time zone: clocks go forward", shown
        )
    shown |= {
        "early": early.isoformat(timespec="minutes"),
        "late": late.isoformat(timespec="minutes"),
    }
    raise PydanticCustomError(
        "moment",
        "`{value}` comes twice in the shop's time zone, as clocks go back: write `{early}` or "
        "`{late}`",
        shown,
    )


Moment = Annotated[
    datetime,
    BeforeValidator(_parse_moment),
    AfterValidator(_give_zone),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)?)?$",
            "description": "A date and time; without an offset, in the shop's time zone.",
            "examples": ["2026-12-12T00:00", "2026-12-12T20:00+08:00"],
        }
    ),
]
"""Zone-aware once the scenario is loaded: the naive ones get the shop's zone."""
