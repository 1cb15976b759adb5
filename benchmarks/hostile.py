"""What texts that nobody wrote in good faith cost: processor seconds and memory to check, format and translate them.

Each text goes through a process of its own, so that one cannot warm up or fill the memory for another. The memory is
what the process takes at its worst beyond what it takes for a small plan.

Run: python benchmarks/hostile.py [part of a name …]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

PLANS: Final = Path(__file__).parent.parent / "tests" / "plans"
HEAD: Final = """incentive 1 en
plan "A" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts deals {
  key deal: text
  who: participant
  amount: money in EUR
  closed: date
}
measure revenue {
  sum deals.amount
  dated closed
  credit who
}
"""
LIMIT: Final = 300.0  # seconds of waiting for one text
Text = Callable[[], bytes]


def plan(rest: str) -> bytes:
    return (HEAD + rest).encode("utf-8", "surrogatepass")


def bonus(pay: str) -> bytes:
    return plan(f"component bonus {{\n  pay {pay}\n}}\n")


def misspelt(count: int) -> bytes:
    """A sound plan of components, each with a clause misspelt."""
    return plan("".join(f"component c{n} {{\n  pya {n} EUR\n  cap 5 EUR\n}}\n" for n in range(count)))


def mangled() -> bytes:
    """A long plan without any of its colons."""
    return (PLANS / "a_en.plan").read_bytes().replace(b":", b"") * 20


def ladder(count: int) -> bytes:
    return bonus("".join(f"if revenue > {n} EUR then {n} EUR\n  else " for n in range(count)) + "0 EUR")


def rows(count: int) -> str:
    return "".join(f"  from {n} EUR: 5%\n" for n in range(count))


def used_lets(count: int, last: str = "revenue") -> bytes:
    """Definitions, each built on the next."""
    lets = "".join(f"let a{n} = a{n + 1} + revenue\n" for n in range(count))
    return plan(f"{lets}let a{count} = {last}\ncomponent bonus {{\n  pay a0\n}}\n")


def components(count: int, clause: str = "pay {n} EUR") -> bytes:
    return plan("".join(f"component c{n} {{\n  {clause.format(n=n, before=n - 1)}\n}}\n" for n in range(count)))


def junk(count: int) -> str:
    return "".join(f"{'@%$~'[n % 4]}\n" for n in range(count))


def chain(sign: str, count: int, term: str = "revenue") -> str:
    return f" {sign}\n    ".join([term] * count)


def doubled(count: int) -> bytes:
    lets = "".join(f"let b{n + 1} = b{n} + b{n}\n" for n in range(count))
    return plan(f"let b0 = revenue\n{lets}component bonus {{\n  pay b{count}\n}}\n")


def characters(found: str) -> bytes:
    return plan("".join(f'let a{n} = 1 # {each}\nnote "x{each}"\nlet x{each} = 2\n' for n, each in enumerate(found)))


TEXTS: Final[dict[str, Text]] = {
    "a sound plan": (PLANS / "a_en.plan").read_bytes,
    # nesting
    "parentheses x 100,000, lines": lambda: bonus("\n".join(["(" * 900] * 111)),
    "parentheses x 100,000, a line": lambda: bonus("(" * 100_000),
    "parentheses x 9,000 closed": lambda: bonus("(" * 4_900 + "1 EUR" + ")" * 4_900),
    "minus x 9,900": lambda: bonus("-" * 9_900 + "1 EUR"),
    "not x 2,400": lambda: bonus("if " + "not " * 2_400 + "true then 1 EUR else 0 EUR"),
    "calls x 3,000": lambda: bonus("min(" * 3_000),
    "braces x 100,000 unclosed": lambda: plan("component a {\n" * 33_333 + "{\n" * 66_667),
    "braces x 60 unclosed": lambda: plan("component a {\n" * 60),
    "braces x 100,000 too many": lambda: plan("}\n" * 100_000),
    "braces in pairs x 40,000": lambda: plan("{}\n" * 40_000),
    "tables in tables x 70": lambda: bonus("revenue by slice {\nfrom 0 EUR: " * 70),
    # long
    "sum of 10,000": lambda: bonus(chain("+", 10_000)),
    "difference of 10,000": lambda: bonus(chain("-", 10_000)),
    "product of 10,000": lambda: bonus(chain("*", 10_000, "2") + " * revenue"),
    "quotient of 5,000": lambda: bonus("revenue / " + chain("/", 5_000, "2")),
    "and of 10,000": lambda: bonus(f"if {chain('and', 10_000, 'revenue > 0 EUR')} then 1 EUR else 0 EUR"),
    "or of 10,000": lambda: bonus(f"if {chain('or', 10_000, 'revenue > 0 EUR')} then 1 EUR else 0 EUR"),
    "if missing x 5,000": lambda: bonus(chain("if missing", 5_000).replace("\n   ", "")[:9_000]),
    "else if x 4,000": partial(ladder, 4_000),
    "one of 5,000": lambda: plan(
        "facts tags {\n  key tag: text\n  kind: one of "
        + ",\n  ".join(f"k{n}" for n in range(5_000))
        + "\n  who: participant\n}\n"
    ),
    "scale of 1,000 rows": lambda: (
        plan(f"scale s by slice {{\n{rows(1_000)}}}\n") + b"component c {\n  pay s of revenue\n}\n"
    ),
    "scale of 10,000 rows": lambda: plan(f"scale s by slice {{\n{rows(10_000)}}}\n"),
    "components x 5,000": partial(components, 5_000),
    "components x 10,000": partial(components, 10_000),
    "components x 3,000, each on the last": lambda: components(3_000, "pay 1 EUR + c{before}").replace(
        b"c-1", b"revenue"
    ),
    "measures x 3,000": lambda: plan(
        "".join(f"measure m{n} {{\n  sum deals.amount\n  dated closed\n  credit who\n}}\n" for n in range(3_000))
    ),
    "facts of 10,000 fields": lambda: plan(
        "facts f {\n  who: participant\n" + "".join(f"  f{n}: text\n" for n in range(10_000)) + "}\n"
    ),
    "parameters x 10,000": lambda: plan("".join(f"parameter p{n} = {n}%\n" for n in range(10_000))),
    "the same name x 10,000": lambda: plan("let a = 1 EUR\n" * 10_000),
    "let x 5,000 in a chain": partial(used_lets, 5_000),
    "let x 5,000 in a circle": partial(used_lets, 5_000, "a0"),
    "let x 140 in a circle": partial(used_lets, 140, "a0"),
    "let x 100, each doubled": partial(doubled, 100),
    "gates x 3,000": lambda: plan(
        "".join(f"gate g{n} {{\n  require revenue > {n} EUR\n  otherwise 0%\n}}\n" for n in range(3_000))
        + "component c {\n  pay revenue\n  gated by "
        + ", ".join(f"g{n}" for n in range(900))
        + "\n}\n"
    ),
    "examples x 2,000": lambda: (
        bonus("5% of revenue")
        + b"".join(
            b'example "e%d" {\n  on 2026-01\n  given revenue = %d EUR\n  expect bonus = %d EUR\n}\n' % (n, n * 20, n)
            for n in range(2_000)
        )
    ),
    "an example of 5,000 cases": lambda: (
        bonus("5% of revenue")
        + b'example "e" {\n  on 2026-01\n  cases {\n    | revenue | bonus |\n'
        + b"".join(b"    | %d EUR | %d EUR |\n" % (n * 20, n) for n in range(5_000))
        + b"  }\n}\n"
    ),
    "notes x 20,000": lambda: HEAD.replace("  period", '  note "x"\n' * 20_000 + "  period").encode(),
    "comments x 50,000": lambda: plan("# x\n" * 50_000),
    "empty lines x 500,000": lambda: plan("\n" * 500_000),
    # mistakes
    "clauses misspelt x 1,000": partial(misspelt, 1_000),
    "clauses misspelt x 5,000": partial(misspelt, 5_000),
    "a plan without colons x 20": mangled,
    "names unknown x 5,000": lambda: plan("".join(f"let a{n} = unknown_{n} + 1 EUR\n" for n in range(5_000))),
    "one name unknown x 10,000": lambda: plan("".join(f"let a{n} = unknown + 1 EUR\n" for n in range(10_000))),
    "units mixed x 10,000": lambda: plan("".join(f"let a{n} = revenue + 5%\n" for n in range(10_000))),
    "numbers misspelt x 20,000": lambda: plan("".join("let a = 1,500\n" for n in range(20_000))),
    "words of the other language x 5,000": lambda: plan(
        "".join(f"composante c{n} {{\n  verser {n} EUR\n}}\n" for n in range(5_000))
    ),
    "no word of the language x 50,000": lambda: plan("lorem ipsum\n" * 40_000),
    "no word of the language, one line": lambda: plan("lorem ipsum " * 830),
    "junk of 100,000 lines": lambda: junk(100_000).encode(),
    "junk of 100,000 lines in a plan": lambda: plan(junk(100_000)),
    "junk of 100,000 characters": lambda: bonus("\n".join(["@" * 900] * 100)),
    "names joined by points": lambda: bonus(".".join(["a"] * 4_900)),
    "bars": lambda: plan('example "e" {\n  cases {\n' + ("|" * 900 + "\n") * 100),
    "commas": lambda: bonus("\n".join(["," * 900] * 100)),
    "semicolons": lambda: bonus("\n".join([";" * 900] * 100)),
    "equal signs": lambda: bonus("\n".join(["=" * 900] * 100)),
    "a line of 1 MiB": lambda: plan("x" * 2**20),
    "a line of 500 KiB": lambda: plan("let x = " + "1 + " * 125_000),
    "a name of 9,000": lambda: plan(f"let {'x' * 9_000} = 1\n"),
    "names of 9,000 x 50": lambda: plan(f"let {'x' * 9_000} = {'y' * 900}\n" * 50),
    "names alike x 2,000": lambda: plan("".join(f"let {'a' * 60}{n} = {'a' * 60}_{n} + 1 EUR\n" for n in range(2_000))),
    "a number of 9,000": lambda: bonus("9" * 9_000),
    "strings unclosed x 10,000": lambda: plan('note "x\n' * 10_000),
    "quotes unclosed x 10,000": lambda: plan('"\n' * 10_000),
    "curly quotes x 10,000": lambda: plan("let x = “a”\n" * 10_000),
    "elisions": lambda: b"incentive 1 fr\nsoit a = " + b"d'" * 4_900 + b"a\n",
    "articles": lambda: b"incentive 1 fr\nsoit a = " + b"la " * 3_300 + b"a\n",
    "phrases": lambda: plan("let a = " + "if missing " * 900),
    "if x 40,000": lambda: plan("\n".join(["if " * 900] * 40)),
    "every keyword": lambda: plan(
        "\n".join(
            ["plan", "facts", "input", "let", "measure", "scale", "group", "pay", "cap", "when", "each", "per"] * 3_000
        )
    ),
    # characters
    "NUL": lambda: plan("let a = 1\0\n"),
    "NUL x 500,000": lambda: b"\0" * 500_000,
    "marks of byte order x 100,000": lambda: b"\xef\xbb\xbf" * 100_000,
    "lone surrogates": lambda: plan("let a\ud800 = 1\n"),
    "not UTF-8": lambda: plan("let a = 1 # ") + b"\xff\xc3\x28\n",
    "UTF-16": lambda: HEAD.encode("utf-16"),
    "UTF-16 without a mark": lambda: HEAD.encode("utf-16-le"),
    "UTF-32": lambda: HEAD.encode("utf-32"),
    "CRLF": lambda: (PLANS / "a_en.plan").read_bytes().replace(b"\n", b"\r\n"),
    "CR": lambda: (PLANS / "a_en.plan").read_bytes().replace(b"\n", b"\r"),
    "direction controls": lambda: characters(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    ),
    "invisible characters": lambda: characters(
        "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u3164\ufe0f\U000e0041"
    ),
    "letters that look alike": lambda: characters("аеорсіѕ１²ª"),
    "accents of 100,000 marks": lambda: plan("let e" + "\u0301" * 9_000 + " = 1\n") * 5,
    "2 MiB": lambda: plan("# x\n" * 2**19),
}


def measure(name: str) -> dict[str, object]:
    """Check, format and translate one text in this process."""
    from incentive.checking import check  # noqa: PLC0415 - only the child needs them
    from incentive.diagnostics import PlanError, render  # noqa: PLC0415
    from incentive.language import decode, format, translate  # noqa: A004, PLC0415

    check(HEAD)  # what a process takes anyway
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    raw = TEXTS[name]()
    found: dict[str, object] = {"bytes": len(raw)}
    start = time.process_time()
    try:
        text = decode(raw, name)
    except PlanError as error:
        found["codes"] = [each.code for each in error.diagnostics]
        text = None
    found["decode"] = time.process_time() - start
    if text is not None:
        start = time.process_time()
        checked = check(text, name)
        found["check"] = time.process_time() - start
        found["codes"] = [each.code for each in checked.diagnostics]
        start = time.process_time()
        for each in islice(checked.diagnostics, 200):
            render(each, checked.source)
        found["render"] = time.process_time() - start
        start = time.process_time()
        format(text, name)
        found["fmt"] = time.process_time() - start
        start = time.process_time()
        translate(text, "fr", name)
        found["translate"] = time.process_time() - start
    found["memory"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return found


def alone(name: str) -> dict[str, object]:
    """Measure one text in a process of its own."""
    command = [sys.executable, __file__, "--one", name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return {"failed": f"more than {LIMIT:.0f} s"}
    if done.returncode:
        return {"failed": (done.stderr.strip().split("\n") or ["?"])[-1][:200]}
    return dict(json.loads(done.stdout))


def shown(name: str, found: dict[str, object]) -> str:
    if "failed" in found:
        return f"{name:<38} {found['failed']}"
    parts = "".join(
        f"{found[each]:8.2f}" if isinstance(found.get(each), float) else f"{'-':>8}"
        for each in ("check", "render", "fmt", "translate", "memory")
    )
    codes = found["codes"] if isinstance(found["codes"], list) else []
    kinds = " ".join(f"{code}x{codes.count(code)}" for code in dict.fromkeys(codes))
    return f"{name:<38}{found['bytes']:>9}{parts}  {kinds or 'fine'}"


def main(words: list[str]) -> None:
    print(f"{'text':<38}{'bytes':>9}{'check':>8}{'render':>8}{'fmt':>8}{'transl.':>8}{'MiB':>8}  findings")
    for name in TEXTS:
        if not words or any(each in name for each in words):
            print(shown(name, alone(name)), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2])))
    else:
        main(sys.argv[1:])
