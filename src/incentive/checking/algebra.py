"""Units, periods and holders of composed expressions, with the findings when they do not go together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from incentive import tree
from incentive.checking import lookup, units
from incentive.checking.describe import noun, unit_words, window_words
from incentive.checking.desk import Desk
from incentive.checking.periods import carries_period, length, together
from incentive.checking.places import Place
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import PERIODS, TYPES, meaning, say, spelling


def constant(value: Fraction | str | bool | date, unit: tree.Unit, span: Span) -> tree.Constant:
    """A value written in the plan."""
    return tree.Constant(value, type=tree.Type(unit), span=span)


def typed(unit: tree.Unit, *parts: tree.Expr) -> tree.Type:
    """The type of something without period made of parts."""
    row = next((each.type.grain.row for each in parts if each.type.grain.row), "")
    return tree.Type(unit, tree.Grain(_who(parts), None, row), any(each.type.optional for each in parts))


def _who(parts: Sequence[tree.Expr]) -> str:
    """Whose a composed value is: one holder if all agree, else the participant's, who sees all of them."""
    holders = list(dict.fromkeys(each.type.grain.who for each in parts if each.type.grain.who))
    return holders[0] if len(holders) == 1 else ("participant" if holders else "")


def join(desk: Desk, parts: Sequence[tree.Expr], span: Span, *, periods: bool = True) -> tree.Type | None:
    """The grain of values that meet in one expression, with the unit of the first."""
    when: tree.Window | None = None
    first: tree.Expr | None = None
    for part in parts if periods else ():
        window = part.type.grain.when
        both = together(when, window)
        if isinstance(both, str):
            assert first is not None
            mismatch(desk, first, part, span)
            return None
        if when is None and window is not None:
            first = part
        when = both
    row = next((each.type.grain.row for each in parts if each.type.grain.row), "")
    optional = any(each.type.optional for each in parts)
    return tree.Type(parts[0].type.unit, tree.Grain(_who(parts), when, row), optional)


def alike(desk: Desk, left: tree.Expr, right: tree.Expr, span: Span, verb: str) -> tuple[tree.Expr, tree.Expr] | None:
    """Two values of one unit, a bare integer taking the count beside it; or None after a finding."""
    for one, other in ((left, right), (right, left)):
        if one.type.unit.kind == "count" and _bare_integer(other):
            made = evolve(other, type=evolve(other.type, unit=one.type.unit))
            return (left, made) if other is right else (made, right)
    common = units.same(left.type.unit, right.type.unit)
    if isinstance(common, tree.Unit):
        if common.kind == "choice" or (common.kind == "count" and left.type.unit != right.type.unit):
            left = evolve(left, type=evolve(left.type, unit=common))
        return left, right
    clash(desk, common, left, right, span, verb)
    return None


def _bare_integer(node: tree.Expr) -> bool:
    return (
        isinstance(node, tree.Constant)
        and node.type.unit.kind == "ratio"
        and isinstance(node.value, Fraction)
        and node.value.denominator == 1
    )


def clash(desk: Desk, code: str, left: tree.Expr, right: tree.Expr, span: Span, verb: str) -> None:
    """Report two units that do not go together, both places shown."""
    one, two = left.type.unit, right.type.unit
    here = right.span or span
    values = {
        "left": unit_words(one, desk.language),
        "right": unit_words(two, desk.language),
        "verb": noun(f"verb_{verb}", desk.language),
    }
    remarks = [Remark(left.span, "left")] if left.span else []
    if code == "E301":
        values |= {"left": one.currency, "right": two.currency}
        desk.report("E301", here, mark="right", remarks=remarks, helps=[Help("convert", {"text": desk.text(here)})], **values)
    elif code == "E302":
        ratio, amount = (left, right) if one.kind == "ratio" else (right, left)
        place = ratio.span or span
        values |= {"amount": _shown(desk, amount), "ratio": _shown(desk, ratio)}
        helps = []
        of = lookup.money_names(desk)
        if isinstance(ratio, tree.Constant) and of:
            helps = [Help("of", {"text": f"{desk.text(place)} {say('OF', desk.language)} {of[0]}"})]
        other = [Remark(amount.span, "amount")] if amount.span else []
        desk.report("E302", place, mark="ratio", remarks=other, helps=helps, **values)
    else:
        desk.report(code, here, mark="right", remarks=remarks, **values)


def _shown(desk: Desk, node: tree.Expr) -> str:
    text = desk.text(node.span) if node.span else ""
    return " ".join(text.split()) or unit_words(node.type.unit, desk.language)


