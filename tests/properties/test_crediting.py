"""The laws of credit, on deals, hierarchies and assignments of any shape; and that each finds a planted mistake.

A law that no mistake breaks proves nothing, so each is tried again with a fault planted in the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve, field, frozen
from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive.engines.reference import accounts, assigning, crediting, recorded
from incentive.quantities import Number
from incentive.results import readd
from tests.properties.effort import draws

PLAN = incentive.parse("""incentive 1 en
plan "Laws of credit" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-03-31
}
facts people {
  who:     participant
  manager: participant optional
}
facts deals {
  key id:    text
  owner:     participant
  helper:    participant optional
  region:    text
  product:   text optional
  amount:    money
  closed_on: date
}
facts cover {
  who:     participant
  region:  text optional
  product: text optional
  place:   count optional
}
split shares {
  when product is "a" {
    1/3: owner
    2/3: helper
  }
  when product is not missing {
    70%: owner
    30%: helper
  }
  otherwise {
    100%: owner
  }
}
measure direct {
  sum   deals.amount
  dated closed_on
  credit owner
}
measure number {
  count deals
  dated closed_on
  credit owner
}
measure split_up {
  sum   deals.amount
  dated closed_on
  split shares
}
measure below {
  sum   deals.amount
  dated closed_on
  credit owner and above as overlay
}
measure shares_below {
  sum   deals.amount
  dated closed_on
  split shares and above as overlay
}
measure covered {
  sum   deals.amount
  dated closed_on
  credit cover.who by region, product first by cover.place as overlay
}
component direct_pay {
  pay 100% of direct
}
component number_pay {
  pay 1 EUR per number
}
component split_pay {
  pay 100% of split_up
}
component below_pay {
  pay 100% of below
}
component shares_pay {
  pay 100% of shares_below
}
component covered_pay {
  pay 100% of covered
}
component company_pay {
  pay 100% of company.shares_below
}
""")
NAMES = ("ana", "ben", "cy", "dee", "eve")
Row = dict[str, Any]
FIRST = date(2026, 1, 1)


@frozen
class World:
    """Rows of the tables and the roster."""

    deals: tuple[Row, ...]
    cover: tuple[Row, ...] = ()
    people: tuple[Row, ...] = field(factory=lambda: tuple({"who": who, "manager": None} for who in NAMES))

    def run(self) -> incentive.Run:
        """Compute the first quarter."""
        tables = {"deals": list(self.deals), "cover": list(self.cover)}
        data = incentive.Dataset.from_rows(tables=tables, people=list(self.people))
        return PLAN.run(data, engine="reference")

    def manager(self, who: str, day: date) -> str | None:
        """The manager of somebody on a day, as the roster says."""
        rows = [each for each in self.people if each["who"] == who]
        held = (each for each in rows if (each.get("from") or date.min) <= day <= (each.get("until") or date.max))
        return next((each["manager"] for each in held), None)

    def below(self, who: str) -> Number:
        """The deals of everybody whose chain of managers meets somebody, each once."""
        total = Fraction(0)
        for deal in self.deals:
            here = deal["owner"]
            while here is not None and here != who:
                here = self.manager(here, deal["closed_on"])
            total += Fraction(deal["amount"]) if here == who else 0
        return total


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Deals of any sign, a hierarchy that is another one from a day on, and assignments that overlap."""
    days = st.integers(0, 80).map(lambda days: FIRST + timedelta(days=days))
    amounts = st.integers(-2000, 100_000).map(lambda cents: f"{cents / 100:.2f}")
    words = st.sampled_from(["a", "b"])
    deals = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "owner": st.sampled_from(NAMES),
                    "helper": st.none() | st.sampled_from(NAMES),
                    "region": st.sampled_from(["n", "s"]),
                    "product": st.none() | words,
                    "amount": amounts,
                    "closed_on": days,
                }
            ),
            max_size=12,
        )
    )
    cover = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "who": st.sampled_from(NAMES),
                    "region": st.none() | st.sampled_from(["n", "s"]),
                    "product": st.none() | words,
                    "place": st.none() | st.integers(1, 2),
                }
            ),
            max_size=5,
        )
    )
    cut = draw(days)
    people: list[Row] = []
    for at, who in enumerate(NAMES):  # whoever is above stands before, so there is no circle
        above = st.none() | st.sampled_from(NAMES[:at]) if at else st.none()
        people.append({"who": who, "manager": draw(above), "until": cut})
        people.append({"who": who, "manager": draw(above), "from": cut + timedelta(days=1)})
    numbered = tuple({"id": f"d{at:02}", **deal} for at, deal in enumerate(deals))
    return World(numbered, tuple(cover), tuple(people))


