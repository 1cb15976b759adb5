"""What commands do with what they are given, and the exit code that says so."""

import csv
import json
import tomllib
from pathlib import Path

import pytest

from incentive.cli import waiting
from tests.cli.conftest import DEALS, EXAMPLES, PEOPLE, PLAN, Command, write

RUN = ("run", "sales.plan", "--data", "data")
EXPLAIN = ("explain", "sales.plan", "--data", "data", "--participant", "ana")


def test_a_sound_plan_has_nothing_on_standard_output(incentive: Command) -> None:
    said = incentive("check", "sales.plan")
    assert (said.code, said.out, said.err) == (0, "", "sales.plan: no findings\n")


def test_a_plan_can_come_from_standard_input(incentive: Command) -> None:
    said = incentive("check", "-", stdin=PLAN.replace("currency  EUR", "currency  EUX").encode())
    assert said.code == 1
    assert "<stdin>:4:" in said.out


def test_a_french_plan_is_answered_in_french(incentive: Command) -> None:
    assert incentive("check", "ventes.plan").err == "ventes.plan : rien à signaler\n"
    assert "bénéficiaire" in incentive("run", "ventes.plan", "--data", "donnees").out


def test_check_reads_data_and_says_all_that_is_wrong(incentive: Command, folder: Path) -> None:
    assert incentive("check", "sales.plan", "--data", "data").code == 0
    write(folder, {"data/deals.csv": DEALS.replace("1000.00", "1000 EUR").replace("bob", "eve")})
    said = incentive("check", "sales.plan", "--data", "data")
    assert said.code == 1
    assert "deals.csv:2" in said.out
    assert "deals.csv:4" in said.out
    assert said.err == "sales.plan with the data of data: 2 errors\n"


def test_a_warning_fails_only_when_asked_to(incentive: Command, folder: Path) -> None:
    write(folder, {"warned.plan": PLAN + "component more {\n  pay revenue by slice {\n    from 100 EUR: 5%\n  }\n}\n"})
    said = incentive("check", "warned.plan")
    assert "warning" in said.out
    assert said.code == 0
    assert incentive("check", "warned.plan", "--fail-on", "warning").code == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("check", "nowhere.plan"), "there is no such file"),
        (("check", "data"), "it is a folder"),
        (("check",), "required: PLAN"),
        (("chek", "sales.plan"), "invalid choice"),
        (("run", "sales.plan"), "--data"),
        (("run", "sales.plan", "--data", "nowhere"), "no such folder"),
        ((*RUN, "--mapping", "nowhere.toml"), "no such file"),
        ((*RUN, "--period", "2026-13"), "2026-13"),
        ((*RUN, "--period", "2027-01"), "outside the plan"),
        ((*RUN, "--period", "2026-01", "--from", "2026-01"), "give either --period, or --from and --until"),
        ((*RUN, "--from", "2026-Q9"), "--from '2026-Q9': there is no such quarter\n"),
        ((*RUN, "--until", "2027-01"), "--until '2027-01' lies outside the plan"),
        ((*RUN, "--as-of", "2026-01-31"), "--as-of: table 'deals'"),
        ((*RUN, "--from", "2026-02", "--until", "2026-01"), "--until 2026-01 comes before --from 2026-02"),
        ((*RUN, "--participant", "eve"), "--participant: nobody on the roster has the key 'eve'"),
        ((*RUN, "--as-of", "yesterday"), "2026-03-31"),
        ((*RUN, "--as-of", "2026-02-30"), "no such day"),
        ((*RUN, "--parameter", "rate"), "NAME=VALUE"),
        ((*RUN, "--parameter", "rat=5%"), "rate"),
        ((*RUN, "--parameter", "rate=5%", "--parameter", "rate=6%"), "twice"),
        ((*RUN, "--parameter", "bonus=5%"), "an amount in EUR"),
        ((*RUN, "--parameter", "bonus=5 USD"), "an amount in EUR"),
        ((*RUN, "--parameter", "rate=1e3"), "1e3"),
        ((*RUN, "--format", "csv", "--accounting"), "csv"),
        (EXPLAIN, "--period"),
        ((*EXPLAIN, "--period", "2026-01", "--component", "nothing"), "commission, target"),
        ((*EXPLAIN, "--period", "2026-01", "--rows", "-1"), "--rows"),
        (("help", "P20"), "did you mean"),
        (("help", "P201", "--lang", "de"), "--lang"),
    ],
)
def test_usage_is_answered_in_one_sentence(words: tuple[str, ...], reason: str, incentive: Command) -> None:
    said = incentive(*words)
    assert said.code == 2
    assert reason in said.err
    assert said.out == ""
    assert "Traceback" not in said.err


@pytest.mark.parametrize("content", [b"PK\x03\x04plan", b"\xff\xfeplan", "plan \xe9".encode("latin-1")])
def test_what_is_no_text_is_unreadable(content: bytes, incentive: Command, folder: Path) -> None:
    (folder / "strange.plan").write_bytes(content)
    assert incentive("check", "strange.plan").code == 2
    assert incentive("run", "strange.plan", "--data", "data").code == 2


