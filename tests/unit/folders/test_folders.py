import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import incentive
from incentive import folders
from incentive.folders.manifest import read_manifest
from incentive.folders.sinks import Hashing
from tests.unit.closing.sales import DRAW, FRENCH
from tests.unit.closing.sales import TEXT as PLAN
from tests.unit.folders.conftest import LATE, Desk, codes, content, data, put, rows


# ---- what a folder holds ---------------------------------------------------------------------------------------------
def test_a_folder_holds_what_went_in_and_what_came_out(desk: Desk) -> None:
    made = desk.january()
    assert rows(made, "lines.csv") == [
        "participant,period,component,status,amount,currency,codes",
        "Ana,2026-01,commission,paid,100.01,EUR,",
        "Ana,2026-01,bonus,zero,0.00,EUR,",
        "Bob,2026-01,commission,paid,400.00,EUR,",
        "Bob,2026-01,bonus,paid,100.00,EUR,",
        "Zoe,2026-01,commission,zero,0.00,EUR,",
        "Zoe,2026-01,bonus,zero,0.00,EUR,",
    ]
    assert rows(made, "payments.csv")[1:] == [
        "Ana,100.01,0.00,100.01,EUR,no",
        "Bob,500.00,0.00,500.00,EUR,no",
        "Zoe,0.00,0.00,0.00,EUR,no",
    ]
    assert rows(made, "exclusions.csv") == ["source,file,line,key,reason", "deals,deals.csv,4,D-9,outside_plan"]
    assert sorted(content(made.path)) == [
        "closed.json",
        "data/deals.csv",
        "data/people.csv",
        "data/quota.csv",
        "exclusions.csv",
        "explanations.jsonl",
        "lines.csv",
        "manifest.json",
        "payments.csv",
        "plan/sales.plan",
    ]
    assert (made.path / "data/deals.csv").read_text("utf-8") == data()["deals.csv"]
    assert (made.path / "plan/sales.plan").read_text("utf-8") == PLAN


def test_the_manifest_adds_up_what_came_out(desk: Desk) -> None:
    made = desk.january().manifest
    found = dict(made.results)
    assert found["lines"] == {"paid": 3, "zero": 3, "pending": 0}
    assert found["totals"] == [
        {"name": "commission", "currency": "EUR", "amount": "500.01"},
        {"name": "bonus", "currency": "EUR", "amount": "100"},
    ]
    assert found["rounding"] == [{"currency": "EUR", "lines": 1, "moved": "0.005"}]
    assert found["excluded"] == {"outside_plan": 1}
    assert found["due"] == {"currency": "EUR", "amount": "600.01"}
    assert found["warnings"] == {"W209": 1} or found["warnings"] == {}
    assert {name: each.rows for name, each in made.files.items() if each.rows is not None} == {
        "data/deals.csv": 3,
        "data/people.csv": 3,
        "data/quota.csv": 13,
        "exclusions.csv": 1,
        "explanations.jsonl": 6,
        "lines.csv": 6,
        "payments.csv": 3,
    }
    assert set(made.made_with) == {"engine", "incentive", "lark", "python"}


def test_every_line_is_explained_in_a_line_of_its_own(desk: Desk) -> None:
    made = desk.january()
    told = [json.loads(each) for each in rows(made, "explanations.jsonl")]
    assert [(each["participant"], each["name"]) for each in told][:2] == [("Ana", "commission"), ("Ana", "bonus")]
    assert told[0]["explanation"]["value"] == "100.01"


def test_without_explanations_a_folder_is_smaller_and_another_one(desk: Desk) -> None:
    run = desk.plan().run(desk.data(), period="2026-01")
    with_, without = (folders.write(run, desk.path / str(flag), explained=flag).folder for flag in (True, False))
    assert "explanations.jsonl" not in without.manifest.files
    assert without.manifest.results["rounding"] is None
    assert without.id != with_.id
    assert folders.audit(without.path).passed


