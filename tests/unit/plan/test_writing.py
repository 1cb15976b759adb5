"""A run is written to a file as it stands in a frame, by either engine."""

from pathlib import Path

import pytest

import incentive
from incentive.diagnostics import UsageError

pl = pytest.importorskip("polars", reason="Polars is not installed")

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def run(engine: str) -> incentive.Run:
    folder = PROJECT / "examples" / "quickstart"
    plan = incentive.load(folder / "plan.plan")
    return plan.run(incentive.Dataset.from_folder(folder / "data"), engine=engine)  # type: ignore[arg-type]


READ = {"parquet": pl.read_parquet, "arrow": pl.read_ipc}


@pytest.mark.parametrize("engine", ["reference", "columnar"])
@pytest.mark.parametrize("kind", READ)
def test_a_file_has_the_lines_of_the_frame(tmp_path: Path, run: incentive.Run, kind: str) -> None:
    run.write(tmp_path / f"pay.{kind}")
    assert READ[kind](tmp_path / f"pay.{kind}").equals(run.frame())


@pytest.mark.parametrize("engine", ["reference", "columnar"])
def test_the_kind_may_be_said(tmp_path: Path, run: incentive.Run) -> None:
    run.write(tmp_path / "pay.txt", "csv")
    frame = run.frame()
    assert isinstance(frame, pl.DataFrame)
    assert (tmp_path / "pay.txt").read_text("utf-8") == frame.write_csv()


@pytest.mark.parametrize("engine", ["reference", "columnar"])
def test_an_unknown_kind_is_refused(tmp_path: Path, run: incentive.Run) -> None:
    with pytest.raises(UsageError, match=r"pay\.xlsx: expected \.parquet"):
        run.write(tmp_path / "pay.xlsx")


@pytest.mark.parametrize("engine", ["columnar"])
def test_pieces_of_any_size_give_the_same(tmp_path: Path, run: incentive.Run, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run.frame()
    monkeypatch.setattr("incentive.engines.columnar.result._PIECE", 3)
    run.write(tmp_path / "pay.parquet")
    assert pl.read_parquet(tmp_path / "pay.parquet").equals(whole)
