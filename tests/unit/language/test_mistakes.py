"""A small part of benchmarks/mistakes.py, with a floor: the number found may only rise."""

from benchmarks.mistakes import LANGUAGE_KINDS, check_function, measure


def test_nearly_all_mistakes_of_three_in_a_file_are_found_and_hardly_any_finding_is_false() -> None:
    _, check = check_function(only_read=True)
    result = measure(40, LANGUAGE_KINDS, check, seed=7)
    assert result.share(LANGUAGE_KINDS) >= 0.97
    assert result.false_a_file() <= 0.1