def test_pending_lines_say_why_and_are_counted(desk: Desk) -> None:
    run = desk.plan().run(desk.data(quota=None), period="2026-01")
    made = folders.write(run, desk.path / "run").folder
    assert rows(made, "lines.csv")[2] == "Ana,2026-01,bonus,pending,,EUR,P201"
    assert made.manifest.results["pending"] == {"P201": 2}
    assert rows(made, "payments.csv")[1] == "Ana,100.01,0.00,100.01,EUR,yes"


def test_a_folder_says_what_was_settled(desk: Desk) -> None:
    made = desk.january(desk.plan(PLAN + DRAW))
    assert rows(made, "settlement.csv")[1:5] == [
        "Ana,2026-01,earned,paid,100.01,EUR,",
        "Ana,2026-01,payable,paid,100.01,EUR,",
        "Ana,2026-01,paid,paid,500.00,EUR,",
        "Ana,2026-01,draw_balance,paid,399.99,EUR,",
    ]
    assert json.loads(rows(made, "explanations.jsonl")[-1])["name"] == "paid"
    assert folders.audit(made.path).passed


def test_a_mapping_and_files_below_are_kept(desk: Desk) -> None:
    files = data()
    place = put(desk.path / "source", {"people.csv": files["people.csv"], "quota.csv": files["quota.csv"]})
    put(place, {"crm/export.csv": files["deals.csv"].replace("amount", "worth"), "unread.csv": "x\n"})
    mapping = 'incentive-mapping = 1\nconfirmed = true\n[tables.deals]\nfile = "./crm/export.csv"\n'
    put(place, {"mapping.toml": f'{mapping}[tables.deals.columns]\namount = "worth"\n'})
    run = desk.plan().run(incentive.Dataset.from_folder(place), period="2026-01")
    made = folders.write(run, desk.path / "run").folder
    assert {"mapping.toml", "data/crm/export.csv"} < set(made.manifest.files)
    assert "data/unread.csv" not in made.manifest.files
    assert folders.audit(made.path).passed


def test_single_files_are_kept_by_what_they_hold(desk: Desk) -> None:
    place = put(desk.path / "source", {f"{at}/{name}": text for at, (name, text) in enumerate(data().items())})
    names = ("deals", "people", "quota")
    given: dict[str, str | Path] = {name: place / str(at) / f"{name}.csv" for at, name in enumerate(names)}
    run = desk.plan().run(incentive.Dataset.from_files(given), period="2026-01")
    made = folders.write(run, desk.path / "run").folder
    assert "data/deals/deals.csv" in made.manifest.files
    assert folders.audit(made.path).passed


def test_the_files_of_lookups_are_kept_too(desk: Desk) -> None:
    files = data()
    mapping = """incentive-mapping = 1
confirmed = true
[lookups.name]
key = "id"
value = "name"
[lookups.seller]
key = "deal"
value = { column = "person", lookup = "name" }
[lookups.unread]
key = "id"
value = "name"
[tables.deals.columns]
owner = { column = "id", lookup = "seller" }
"""
    files |= {
        "mapping.toml": mapping,
        "name.csv": "id,name\n1,Ana\n2,Bob\n3,Zoe\n",
        "seller.csv": "deal,person\nD-1,1\nD-2,2\nD-9,3\n",
    }
    place = put(desk.path / "source", files)
    names = ("deals", "people", "quota", "name", "seller")
    given: dict[str, str | Path] = {name: place / f"{name}.csv" for name in names}
    in_folder = incentive.Dataset.from_folder(place)
    alone = incentive.Dataset.from_files(given, place / "mapping.toml")
    for dataset, kept in ((in_folder, {"data/name.csv", "data/seller.csv"}), (alone, {"data/name/name.csv"})):
        made = folders.write(desk.plan().run(dataset, period="2026-01"), desk.path / f"run-{len(kept)}").folder
        assert kept < set(made.manifest.files)
        assert rows(made, "lines.csv")[3] == "Bob,2026-01,commission,paid,400.00,EUR,"
        assert folders.audit(made.path).passed


