"""Names that a reader takes for one another: apart by an accent, a capital, an underscore, or 1 and l, 0 and O."""

from __future__ import annotations

from collections.abc import Iterable

from incentive.checking.desk import Desk
from incentive.diagnostics import Remark
from incentive.language import syntax as s
from incentive.language.words import fold


def report_lookalikes(desk: Desk) -> None:
    """Warn of names of one scope that differ by nothing that a reader sees."""
    names = [symbol.name for symbol in desk.symbols.values()]
    _compare(desk, names)
    for symbol in desk.symbols.values():
        match symbol.node:
            case s.Facts(clauses=clauses):
                fields = [each for each in clauses if isinstance(each, s.Field)]
                _compare(desk, [each.name for each in fields])
                for each in fields:
                    if isinstance(each.type, s.ChoiceType):
                        _compare(desk, each.type.options)
            case s.Component(clauses=clauses):
                _compare(desk, [*names, *(each.name for each in clauses if isinstance(each, s.Let))])
            case s.Scorecard(clauses=clauses):
                _compare(desk, [each.name for each in clauses if isinstance(each, s.Criterion)])
            case _:
                pass


def _compare(desk: Desk, names: Iterable[s.Name]) -> None:
    seen: dict[str, s.Name] = {}
    for name in names:
        for look in _looks(name.text):
            first = seen.setdefault(look, name)
            if first.text != name.text:
                line = desk.line_of(first.span, name.span)
                desk.report(
                    "W430", name.span, remarks=[Remark(first.span)], name=name.text, other=first.text, line=line
                )
                break


def _looks(text: str) -> tuple[str, str]:
    """How a name looks without accents and case, and with the signs that look alike made one."""
    plain = text.replace("_", "")
    return fold(plain), "=" + fold(plain.replace("I", "l").replace("1", "l").replace("0", "o"))