def paid(run: incentive.Run, component: str) -> dict[str, Fraction]:
    """What each person was paid by a component in all periods."""
    found: dict[str, Fraction] = {}
    for each in run.payouts:
        if each.component == component:
            assert each.amount is not None
            found[each.participant] = found.get(each.participant, Fraction(0)) + Fraction(each.amount.exact)
    return found


def lines(run: incentive.Run, who: str) -> list[Any]:
    mine = (each for each in run.payouts if each.participant == who)
    return [(each.period.name, each.component, each.status, each.amount) for each in mine]


def figures(run: incentive.Run, measure: str) -> Any:  # noqa: ANN401 - an account
    return next(each for each in run.accounting.measures if each.measure == measure)


def every(why: incentive.Explanation) -> Iterator[incentive.Explanation]:
    yield why
    for child in why.children:
        yield from every(child)


# ---- the laws --------------------------------------------------------------------------------------------------------
def splits_add_up(world: World) -> None:
    """What people get of a split, and what nobody gets, is what its deals are worth (to the cent of each line)."""
    run = world.run()
    account = figures(run, "split_up")
    got = sum(paid(run, "split_pay").values(), Fraction(0))
    nobody = 0 if account.uncredited is None else account.uncredited.amount
    lines_ = 3 * len(NAMES)
    assert abs(got + nobody - account.counted.amount) <= Fraction(lines_, 200)


def overlays_stay_apart(world: World) -> None:
    """Credit beyond a deal is in no company figure; primary credit is that of the same shares without managers."""
    run = world.run()
    for name in ("below", "shares_below", "covered"):
        overlay = figures(run, name).overlay
        assert overlay.primary + overlay.beyond == overlay.credited
    nobody = figures(run, "shares_below").uncredited
    assert figures(run, "shares_below").overlay.primary == figures(run, "shares_below").counted.amount - (
        0 if nobody is None else nobody.amount
    )
    whole = next(iter(paid(run, "company_pay").values()), Fraction(0))
    assert abs(whole - figures(run, "shares_below").overlay.primary) <= Fraction(3, 200)


def every_row_is_told(world: World) -> None:
    """Rows and amounts that were read are those that counted and those that did not, each with its reason."""
    run = world.run()
    assert run.accounting.disagreements() == ()
    worth = sum((Fraction(each["amount"]) for each in world.deals), Fraction(0))
    for account in run.accounting.measures:
        rest = sum(tally.rows for _, tally in account.excluded)
        assert account.counted.rows + rest == len(world.deals)
        if account.measure != "number":
            assert account.counted.amount + sum(tally.amount for _, tally in account.excluded) == worth
    (table,) = (each for each in run.accounting.tables if each.table == "deals")
    (amount,) = table.amounts
    assert (table.read, amount.read) == (len(world.deals), worth)
    assert amount.counted + sum(part for _, part in amount.excluded) == worth


def each_deal_counts_once_a_level(world: World) -> None:
    """Whoever stands above gets the deals of everybody below on the day of each, once."""
    assert paid(world.run(), "below_pay") == {who: world.below(who) for who in NAMES}


def rows_are_explained_or_left_out(world: World) -> None:
    """The rows that explanations name are those that counted, and each explanation adds up again."""
    run = world.run()
    for measure, component in (("split_up", "split_pay"), ("covered", "covered_pay"), ("below", "below_pay")):
        named: set[str] = set()
        for each in run.payouts:
            if each.component == component:
                why = run.explain(each.participant, period=each.period.name, component=component)
                assert readd(why)
                named |= {row.key for part in every(why) for row in part.rows}
        assert len(named) == figures(run, measure).counted.rows


def order_is_nothing(world: World) -> None:
    """Rows in another order give the same figures, accounts and explanations."""
    other = World(*(tuple(reversed(rows)) for rows in (world.deals, world.cover, world.people)))
    one, two = world.run(), other.run()
    assert one.accounting.to_dict()["measures"] == two.accounting.to_dict()["measures"]
    assert [lines(one, who) for who in NAMES] == [lines(two, who) for who in NAMES]


