"""What to say when values do not go together: units, currencies, divisors that may be zero.

Each finding shows both places, says where a unit comes from, and gives repairs that can be copied as they stand.
"""

from __future__ import annotations

from fractions import Fraction

from incentive import tree
from incentive.checking import lookup
from incentive.checking.describe import noun, part_of, percent_words, phrase, unit_words
from incentive.checking.desk import Desk
from incentive.checking.exchange import own_currency, rate_tables
from incentive.checking.places import Place
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language.words import say
from incentive.quantities import show_number


def clash(desk: Desk, code: str, left: tree.Expr, right: tree.Expr, verb: str) -> None:
    """Report two units that do not go together, both places shown."""
    here = _place(right)
    if code == "E301":
        _currencies(desk, left, right, here, verb)
    elif code == "E324":
        own_currency(desk, left if left.type.unit.kind == "own_money" else right)
    elif code == "E302":
        _percentage(desk, left, right, here, verb)
    else:
        desk.report(
            code,
            here,
            mark="right",
            remarks=[Remark(left.span, "left")] if left.span else [],
            helps=[],
            notes=(),
            left=value_words(desk, left),
            right=value_words(desk, right),
            verb=noun(f"verb_{verb}", desk.language),
        )


def _place(node: tree.Expr) -> Span:
    return node.span or Span(0, 1, 1, 1, 1, 2)


def shown(desk: Desk, node: tree.Expr) -> str:
    """An expression as the author wrote it, on one line."""
    text = desk.text(node.span) if node.span else ""
    return " ".join(text.split()) or unit_words(node.type.unit, desk.language)


def value_words(desk: Desk, node: tree.Expr) -> str:
    """What a value is, a percentage told from a plain number where the author wrote one of them."""
    if node.type.unit.kind == "ratio" and isinstance(node, tree.Constant):
        return noun("percentage" if shown(desk, node).endswith("%") else "plain_number", desk.language)
    return unit_words(node.type.unit, desk.language)


def source_of(desk: Desk, node: tree.Expr) -> str:
    """Where the unit of an expression comes from: " (measure revenue_us, line 18)", or "" for what is written there."""
    for leaf in tree.walk(node):
        if leaf.type.unit != node.type.unit:
            continue
        match leaf:
            case (
                tree.MeasureValue(name=name)
                | tree.FactPart(name=name)
                | tree.InputValue(name=name)
                | tree.ParameterValue(name=name)
                | tree.DatedParameter(name=name)
            ):
                symbol = desk.symbols.get(name)
            case tree.LetValue(name=name):
                symbol = desk.symbols.get(name.split(" ", maxsplit=1)[0])
            case _:
                continue
        if symbol is not None:
            kind = say(symbol.kind.upper(), desk.language)
            line = desk.line_of(symbol.name.span, node.span or symbol.name.span)
            return noun("defined", desk.language, kind=kind, named=symbol.name.text, line=line)
    return ""


# ---- money -----------------------------------------------------------------------------------------------------------
def _currencies(desk: Desk, left: tree.Expr, right: tree.Expr, here: Span, verb: str) -> None:
    one, two = left.type.unit.currency, right.type.unit.currency
    text = shown(desk, right)
    if isinstance(right, tree.Constant):
        helps = [Help("use", {"text": one})]
    else:
        helps = conversions(desk, text, two, one, right.span)
    desk.report(
        "E301",
        here,
        mark="right",
        remarks=[Remark(left.span, "left")] if left.span else [],
        helps=helps,
        left=one,
        right=two,
        left_source=source_of(desk, left),
        right_source=source_of(desk, right),
        verb=noun(f"verb_{verb}", desk.language),
    )


def conversions(desk: Desk, text: str, currency: str, wanted: str, at: Span | None = None) -> list[Help]:
    """How to convert a text: at each table of rates that the plan has, else at a rate that the author names."""
    to = "au cours" if desk.language == "fr" else say("AT", desk.language)
    fixed = [f"{text} {say('IN', desk.language)} {wanted} {to} {each.table}" for each in rate_tables(desk)]
    if fixed:
        return [Help("table", {"text": each}, (Edit(at, each),) if at is not None else ()) for each in fixed]
    rate, rated = conversion(desk, text, currency, wanted)
    return [Help("convert", {"rate": rate, "text": rated})]


def conversion(desk: Desk, text: str, currency: str, wanted: str) -> tuple[str, str]:
    """A name for the rate between two currencies, and a text converted by it."""
    between = "en" if desk.language == "fr" else "in"
    rate = f"{currency.lower()}_{between}_{wanted.lower()}"
    at = "au cours" if desk.language == "fr" else say("AT", desk.language)
    return rate, f"{text} {say('IN', desk.language)} {wanted} {at} {rate}"