def test_a_run_with_a_broken_plan_or_broken_data_pays_nobody(incentive: Command, folder: Path) -> None:
    write(folder, {"broken.plan": PLAN.replace("rate of", "rat of"), "bad/deals.csv": DEALS, "bad/people.csv": PEOPLE})
    said = incentive("run", "broken.plan", "--data", "data")
    assert (said.code, said.out) == (1, "")
    assert "E203" in said.err
    said = incentive("run", "sales.plan", "--data", "bad", "--format", "csv")
    assert (said.code, said.out) == (1, "")
    assert "D101" in said.err
    said = incentive("run", "sales.plan", "--data", "bad", "--format", "json")
    assert [each["code"] for each in json.loads(said.out)["findings"]] == ["D101"]


def test_pending_lines_fail_only_when_asked_to(incentive: Command) -> None:
    said = incentive(*RUN)
    assert said.code == 0
    assert "5 lines pending" in said.err
    assert "P201" not in said.err  # the list stands once, below the table
    assert said.out.count("(P201)") == 5
    assert "P201 A value was not provided: 5 lines" in incentive(*RUN, "--format", "csv").err
    assert incentive(*RUN, "--fail-on", "pending").code == 1
    assert incentive(*RUN, "--fail-on", "pending", "--period", "2026-01").code == 0


def test_csv_is_lossless_for_any_key(incentive: Command, folder: Path) -> None:
    keys = ["=1+1", "+a", "-b", "@c", 'q"uote', "comma,", "\u202eevil", "ünï"]
    quoted = ['"' + key.replace('"', '""') + '"' for key in keys]
    write(folder, {"data/people.csv": "who\nana\nbob\n=cmd\n" + "".join(f"{key}\n" for key in quoted)})
    said = incentive(*RUN, "--period", "2026-01", "--format", "csv")
    if said.code == 1:  # a reader may refuse what reorders a screen
        assert "people.csv" in said.err
        keys.remove("\u202eevil")
        write(
            folder,
            {"data/people.csv": "who\nana\nbob\n=cmd\n" + "".join(f"{key}\n" for key in quoted if "evil" not in key)},
        )
        said = incentive(*RUN, "--period", "2026-01", "--format", "csv")
    rows = list(csv.DictReader(said.out.splitlines()))
    assert sorted({row["participant"] for row in rows}) == sorted([*keys, "ana", "bob", "=cmd"])
    assert "\r" not in said.out


def test_csv_shows_the_digits_of_a_finer_rounding(incentive: Command, folder: Path) -> None:
    write(
        folder, {"fine.plan": PLAN.replace("  period    month", "  period    month\n  rounding  half_up to 0.001 EUR")}
    )
    said = incentive("run", "fine.plan", "--data", "data", "--period", "2026-01", "--format", "csv")
    assert "ana,2026-01,commission,paid,62.525,EUR" in said.out, said.err
    assert "ana,2026-01,target,paid,100.000,EUR" in said.out


def test_a_hostile_key_cannot_rearrange_the_table(incentive: Command, folder: Path) -> None:
    write(folder, {"data/people.csv": "who\nana\nbob\n=cmd\n\x1b[2Jx\n"})
    said = incentive(*RUN, "--period", "2026-01")
    assert "\x1b" not in said.out + said.err
    assert "\\x1b[2Jx" in said.out + said.err


def test_parameters_are_read_in_their_own_unit(incentive: Command) -> None:
    rows = ("--period", "2026-01", "--participant", "ana", "--format", "csv")
    for rate in ("rate=10%", "rate=10 %", "rate=0.10"):
        assert "commission,paid,125.05,EUR" in incentive(*RUN, *rows, "--parameter", rate).out
    for bonus in ("bonus=120.5", "bonus=120.50 EUR", "bonus=120.50EUR"):
        assert "target,paid,120.50,EUR" in incentive(*RUN, *rows, "--parameter", bonus).out
    said = incentive(*EXPLAIN, "--period", "2026-01", "--parameter", "rate=10%")
    assert "125.05 EUR" in said.out


def test_only_the_people_asked_for_are_computed(incentive: Command) -> None:
    said = incentive(*RUN, "--participant", "bob", "--participant", "ana", "--format", "csv")
    assert {line.split(",")[0] for line in said.out.splitlines()[1:]} == {"ana", "bob"}


def test_a_mapping_is_found_with_the_data_then_with_the_plan(incentive: Command, folder: Path) -> None:
    draft = incentive("map", "sales.plan", "--data", "data").out.replace("confirmed = false", "confirmed = true")
    write(folder, {"mapping.toml": draft})
    said = incentive(*RUN)
    assert (said.code, said.err.splitlines()[0]) == (0, "mapping: mapping.toml")
    write(folder, {"data/mapping.toml": draft})
    said = incentive(*RUN)
    assert said.code == 2
    assert "--mapping" in said.err
    said = incentive(*RUN, "--mapping", "data/mapping.toml")
    assert said.code == 0
    assert "mapping:" not in said.err