def date_sum(desk: Desk, value: tree.Expr, term: tree.Expr, node: s.Sum, *, minus: bool) -> tree.Unit | None:
    """The unit of a date moved by a duration or subtracted from another."""
    unit = units.added(value.type.unit, term.type.unit, minus=minus)
    if isinstance(unit, tree.Unit):
        if term.type.unit.kind == "months":
            desk.report("E190", term.span or node.span, word=desk.text(term.span or node.span))
            return None
        return unit
    clash(desk, unit, value, term, node.span, "subtracted" if minus else "added")
    return None


# ---- factors -----------------------------------------------------------------------------------------------------------
def factor(
    desk: Desk, left: tree.Expr | None, right: tree.Expr | None, written: s.Expression, node: s.Binary, place: Place
) -> tree.Expr | None:
    """A product, a quotient, or a ratio of something."""
    if left is None or right is None:
        return None
    if node.operator == "divided":
        return _divided(desk, left, right, node, place)
    if node.operator == "of":
        bare = isinstance(written, s.Number) and not written.percent
        if left.type.unit.kind != "ratio" or bare:
            text = desk.text(written.span) if left.span is None else desk.text(left.span)
            helps = [Help("percent", {"text": text}, (Edit(written.span, f"{text}%"),))] if bare else []
            if bare:
                helps.append(Help("times", {"text": text}))
            desk.report("E303", left.span or written.span, helps=helps, got=unit_words(left.type.unit, desk.language), text=text)
            return None
    unit = units.times(left.type.unit, right.type.unit)
    if not isinstance(unit, tree.Unit):
        _no_product(desk, unit, left, right, node)
        return None
    merged = _product_grain(desk, left, right, node.span)
    return merged and tree.Multiply(left, right, type=_settled(merged, unit), span=_over(left, right))


def _over(left: tree.Expr, right: tree.Expr) -> Span | None:
    return left.span.to(right.span) if left.span and right.span else None


def _settled(grain: tree.Type, unit: tree.Unit) -> tree.Type:
    """The type with its unit; what has no period by nature loses it."""
    when = grain.grain.when if carries_period(unit) else None
    return tree.Type(unit, evolve(grain.grain, when=when), grain.optional)


def _product_grain(desk: Desk, left: tree.Expr, right: tree.Expr, span: Span) -> tree.Type | None:
    """A product has the period of the factor that has one."""
    one, two = left.type.grain.when, right.type.grain.when
    if one is not None and two is not None and isinstance(together(one, two), str):
        mismatch(desk, left, right, span)
        return None
    return join(desk, [left, right], span)


def _no_product(desk: Desk, code: str, left: tree.Expr, right: tree.Expr, node: s.Binary) -> None:
    if code == "E306":
        clash(desk, code, left, right, node.span, "multiplied")
        return
    desk.report(
        "E304", node.value.span, remarks=[Remark(left.span)] if left.span else [],
        left=unit_words(left.type.unit, desk.language), right=unit_words(right.type.unit, desk.language),
        verb=noun("verb_divided" if node.operator == "divided" else "verb_multiplied", desk.language),
    )  # fmt: skip


def _divided(desk: Desk, left: tree.Expr, right: tree.Expr, node: s.Binary, place: Place) -> tree.Expr | None:
    unit = units.divided(left.type.unit, right.type.unit)
    if not isinstance(unit, tree.Unit):
        if unit in {"E301", "E306", "E307"}:
            clash(desk, unit, left, right, node.span, "divided")
        else:
            _no_product(desk, unit, left, right, node)
        return None
    merged = join(desk, [left, right], node.span)
    if merged is None:
        return None
    made = tree.Divide(left, right, type=_settled(merged, unit), span=_over(left, right))
    if not place.guarded and not never_zero(desk, right, place):
        zero_divisor(desk, made, node)
        return None
    return made


