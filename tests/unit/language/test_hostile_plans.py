"""Plans that nobody wrote in good faith take no more time than their length is worth.

benchmarks/hostile.py has many more, and measures them.
"""

import time
from collections import Counter
from collections.abc import Callable

import pytest

from benchmarks.hostile import HEAD
from incentive.checking import check
from incentive.diagnostics import render

PAY = "component bonus {\n  pay revenue\n}\n"
Lines = Callable[[int], str]
SHAPES: dict[str, tuple[str, Lines]] = {
    "the same name": ("E210", lambda _: "let a = 1 EUR\n"),
    "curly quotes": ("E210", lambda _: "let x = “a”\n"),
    "names unknown": ("E200", lambda n: f"let a{n} = unknown_{n} + 1 EUR\n"),
    "one name unknown": ("E200", lambda n: f"let a{n} = unknown + 1 EUR\n"),
    "names alike": ("E200", lambda n: f"let {'a' * 60}{n} = {'a' * 60}_{n} + 1 EUR\n"),
    "units mixed": ("E302", lambda n: f"let a{n} = revenue + 5%\n"),
}


def spent(line: Lines, count: int) -> tuple[float, Counter[str]]:
    """The seconds of this process for checking and showing a plan with so many lines, and what was found."""
    text = HEAD + PAY + "".join(line(n) for n in range(count))
    start = time.process_time()
    checked = check(text)
    found = Counter(each.code for each in checked.diagnostics)
    assert all(render(each, checked.source) for each in checked.diagnostics)
    return time.process_time() - start, found


def test_the_plan_that_the_others_are_made_of_is_sound() -> None:
    assert check(HEAD + PAY).diagnostics == ()


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_as_many_mistakes_take_about_four_times_as_long(shape: str) -> None:
    code, line = SHAPES[shape]
    few, _ = spent(line, 500)
    many, found = spent(line, 2_000)
    assert many < 10 * max(few, 0.1)  # 16 times as long, if each mistake looked at all others
    assert found.most_common(1)[0][0] == code
    assert found["E199"] == 1
    assert sum(found.values()) == 101


def test_misspelt_names_are_still_compared_where_there_are_many() -> None:
    lets = "".join(f"let amount_{n} = {n} EUR\n" for n in range(300))
    wrong = "".join(f"let total_{n} = amonut_{n} + 1 EUR\n" for n in range(50))
    found = check(HEAD + lets + wrong + PAY).diagnostics
    assert {each.code for each in found} == {"E203"}
    assert len(found) == 50
