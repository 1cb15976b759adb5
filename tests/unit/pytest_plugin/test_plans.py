"""Plans collected by pytest."""

from pathlib import Path

import pytest

PLAN = (Path(__file__).parents[2] / "plans" / "a_en.plan").read_text(encoding="utf-8")
PLUGIN = ("-p", "no:incentive", "-p", "incentive.pytest_plugin", "--strict-markers")


@pytest.fixture
def folder(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with a plan that holds and a test that has nothing to do with it."""
    pytester.path.joinpath("ae.plan").write_text(PLAN, encoding="utf-8")
    pytester.makepyfile("def test_nothing(): pass")
    return pytester


def test_each_example_is_a_test(folder: pytest.Pytester) -> None:
    result = folder.runpytest_inprocess(*PLUGIN, "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["ae.plan::edges and accelerators PASSED*", "ae.plan::February pays only*PASSED*"])


def test_an_example_can_be_asked_for_by_its_label(folder: pytest.Pytester) -> None:
    folder.runpytest_inprocess(*PLUGIN, "ae.plan::edges and accelerators").assert_outcomes(passed=1)


def test_an_example_that_fails_says_what_came_out_and_how(folder: pytest.Pytester) -> None:
    folder.path.joinpath("ae.plan").write_text(PLAN.replace("39 600 EUR", "39 601 EUR"), encoding="utf-8")
    result = folder.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*ae.plan:43: commission for 2026-01 is 39 600.00 EUR, expected 39 601.00 EUR (difference -1.00 EUR)",
            "*commission for 2026-01 = 39 600.00 EUR   (ae.plan:28)",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_plan_that_does_not_check_fails_with_its_findings(folder: pytest.Pytester) -> None:
    folder.path.joinpath("ae.plan").write_text(PLAN.replace("pay revenue", "pay revenu"), encoding="utf-8")
    result = folder.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["error[[]E2*", "*--> ae.plan:*"])


def test_a_file_that_is_no_plan_is_a_finding_and_no_crash(folder: pytest.Pytester) -> None:
    folder.path.joinpath("ae.plan").write_bytes(b"\xff\xfe\x00\x01")
    folder.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=1, failed=1)


def test_a_plan_without_examples_has_no_tests(folder: pytest.Pytester) -> None:
    folder.path.joinpath("ae.plan").write_text(PLAN[: PLAN.index("example ")], encoding="utf-8")
    folder.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=1)


def test_an_option_turns_the_plug_in_off(folder: pytest.Pytester) -> None:
    folder.makeini("[pytest]\nincentive_plans = false")
    folder.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=1)


def test_a_marker_leaves_examples_out(folder: pytest.Pytester) -> None:
    folder.runpytest_inprocess(*PLUGIN, "-m", "not incentive").assert_outcomes(passed=1, deselected=2)


def test_nothing_of_the_library_is_imported_without_a_plan(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3] / "src"))
    pytester.makepyfile(
        """
        import sys

        def test_rooms():
            rooms = {name.split(".")[1] for name in sys.modules if name.startswith("incentive.")}
            assert rooms == {"pytest_plugin", "version"}
            assert "lark" not in sys.modules
            assert "incentive.pytest_plugin.items" not in sys.modules
        """
    )
    pytester.runpytest_subprocess(*PLUGIN).assert_outcomes(passed=1)
