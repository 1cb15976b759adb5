"""Days and instants by looked-up changes of the clocks are those of `zoneinfo`."""

import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from incentive.data.findings import BadCellError
from incentive.data.formats import to_utc

pl = pytest.importorskip("polars", reason="Polars is not installed")

from incentive.columns.zones import clock  # noqa: E402 - after Polars was found

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STEP = timedelta(microseconds=1)
HARD = ["Africa/Casablanca", "America/Sao_Paulo", "America/Vancouver", "Antarctica/Troll", "Australia/Lord_Howe"]
HARD += ["Asia/Pyongyang", "Europe/Dublin", "Europe/Paris", "Pacific/Apia", "Pacific/Chatham", "UTC"]


@pytest.mark.parametrize("name", HARD)
def test_days_are_those_of_the_zone(name: str) -> None:
    zone, chance = ZoneInfo(name), random.Random(name)
    first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in (1990, 2041))
    table = clock(zone, (first - EPOCH) // STEP, (last - EPOCH) // STEP)
    near = [EPOCH + timedelta(microseconds=each) + gap for each in table.changes for gap in (-STEP, 0 * STEP)]
    times = near + [first + chance.random() * (last - first) for _ in range(2_000)]
    days = table.days(pl.Series([(each - EPOCH) // STEP for each in times], dtype=pl.Int64))
    assert days.to_list() == [each.astimezone(zone).toordinal() for each in times]


@pytest.mark.parametrize("name", HARD)
def test_local_times_are_instants_unless_skipped_or_shown_twice(name: str) -> None:
    zone = ZoneInfo(name)
    first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in (2009, 2031))
    table = clock(zone, (first - EPOCH) // STEP, (last - EPOCH) // STEP)
    for change in table.changes:
        for gap in range(-26, 27):
            local = (EPOCH + timedelta(microseconds=change) + gap * timedelta(minutes=30)).replace(tzinfo=None)
            wanted = None
            with suppress(BadCellError):
                wanted = (to_utc(local, zone) - EPOCH) // STEP
            found = table.utc(pl.Series([(local.replace(tzinfo=UTC) - EPOCH) // STEP], dtype=pl.Int64))
            assert (None if found is None else found[0]) == wanted


def test_no_change_hides_between_two_looks() -> None:
    """Every offset that a zone has at some hour from 1970 to 2037 is known."""
    for name in sorted(available_timezones())[::25]:
        zone = ZoneInfo(name)
        first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in (1970, 2037))
        table = clock(zone, (first - EPOCH) // STEP, (last - EPOCH) // STEP)
        hours = [first + timedelta(hours=each) for each in range(0, (last - first) // timedelta(hours=1), 5)]
        days = table.days(pl.Series([(each - EPOCH) // STEP for each in hours], dtype=pl.Int64))
        assert days.to_list() == [each.astimezone(zone).toordinal() for each in hours], name
