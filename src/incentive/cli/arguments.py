"""The commands and their arguments. Usage is in English; what is said about a plan is in the plan's language."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import Final

from incentive import __version__

_ENDING: Final = "Exit codes: 0 fine, 1 findings, 2 usage or unreadable input, 3 a fault of the program."
_EXAMPLES: Final = {
    "new": "incentive new my-plan\n  incentive new mon-plan --lang fr",
    "check": "incentive check sales.plan\n  incentive check sales.plan --data march --fail-on warning",
    "run": "incentive run sales.plan --data march --period 2026-03\n"
    "  incentive run sales.plan --data 2026 --from 2026-01 --until 2026-03 --format csv > pay.csv\n"
    "  incentive run sales.plan --data feb --period 2026-02 --after runs/2026-01 --out runs/2026-02",
    "audit": "incentive audit runs/2026-01\n  incentive audit runs/2026-02 --previous runs/2026-01",
    "explain": "incentive explain sales.plan --data march --participant ana --component commission --period 2026-03",
    "test": "incentive test sales.plan\n  incentive test plans/*.plan --format json",
    "requires": "incentive requires sales.plan",
    "map": "incentive map sales.plan --data march -o march/mapping.toml",
    "fmt": "incentive fmt sales.plan\n  incentive fmt --check --diff plans/*.plan",
    "translate": "incentive translate sales.plan --to fr -o ventes.plan",
    "help": "incentive help P201 --lang fr\n  incentive help clawback\n  incentive help sous condition",
}
SUMMARIES: Final = {
    "new": "write a folder to start from: a plan, data, what they give",
    "check": "say everything that is wrong with a plan, and with its data",
    "run": "compute what everybody earns",
    "audit": "verify a folder that a run wrote, and compute it again",
    "explain": "say how a line came about, down to the rows of data",
    "test": "run the examples written in plans",
    "requires": "list the tables, people and inputs that a plan needs",
    "map": "draft a mapping from the files of a folder to a plan",
    "fmt": "lay out plans in the one way",
    "translate": "write a plan in the other language",
    "help": "explain a finding by its code, or a word of the language",
}


class _Parser(argparse.ArgumentParser):
    """Says how to get help, in one line, instead of repeating the whole usage."""

    def error(self, message: str) -> None:  # type: ignore[override]  # exit() never comes back
        self.exit(2, f"{self.prog}: {message}\nTry `{self.prog} --help`.\n")


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = _Parser(
        prog="incentive",
        description="Check, compute and explain incentive plans.",
        epilog=_epilog("\n  ".join(_EXAMPLES.values())),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"incentive {__version__}")
    _color(parser, "auto")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    made = {name: _command(commands, name) for name in SUMMARIES}

    made["new"].add_argument("folder", metavar="FOLDER", nargs="?", help="default: my-plan, in French mon-plan")
    made["new"].add_argument("--lang", choices=("en", "fr"), default="en", help="default: en")

    _plan(made["check"])
    _data(made["check"], required=False)
    made["check"].add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    made["check"].add_argument(
        "--fail-on", choices=("error", "warning"), default="error", help="what makes the exit code 1 (default: error)"
    )

    run = made["run"]
    run.add_argument("plan", metavar="PLAN", help="a plan file, - for standard input, or a folder of plans")
    _data(run, required=True)
    _choices(run)
    run.add_argument("--from", dest="since", metavar="P", help="the first period")
    run.add_argument("--until", metavar="P", help="the last period")
    run.add_argument("--participant", metavar="KEY", action="append", help="only this person; may be repeated")
    run.add_argument("--format", choices=("text", "json", "csv"), default="text", help="default: text")
    run.add_argument("--accounting", action="store_true", help="print what became of every row and person")
    run.add_argument("--settlement", action="store_true", help="with csv: what was settled as further rows")
    run.add_argument("--fail-on", choices=("pending",), help="exit with 1 if a line is pending")
    _folders(run, made["audit"])

    explain = made["explain"]
    _plan(explain)
    _data(explain, required=True)
    _choices(explain)
    explain.add_argument("--participant", metavar="KEY", required=True, help="whose line")
    explain.add_argument("--component", metavar="NAME", help="which line or result; all without it")
    explain.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    explain.add_argument(
        "--rows", metavar="N", type=_count, default=20, help="rows of data to show below a figure (default: 20)"
    )

    made["test"].add_argument("plans", metavar="PLAN", nargs="+", help="plan files, or - for standard input")
    made["test"].add_argument("--format", choices=("text", "json"), default="text", help="default: text")

    _plan(made["requires"])
    made["requires"].add_argument("--format", choices=("text", "json"), default="text", help="default: text")

    draft = made["map"]
    _plan(draft)
    draft.add_argument("--data", metavar="DIR", required=True, help="the folder with the files")
    draft.add_argument("-o", "--output", metavar="FILE", help="where to write; standard output without it")
    draft.add_argument("--force", action="store_true", help="overwrite FILE")

    made["fmt"].add_argument("plans", metavar="PATH", nargs="+", help="a plan file, or - for standard input")
    made["fmt"].add_argument("--check", action="store_true", help="write nothing; exit with 1 if a plan would change")
    made["fmt"].add_argument("--diff", action="store_true", help="write nothing; print what would change")

    other = made["translate"]
    _plan(other)
    other.add_argument("--to", choices=("en", "fr"), required=True, help="the language to write")
    other.add_argument("-o", "--output", metavar="FILE", help="where to write; standard output without it")

    made["help"].add_argument(
        "topic", metavar="WORD", nargs="*", help="a code such as P201, a word of the language, or a command"
    )
    made["help"].add_argument("--lang", choices=("en", "fr"), help="default: the language of the word, else en")
    return parser


def command_help(name: str) -> str:
    """The help of a command."""
    parser = make_parser()
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to a sub-parser
        if isinstance(action, argparse._SubParsersAction) and name in action.choices:  # noqa: SLF001
            found: argparse.ArgumentParser = action.choices[name]
            return found.format_help()
    return parser.format_help()


def _command(commands: argparse._SubParsersAction[_Parser], name: str) -> _Parser:
    parser = commands.add_parser(
        name,
        help=SUMMARIES[name],
        description=SUMMARIES[name].capitalize() + ".",
        epilog=_epilog(_EXAMPLES[name]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _color(parser, argparse.SUPPRESS)
    return parser


def _epilog(examples: str) -> str:
    return f"Example:\n  {examples}\n\n{_ENDING}"


def _color(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default=default,
        help="auto: on a terminal, unless NO_COLOR is set, or wherever FORCE_COLOR is set",
    )


def _folders(run: argparse.ArgumentParser, kept: argparse.ArgumentParser) -> None:
    run.add_argument("--after", metavar="FOLDER", help="the run that closed the periods before: corrections are told")
    run.add_argument("--out", metavar="FOLDER", help="keep the run in a new folder that proves itself")
    run.add_argument(
        "--no-explanations", action="store_true", help="with --out: do not explain every line in the folder"
    )

    kept.add_argument("folder", metavar="FOLDER", help="what `run --out` wrote")
    kept.add_argument(
        "--previous", metavar="FOLDER", help="the run before, with whose data corrections are told by cause"
    )
    kept.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def _plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", metavar="PLAN", help="a plan file, or - for standard input")


def _data(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--data", metavar="DIR", required=required, help="the folder with the data")
    parser.add_argument(
        "--mapping", metavar="FILE", help="default: mapping.toml in DIR or beside PLAN, else the plain contract"
    )


def _choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--period", metavar="P", help="the period, such as 2026-03, 2026-Q1 or FY2018-Q1")
    parser.add_argument("--as-of", metavar="DATE", type=_day, help="only rows recorded until this day exist")
    parser.add_argument(
        "--parameter", metavar="NAME=VALUE", action="append", default=[], help="another value, as in rate=5%%"
    )


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-03-31")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: there is no such day") from None


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows")
    return int(text)
