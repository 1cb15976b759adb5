"""Amounts leave as decimals, to the last digit."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest

from incentive.diagnostics import UsageError

pl = pytest.importorskip("polars", reason="Polars is not installed")

from incentive.columns import result_frame, write_pieces  # noqa: E402 - after Polars was found

CENTS = [123_456, -5, None, 10**37, -(10**37) - 1]
AMOUNTS = [Decimal("1234.56"), Decimal("-0.05"), None, Decimal(10) ** 35, Decimal("-" + "1" + "0" * 35 + ".01")]
ROWS = pl.DataFrame({"participant": ["ana"] * 5, "amount": pl.Series(CENTS, dtype=pl.Int128)})


def test_whole_cents_of_any_width_become_decimals() -> None:
    found = result_frame(ROWS, minor_digits=2).frame.get_column("amount")
    assert found.dtype == pl.Decimal(38, 2)
    assert found.to_list() == AMOUNTS


def test_a_currency_without_minor_units_has_no_mark() -> None:
    assert result_frame(ROWS, minor_digits=0).frame.get_column("amount").to_list()[:2] == [
        Decimal(123_456),
        Decimal(-5),
    ]


def test_floats_and_39_digits_are_refused() -> None:
    with pytest.raises(UsageError, match="expected decimals"):
        result_frame(pl.DataFrame({"amount": [0.1]}), minor_digits=2)
    with pytest.raises(UsageError, match="38 digits"):
        result_frame(pl.DataFrame({"amount": pl.Series([10**38], dtype=pl.Int128)}), minor_digits=2)


def test_files_hold_what_was_written(tmp_path: Path) -> None:
    rows = result_frame(ROWS, minor_digits=2)
    for name in ("r.parquet", "r.arrow", "r.csv"):
        rows.write(tmp_path / name)
    assert pl.read_parquet(tmp_path / "r.parquet").equals(rows.frame)
    assert pl.read_ipc(tmp_path / "r.arrow").equals(rows.frame)
    assert (tmp_path / "r.csv").read_text().splitlines()[:3] == ["participant,amount", "ana,1234.56", "ana,-0.05"]
    with pytest.raises(UsageError, match="expected"):
        rows.write(tmp_path / "r.xlsx")


def test_others_take_the_stream() -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    taken = pyarrow.table(result_frame(ROWS, minor_digits=2))
    assert taken.column("amount").to_pylist() == AMOUNTS
    assert str(taken.schema.field("amount").type) == "decimal128(38, 2)"


def test_pandas_takes_decimals() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    taken = result_frame(ROWS, minor_digits=2).to_pandas()
    assert list(taken["amount"])[:2] == AMOUNTS[:2]  # type: ignore[index]


@pytest.mark.parametrize("kind", ["parquet", "arrow", "csv"])
def test_a_file_that_could_not_be_written_is_as_it_was(
    tmp_path: Path, kind: Literal["parquet", "arrow", "csv"]
) -> None:
    def pieces() -> Iterator[Any]:
        yield from [ROWS.select("participant")] * 100
        raise OSError("the disk is full")

    target = tmp_path / "pay"
    target.write_text("paid")
    with pytest.raises((OSError, pl.exceptions.PolarsError), match="the disk is full"):
        write_pieces(pieces(), {"participant": pl.String()}, target, kind)
    assert [each.name for each in tmp_path.iterdir()] == ["pay"]
    assert target.read_text() == "paid"
    with pytest.raises(FileNotFoundError, match="nowhere"):
        write_pieces((), {"participant": pl.String()}, tmp_path / "nowhere" / "pay", kind)


def test_a_link_goes_on_to_lead_where_it_led(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "pay.csv")
    result_frame(ROWS, minor_digits=2).write(tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "pay.csv").read_text().startswith("participant,amount")


def test_a_device_takes_what_is_written() -> None:
    device = Path("/dev/null")
    if not device.is_char_device():
        pytest.skip("there is no such device here")
    result_frame(ROWS, minor_digits=2).write(device, "csv")
    assert device.is_char_device()