def test_a_draft_is_never_written_over_a_file(incentive: Command, folder: Path) -> None:
    words = ("map", "sales.plan", "--data", "data", "-o", "drafted.toml")
    assert incentive(*words).code == 0
    draft = (folder / "drafted.toml").read_bytes()
    assert tomllib.loads(draft.decode())["confirmed"] is False
    write(folder, {"drafted.toml": "mine"})
    assert incentive(*words).code == 2
    assert (folder / "drafted.toml").read_text() == "mine"
    assert incentive(*words, "--force").code == 0
    assert (folder / "drafted.toml").read_bytes() == draft


def test_json_is_json_and_keeps_every_row(incentive: Command) -> None:
    found = json.loads(incentive(*EXPLAIN, "--period", "2026-01", "--rows", "0", "--format", "json").out)
    assert [each["component"] for each in found["explanations"]] == ["commission", "target"]
    assert json.dumps(found).count('"line": 3') >= 1
    assert json.loads(incentive("requires", "sales.plan", "--format", "json").out)["version"] == 1
    assert json.loads(incentive("check", "sales.plan", "--format", "json").out)["findings"] == []


def test_help_explains_a_code_in_both_languages(incentive: Command) -> None:
    assert "How to mend it" in incentive("help", "p201").out
    assert "Comment y remédier" in incentive("help", "not-provided", "--lang", "fr").out
    assert "usage: incentive run" in incentive("help", "run").out


def test_colour_is_for_terminals_and_for_those_who_ask(
    incentive: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {"broken.plan": PLAN.replace("rate of", "rat of")})
    words = ("check", "broken.plan")
    assert "\x1b[" not in incentive(*words).out
    assert "\x1b[" in incentive(*words, "--color", "always").out
    assert "\x1b[" in incentive("--color", "always", *words).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in incentive(*words).out
    assert "\x1b[" not in incentive(*words, "--color", "never").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in incentive(*words).out


def test_a_fault_of_ours_is_a_sentence(incentive: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(waiting, "phrase", fail)
    monkeypatch.setattr("incentive.cli.run.account_summary", fail)
    said = incentive(*RUN)
    assert said.code == 3
    assert said.err.splitlines()[-1].startswith("incentive: internal error (ZeroDivisionError: oh).")
    assert "Traceback" not in said.err
    monkeypatch.setenv("INCENTIVE_DEBUG", "1")
    assert "Traceback" in incentive(*RUN).err


def test_an_interrupt_has_its_own_code(incentive: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("incentive.cli.run.account_summary", stop)
    assert incentive(*RUN).code == 130


SPLIT = PLAN.replace(
    "  owner:     participant\n", "  owner:     participant\n  helper:    participant optional\n"
).replace(
    "  credit owner\n}\n", "  split both\n}\n\nsplit both {\n  otherwise {\n    70%: owner\n    30%: helper\n  }\n}\n"
)
HELPED = "id,owner,helper,amount,closed_on\nd1,ana,bob,1000.00,2026-01-05\nd2,bob,,500.00,2026-01-06\n"


def test_what_a_split_credits_to_nobody_is_said_with_and_without_the_accounts(incentive: Command, folder: Path) -> None:
    write(folder, {"split.plan": SPLIT, "data/deals.csv": HELPED})
    run = ("run", "split.plan", "--data", "data", "--period", "2026-01")
    assert "revenue: 2 rows of deals read, 2 counted, 1 of them credited in part\n" in incentive(*run).err
    assert "    credited in part: 1 row, 150.00 EUR to nobody\n" in incentive(*run, "--accounting").out


def test_examples_that_pass_are_fine_and_one_that_fails_is_a_finding(incentive: Command, folder: Path) -> None:
    first = EXAMPLES[: EXAMPLES.index('example "on target"')]
    write(folder, {"right.plan": PLAN + first, "wrong.plan": PLAN + EXAMPLES})
    assert incentive("test", "right.plan").code == 0
    assert incentive("test", "right.plan", "wrong.plan").code == 1


def test_a_plan_without_examples_says_so(incentive: Command) -> None:
    said = incentive("test", "sales.plan")
    assert (said.code, said.out, said.err) == (0, "", "sales.plan: no examples\n")


@pytest.mark.parametrize("words", [(), ("--format", "json")])
def test_examples_of_a_plan_that_does_not_check_are_not_run(
    words: tuple[str, ...], incentive: Command, folder: Path
) -> None:
    write(folder, {"broken.plan": PLAN.replace("rate of revenue", "rate of revenu") + EXAMPLES})
    said = incentive("test", "sales.plan", "broken.plan", *words)
    assert said.code == 2
    assert "E200" in (said.out if words else said.err)


def test_help_shows_a_message_without_the_names_of_its_gaps(incentive: Command) -> None:
    for code in ("E501", "P201", "D303"):
        said = incentive("help", code).out
        assert "…" in said
        assert "{" not in said.partition("Example")[0]
