"""`Retry-After` as whole seconds or as a date."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any, Optional

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_TIME = r"(\d\d):(\d\d):(\d\d)"
_DATES = (
    re.compile(rf"^\w{{3}}, (?P<day>\d\d) (?P<month>\w{{3}}) (?P<year>\d{{4}}) (?P<time>{_TIME}) GMT$"),
    re.compile(rf"^\w{{6,9}}, (?P<day>\d\d)-(?P<month>\w{{3}})-(?P<year>\d\d) (?P<time>{_TIME}) GMT$"),
    re.compile(rf"^\w{{3}} (?P<month>\w{{3}}) (?P<day>[ \d]\d) (?P<time>{_TIME}) (?P<year>\d{{4}})$"),
)


def seconds(header: Optional[str], member: Any, now: float) -> Optional[float]:
    if header is not None:
        header = header.strip()
        if re.fullmatch(r"[0-9]{1,9}", header):
            return float(header)
        date = _date(header, now)
        if date is not None:
            return max(0.0, date - now)
    if isinstance(member, (int, float)) and not isinstance(member, bool) and member >= 0:
        return float(member)
    return None


def _date(text: str, now: float) -> Optional[float]:
    for form in _DATES:
        found = form.match(text)
        if found and found["month"] in _MONTHS:
            year = int(found["year"])
            if year < 100:
                # More than 50 years ahead is the century before.
                this = datetime.fromtimestamp(now, timezone.utc).year
                year += this - this % 100
                if year > this + 50:
                    year -= 100
            hour, minute, second = (int(part) for part in found["time"].split(":"))
            try:
                return datetime(year, _MONTHS.index(found["month"]) + 1, int(found["day"]), hour, minute, min(second, 59),
                                tzinfo=timezone.utc).timestamp()
            except ValueError:
                return None
    return None
