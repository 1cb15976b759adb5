"""Files that a plan names: found beside it, never outside its folder; several texts read as one plan."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import incentive
from incentive.language.beside import Withheld, beside, is_inside

HEAD = """incentive 1 en
plan "A" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
"""
PAY = "component bonus {\n  pay rate of 1 000 EUR\n}\n"
RATES = "incentive 1 en\nparameter rate = 5%\n"
SECRET = "incentive 1 en\nparameter secret = 42%\n"
OUTSIDE = [
    "../rates.plan",
    "a/../../rates.plan",
    "a/./rates.plan",
    "/etc/passwd",
    "/etc/rates.plan",
    "//host/share/rates.plan",
    "~/rates.plan",
    "~root/rates.plan",
    r"C:\rates.plan",
    "C:rates.plan",
    r"\\host\share\rates.plan",
    r"a\rates.plan",
    "https://example.org/rates.plan",
    "file:///etc/rates.plan",
    "%2e%2e/rates.plan",
    "rates.plan\0.txt",
    "rates\0.plan",
    "",
    ".plan",
    ".hidden.plan",
    "a//rates.plan",
    "rates.plan/",
    "rates.txt",
    "rates.plan ",
    "rates..plan",
    "a./rates.plan",
    "x" * 300 + ".plan",
]


@pytest.mark.parametrize("name", OUTSIDE, ids=ascii)
def test_a_name_that_is_no_plan_beside_this_one_is_refused_and_nothing_is_opened(name: str, tmp_path: Path) -> None:
    inner = tmp_path / "plans"
    inner.mkdir()
    (tmp_path / "rates.plan").write_text(SECRET)
    (inner / "p.plan").write_text(f'{HEAD}use "{name}"\n{PAY}')
    opened: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and watching:
            opened.append(str(arguments[0]))

    watching = True
    sys.addaudithook(watch)
    assert not is_inside(name)
    assert beside(inner / "p.plan")(name) == Withheld("missing")
    with pytest.raises(incentive.PlanError) as caught:
        incentive.load(inner / "p.plan")
    watching = False
    assert {each.code for each in caught.value.diagnostics} <= {"E600", "E119"}
    assert "42%" not in str(caught.value)
    assert [each for each in opened if each.endswith(("rates.plan", "passwd"))] == []


@pytest.mark.parametrize("name", ["rates.plan", "shared/rates.plan", "Barèmes 2026/taux v1.2.plan", "a-b_c.plan"])
def test_a_plan_file_in_the_folder_or_below_is_found(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(RATES)
    (tmp_path / "p.plan").write_text(f'{HEAD}use "{name}"\n{PAY}')
    plan = incentive.load(tmp_path / "p.plan")
    assert plan.pay("2026-01").total == incentive.Money(50, "EUR")
    assert plan.fingerprint == incentive.parse(f"{HEAD}parameter rate = 5%\n{PAY}").fingerprint


def test_a_link_is_not_followed_wherever_it_leads(tmp_path: Path) -> None:
    inner = tmp_path / "plans"
    (inner / "real").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    for folder in (tmp_path / "outside", inner / "real"):
        (folder / "rates.plan").write_text(SECRET)
    (inner / "file.plan").symlink_to(inner / "real" / "rates.plan")
    (inner / "away").symlink_to(tmp_path / "outside")
    give = beside(inner / "p.plan")
    assert give("file.plan") == Withheld("link")
    assert give("away/rates.plan") == Withheld("link")
    assert isinstance(give("real/rates.plan"), bytes)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.plan")
    (tmp_path / "folder.plan").mkdir()
    give = beside(tmp_path / "p.plan")
    assert give("pipe.plan") == Withheld("no file")
    assert give("folder.plan") in {Withheld("no file"), Withheld("unreadable")}
    assert give("none.plan") == Withheld("missing")
    assert give("pipe.plan/rates.plan") == Withheld("missing")


def test_a_file_that_is_too_large_or_no_text_is_refused_as_a_plan_is(tmp_path: Path) -> None:
    for raw, code in ((b"x" * 600_000, "E150"), (b"\xff\x00\x01", "E117"), (b"%PDF-1.7", "E118")):
        (tmp_path / "rates.plan").write_bytes(raw)
        (tmp_path / "p.plan").write_text(f'{HEAD}use "rates.plan"\n{PAY}')
        with pytest.raises(incentive.PlanError) as caught:
            incentive.load(tmp_path / "p.plan")
        (found,) = caught.value.diagnostics
        assert found.code == code
        assert found.path == str(tmp_path / "rates.plan")


def test_what_a_host_gives_is_as_if_it_were_written_there() -> None:
    files = {"shared/rates.plan": 'incentive 1 en\nuse "more.plan"\n', "shared/more.plan": RATES}
    plan = incentive.parse(f'{HEAD}use "shared/rates.plan"\n{PAY}', files=files)
    assert plan.fingerprint == incentive.parse(f"{HEAD}parameter rate = 5%\n{PAY}").fingerprint
    assert incentive.tree.from_json(incentive.tree.to_json(plan.tree)) == plan.tree
    found = next(each for each in incentive.tree.walk(plan.tree) if isinstance(each, incentive.tree.ParameterValue))
    assert found.span is not None
    assert plan.source.at(found.span) == "rate"
    (rate,) = plan.tree.parameters
    assert rate.span is not None
    assert (rate.span.file, rate.span.line) == ("shared/more.plan", 2)


def test_a_file_used_twice_is_taken_once() -> None:
    files = {"one.plan": 'incentive 1 en\nuse "rates.plan"\n', "rates.plan": RATES}
    text = f'{HEAD}use "one.plan"\nuse "rates.plan"\n{PAY}'
    assert incentive.check(text, files=files) == ()


def test_a_mistake_in_a_used_file_is_shown_there() -> None:
    files = {"rates.plan": "incentive 1 en\nparameter rate = 5 EUR + 1%\nparametr x = 3\n"}
    found = incentive.check(f'{HEAD}use "rates.plan"\n{PAY}', "plans/p.plan", files)
    assert {(each.path, each.span.line) for each in found if each.span} == {
        ("plans/rates.plan", 2),
        ("plans/rates.plan", 3),
    }


def test_declarations_that_a_plan_does_not_read_are_no_warning_where_they_are_shared() -> None:
    text = f'{HEAD}use "rates.plan"\n{PAY}'
    assert incentive.check(text, files={"rates.plan": f"{RATES}parameter other = 7%\n"}) == ()


def test_while_a_file_is_missing_no_name_is_called_unknown() -> None:
    assert [each.code for each in incentive.check(f'{HEAD}use "rates.plan"\n{PAY}', files={})] == ["E602"]


@pytest.mark.parametrize("files", ["rates.plan", {"rates.plan": b""}, {3: "x"}])
def test_files_are_texts_by_name(files: object) -> None:
    with pytest.raises(incentive.UsageError, match="files: expected texts by name"):
        incentive.check(HEAD, files=files)  # type: ignore[arg-type]