def others_are_nothing(world: World) -> None:
    """Deals of somebody who shares nothing with me leave my lines alone."""
    more = {"id": "x1", "owner": "zed", "helper": None, "region": "elsewhere", "product": "c", "amount": "77.77"}
    mine = evolve(world, cover=tuple(each for each in world.cover if each["region"] and each["product"]))
    other = evolve(
        mine, deals=(*mine.deals, {**more, "closed_on": FIRST}), people=(*mine.people, {"who": "zed", "manager": None})
    )
    one, two = mine.run(), other.run()
    for who in NAMES:
        own = [each for each in lines(one, who) if each[1] != "company_pay"]
        assert own == [each for each in lines(two, who) if each[1] != "company_pay"]


def a_deal_of_nothing_counts_and_adds_nothing(world: World) -> None:
    """A deal worth nothing leaves amounts alone and is one more deal."""
    nothing = {"id": "x0", "owner": "ana", "helper": "ben", "region": "n", "product": "a", "amount": "0"}
    one, two = world.run(), evolve(world, deals=(*world.deals, {**nothing, "closed_on": FIRST})).run()
    for component in ("direct_pay", "split_pay", "below_pay", "shares_pay", "covered_pay"):
        assert paid(one, component) == paid(two, component)
    assert paid(two, "number_pay")["ana"] == paid(one, "number_pay")["ana"] + 1


def names_are_nothing(world: World) -> None:
    """People under other names get what they got."""
    new = dict(zip(NAMES, ("zoe", "yan", "xia", "wes", "val"), strict=True))

    def renamed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        people = ("who", "owner", "helper", "manager")
        return tuple(row | {key: new.get(row[key], row[key]) for key in people if key in row} for row in rows)

    one, two = world.run(), World(*map(renamed, (world.deals, world.cover, world.people))).run()
    for who in NAMES:
        assert lines(one, who) == lines(two, new[who])


LAWS: Mapping[str, Callable[[World], None]] = {
    each.__name__: each
    for each in (
        splits_add_up,
        overlays_stay_apart,
        every_row_is_told,
        each_deal_counts_once_a_level,
        rows_are_explained_or_left_out,
        order_is_nothing,
        others_are_nothing,
        a_deal_of_nothing_counts_and_adds_nothing,
        names_are_nothing,
    )
}


@pytest.mark.parametrize("law", LAWS)
def test_a_law_holds(law: str) -> None:
    @draws(25)
    @given(worlds())
    def holds(world: World) -> None:
        LAWS[law](world)

    holds()


# ---- with a fault ----------------------------------------------------------------------------------------------------
def _deal(name: str, owner: str, helper: str | None, product: str | None, day: int) -> Row:
    amount = f"{1000 + day}.10"
    at = FIRST + timedelta(days=day)
    row = {"id": name, "owner": owner, "helper": helper, "region": "n", "product": product}
    return row | {"amount": amount, "closed_on": at}


SAMPLE = World(
    (
        _deal("d1", "cy", "dee", "a", 3),
        _deal("d2", "dee", "cy", "b", 40),
        _deal("d3", "eve", None, None, 41),
        _deal("d4", "ben", None, "b", 75),
    ),
    (
        {"who": "ana", "region": "n", "product": None, "place": 2},
        {"who": "ben", "region": "n", "product": "a", "place": 1},
        {"who": "cy", "region": "n", "product": "b", "place": 2},
    ),
    (
        {"who": "ana", "manager": None},
        {"who": "ben", "manager": "ana"},
        {"who": "cy", "manager": "ben", "until": FIRST + timedelta(days=20)},
        {"who": "cy", "manager": "ana", "from": FIRST + timedelta(days=21)},
        {"who": "dee", "manager": "ben"},
        {"who": "eve", "manager": "dee"},
    ),
)
Fault = Callable[[pytest.MonkeyPatch], None]


def _split_passes_on(patch: pytest.MonkeyPatch) -> None:
    """What a share gives to nobody is given to the others."""
    plain = crediting.Crediting._by_split

    def faulty(self: crediting.Crediting, context: Any) -> assigning.Shares:  # noqa: ANN401
        found = plain(self, context)
        return tuple((person, 1) for person, _ in found[:1]) + found[1:]

    patch.setattr(crediting.Crediting, "_by_split", faulty)


def _climbs_twice(patch: pytest.MonkeyPatch) -> None:
    """A manager is credited once more for each level below."""
    plain = crediting.climbed

    def faulty(credit: Any, shares: assigning.Shares, context: Any) -> assigning.Shares:  # noqa: ANN401
        return plain(credit, plain(credit, shares, context), context)

    patch.setattr(crediting, "climbed", faulty)


