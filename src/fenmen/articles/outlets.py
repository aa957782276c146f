"""Which outlet a row of a table was taken from, and on which day it was printed."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fenmen.articles.clean import encodable

SOURCE_NAMES = (
    *("来源", "媒体", "出处", "报刊", "刊物", "报纸", "转载媒体"),
    *("outlet", "publisher", "media", "credit", "source"),
)
DATE_NAMES = (
    *("日期", "发布日期", "发表日期", "刊发日期", "见报日期", "时间", "发布时间", "发表时间"),
    *("date", "published", "pub_date", "day", "time"),
)
_LONGEST = 200  # characters of a cell that may name an outlet
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:[-./年](?P<month>\d\d?)[-./月](?P<day>\d\d?)|(?P<rest>\d{4})(?!\d))"
)


def outlet_of(row: Mapping[str, Any], column: str) -> str:
    """The outlet in a row; "" if its cell says none."""
    value = row.get(column)
    return encodable(" ".join(value[:_LONGEST].split())) if isinstance(value, str) else ""


def day_of(row: Mapping[str, Any], column: str) -> str:
    """The day in a row as YYYY-MM-DD, from 2024年5月6日, 2024/5/6, 20240506 or a date itself.

    "" if there is none.
    """
    value = row.get(column) if column else None
    if value is None:
        return ""
    return _day(value.isoformat() if hasattr(value, "isoformat") else str(value)[:_LONGEST])


@lru_cache(maxsize=4096)  # many rows are of one day
def _day(written: str) -> str:
    if not (found := _DAY.search(written)):
        return ""
    rest = found["rest"]
    month, day = (
        (int(rest[:2]), int(rest[2:])) if rest else (int(found["month"]), int(found["day"]))
    )
    return (
        f"{found['year']}-{month:02}-{day:02}"
        if month in range(1, 13) and day in range(1, 32)
        else ""
    )
