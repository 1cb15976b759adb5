"""Declared forms of days and times, compiled: nothing is read in any other form.

`03/04/2026` is a day in March for one reader and in April for another, and lenient readers take both. A form is
written with `YYYY MM DD hh mm ss`, `f` for a fraction of a second, `D`, `M` and `h` for one or two digits, `Z` for
`Z` or an offset such as `+02:00`; everything else stands for itself.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import frozen

from incentive.data.findings import BadCellError

_PARTS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "MM": r"(?P<month>[0-9]{2})",
    "DD": r"(?P<day>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "D": r"(?P<day>[0-9]{1,2})",
    "hh": r"(?P<hour>[0-9]{2})",
    "h": r"(?P<hour>[0-9]{1,2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})",
    "f": r"(?P<fraction>[0-9]{1,6})",
    "Z": r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})",
}
_TOKEN = re.compile("|".join(sorted(_PARTS, key=len, reverse=True)))
_ISO = r"{YYYY}-{MM}-{DD}[T ]{hh}:{mm}(?::{ss}(?:\.{f})?)?{Z}?"
_FIRST, _LAST = 1900, 2199  # 0001 and 9999 mean "no date" in most systems, and would be taken for one


@frozen
class Form:
    """A compiled form."""

    written: str
    pattern: re.Pattern[str]

    def match(self, text: str, code: str) -> dict[str, str]:
        """The parts of a text; those that are not there are left out.

        Raises:
            BadCellError: `code`, the text has another form.
        """
        found = self.pattern.fullmatch(text)
        if found is None:
            raise BadCellError(code, form=self.written)
        return {name: part for name, part in found.groupdict().items() if part is not None}


def compile_form(written: str, *, clock: bool) -> Form | None:
    """The form of a declared spelling, or None where it does not say year, month and day (and hour and minute) once."""
    if written == "iso":
        return Form("YYYY-MM-DDThh:mm:ss", re.compile(re.sub(r"\{(\w+)\}", lambda m: _PARTS[m.group(1)], _ISO)))
    parts, at = [], 0
    names: list[str] = []
    for token in _TOKEN.finditer(written):
        literal = written[at : token.start()]
        if re.search(r"[A-Za-z0-9]", literal.removesuffix("T")):
            return None
        parts += [re.escape(literal), _PARTS[token.group()]]
        names += re.findall(r"\?P<(\w+)>", _PARTS[token.group()])
        at = token.end()
    rest = written[at:]
    needed = {"year", "month", "day"} | ({"hour", "minute"} if clock else set())
    if re.search(r"[A-Za-z0-9]", rest) or len(names) != len(set(names)) or not needed <= set(names):
        return None
    return Form(written, re.compile("".join([*parts, re.escape(rest)])))


def read_day(text: str, form: Form) -> date:
    """The day that a text names.

    Raises:
        BadCellError: D205 another form, D206 no such day, D207 a day that means "none".
    """
    parts = form.match(text, "D205")
    try:
        day = date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise BadCellError("D206") from None
    return check_day(day)


def check_day(day: date) -> date:
    """The day, if it can be one of the business.

    Raises:
        BadCellError: D207 it cannot.
    """
    if not _FIRST <= day.year <= _LAST:
        raise BadCellError("D207", first=str(_FIRST), last=str(_LAST))
    return day


def read_instant(text: str, form: Form, zone: ZoneInfo | None) -> datetime:
    """The instant in UTC that a text names; `zone` is that of local times.

    Raises:
        BadCellError: D206, D207, D208 another form, D209 no zone, D210 and D211 a local time that the clocks skip or
            show twice.
    """
    parts = form.match(text, "D208")
    try:
        clock = time(
            int(parts["hour"]),
            int(parts["minute"]),
            int(parts.get("second", "0")),
            int(parts.get("fraction", "0").ljust(6, "0")),
        )
        naive = datetime.combine(date(int(parts["year"]), int(parts["month"]), int(parts["day"])), clock)
    except ValueError:
        raise BadCellError("D206") from None
    check_day(naive.date())
    offset = parts.get("zone")
    if offset is None:
        return to_utc(naive, zone)
    if offset == "Z":
        return naive.replace(tzinfo=UTC)
    hours, minutes = int(offset[1:3]), int(offset[4:])
    if hours > 14 or minutes > 59:
        raise BadCellError("D208", form=form.written)
    shift = timedelta(hours=hours, minutes=minutes)
    return naive.replace(tzinfo=timezone(-shift if offset[0] == "-" else shift)).astimezone(UTC)


def to_utc(naive: datetime, zone: ZoneInfo | None) -> datetime:
    """The instant of a local time.

    Raises:
        BadCellError: D209 no zone is declared, D210 the clocks skip it, D211 they show it twice.
    """
    if zone is None:
        raise BadCellError("D209")
    early, late = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    if early.utcoffset() != late.utcoffset():
        skipped = early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive
        raise BadCellError("D210" if skipped else "D211", zone=zone.key)
    return early.astimezone(UTC)


def find_zone(name: str) -> ZoneInfo | None:
    """The time zone of a name of the IANA table, or None."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
