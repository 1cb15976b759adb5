"""A plan and its data as the user named them, or the findings that stand in the way."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Final

from incentive.cli.files import files_of, find_mapping, folder, read_plan
from incentive.cli.findings import as_data, as_text, unreadable
from incentive.cli.terminal import colourful, say_json, warn
from incentive.data import Dataset
from incentive.diagnostics import DataError, Diagnostic, PlanError, Source, UsageError
from incentive.language import Give, decode, normalise
from incentive.plan import Figure, Plan, parse_from
from incentive.quantities import NumberFormatError, parse_decimal
from incentive.tree import Unit

_OPTIONS: Final = {"as_of": "--as-of", "participant": "--participant", "participants": "--participant"}


def data_findings(text: str, name: str, give: Give, data: Path, mapping: Path | None) -> tuple[Diagnostic, ...]:
    """What is wrong with the data of a sound plan."""
    try:
        parse_from(text, name, give).read(Dataset.from_folder(data, mapping))
    except DataError as error:
        return error.diagnostics
    return ()


def plan_of(arguments: Namespace) -> Plan | int:
    """The plan, or the exit code once its findings have been shown."""
    raw, name = read_plan(arguments.plan)
    text = ""
    try:
        text = decode(raw, name)
        plan = parse_from(text, name, files_of(arguments.plan))
    except PlanError as error:
        return refused(arguments, error.diagnostics, error.source or Source(name, normalise(text)))
    if plan.warnings:
        warn(as_text(plan.warnings, plan.source, colour=colourful(arguments.color, sys.stderr)))
    return plan


def dataset_of(arguments: Namespace) -> Dataset:
    """Where the data is.

    Raises:
        UsageError: the folder or the mapping is not there.
    """
    data = folder(arguments.data)
    return Dataset.from_folder(data, find_mapping(arguments.plan, data, arguments.mapping))


def refused(arguments: Namespace, found: tuple[Diagnostic, ...], source: Source | None) -> int:
    """Show the findings that stand in the way of a result, and give the exit code."""
    if getattr(arguments, "format", "text") == "json":
        say_json({"version": 1, "findings": as_data(found)})
    else:
        warn(as_text(found, source, colour=colourful(arguments.color, sys.stderr)))
    return 2 if unreadable(found) else 1


def period_of(plan: Plan, name: str | None, option: str) -> str | None:
    """The name of a period given by an option, as the plan writes it.

    Raises:
        UsageError: it is no period of the plan; the message names the option.
    """
    if name is None:
        return None
    try:
        return plan.period(name).name
    except UsageError as error:
        raise UsageError(f"{option}{str(error).removeprefix('period')}") from error


@contextmanager
def in_options() -> Iterator[None]:
    """Say what is wrong with an argument by the option that it was given with."""
    try:
        yield
    except UsageError as error:
        name, colon, rest = str(error).partition(":")
        if name not in _OPTIONS:
            raise
        raise UsageError(f"{_OPTIONS[name]}{colon}{rest}") from error


def parameters_of(arguments: Namespace, plan: Plan) -> dict[str, Figure]:
    """Other values for parameters, as written on the command line: `rate=5%`, `floor=1200.50` or `floor=1200.50 EUR`.

    Raises:
        UsageError: a name is not a parameter or comes twice, or a value is not of its kind.
    """
    units = {each.name: each.unit for each in plan.tree.parameters}
    found: dict[str, Figure] = {}
    for each in arguments.parameter:
        name, equals, value = each.partition("=")
        if not equals:
            raise UsageError(f"--parameter {each!r}: write NAME=VALUE")
        if name not in units:
            raise UsageError(f"--parameter {name!r}: the plan has {', '.join(units) or 'no parameter'}")
        if name in found:
            raise UsageError(f"--parameter {name!r} is given twice")
        found[name] = _figure(name, value.strip(), units[name])
    return found


def _figure(name: str, text: str, unit: Unit) -> Figure:
    number, per_cent = text, unit.kind == "ratio" and text.endswith("%")
    if per_cent:
        number = text[:-1].rstrip()
    elif unit.kind == "money":
        number = text.removesuffix(unit.currency).rstrip()
    try:
        exact = parse_decimal(number)
    except NumberFormatError as error:
        kind = f"an amount in {unit.currency}" if unit.kind == "money" else f"a value for a {unit.kind}"
        raise UsageError(f"--parameter {name}: {text!r} is not {kind}, such as 1234.50 ({error})") from error
    return Fraction(exact) / 100 if per_cent else exact