def _managers_of_today(patch: pytest.MonkeyPatch) -> None:
    """The hierarchy is that of the last day instead of the day of the deal."""
    plain = recorded.Recorded.person_field

    def faulty(self: recorded.Recorded, key: str, name: str, day: date | None) -> Any:  # noqa: ANN401, ARG001
        return plain(self, key, name, date(2026, 12, 31))

    patch.setattr(recorded.Recorded, "person_field", faulty)


def _overlay_in_company(patch: pytest.MonkeyPatch) -> None:
    """What managers get is in the company's figure."""
    patch.setattr(
        crediting.Credited, "once", lambda self, row: sum((share for _, share in self.credits[row]), Fraction(0))
    )


def _last_row_wins(patch: pytest.MonkeyPatch) -> None:
    """Among assignments the last row of the file wins."""
    patch.setattr(assigning.Assignments, "counting", lambda self, matching: matching[-1:])  # noqa: ARG005


def _nameless_claims(patch: pytest.MonkeyPatch) -> None:
    """Explanations name the shares of all as those of one."""
    plain = crediting.Crediting.claims

    def faulty(self: crediting.Crediting, context: Any) -> Any:  # noqa: ANN401
        return [evolve(each, share=Fraction(1, 7)) for each in plain(self, context)]

    patch.setattr(crediting.Crediting, "claims", faulty)


def _row_is_dropped(patch: pytest.MonkeyPatch) -> None:
    """A row is left out of the account of its table."""
    patch.setattr(accounts, "_field", _without_last(accounts._field))


def _without_last(plain: Any) -> Any:  # noqa: ANN401
    return lambda spec, values, ranks: plain(spec, values[:-1], ranks[:-1])


def _alphabet_decides(patch: pytest.MonkeyPatch) -> None:
    """The first name of the alphabet gets a split whole."""
    plain = crediting.Crediting._by_split

    def faulty(self: crediting.Crediting, context: Any) -> assigning.Shares:  # noqa: ANN401
        found = plain(self, context)
        return ((min(person for person, _ in found), 1),) if found else found

    patch.setattr(crediting.Crediting, "_by_split", faulty)


def _a_deal_of_nothing_is_lost(patch: pytest.MonkeyPatch) -> None:
    """A row whose value is 0 is not credited."""
    plain = crediting.Crediting.shares

    def faulty(self: crediting.Crediting, context: Any) -> assigning.Shares:  # noqa: ANN401
        amount = context.columns["amount"][context.row]
        return plain(self, context) if amount else ()

    patch.setattr(crediting.Crediting, "shares", faulty)


def _everybody_shares_the_first(patch: pytest.MonkeyPatch) -> None:
    """Somebody is credited with deals of people whom they share nothing with."""
    plain = crediting.Crediting.shares

    def faulty(self: crediting.Crediting, context: Any) -> assigning.Shares:  # noqa: ANN401
        found = plain(self, context)
        return (*found, ("ana", 1)) if found and found[0][0] == "zed" else found

    patch.setattr(crediting.Crediting, "shares", faulty)


FAULTS: Mapping[str, tuple[Callable[[World], None], Fault]] = {
    "splits pass on": (splits_add_up, _split_passes_on),
    "overlay in the company": (overlays_stay_apart, _overlay_in_company),
    "a row is dropped": (every_row_is_told, _row_is_dropped),
    "climbs twice": (each_deal_counts_once_a_level, _climbs_twice),
    "managers of today": (each_deal_counts_once_a_level, _managers_of_today),
    "nameless claims": (rows_are_explained_or_left_out, _nameless_claims),
    "the last row wins": (order_is_nothing, _last_row_wins),
    "everybody shares": (others_are_nothing, _everybody_shares_the_first),
    "nothing is lost": (a_deal_of_nothing_counts_and_adds_nothing, _a_deal_of_nothing_is_lost),
    "the alphabet decides": (names_are_nothing, _alphabet_decides),
}


def test_every_law_has_a_fault() -> None:
    assert {law for law, _ in FAULTS.values()} == set(LAWS.values())


@pytest.mark.parametrize("fault", FAULTS)
def test_a_law_finds_a_fault(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    law, plant = FAULTS[fault]
    law(SAMPLE)
    plant(monkeypatch)
    with pytest.raises((AssertionError, incentive.InternalError)):
        law(SAMPLE)
