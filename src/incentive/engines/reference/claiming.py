"""Why somebody is credited with a row: asked again for the rows of an explanation, from what credited them."""

from __future__ import annotations

from datetime import date

from incentive.engines.reference.context import Context
from incentive.engines.reference.crediting import Credited, above
from incentive.results import Claim


def claims(credited: Credited, person: str, context: Context) -> tuple[Claim, ...]:
    """Give what credits a person with the row of a context, and what else matched.

    Args:
        credited: The measure.
        person: Whose figure it is; "" for the company, which adds what everybody gets.
        context: The row; a row that counts again was credited on its first day.
    """
    crediting = credited.crediting
    if crediting is None:
        return ()
    credit = credited.measure.credit
    climbs = credit is not None and credit.above
    found: list[Claim] = []
    context.day = date.fromordinal(credited.days[context.row])
    for each in crediting.claims(context):
        mine = not person or person == each.person
        if not mine and climbs and each.person:
            mine = person in above(each.person, context)
        if mine or not each.won:
            found.append(each)
    return tuple(found)