def test_parameters_and_as_of_are_kept(desk: Desk) -> None:
    place = put(desk.path / "source", data())
    entered = "id,owner,amount,closed_on,entered\nD-1,Ana,1000,2026-01-10,2026-01-10\nD-2,Bob,9,2026-01-10,2026-03-01\n"
    mapping = 'incentive-mapping = 1\nconfirmed = true\n[tables.deals]\nrecorded_on = "entered"\n'
    put(place, {"deals.csv": entered, "mapping.toml": mapping})
    plan = desk.plan().with_parameters({"rate": Decimal("0.2")})
    run = plan.run(incentive.Dataset.from_folder(place), period="2026-01", as_of=date(2026, 2, 5))
    made = folders.write(run, desk.path / "run").folder
    assert rows(made, "lines.csv")[1] == "Ana,2026-01,commission,paid,200.00,EUR,"
    assert made.manifest.inputs.to_dict()["parameters"] == {"rate": "0.2"}
    assert rows(made, "exclusions.csv")[1] == "deals,deals.csv,3,D-2,recorded_later"
    assert folders.audit(made.path).passed


def test_no_place_on_this_machine_stands_in_a_folder(desk: Desk) -> None:
    made = desk.february(desk.january())
    here = str(desk.path).encode()
    assert not [name for name, held in content(made.path).items() if here in held]


# ---- the next run ----------------------------------------------------------------------------------------------------
def test_the_next_run_has_corrections_with_their_causes(desk: Desk) -> None:
    first = desk.january()
    second = desk.february(first)
    assert rows(second, "corrections.csv") == [
        "participant,period,of,name,before,after,amount,currency,codes",
        "Ana,2026-02,2026-01,commission,100.01,400.01,300.00,EUR,",
        "Ana,2026-02,2026-01,bonus,0.00,100.00,100.00,EUR,",
    ]
    told = [json.loads(each) for each in rows(second, "causes.jsonl")]
    assert [(each["name"], each["amount"], [one["keys"] for one in each["causes"]]) for each in told] == [
        ("commission", "300", [["D-3"]]),
        ("bonus", "100", [["D-3"]]),
    ]
    assert rows(second, "payments.csv")[1] == "Ana,50.00,400.00,450.00,EUR,no"
    assert (second.path / "before.json").read_bytes() == (first.path / "closed.json").read_bytes()
    assert second.before == first.closed
    assert second.manifest.inputs.previous == first.id
    audit = folders.audit(second.path, previous=first.path)
    assert (audit.findings, audit.notes, audit.lines) == ((), (), 6)
    assert [each.code for each in folders.audit(second.path).notes] == ["R121"]


def test_a_state_alone_gives_corrections_without_causes(desk: Desk) -> None:
    first = desk.january()
    run = desk.plan().run(desk.data(LATE), period="2026-02", after=first.closed)
    made = folders.write(run, desk.path / "run").folder
    assert "causes.jsonl" not in made.manifest.files
    assert folders.audit(made.path).notes == ()
    assert folders.audit(made.path, previous=first.path).passed


def test_what_was_published_while_something_waited_is_not_attributed(desk: Desk) -> None:
    plan = desk.plan()
    first = desk.january()
    lost = plan.run(desk.data(quota=None), period="2026-02", after=first.closed)
    second = folders.write(lost, desk.path / "second", previous=first).folder
    assert [json.loads(each)["causes"] for each in rows(second, "causes.jsonl")] == [None, None]
    third = plan.run(desk.data(LATE[:4]), period="2026-03", after=second.closed)
    made = folders.write(third, desk.path / "third", previous=second).folder
    told = {(each["of"], each["name"]): each["causes"] for each in map(json.loads, rows(made, "causes.jsonl"))}
    assert told["2026-01", "commission"] is not None
    assert folders.audit(made.path, previous=second.path).passed


