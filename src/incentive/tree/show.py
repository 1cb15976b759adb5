"""A formula as a line of text, in the words of the plan's language.

What is shown is the evaluation tree, guesses included, so that a statement can say how a figure was made. It reads as a
plan does, but it is for reading: not every node has a clause that would give it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Final, assert_never

from attrs import frozen

from incentive.diagnostics import Language
from incentive.language import words
from incentive.quantities import DayCount, PeriodKind, exact_decimal
from incentive.tree.nodes import (
    Add,
    Amended,
    Both,
    Cap,
    Choose,
    Compare,
    Constant,
    Converted,
    CreditPath,
    CreditSplit,
    CreditThrough,
    DatedParameter,
    DateGap,
    DateShift,
    Divide,
    Each,
    Either,
    Expr,
    FactPart,
    FieldValue,
    Floor,
    Gate,
    Gated,
    Grain,
    Greatest,
    IfMissing,
    Increase,
    Input,
    InputValue,
    IsMissing,
    Least,
    LetValue,
    LineValue,
    Lookup,
    Measure,
    MeasureValue,
    Membership,
    Multiply,
    Negate,
    OneOf,
    Opposite,
    ParameterValue,
    People,
    PersonMean,
    PersonValue,
    Presence,
    Ranking,
    Rounded,
    Scorecard,
    SettledValue,
    Shared,
    SplitShare,
    Stacked,
    TierRow,
    Tiers,
    Unit,
    Weighted,
    When,
    Window,
    WindowDay,
    Within,
)
from incentive.tree.plan import Plan
from incentive.tree.settling import (
    AddLines,
    CapOver,
    Clawback,
    Draw,
    FloorAt,
    HoldBelow,
    Instalments,
    Release,
    SettlementStep,
    TrueUp,
)

Value = Fraction | str | bool | date
_Made = Weighted | Scorecard | Gate | Gated | When | Cap | Floor | Increase | Shared | Ranking | Each | Amended

# How tightly a form binds, from loosest to tightest; an operand that binds looser stands in parentheses.
_CHOICE, _OR, _AND, _NOT, _COMPARE, _FALLBACK, _SUM, _PRODUCT, _UNARY, _ATOM = range(10)
_PHRASES: Final = {" ".join(row.terminals): row for row in words.WORDS}
_TO_DATE_FR: Final = {"month": "mensuel", "quarter": "trimestriel", "half": "semestriel", "year": "annuel"}
_UNITS: Final = {"days": "days", "months": "months", "hours": "hours"}


def show(node: Expr, language: Language = "en", *, period: PeriodKind | None = None) -> str:
    """Write an expression as one line.

    Args:
        node: Any expression.
        language: Whose words to use.
        period: The period of the plan; a figure over that period shows no window.
    """
    return _Writer(language, period).text(node)


def show_plan(plan: Plan, language: Language = "en") -> str:
    """Write a plan as an indented list of what it declares, for people who look for a fault."""
    writer = _Writer(language, plan.period)
    say = writer.say
    out = [f'{say("PLAN")} "{plan.label}"']
    out.append(f"  {say('CURRENCY')} {plan.currency}")
    out.append(f"  {say('PERIOD')} {writer.period_word(plan.period)}")
    out.append(f'  {say("TIMEZONE")} "{plan.timezone}"')
    days = f"{say('FROM', 1)} {plan.first_day} {say('UNTIL')} {plan.last_day}"
    out.append(f"  {say('EFFECTIVE')} {days}")
    if plan.month_end:
        out.append(f"  {say('MONTH_END')} {words.spelling(words.MONTH_ENDS, plan.month_end, language)}")
    if plan.presence:
        out.append(f"  {say('PRESENCE PER')} {writer.basis(plan.presence)}")
    if plan.covers is not None:
        out.append(f"  {say('FOR')} {writer.text(plan.covers)}")
    for name, columns in [*((each.name, each.fields) for each in plan.tables), ("people", plan.people)]:
        if columns:
            out.append(f"{say('FACTS')} {name}")
            out += [
                f"  {each.name}: {writer.unit(each.unit)}{' ' * each.prorated}{say('PRORATED') * each.prorated}"
                for each in columns
            ]
    out += [f"{say('INPUT')} {each.name}: {writer.input(each)}" for each in plan.inputs]
    for parameter in plan.parameters:
        values = (writer.since(each.start, each.value, parameter.unit) for each in parameter.values)
        out.append(f"{say('PARAMETER')} {parameter.name} = {', '.join(values)}")
    for measure in plan.measures:
        out += [f"{say('MEASURE')} {measure.name}", *(f"  {line}" for line in writer.measure(measure))]
    out += [f"{say('GROUP')} {each.name} = {writer.text(each.condition)}" for each in plan.groups]
    out += [f"{say('LET')} {each.name} = {writer.text(each.value)}" for each in plan.definitions]
    for component in plan.components:
        out += [f'{say("COMPONENT")} {component.name} "{component.label}"', f"  {writer.text(component.line)}"]
    if plan.settlement is not None:
        out += [say("SETTLEMENT"), *(f"  {writer.step(each)}" for each in plan.settlement.steps)]
    return "\n".join(out) + "\n"


def show_step(step: SettlementStep, language: Language = "en", *, period: PeriodKind | None = None) -> str:
    """Write a step of a settlement as one line; see `show`."""
    return _Writer(language, period).step(step)


@frozen
class _Writer:
    """Writes in one language. Recursion goes down the levels of a formula, never along a chain."""

    language: Language
    period: PeriodKind | None

    # ---- words -----------------------------------------------------------------------------------------------------
    def say(self, terminals: str, form: int = 0) -> str:
        """The phrase for terminals of the word table; `form` takes another of its spellings where there is one."""
        phrases = _PHRASES[terminals].phrases(self.language)
        return phrases[min(form, len(phrases) - 1)]

    def basis(self, basis: DayCount) -> str:
        match basis:
            case "calendar" | "working":
                return self.say(f"{basis.upper()}_DAYS")
            case "months":
                return words.spelling(words.DURATIONS, "months", self.language)
            case "30/360":
                return basis
            case _:
                assert_never(basis)

    def period_word(self, kind: str) -> str:
        return words.spelling(words.PERIODS, kind, self.language)

    def unit(self, unit: Unit) -> str:
        if unit.kind == "money":
            return f"{words.spelling(words.TYPES, 'money', self.language)} {self.say('IN')} {unit.currency}"
        if unit.kind == "own_money":
            return f"{words.spelling(words.TYPES, 'money', self.language)} {self.say('IN')} {unit.currency}"
        if unit.kind == "choice":
            return f"{self.say('ONE OF')} {', '.join(unit.choices)}"
        if unit.kind == "row":
            return unit.table
        if unit.kind == "rate":
            return f"{unit.currency} {self.say('PER')} {unit.counted}"
        if unit.kind in _UNITS:
            return words.spelling(words.DURATIONS, unit.kind, self.language)
        name = "percent" if unit.kind == "ratio" else unit.kind
        return words.spelling(words.TYPES, name, self.language)

    def number(self, value: Fraction) -> str:
        text = exact_decimal(value)
        if text is None:
            return f"{value.numerator}/{value.denominator}"
        sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
        whole, _, part = text.partition(".")
        mark = "," if self.language == "fr" else "."
        grouped = f"{int(whole):,}".replace(",", " ")
        return sign + grouped + (mark + part if part else "")

    def percent(self, value: Fraction) -> str:
        return f"{self.number(value * 100)}{' %' if self.language == 'fr' else '%'}"

    def value(self, value: Value, unit: Unit) -> str:
        if isinstance(value, bool):
            return self.say("TRUE") if value else self.say("FALSE")
        if isinstance(value, str):
            return value if unit.kind == "choice" else f'"{value}"'
        if isinstance(value, date):
            return value.isoformat()
        if unit.kind == "money":
            return f"{self.number(value)} {unit.currency}"
        if unit.kind == "rate":
            return f"{self.number(value)} {unit.currency} {self.say('PER')} {unit.counted}"
        if unit.kind == "ratio":
            plain = value.denominator == 1 and abs(value) > 1
            return self.number(value) if plain else self.percent(value)
        if unit.kind == "count":
            return f"{self.number(value)} {unit.counted}".rstrip()
        if unit.kind == "open_hours":
            return self.open_hours(value, unit.table)
        if unit.kind in _UNITS:
            return f"{self.number(value)} {words.spelling(words.DURATIONS, unit.kind, self.language)}"
        return self.number(value)

    def open_hours(self, value: Fraction, table: str) -> str:
        hours = words.spelling(words.DURATIONS, "hours", self.language)
        return (
            f"{self.number(value)} {table} {hours}"
            if self.language == "en"
            else f"{self.number(value)} {hours} {table}"
        )

    def since(self, start: date | None, value: Fraction, unit: Unit) -> str:
        shown = self.value(value, unit)
        return shown if start is None else f"{self.say('FROM')} {start}: {shown}"

    def window(self, window: Window) -> str:
        kind = self.say("PLAN") if window.kind == "plan" else self.period_word(window.kind)
        french = self.language == "fr"
        match window.shape:
            case "whole":
                return kind
            case "to_date":
                if french and window.kind in _TO_DATE_FR:
                    return f"cumul {_TO_DATE_FR[window.kind]}"
                return f"{kind} {self.say('TO')} {self.say('DATE')}"
            case "last":
                plural = kind if french and kind == "mois" else f"{kind}s"
                return f"{self.say('LAST')} {window.n} {plural}"
            case "previous":
                before = self.say("PREVIOUS")
                return f"{kind} {before}" if french else f"{before} {kind}"
            case "same_last_year":
                return f"{self.say('SAME')} {kind} {self.say('LAST', 2)} {self.period_word('year')}"
            case _:
                assert_never(window.shape)

    def figure(self, name: str, grain: Grain, *, always: bool = False) -> str:
        """A figure with whose it is and over which window, as far as that is not plain."""
        who = grain.who
        if who and who != "participant":
            name = f"{words.spelling(words.GROUPS, who, self.language)}.{name}"
        return name if grain.when is None else self.over(name, grain.when, always=always)

    def over(self, name: str, window: Window, *, always: bool = False) -> str:
        """A figure over a window, unless that is the plan's own period."""
        if not always and window.shape == "whole" and self.period in {None, window.kind}:
            return name
        return f"{name} {self.say('OVER')} {self.window(window)}"

    def of_days(self, node: Presence | PersonMean | WindowDay) -> str:
        """What is read of the days of a window."""
        match node:
            case PersonMean():
                name = node.name
            case Presence():
                name = words.spelling(words.RESULTS, "presence", self.language)
            case WindowDay():
                name = words.spelling(words.RESULTS, f"{node.which}_day", self.language)
            case _:
                assert_never(node)
        return self.over(name, node.over)

    # ---- declarations ----------------------------------------------------------------------------------------------
    def input(self, each: Input) -> str:
        holder = f"{self.say('PER')} {words.spelling(words.HOLDERS, each.per, self.language)}"
        period = f" {self.say('PER')} {self.period_word(each.period)}" if each.period else ""
        musts = "".join(
            f" {self.say('MUST BE')} {must.operator} {self.value(must.bound, each.unit)}" for must in each.musts
        )
        additive = f" {self.say('ADDITIVE')}" if each.additive else ""
        additive += f" {self.say('PRORATED')}" if each.prorated else ""
        return f"{self.unit(each.unit)} {holder}{period}{additive}{musts}"

    def dated(self, measure: Measure) -> str:
        again = measure.again
        if again is None:
            return f"{self.say('DATED')} {self.text(measure.dated)}"
        each = f"{self.say('DATED')} {self.say('EACH')} {self.period_word(again.every)}"
        end = f"{again.times}" if again.until is None else f"{self.say('UNTIL')} {self.text(again.until)}"
        return f"{each} {self.say('FROM')} {self.text(measure.dated)} {end}"

    def measure(self, measure: Measure) -> Iterable[str]:
        verb, *rest = measure.aggregate.upper().split("_")
        distinct = f" {self.say('DISTINCT')}" if rest else ""
        value = "" if measure.value is None else f": {self.text(measure.value)}"
        yield f"{self.say(verb)}{distinct} {measure.table}{value}"
        if measure.where is not None:
            yield f"{self.say('WHERE')} {self.text(measure.where)}"
        yield self.dated(measure)
        if measure.credit is not None:
            above = f" {self.say('AND ABOVE')}" if measure.credit.above else ""
            overlay = f" {self.say('AS OVERLAY')}" if measure.credit.overlay else ""
            match measure.credit.to:
                case CreditPath(path=path):
                    yield f"{self.say('CREDIT')} {self.text(path)}{above}{overlay}"
                case CreditThrough() as through:
                    share = f" {self.say('SHARE')} {through.share}" if through.share else ""
                    keys = f"{self.say('PER')} {', '.join(map(self.text, through.by))}"
                    first = f" {self.say('FIRST PER')} {through.first}" if through.first else ""
                    where = f"{through.table}.{through.who}{above} {keys}{first}"
                    yield f"{self.say('CREDIT')} {where}{share}{overlay}"
                case CreditSplit() as split:
                    branches = [
                        f"{self.say('WHEN')} {self.text(each.condition)} {self.shares(each.shares)}"
                        for each in split.branches
                    ]
                    last = f"{self.say('OTHERWISE')} {self.shares(split.otherwise)}"
                    yield f"{self.say('SPLIT')} {split.name}{above}{overlay} {{ {' '.join([*branches, last])} }}"
                case _:
                    assert_never(measure.credit.to)

    # ---- settlement ------------------------------------------------------------------------------------------------
    def step(self, step: SettlementStep) -> str:
        match step:
            case AddLines():
                return f"{self.say('ADD')} {', '.join(map(self.text, step.lines))}"
            case TrueUp():
                target = f"{self.say('TO')} {self.limit(step.target)}"
                return f"{self.say('TRUEUP')} {step.component} {target} {self.per(step.per)}"
            case Clawback():
                return self.clawback(step)
            case Release():
                shares = "; ".join(f"{self.percent(each.share)}: {self.text(each.on)}" for each in step.shares)
                return f"{self.say('RELEASE')} {step.component}{self.leaving(step.leaving)} {{ {shares} }}"
            case Instalments():
                return f"{self.say('RELEASE')} {step.component} {self.parts(step.parts)}{self.leaving(step.leaving)}"
            case CapOver():
                carry = f" {self.say('CARRY')} {self.say('EXCESS')}" if step.carry else ""
                return f"{self.say('CAP')} {self.limit(step.limit)} {self.per(step.per)}{carry}"
            case Draw():
                days = f"{self.say('FROM', 1)} {step.first} {self.say('UNTIL')} {step.last}"
                kind = self.say("RECOVERABLE" if step.recoverable else "GUARANTEED")
                balance = f", {self.say('BALANCE')} {self.say(step.balance.upper())}" if step.recoverable else ""
                back = f", {self.say('RECOVERED')} {self.say('FROM', 3)} {step.recovered}" if step.recovered else ""
                end = f"{back}{balance}{self.leaving(step.leaving)}"
                return f"{self.say('DRAW')} {self.limit(step.limit)} {kind} {days}{end}"
            case FloorAt():
                carry = f" {self.say('CARRY')} {self.say('SHORTFALL')}" if step.carry else ""
                return f"{self.say('FLOOR')} {self.limit(step.limit)}{carry}"
            case HoldBelow():
                return f"{self.say('HOLD')} {self.say('BELOW')} {self.limit(step.limit)}{self.leaving(step.leaving)}"
            case _:
                assert_never(step)

    def leaving(self, word: str | None) -> str:
        return "" if word is None else f", {self.say('LEAVING')} {self.say(word.upper())}"

    def clawback(self, step: Clawback) -> str:
        what = f"{self.text(step.share, _PRODUCT)} {self.say('OF')} {step.component}"
        lost = f"{self.say('ON')} {self.text(step.on)} {self.say('WHEN')} {self.text(step.when)}"
        options = [self.say("AS PAID")] if step.as_paid else []
        options += [self.parts(step.parts)] if step.parts > 1 else []
        options += [f"{self.say('AT MOST')} {self.limit(step.most)}"] if step.most is not None else []
        return ", ".join([f"{self.say('CLAWBACK')} {what} {lost}", *options])

    def parts(self, number: int) -> str:
        """`in 12 months`, in the period of the plan."""
        spellings = words.PERIODS[self.period or "month"][1 if self.language == "fr" else 0]
        return f"{self.say('IN')} {number} {next((each for each in spellings if each.endswith('s')), spellings[0])}"

    def limit(self, limit: Expr) -> str:
        """A limit as it is written: its rounding goes without saying."""
        return self.text(limit.value if isinstance(limit, Rounded) else limit)

    def per(self, kind: str) -> str:
        return f"{self.say('PER')} {self.period_word(kind)}"

    def shares(self, shares: Iterable[SplitShare]) -> str:
        return f"{{ {'; '.join(f'{self.percent(each.share)}: {self.text(each.to)}' for each in shares)} }}"

    # ---- expressions -----------------------------------------------------------------------------------------------
    def text(self, node: Expr, at_least: int = _CHOICE) -> str:
        level, text = self.form(node)
        return f"({text})" if level < at_least else text

    def joined(self, terms: Iterable[Expr], word: str, at_least: int) -> str:
        return word.join(self.text(each, at_least) for each in terms)

    def called(self, name: str, *parts: str) -> tuple[int, str]:
        return _ATOM, f"{words.spelling(words.FUNCTIONS, name, self.language)}({', '.join(parts)})"

    def form(self, node: Expr) -> tuple[int, str]:
        """How tightly a node binds, and its text."""
        match node:
            case Constant():
                text = self.value(node.value, node.type.unit)
                return (_UNARY if text.startswith("-") else _ATOM), text
            case ParameterValue() | LetValue() | FactPart():
                return _ATOM, node.name
            case InputValue():
                return _ATOM, self.figure(node.name, node.type.grain, always=node.by != "own")
            case MeasureValue():
                return _ATOM, self.figure(node.name, node.type.grain)
            case LineValue():
                return _ATOM, self.figure(node.component, node.type.grain)
            case FieldValue():
                return _ATOM, ".".join(hop.name for hop in node.path)
            case PersonValue():
                return _ATOM, node.name
            case Presence() | PersonMean() | WindowDay():
                return _ATOM, self.of_days(node)
            case Membership():
                return _ATOM, words.spelling(words.GROUPS, node.group, self.language)
            case People():
                return _ATOM, self.figure(words.spelling(words.RESULTS, "people", self.language), node.type.grain)
            case Stacked():
                return self.form(node.value)
            case Add():
                return _SUM, self.added(node)
            case Negate():
                return _UNARY, f"-{self.text(node.value, _UNARY)}"
            case Multiply():
                of = isinstance(node.left, Constant) and node.left.type.unit.kind == "ratio"
                sign = f" {self.say('OF')} " if of else " * "
                return _PRODUCT, f"{self.text(node.left, _PRODUCT)}{sign}{self.text(node.right, _UNARY)}"
            case Divide():
                return _PRODUCT, f"{self.text(node.left, _PRODUCT)} / {self.text(node.right, _UNARY)}"
            case Least():
                return self.called("min", *map(self.text, node.terms))
            case Greatest():
                return self.called("max", *map(self.text, node.terms))
            case Rounded():
                mode = words.spelling(words.ROUNDINGS, node.mode, self.language)
                return self.called("round", self.text(node.value), self.value(node.step, node.type.unit), mode)
            case DatedParameter():
                return _UNARY, f"{node.name} {self.say('DATED')} {self.text(node.on, _ATOM)}"
            case Converted():
                return _UNARY, self.converted(node)
            case DateShift():
                sign = "-" if node.back else "+"
                return _SUM, f"{self.text(node.value, _SUM)} {sign} {self.text(node.by, _PRODUCT)}"
            case DateGap():
                count = "months" if node.type.unit.kind == "months" else "days"
                return self.called(count, self.text(node.earlier), self.text(node.later))
            case Compare():
                left, right = self.text(node.left, _FALLBACK), self.text(node.right, _FALLBACK)
                return _COMPARE, f"{left} {node.operator} {right}"
            case Both():
                return _AND, self.joined(node.terms, f" {self.say('AND')} ", _NOT)
            case Either():
                return _OR, self.joined(node.terms, f" {self.say('OR')} ", _AND)
            case Opposite():
                return _NOT, f"{self.say('NOT')} {self.text(node.value, _NOT)}"
            case OneOf():
                options = ", ".join(self.text(each) for each in node.options)
                return _COMPARE, f"{self.text(node.value, _FALLBACK)} {self.say('IS')} {self.say('ONE OF')} ({options})"
            case IsMissing():
                return _COMPARE, f"{self.text(node.value, _FALLBACK)} {self.say('IS')} {self.say('MISSING')}"
            case Within():
                later, by = self.text(node.later, _FALLBACK), self.text(node.by, _ATOM)
                after = "suivant" if self.language == "fr" else self.say("OF")
                return _COMPARE, f"{later} {self.say('WITHIN')} {by} {after} {self.text(node.earlier, _ATOM)}"
            case Choose():
                return _CHOICE, self.chosen(node)
            case IfMissing():
                value, fallback = self.text(node.value, _FALLBACK), self.text(node.fallback, _SUM)
                return _FALLBACK, f"{value} {self.say('IF MISSING')} {fallback}"
            case Tiers():
                return self.tiers(node)
            case Lookup():
                return _ATOM, f"{node.name}({self.joined(node.arguments, ', ', _CHOICE)})"
            case SettledValue():
                return _ATOM, words.spelling(words.SETTLED, node.name, self.language)
            case (
                Weighted()
                | Scorecard()
                | Gate()
                | Gated()
                | When()
                | Cap()
                | Floor()
                | Increase()
                | Shared()
                | Ranking()
                | Each()
                | Amended()
            ):
                return self.made(node)
            case _:
                assert_never(node)

    def amended(self, node: Amended) -> str:
        """Each version, with the day from which on it rules and the file that it is written in."""
        parts = []
        for each in node.versions:
            since = "" if each.since is None else f"{self.say('FROM')} {each.since}"
            file = "" if each.span is None or not each.span.file else each.span.file
            said = self.say("NOTHING") if each.value is None else self.limit(each.value)
            head = " ".join(part for part in (since, f"[{file}]" if file else "") if part)
            parts.append(f"{head}: {said}" if head else said)
        return "; ".join(parts)

    def converted(self, node: Converted) -> str:
        at = "au cours" if self.language == "fr" else self.say("AT")
        text = f"{self.text(node.value, _UNARY)} {self.say('IN')} {node.type.unit.currency} {at} {node.rates.table}"
        if node.known:
            days = words.spelling(words.DURATIONS, "days", self.language)
            text += f" {self.say('LAST')} {self.say('KNOWN')} {node.known} {days}"
        return text if node.on is None else f"{text} {self.say('DATED')} {self.text(node.on, _ATOM)}"

    def made(self, node: _Made) -> tuple[int, str]:
        """The same for what a line is made by."""
        match node:
            case Weighted():
                parts = "; ".join(f"{self.percent(each.weight)}: {self.text(each.value)}" for each in node.parts)
                return _PRODUCT, f"{self.text(node.base, _PRODUCT)} {self.say('WEIGHTED')} {{ {parts} }}"
            case Scorecard():
                return self.scorecard(node)
            case Gate():
                return self.gate(node)
            case Gated():
                return _CHOICE, f"{self.text(node.value, _OR)}, {self.say('GATED PER')} {self.text(node.gate, _OR)}"
            case When():
                condition, value = self.text(node.condition, _OR), self.text(node.value, _OR)
                return _CHOICE, f"{value} {self.say('WHEN')} {condition}"
            case Cap() | Floor():
                return self.bounded(node.value, type(node).__name__.upper(), node.limit)
            case Shared():
                return self.shared(node)
            case Ranking():
                return self.ranking(node)
            case Each():
                stacked = f", {self.say('STACKED PER')} {', '.join(map(self.text, node.order))}" if node.order else ""
                return _CHOICE, f"{self.say('EACH')} {self.text(node.value, _OR)}{stacked}"
            case Amended():
                return _CHOICE, self.amended(node)
            case Increase():
                over = f"{self.say('ACCUMULATE')} {self.say('OVER')} {self.window(node.over)}"
                return _CHOICE, f"{self.text(node.value, _OR)}, {over}"
            case _:
                assert_never(node)

    def scorecard(self, node: Scorecard) -> tuple[int, str]:
        scale = f"{self.say('RATED')} {self.number(Fraction(0))} {self.say('TO')} {self.number(node.high)}"
        rule = f"{self.say('UNRATED')} {words.spelling(words.UNRATED, node.unrated, self.language)}"
        rows = (f"{self.percent(each.weight)}: {self.text(each.value)}" for each in node.criteria)
        return _ATOM, f"{self.say('SCORECARD')} {{ {'; '.join([scale, *rows, rule])} }}"

    def gate(self, node: Gate) -> tuple[int, str]:
        rows = (f"{self.say('REQUIRE')} {self.text(each)}" for each in node.requirements)
        left = self.say("HOLD") if node.otherwise is None else self.text(node.otherwise, _OR)
        rest = f"{self.say('OTHERWISE')} {left}"
        return _ATOM, f"{self.say('GATE')} {{ {'; '.join([*rows, rest])} }}"

    def shared(self, node: Shared) -> tuple[int, str]:
        pool = node.pool.value if isinstance(node.pool, Rounded) else node.pool
        how = self.say("EQUALLY") if node.by is None else ""
        head = f"{self.say('SHARED')} {how}" if how else f"{self.say('SHARED PER')} {self.text(node.by, _ATOM)}"  # type: ignore[arg-type]
        among = words.spelling(words.GROUPS, node.among, self.language)
        where = "" if node.where is None else f" {self.say('WHERE')} {self.text(node.where)}"
        return _CHOICE, f"{self.text(pool, _OR)} {head} {self.say('AMONG')} {among}{where}"

    def ranking(self, node: Ranking) -> tuple[int, str]:
        among = words.spelling(words.GROUPS, node.among, self.language)
        if not node.prizes:
            return (
                _ATOM,
                f"{words.spelling(words.FUNCTIONS, 'rank', self.language)}({self.text(node.subject)}, {among})",
            )
        head = f"{self.text(node.subject, _PRODUCT)} {self.say('PER', 1 if self.language == 'en' else 0)}"
        where = "" if node.where is None else f" {self.say('WHERE')} {self.text(node.where)}"
        rows = "; ".join(
            f"{self.say('FROM' if each.on else 'AT')} {each.place}: {self.text(each.value)}" for each in node.prizes
        )
        return _CHOICE, f"{head} {self.say('RANK')} {self.say('AMONG')} {among}{where} {{ {rows} }}"

    def added(self, node: Add) -> str:
        first, *rest = node.terms or (None,)
        if first is None:
            return self.number(Fraction(0))
        out = [self.text(first, _SUM)]
        for term in rest:
            if isinstance(term, Negate):
                out.append(f" - {self.text(term.value, _PRODUCT)}")
            else:
                out.append(f" + {self.text(term, _PRODUCT)}")
        return "".join(out)

    def chosen(self, node: Choose) -> str:
        out = []
        for each in node.branches:
            condition, value = self.text(each.condition, _OR), self.text(each.value, _OR)
            out.append(f"{self.say('IF')} {condition} {self.say('THEN')} {value} {self.say('ELSE')} ")
        return "".join(out) + self.text(node.otherwise, _OR)

    def bounded(self, value: Expr, word: str, limit: Expr) -> tuple[int, str]:
        return _CHOICE, f"{self.text(value, _OR)}, {self.say(word)} {self.text(limit, _OR)}"

    def tiers(self, node: Tiers) -> tuple[int, str]:
        subject = self.text(node.subject, _PRODUCT if node.applied else _CHOICE)
        if node.name and not node.applied:
            return _ATOM, f"{node.name}({subject})"
        how = f"{self.say('EVERY')} {self.say('LEVEL')}" if node.how == "every_level" else self.say(node.how.upper())
        rows = "; ".join(self.row(each, node.how) for each in node.rows)
        head = f"{subject} {self.say('PER', 1 if self.language == 'en' else 0)} {how} {{ {rows} }}"
        return (_PRODUCT, head) if node.applied else (_CHOICE, head)

    def row(self, row: TierRow, how: str) -> str:
        word = self.say("AT") if how == "curve" else self.say("FROM") if row.owns else self.say("ABOVE")
        return f"{word} {self.text(row.bound)}: {self.text(row.value)}"