def _percentage(desk: Desk, left: tree.Expr, right: tree.Expr, here: Span, verb: str) -> None:
    ratio, amount = (left, right) if left.type.unit.kind == "ratio" else (right, left)
    at = ratio.span or here
    helps: list[Help] = []
    notes: list[str] = []
    mark = "other"
    silent = ""
    if isinstance(ratio, tree.Constant) and isinstance(ratio.value, Fraction):
        silent = (
            f"{show_number(ratio.value, decimal=',' if desk.language == 'fr' else '.')} {amount.type.unit.currency}"
        )
        notes = ["spreadsheet"] if verb in {"added", "subtracted"} else []
        if shown(desk, ratio).endswith("%"):
            mark = "ratio"
            of = lookup.money_names(desk, amount.type.unit.currency)
            if of:
                fixed = part_of(desk.text(at), of[0], desk.language)
                helps = [Help("whole", {"text": replaced(desk, [left, right], at, fixed)}, (Edit(at, fixed),))]
        else:
            mark = "number"
            fixed = f"{desk.text(at)} {amount.type.unit.currency}"
            helps = [Help("whole", {"text": replaced(desk, [left, right], at, fixed)}, (Edit(at, fixed),))]
    desk.report(
        "E302",
        at,
        mark=mark,
        remarks=[Remark(amount.span, "amount")] if amount.span else [],
        helps=helps,
        notes=notes,
        amount=shown(desk, amount),
        ratio=shown(desk, ratio),
        got=value_words(desk, ratio),
        silent=silent,
        verb=noun(f"verb_{verb}", desk.language),
    )


def replaced(desk: Desk, around: list[tree.Expr], at: Span, text: str) -> str:
    """The stretch over some expressions as written, with other text at one place: a repair to copy as it stands."""
    spans = [each.span for each in around if each.span is not None]
    start, end = min(each.start for each in [*spans, at]), max(each.end for each in [*spans, at])
    source = desk.source.of(at).text
    return " ".join((source[start : at.start] + text + source[at.end : end]).split())


def warn_bare(desk: Desk, node: tree.Expr) -> None:
    """Warn of a bare 10 or more where a percentage is read: it counts a hundred times what is probably meant."""
    if not isinstance(node, tree.Constant) or node.type.unit.kind != "ratio" or node.span is None:
        return
    text = shown(desk, node)
    if isinstance(node.value, Fraction) and node.value >= 10 and not text.endswith("%"):
        sign = "\u00a0%" if desk.language == "fr" else "%"
        fixed, meant = f"{text}{sign}", percent_words(node.value, desk.language)
        desk.report(
            "W406",
            node.span,
            helps=[Help("percent", {"fixed": fixed}, (Edit(node.span, fixed),))],
            text=text,
            meant=meant,
        )


# ---- divisors --------------------------------------------------------------------------------------------------------
def zero_divisor(desk: Desk, made: tree.Divide, at: Span, place: Place) -> None:
    """Report a quotient whose divisor may be zero on pay day."""
    right = made.right
    text, whole = " ".join(desk.text(at).split()), shown(desk, made)
    unit = right.type.unit
    zero = f"0 {unit.currency}" if unit.kind == "money" else "0"
    missing = phrase("IF MISSING", desk.language)
    helps: list[Help] = []
    if isinstance(right, tree.InputValue) and right.name in desk.symbols:
        must = f"{phrase('MUST BE', desk.language)} > {zero}"
        line = desk.line_of(desk.symbols[right.name].name.span, at)
        helps.append(Help("must", {"text": must, "name": right.name, "line": line}))
    if made.type.unit.kind == "ratio":
        for name, share in (("full", 1), ("none", 0)):
            said = f"({whole} {missing} {_percent(share, desk)})"
            test = " ".join(desk.text(place.test).split()) if place.test is not None else whole
            helps.append(Help(name, {"text": test.replace(whole, said, 1)}))
        if place.test is not None:
            test = " ".join(desk.text(place.test).split())
            helps.append(Help("condition", {"text": f"{text} > {zero} {say('AND', desk.language)} {test}"}))
    else:
        other = f"0 {made.type.unit.currency}" if made.type.unit.currency else "0"
        if made.type.unit.kind == "rate":
            other += f" {say('PER', desk.language)} {made.type.unit.counted}"
        helps.append(Help("none", {"text": f"({whole} {missing} {other})"}))
    desk.report(
        "E330",
        at,
        mark=f"zero_{'count' if unit.kind == 'count' else 'other'}",
        helps=helps,
        text=text,
        got=unit_words(unit, desk.language),
    )


def _percent(share: int, desk: Desk) -> str:
    return f"{share * 100}\u00a0%" if desk.language == "fr" else f"{share * 100}%"