def test_periods_closed_one_by_one_are_those_closed_at_once(desk: Desk) -> None:
    second = desk.february(desk.january())
    whole = desk.plan().run(desk.data(LATE), until="2026-02")
    both = folders.write(whole, desk.path / "both").folder
    assert second.closed is not None
    assert both.closed is not None
    assert second.closed.figures == both.closed.figures


def test_a_folder_of_another_run_is_not_the_one_before(desk: Desk) -> None:
    first = desk.january()
    run = desk.plan().run(desk.data(LATE), period="2026-02", after=first.closed)
    other = folders.write(desk.plan().run(desk.data(LATE), period="2026-01"), desk.path / "other").folder
    assert codes(lambda: folders.write(run, desk.path / "run", previous=other)) == ["R117"]
    made = folders.write(run, desk.path / "run", previous=first).folder
    assert [each.code for each in folders.audit(made.path, previous=other.path).findings] == ["R117"]


def test_a_run_that_begins_late_closes_nothing(desk: Desk) -> None:
    made = folders.write(desk.plan().run(desk.data(), period="2026-03"), desk.path / "run").folder
    assert made.closed is None
    assert folders.audit(made.path).passed


# ---- the same run ----------------------------------------------------------------------------------------------------
def test_the_same_run_is_written_once(desk: Desk) -> None:
    run = desk.plan().run(desk.data(), period="2026-01")
    first = folders.write(run, desk.path / "run")
    before = {each: each.stat().st_mtime_ns for each in (desk.path / "run").rglob("*")}
    again = folders.write(desk.plan().run(desk.data(), period="2026-01"), desk.path / "run")
    assert (first.new, again.new, again.folder) == (True, False, first.folder)
    assert {each: each.stat().st_mtime_ns for each in (desk.path / "run").rglob("*")} == before


def test_both_engines_write_the_same_but_for_their_name(desk: Desk) -> None:
    pytest.importorskip("polars")
    plan, source = desk.plan(PLAN + DRAW), desk.data(LATE)
    made = [
        folders.write(plan.run(source, until="2026-02", engine=engine), desk.path / engine).folder
        for engine in ("reference", "columnar")
    ]
    one, other = (content(each.path) for each in made)
    assert [name for name in one if one[name] != other.get(name)] == ["manifest.json"]
    assert made[0].id == made[1].id
    assert one["manifest.json"].count(b'"engine": "reference"') == 1
    for each in made:
        for engine in ("reference", "columnar"):
            audit = folders.audit(each.path, engine=engine)
            assert audit.passed
            assert [note.code for note in audit.notes] == ([] if each.path.name == engine else ["R120"])


# ---- what is refused -------------------------------------------------------------------------------------------------
def test_nothing_is_written_over(desk: Desk) -> None:
    made = desk.january()
    before = content(made.path)
    other = desk.plan().run(desk.data(LATE), period="2026-01")
    assert codes(lambda: folders.write(other, made.path)) == ["R110"]
    assert content(made.path) == before
    (desk.path / "empty").mkdir()
    (desk.path / "file").write_text("mine", "utf-8")
    (desk.path / "link").symlink_to(made.path)
    for name in ("empty", "file", "link"):
        assert codes(lambda name=name: folders.write(other, desk.path / name)) == ["R110"]  # type: ignore[misc]
    assert (desk.path / "file").read_text("utf-8") == "mine"


def test_a_folder_needs_one_to_stand_in(desk: Desk) -> None:
    run = desk.plan().run(desk.data(), period="2026-01")
    with pytest.raises(incentive.DataError) as refused:
        folders.write(run, desk.path / "runs" / "2026-01")
    (found,) = refused.value.diagnostics
    assert (found.code, found.notes) == ("R111", ("The folder in which it is to be made is not there.",))
    assert "ENOENT" in found.message