def zero_divisor(desk: Desk, made: tree.Divide, node: s.Binary) -> None:
    """Report a quotient whose divisor may be zero on pay day."""
    right = made.right
    text = desk.text(node.value.span)
    whole = " ".join(desk.text(made.span).split()) if made.span else text
    kind = right.type.unit.kind
    zero = f"0 {right.type.unit.currency}" if kind == "money" else "0"
    helps = [Help("alternative", {"text": f"({whole} {_if_missing(desk)} {'100 %' if desk.language == 'fr' else '100%'})"})]
    if isinstance(right, tree.InputValue):
        symbol = desk.symbols.get(right.name)
        must = f"{say('MUST', desk.language)} > {zero}"
        if symbol is not None:
            helps.insert(0, Help("must", {"text": must, "name": right.name, "line": str(symbol.name.span.line)}))
    if made.type.unit.kind == "ratio":
        both = f"{text} > {zero} {say('AND', desk.language)} {whole} …"
        helps.append(Help("condition", {"text": both}))
    desk.report("E330", node.value.span, mark=f"zero_{'count' if kind == 'count' else 'other'}", helps=helps, text=text,
                got=unit_words(right.type.unit, desk.language))  # fmt: skip


def _if_missing(desk: Desk) -> str:
    return {"en": "if missing", "fr": "à défaut"}[desk.language]


def never_zero(desk: Desk, node: tree.Expr, place: Place) -> bool:
    """Whether a value is known not to be zero: by constraint, by a condition before it, or by what it is made of."""
    if node in place.safe:
        return True
    match node:
        case tree.Constant(value=value):
            if value == 0:
                return False
            return True
        case tree.InputValue(name=name):
            declared = desk.inputs.get(name)
            return declared is None or any(
                (each.operator == ">" and each.bound >= 0)
                or (each.operator == ">=" and each.bound > 0)
                or (each.operator == "<" and each.bound <= 0)
                or (each.operator == "!=" and each.bound == 0)
                for each in declared.input.musts
            )
        case tree.ParameterValue(name=name):
            parameter = desk.parameters.get(name)
            return parameter is None or all(each.value != 0 for each in parameter.values)
        case tree.Multiply(left=left, right=right):
            return never_zero(desk, left, place) and never_zero(desk, right, place)
        case tree.Divide(left=left):
            return never_zero(desk, left, place)
        case tree.Negate(value=value) | tree.Rounded(value=value):
            return never_zero(desk, value, place) and not isinstance(node, tree.Rounded)
        case tree.LetValue(name=name):
            definition = desk.lets.get(name)
            return definition is not None and never_zero(desk, definition.value, place)
        case tree.Greatest(terms=terms):
            return any(_positive(desk, each) for each in terms)
        case _:
            return False


def _positive(desk: Desk, node: tree.Expr) -> bool:
    return isinstance(node, tree.Constant) and isinstance(node.value, Fraction) and node.value > 0


def knowing(place: Place, holds: tree.Expr) -> Place:
    """The place where a condition is known to hold: what it proves non-zero, and which fields it proves present."""
    safe = list(place.safe)
    present = set(place.present)
    todo = [holds]
    while todo:
        each = todo.pop()
        match each:
            case tree.Both(terms=terms):
                todo += terms
            case tree.Compare(operator=operator, left=left, right=tree.Constant(value=Fraction() as bound)):
                if (operator == ">" and bound >= 0) or (operator == ">=" and bound > 0) or (operator == "!=" and bound == 0):
                    safe.append(left)
            case tree.Opposite(value=tree.IsMissing(value=tree.FieldValue(path=path))):
                present.add(path)
            case _:
                pass
        if not isinstance(each, tree.Both | tree.Opposite | tree.Either):
            present |= fields_read(each)
    return evolve(place, safe=tuple(safe), present=frozenset(present))


def fields_read(node: tree.Expr) -> set[tuple[tree.Hop, ...]]:
    """The fields without which a condition cannot hold."""
    match node:
        case tree.FieldValue(path=path):
            return {path}
        case tree.Compare(left=left, right=right):
            return fields_read(left) | fields_read(right)
        case tree.Within(later=left, earlier=right):
            return fields_read(left) | fields_read(right)
        case tree.OneOf(value=value):
            return fields_read(value)
        case tree.DateShift(value=value):
            return fields_read(value)
        case _:
            return set()


