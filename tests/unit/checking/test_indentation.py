"""Indentation decides nothing, so where it contradicts the braces it is told."""

import pytest

from tests.unit.checking.asking import codes

BLOCK = "component bonus {\n  pay 5% of revenue\n"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (BLOCK + "floor 0 EUR\n}", ["E103"]),
        (BLOCK + "}\n  floor 0 EUR", ["E103"]),
        (BLOCK + "}\n  cap 9 EUR\n  floor 0 EUR", ["E103"]),
        (BLOCK + "}\n  cap 9 EUR\n  floor 0 EUR\n}", ["E103"]),
        (BLOCK + "}\n  let a = 5%", ["E103"]),
        (BLOCK + "  floor 0 EUR\n}", []),
        (BLOCK + "      floor 0 EUR\n}", []),
        (BLOCK + "}\nlet a = 5%", []),
        (BLOCK + "}\n# apart\n  let a = 5%", []),
        ("component bonus {\npay 5% of revenue\nfloor 0 EUR\n}", []),
        ("component bonus { pay 5% of revenue; floor 0 EUR }", []),
        ("  component other {\n  pay 5% of revenue\n  floor 0 EUR\n  }\n  let a = 5%", []),
        ("component bonus {\n  pay revenue by slice {\n    from 0 EUR: 5%\n  }\n    from 9 EUR: 6%\n}", ["E103"]),
    ],
)
def test_a_clause_that_looks_as_if_elsewhere_is_told(lines: str, wanted: list[str]) -> None:
    assert codes(lines) == wanted