def test_a_name_that_the_system_does_not_take_is_refused(desk: Desk) -> None:
    run = desk.plan().run(desk.data(), period="2026-01")
    assert codes(lambda: folders.write(run, desk.path / ("x" * 300))) == ["R111"]


def test_the_same_run_with_other_results_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = desk.january()
    run = desk.plan().run(desk.data(), period="2026-01")
    monkeypatch.setattr("incentive.folders.records.csv_amount", lambda *_: "0.00")
    assert codes(lambda: folders.write(run, made.path)) == ["R118"]


def test_data_that_changes_before_it_is_kept_is_refused(desk: Desk) -> None:
    source = desk.data()
    run = desk.plan().run(source, period="2026-01")
    assert source.folder is not None
    put(source.folder, data(LATE))
    assert codes(lambda: folders.write(run, desk.path / "run")) == ["R106"]
    put(source.folder, data())
    (source.folder / "quota.csv").unlink()
    assert codes(lambda: folders.write(run, desk.path / "run")) == ["D101"]
    assert not (desk.path / "run").exists()


def test_what_cannot_be_kept_is_said(desk: Desk) -> None:
    plan, source = desk.plan(), desk.data()
    target = desk.path / "run"
    some = plan.run(source, period="2026-01", participants=["Ana"])
    with pytest.raises(incentive.UsageError, match="some participants only"):
        folders.write(some, target)
    with pytest.raises(incentive.UsageError, match="some participants only"):
        some.exclusions  # noqa: B018 - it is refused
    with pytest.raises(incentive.UsageError, match=r"give Plan\.run the Dataset itself"):
        folders.write(plan.run(plan.read(source), period="2026-01"), target)
    held = incentive.Dataset.from_rows(
        tables={"deals": [("D-1", "Ana", 1, "2026-01-10")]}, people=[{"who": "Ana"}], inputs={"quota": {}}
    )
    with pytest.raises(incentive.UsageError, match="not in files"):
        folders.write(plan.run(held, period="2026-01"), target)
    mapped = incentive.Dataset.from_folder(source.folder or "", incentive.Mapping())
    with pytest.raises(incentive.UsageError, match="mapping is not in a file"):
        folders.write(plan.run(mapped, period="2026-01"), target)
    with pytest.raises(incentive.UsageError, match="expected a Run, not str"):
        folders.write("run", target)  # type: ignore[arg-type]


# ---- audits ----------------------------------------------------------------------------------------------------------
def found_in(folder: Path) -> list[str]:
    return sorted({f"{each.code} {each.place.file if each.place else ''}" for each in folders.audit(folder).findings})


def test_a_missing_an_added_and_a_linked_file_are_found(desk: Desk) -> None:
    made = desk.january().path
    (made / "lines.csv").rename(made / "kept.csv")
    assert found_in(made) == ["R114 lines.csv", "R115 kept.csv"]
    (made / "lines.csv").symlink_to(made / "kept.csv")
    assert found_in(made) == ["R115 kept.csv", "R115 lines.csv"]
    (made / "lines.csv").unlink()
    (made / "kept.csv").rename(made / "lines.csv")
    (made / "new").mkdir()
    assert found_in(made) == ["R115 new"]
    (made / "new").rmdir()
    shutil.rmtree(made / "data")
    assert found_in(made) == ["R114 data", "R114 data/deals.csv", "R114 data/people.csv", "R114 data/quota.csv"]


def test_swapped_files_are_found(desk: Desk) -> None:
    made = desk.january().path
    for one, other in (("people.csv", "swap"), ("quota.csv", "people.csv"), ("swap", "quota.csv")):
        (made / "data" / one).rename(made / "data" / other)
    assert found_in(made) == ["R113 data/people.csv", "R113 data/quota.csv"]


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format": "incentive-run", "version": 2}', "\x00" * 99])
def test_what_is_no_folder_of_a_run_is_said(desk: Desk, text: str) -> None:
    made = desk.january().path
    (made / "manifest.json").write_text(text, "utf-8")
    assert found_in(made) == ["R112 "]
    assert folders.audit(made).id is None
    assert codes(lambda: folders.open_folder(made)) == ["R112"]


