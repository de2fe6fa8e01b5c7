"""What every part of a scenario has in common."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

NAME_PATTERN = r"^[a-z][a-z0-9_-]{0,39}$"


class Part(BaseModel):
    """A frozen piece of a scenario. A key that it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


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


def _parse_clock(value: Any) -> int:
    """Return minutes after midnight of ``HH:MM``, or of ``HH:MM+1d`` on the next day."""

    if isinstance(value, int) and not isinstance(value, bool):
        return value
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(\+1d)?", str(value).strip())
    if match is None or int(match[1]) > 24 or int(match[2]) > 59 or (
        int(match[1]) == 24 and int(match[2]) > 0
    ):
        raise PydanticCustomError(
            "clock",
            "`{value}` is not a time of day: write `08:00`, or `06:00+1d` for the next morning",
            {"value": str(value)[:40]},
        )
    return int(match[1]) * 60 + int(match[2]) + (1440 if match[3] else 0)


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


def _parse_moment(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    try:
        moment = datetime.fromisoformat(str(value).strip())
    except ValueError:
        raise PydanticCustomError(
            "moment",
            "`{value}` is not a date and time: write `2026-12-12T00:00`, in the shop's time "
            "zone, or `2026-12-12T00:00+08:00`",
            {"value": str(value)[:40]},
        ) from None
    return moment


Moment = Annotated[
    datetime,
    BeforeValidator(_parse_moment),
    WithJsonSchema(
        {
            "type": "string",
            "description": "A date and time; without an offset, in the shop's time zone.",
            "examples": ["2026-12-12T00:00", "2026-12-12T20:00+08:00"],
        }
    ),
]
"""Zone-aware once the scenario is loaded: the scenario gives the naive ones its zone."""

__all__ = ["ClockTime", "Label", "Moment", "Name", "Part", "Text"]
