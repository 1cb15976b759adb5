"""Dates, time stamps, yes and no, choices and texts."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from incentive import tree
from incentive.data import Dataset, read
from tests.unit.data.reads import Column, codes
from tests.unit.data.samples import DATE, TEXT, plan, table

STAMP = tree.Unit("timestamp")
YES_NO = tree.Unit("yes_no")
STAGE = tree.Unit("choice", choices=("open", "won"))
PARIS = 'timezone = "Europe/Paris"'


@pytest.mark.parametrize(
    ("text", "settings", "value"),
    [
        ("2026-02-28", "", date(2026, 2, 28)),
        ("2024-02-29", "", date(2024, 2, 29)),
        ("28/02/2026", 'date = "DD/MM/YYYY"', date(2026, 2, 28)),
        ("2/28/2026", 'date = "M/D/YYYY"', date(2026, 2, 28)),
        ("20260228", 'date = "YYYYMMDD"', date(2026, 2, 28)),
        ("2026-02-28 23:59:59", 'date = "YYYY-MM-DD hh:mm:ss"', date(2026, 2, 28)),
    ],
)
def test_a_date_in_its_declared_form_is_read(tmp_path: Path, text: str, settings: str, value: date) -> None:
    assert Column(DATE, text, settings).value(tmp_path) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("03/04/2026", "D205"),
        ("20260105", "D205"),
        ("2026-W01-1", "D205"),
        ("26-01-05", "D205"),
        ("2026-1-5", "D205"),
        ("2026-01-05T00:00:00", "D205"),
        (" 2026-01-05", "D205"),
        ("45000", "D205"),
        ("２０２６-01-05", "D205"),
        ("2026-02-30", "D206"),
        ("1900-02-29", "D206"),
        ("2026-13-01", "D206"),
        ("0000-01-01", "D206"),
        ("0001-01-01", "D207"),
        ("9999-12-31", "D207"),
    ],
)
def test_any_other_date_is_refused(tmp_path: Path, text: str, code: str) -> None:
    assert Column(DATE, text).codes(tmp_path) == [code]


@pytest.mark.parametrize("form", ["YYYY", "DD/MM/YY", "YYYY-MM-DD YYYY", "DD MMM YYYY", "iso", ""])
def test_a_form_that_does_not_name_one_day_is_refused(tmp_path: Path, form: str) -> None:
    assert Column(DATE, "2026-01-05", f'date = "{form}"').codes(tmp_path) == ["D405"]


def test_a_local_time_is_an_instant_and_a_day_of_the_plan(tmp_path: Path) -> None:
    found = read(
        Dataset.from_rows(
            tables={"t": [{"x": "2026-03-31T23:30:00"}]}, people=[{"who": "ana"}], timezone="America/Sao_Paulo"
        ),
        plan((table("t", tree.Field("x", STAMP)),), timezone="Europe/Paris"),
    )
    moment = found.tables["t"].columns["x"][0]
    assert str(moment).startswith("Moment(utc=datetime.datetime(2026, 4, 1, 2, 30")
    assert getattr(moment, "day", None) == date(2026, 4, 1)
    assert Column(STAMP, "2026-03-31T23:30:00", PARIS).codes(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "settings", "code"),
    [
        ("2026-01-05T10:00:00", "", "D209"),
        ("2026-03-29T02:30:00", PARIS, "D210"),
        ("2026-10-25T02:30:00", PARIS, "D211"),
        ("2026-01-05", PARIS, "D208"),
        ("2026-01-05T24:00:00", PARIS, "D206"),
        ("2026-01-05T10:60:00", PARIS, "D206"),
        ("2026-02-30T10:00:00", PARIS, "D206"),
        ("2026-01-05T10:00:00 CET", PARIS, "D208"),
        ("2026-01-05T10:00:00+99:00", PARIS, "D208"),
        ("9999-12-31T00:00:00", PARIS, "D207"),
    ],
)
def test_a_time_that_is_not_one_instant_is_refused(tmp_path: Path, text: str, settings: str, code: str) -> None:
    assert Column(STAMP, text, settings).codes(tmp_path) == [code]


@pytest.mark.parametrize("text", ["2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00Z", "2026-10-25 00:30Z"])
def test_an_offset_needs_no_zone(tmp_path: Path, text: str) -> None:
    value = Column(STAMP, text).value(tmp_path)
    assert getattr(value, "utc", None) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_dates_and_times_of_the_host_are_not_mixed() -> None:
    def given(value: object) -> Dataset:
        return Dataset.from_rows(tables={"t": [{"x": value}]}, people=[{"who": "ana"}])

    aware = datetime(2026, 1, 31, 23, 30, tzinfo=timezone(timedelta(hours=-3)))
    days, stamps = (plan((table("t", tree.Field("x", unit)),)) for unit in (DATE, STAMP))
    assert codes(given(aware), days) == ["D205"]
    assert codes(given(aware.date()), stamps) == ["D208"]
    assert codes(given(aware.replace(tzinfo=None)), stamps) == ["D209"]
    moment = read(given(aware), stamps).tables["t"].columns["x"][0]
    assert getattr(moment, "day", None) == date(2026, 2, 1)


def test_yes_and_no_are_spelt_as_declared(tmp_path: Path) -> None:
    assert Column(YES_NO, "true").value(tmp_path) is True
    assert Column(YES_NO, "True").codes(tmp_path) == ["D212"]
    assert Column(YES_NO, "N", 'values = { Y = true, N = "false" }').value(tmp_path) is False
    assert Column(YES_NO, "true", 'values = { Y = "true", N = "false" }').codes(tmp_path) == ["D212"]


def test_a_choice_is_a_word_of_the_author_or_translated(tmp_path: Path) -> None:
    assert Column(STAGE, "won").value(tmp_path) == "won"
    assert Column(STAGE, "Won").codes(tmp_path) == ["D213"]
    assert Column(STAGE, "Closed Won", 'values = { "Closed Won" = "won" }').value(tmp_path) == "won"


@pytest.mark.parametrize("text", ["NA", "Null", "True", "nan", "-", "00123", " x ", "=cmd|'/c calc'!A1", "<b>", "../x"])
def test_a_text_stays_as_it_is(tmp_path: Path, text: str) -> None:
    assert Column(TEXT, text).value(tmp_path) == text


def test_a_text_is_composed(tmp_path: Path) -> None:
    assert Column(TEXT, "e\u0301").value(tmp_path) == "é"