def test_no_folder_at_all_is_said(desk: Desk) -> None:
    assert found_in(desk.path / "nothing") == ["R112 "]
    assert found_in(desk.path) == ["R112 "]


def test_a_folder_that_was_altered_is_not_opened(desk: Desk) -> None:
    made = desk.january().path
    put(made, {"closed.json": (made / "closed.json").read_text("utf-8").replace("100", "200")})
    assert codes(lambda: folders.open_folder(made)) == ["R113"]


def test_what_is_computed_otherwise_is_named(desk: Desk) -> None:
    made = desk.january()
    forge(made, "lines.csv", "Bob,2026-01,bonus,paid,100.00", "Bob,2026-01,bonus,paid,900.00")
    found = [each.message for each in folders.audit(made.path).findings]
    assert found == ["lines.csv, Bob 2026-01 bonus amount: it was 900.00, computed again it is 100.00."]


def test_rows_that_were_forged_are_named(desk: Desk) -> None:
    made = desk.january()
    forge(made, "payments.csv", "Zoe,0.00,0.00,0.00,EUR,no\n", "Yan,9.00,0.00,9.00,EUR,no\n")
    assert [each.message for each in folders.audit(made.path).findings] == [
        "payments.csv, Yan: it was 9.00 0.00 9.00 EUR no, computed again it is -.",
        "payments.csv, Zoe: it was -, computed again it is 0.00 0.00 0.00 EUR no.",
    ]


def test_a_text_that_was_forged_is_named_by_its_line(desk: Desk) -> None:
    made = desk.january()
    forge(made, "explanations.jsonl", '"value":"100.01"', '"value":"100.02"')
    (found,) = folders.audit(made.path).findings
    assert found.message.startswith('explanations.jsonl, 1: it was {"participant":"Ana"')


def test_a_manifest_that_was_forged_is_named(desk: Desk) -> None:
    made = desk.january()
    path = made.path / "manifest.json"
    stored = json.loads(path.read_bytes())
    stored["results"]["excluded"] = {}
    write_manifest(path, stored)
    (found,) = folders.audit(made.path).findings
    assert found.message == "manifest.json, results excluded outside_plan: it was None, computed again it is 1."


def test_many_differences_are_counted(desk: Desk) -> None:
    deals = [f"E-{at},Ana,1,2025-01-01" for at in range(30)]
    made = folders.write(desk.plan().run(desk.data(deals), period="2026-01"), desk.path / "run").folder
    forge(made, "exclusions.csv", "outside_plan", "undated")
    found = folders.audit(made.path).findings
    assert [each.code for each in found] == ["R116"] * 20 + ["R119"]
    assert found[-1].message == "exclusions.csv: 10 more places differ."


def test_another_version_is_told_and_is_no_fault(desk: Desk) -> None:
    made = desk.january()
    path = made.path / "manifest.json"
    stored = json.loads(path.read_bytes())
    stored["made_with"]["incentive"] = "0.0.9"
    write_manifest(path, stored)
    audit = folders.audit(made.path)
    assert audit.passed
    assert [each.message for each in audit.notes] == ["incentive: the run was made with 0.0.9, the audit with 0.1.0."]


def test_a_plan_that_is_refused_now_is_said(desk: Desk) -> None:
    made = desk.january()
    forge(made, "plan/sales.plan", "rate of revenue", "rate of nothing")
    (found,) = folders.audit(made.path).findings
    assert found.code == "R122"


def test_an_audit_is_data_too(desk: Desk) -> None:
    made = desk.january()
    found = folders.audit(made.path).to_dict()
    assert found == {
        "version": 1,
        "id": made.id,
        "label": "Sales",
        "periods": ["2026-01"],
        "passed": True,
        "files": 10,
        "lines": 6,
        "findings": [],
        "notes": [],
    }