def per(desk: Desk, left: tree.Expr | None, written: s.Expression, node: s.Binary, place: Place) -> tree.Expr | None:
    """`per`: a rate for a table's name, a product for a count; a period word has its place in `cap` and `floor` only."""
    from_word = node.value
    if isinstance(from_word, s.Path) and len(from_word.parts) == 1:
        word = from_word.parts[0]
        table = lookup.counted(desk, word.text)
        if table is not None and (word.text not in desk.symbols or desk.symbols[word.text].kind == "facts"):
            desk.used.setdefault(table, []).append(word.span)
            if left is None:
                return None
            if left.type.unit.kind == "money":
                unit = tree.Unit("rate", currency=left.type.unit.currency, counted=table)
                return evolve(left, type=evolve(left.type, unit=unit))
            desk.report("E305", node.span, text=desk.text(node.value.span), got=unit_words(left.type.unit, desk.language))
            return None
        if word.text not in desk.symbols and meaning(PERIODS, word.text, desk.language):
            desk.report("E314", node.span, word=word.text)
            return None
    right = desk.elaborate(from_word, place)
    if left is None or right is None:
        return None
    if right.type.unit.kind != "count" or left.type.unit.kind not in {"money", "rate"}:
        desk.report("E305", node.value.span, text=desk.text(node.value.span), got=unit_words(right.type.unit, desk.language))
        return None
    unit_or_code = units.times(left.type.unit, right.type.unit)
    if not isinstance(unit_or_code, tree.Unit):
        clash(desk, unit_or_code, left, right, node.span, "multiplied")
        return None
    merged = _product_grain(desk, left, right, node.span)
    return merged and tree.Multiply(left, right, type=_settled(merged, unit_or_code), span=_over(left, right))


# ---- periods -----------------------------------------------------------------------------------------------------------
def mismatch(desk: Desk, left: tree.Expr, right: tree.Expr, span: Span) -> None:
    """Report figures of different periods, with the repairs that fit."""
    one, two = origin(left), origin(right)
    first, second = left.type.grain.when, right.type.grain.when
    assert first is not None
    assert second is not None
    remarks = [each for each in (_declared(desk, one), _declared(desk, two)) if each]
    place = left.span or span
    if right.span is not None:
        remarks.append(Remark(right.span, "right"))
    short, long_ = (left, right) if length(first.kind) <= length(second.kind) else (right, left)
    values = {
        "left": _shown(desk, left), "right": _shown(desk, right),
        "left_window": window_words(first, desk.language), "right_window": window_words(second, desk.language),
    }  # fmt: skip
    desk.report("E501", place, mark="left", remarks=remarks, helps=_repairs(desk, short, long_), **values)


def origin(node: tree.Expr) -> tree.Expr:
    """The leaf that gives an expression its period."""
    from_children = [each for each in tree.children(node) if each.type.grain.when == node.type.grain.when]
    while from_children and node.type.grain.when is not None:
        node = from_children[0]
        from_children = [each for each in tree.children(node) if each.type.grain.when == node.type.grain.when]
    return node


def _declared(desk: Desk, leaf: tree.Expr) -> Remark | None:
    if isinstance(leaf, tree.InputValue):
        declared = desk.inputs.get(leaf.name)
        if declared is not None and declared.period_span is not None:
            return Remark(declared.period_span, "declared")
    return None


def _repairs(desk: Desk, short: tree.Expr, long_: tree.Expr) -> list[Help]:
    """What the author may have meant, each a complete replacement."""
    leaf, far = origin(short), origin(long_)
    longer, shorter = long_.type.grain.when, short.type.grain.when
    assert longer is not None
    assert shorter is not None
    over = say("OVER", desk.language)
    kind = spelling(PERIODS, longer.kind, desk.language)
    helps: list[Help] = []
    if isinstance(leaf, tree.MeasureValue):
        helps.append(Help("to_date", {"text": f"{_shown(desk, leaf)} {over} {_to_date(desk, longer.kind)}"}))
        if isinstance(far, tree.InputValue) and shorter.kind != "plan":
            part = spelling(PERIODS, shorter.kind, desk.language)
            phased = f"{say('PHASED', desk.language)} {say('EQUALLY', desk.language)}"
            helps.append(Help("phased", {"phased": phased, "text": f"{far.name} {over} {part}"}))
        helps.append(Help("accumulate", {"text": f"{say('ACCUMULATE', desk.language)} {over} {kind}"}))
    elif isinstance(leaf, tree.InputValue):
        additive = say("ADDITIVE", desk.language)
        helps.append(Help("sum", {"additive": additive, "text": f"{_shown(desk, leaf)} {over} {kind}"}))
    return helps


def _to_date(desk: Desk, kind: str) -> str:
    adjectives = {"year": "cumul annuel", "half": "cumul semestriel", "quarter": "cumul trimestriel", "month": "cumul mensuel"}
    return adjectives.get(kind, kind) if desk.language == "fr" else f"{kind} to date"


def type_word(desk: Desk, unit: tree.Unit) -> str:
    """How a type is declared."""
    names = {"ratio": "percent"}
    return spelling(TYPES, names.get(unit.kind, unit.kind), desk.language)