def forge(made: folders.RunFolder, name: str, old: str, new: str) -> None:
    """Change a file and write every hash anew, as somebody would who knows how."""
    path = made.path / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    manifest = made.path / "manifest.json"
    stored = json.loads(manifest.read_bytes())
    entry = Hashing().put(name, [path.read_bytes()])
    stored["files"][name] |= {"sha256": entry.sha256, "bytes": entry.size}
    for each in stored["inputs"]["plan"]:
        each["sha256"] = entry.sha256 if each["file"] == name else each["sha256"]
    write_manifest(manifest, stored)


def write_manifest(path: Path, stored: object) -> None:
    made = read_manifest(json.dumps(stored).encode())
    assert made is not None
    path.write_bytes(made.to_bytes())


# ---- in both languages -----------------------------------------------------------------------------------------------
MESSAGES = {
    "R110": ("{} is there already and is not this run; nothing was written.",
             "{} existe déjà et n'est pas ce calcul ; rien n'a été écrit."),
    "R113": ("lines.csv is not what the run wrote.", "lines.csv n'est pas ce que le calcul a écrit."),
    "R114": ("lines.csv is not in the folder any more.", "lines.csv n'est plus dans le dossier."),
    "R115": ("more.csv is in the folder and is no file of the run.",
             "more.csv est dans le dossier et n'est pas un fichier du calcul."),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", MESSAGES)
def test_what_is_wrong_is_said_in_the_language_of_the_plan(desk: Desk, code: str, language: str) -> None:
    plan = desk.plan(PLAN if language == "en" else FRENCH)
    made = desk.january(plan)
    if code == "R110":
        other = plan.run(desk.data(LATE), period="2026-01")
        with pytest.raises(incentive.DataError) as refused:
            folders.write(other, made.path)
        (found,) = refused.value.diagnostics
    else:
        if code == "R113":
            (made.path / "lines.csv").write_text("", "utf-8")
        elif code == "R114":
            (made.path / "lines.csv").unlink()
        else:
            (made.path / "more.csv").write_text("", "utf-8")
        (found,) = folders.audit(made.path).findings
    assert (found.code, found.message) == (code, MESSAGES[code][language == "fr"].format(made.path))
    assert found.fixes[0].title
    assert found.language == language


def test_the_files_that_a_plan_uses_are_kept(desk: Desk) -> None:
    head, rest = PLAN.split("parameter rate = 10%\n")
    put(desk.path, {"shared/rates.plan": "incentive 1 en\nparameter rate = 10%\n"})
    made = desk.january(desk.plan(f'{head}use "shared/rates.plan"\n{rest}'))
    assert {"plan/sales.plan", "plan/shared/rates.plan"} < set(made.manifest.files)
    assert folders.audit(made.path).passed
    forge(made, "plan/shared/rates.plan", "10%", "20%")
    found = [each.message for each in folders.audit(made.path).findings if "lines.csv" in each.message]
    assert found[0] == "lines.csv, Ana 2026-01 commission amount: it was 100.01, computed again it is 200.01."


def test_a_plan_that_amends_another_continues_its_runs(desk: Desk) -> None:
    first = desk.january()
    put(desk.path, {"july.plan": 'incentive 1 en\namends "sales.plan" from 2026-02-01\nreplace parameter rate = 20%\n'})
    run = incentive.load(desk.path / "july.plan").run(desk.data(LATE), period="2026-02", after=first.closed)
    made = folders.write(run, desk.path / "run", previous=first).folder
    assert {"plan/july.plan", "plan/sales.plan"} < set(made.manifest.files)
    assert rows(made, "lines.csv")[1] == "Ana,2026-02,commission,paid,100.00,EUR,"
    assert rows(made, "corrections.csv")[1] == "Ana,2026-02,2026-01,commission,100.01,400.01,300.00,EUR,"
    assert folders.audit(made.path, previous=first.path).passed
