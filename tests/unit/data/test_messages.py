"""What people are told: every code with its message, in both languages, as it stands in tests/golden/data."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve, frozen

from incentive import tree
from incentive.data import Dataset, read
from incentive.diagnostics import CATALOGUE, DataError, Language, render
from incentive.quantities import Money
from tests.unit.data.reads import AMOUNT, DEAL_PLAN, DEALS, FILES, HEAD, ID, OWNER, QUOTA, QUOTAS, ROLE, write
from tests.unit.data.samples import DATE, PERSON, TEXT, exchanging, money, plan, table

GOLDEN = Path(__file__).parents[2] / "golden" / "data"
NOT_SHOWN = {"D105"}  # needs a writer that hits the moment; its text is checked with the registry


@frozen
class Case:
    """Files beside, or instead of, the plain ones; None takes a file away."""

    files: Mapping[str, str | bytes | None]
    plan: tree.Plan = DEAL_PLAN
    prepare: Callable[[Path], None] = lambda _: None


def deals(text: str | bytes, settings: str = "") -> Case:
    return Case({"deals.csv": text, "mapping.toml": f"{HEAD}[tables.deals]\n{settings}\n"})


def row(text: str) -> Case:
    return Case({"deals.csv": f"id,owner,amount\n{text}\n"})


def mapping(text: str) -> Case:
    return Case({"mapping.toml": text})


def cell(unit: tree.Unit, text: str, settings: str = "") -> Case:
    asked = plan((table("t", ID, tree.Field("x", unit)),))
    lines = f'{HEAD}[tables.t.columns.x]\ncolumn = "x"\n{settings}\n'
    return Case({"t.csv": f"id,x\nA1,{text}\n", "mapping.toml": lines}, asked)


def people(text: str, settings: str = "") -> Case:
    asked = plan(people=(ROLE, tree.Field("manager", PERSON, optional=True)))
    return Case({"people.csv": f"who,role,manager,from,until,badge\n{text}\n", "mapping.toml": HEAD + settings}, asked)


def team(holder: str) -> Case:
    asked = plan(people=(tree.Field("team", TEXT),), inputs=(tree.Input("pool", "pool", money(), "team", None),))
    return Case({"people.csv": "who,team\nana,north\n", "pool.csv": f"team,value\n{holder},5\n"}, asked)


FX = tree.RateTable("fx", "from", "to", "on", "rate")
RATES = exchanging(FX)
TRAILING = "[tables.fx]\ntrailing_delimiter = true\n"


def rate(rows: str) -> Case:
    return Case({"fx.csv": f"from,to,on,rate\n{rows}\n"}, RATES)


def huge(folder: Path) -> None:
    with (folder / "deals.csv").open("wb") as stream:
        stream.truncate(2 * 1024**3 + 1)


STAMP = tree.Unit("timestamp")
PARIS = 'timezone = "Europe/Paris"'
ITEMS = plan(
    (
        table("orders", tree.Field("item", tree.Unit("row", table="products"))),
        table("products", tree.Field("sku", TEXT, key=True)),
    )
)
KEYLESS = plan((table("orders", tree.Field("item", tree.Unit("row", table="products"))), table("products", ROLE)))
POSITIVE = evolve(QUOTAS, musts=(tree.Must(">", Fraction(0)),))
BOUND = plan((table("deals", ID, OWNER, AMOUNT),), (ROLE,), (POSITIVE,))


LOOKUP = '[lookups.names]\nfile = "names.csv"\nkey = "id"\nvalue = "name"\n[tables.deals]\n'

CASES: Mapping[str, Case] = {
    "D101": Case({"deals.csv": None}),
    "D102": Case({"deals.csv": None}, prepare=lambda folder: (folder / "deals.csv").mkdir()),
    "D103": Case({}, prepare=huge),
    "D104": deals(""),
    "D106": deals("id,owner,amount\nA1,andré,1\n".encode("cp1252")),
    "D107": deals("id,owner,amount\nA1,a\x00na,1\n"),
    "D108": deals("id,owner,Amount\nA1,ana,1\n"),
    "D109": deals("id,owner,amount,amount\nA1,ana,1,1\n"),
    "D110": deals("id,,owner,amount\nA1,,ana,1\n"),
    "D111": deals(",".join(f"c{number}" for number in range(1001)) + "\n"),
    "D112": row("A1,ana,1,000"),
    "D113": row("A1,ana,1\n\nA2,ana,2"),
    "D114": row('A1,an"a,1'),
    "D115": row('A1,"ana,1\nA2,bob,2'),
    "D117": row("A1,an\ra,1"),
    "D118": deals("id,owner,amount\nA1,ana,300.0"),
    "D119": deals("id,owner,amount\n"),
    "D120": row(f"A1,{'a' * 32_768},1"),
    "D121": Case({"deals.csv": None, "deals.json": '[\n  {"id": "A1", "id": "A2"}\n]\n'}),
    "D122": deals(DEALS, 'file = "../deals.csv"'),
    "D123": Case({}),  # see `dataset`
    "D124": deals(DEALS, 'file = "deals.xlsx"'),
    "D125": Case({"deals.json": "[]"}),
    "D126": Case({}),
    "D127": Case({}),
    "D128": Case({"fx.csv": "from,to,on,rate,\nEUR,USD,2026-01-02,1.1,x\n", "mapping.toml": HEAD + TRAILING}, RATES),
    "D129": Case({"deals.csv": None, "deals.parquet": b"PAR1"}),
    "D201": row("A1,ana,"),
    "D202": row("A1,ana,$100.00\nA2,bob,1e3"),
    "D203": row("A1,ana,1000000000000000"),
    "D204": Case({}),
    "D205": cell(DATE, "03/04/2026"),
    "D206": cell(DATE, "2026-02-30"),
    "D207": cell(DATE, "9999-12-31"),
    "D208": cell(STAMP, "2026-01-05", PARIS),
    "D209": cell(STAMP, "2026-01-05T10:00:00"),
    "D210": cell(STAMP, "2026-03-29T02:30:00", PARIS),
    "D211": cell(STAMP, "2026-10-25T02:30:00", PARIS),
    "D212": cell(tree.Unit("yes_no"), "Y"),
    "D213": cell(tree.Unit("choice", choices=("open", "won")), "Won"),
    "D214": row("A1,ana,#REF!"),
    "D215": Case({}),
    "D216": Case({"quota.csv": QUOTA + "ana,March,5\n"}),
    "D217": Case({"quota.csv": QUOTA + "ana,2026-Q1,5\n"}),
    "D218": Case({"quota.csv": QUOTA + "ana,2026-02,0\n"}, BOUND),
    "D219": cell(tree.Unit("count"), "2.5"),
    "D220": Case({}),
    "D221": Case({}),
    "D222": deals(
        "id,owner,amount,gone\nA1,ana,1,false\nA2,ana,1,TRUE\n",
        'leave_out = { gone = "true" }\nkeep = { gone = ["false", ""] }',
    ),
    "D301": row("A1,ana,1\nA1,bob,2"),
    "D302": row("00123,ana,1\n123,bob,2"),
    "D303": row("A1,eve,1"),
    "D304": Case({"orders.csv": "item\np9\n", "products.csv": "sku\np1\n"}, ITEMS),
    "D305": row("A1,Ana,1"),
    "D306": people("ana,rep,,2026-01-01,2026-06-30,1\nana,lead,,2026-06-30,,1"),
    "D307": people("ana,rep,,2026-01-02,2026-01-01,1"),
    "D308": people("ana,rep,,,,7\nbob,rep,,,,7", '[people]\nkeys = { badge = "badge" }\n'),
    "D309": Case({"quota.csv": QUOTA + "ana,2026-01,5\n"}),
    "D310": team("south"),
    "D311": Case({"orders.csv": "item\np1\n", "products.csv": "role\nx\n"}, KEYLESS),
    "D312": mapping(HEAD + '[people]\nvalues_of = ["deals.owner"]\n'),
    "D313": row("A1,  ,1"),
    "D314": people("ana,rep,bob,2026-02-01,,1\nbob,rep,ana,,2026-06-30,2"),
    "D315": Case({"quota.csv": "participant,from,until,value\nana,,2026-03-31,1\nana,2026-03-31,,2\n"}),
    "D316": Case(
        {
            "mapping.toml": HEAD + LOOKUP + 'columns = { owner = { column = "owner", lookup = "names" } }\n',
            "names.csv": "id,name\nana,ana\nana,bob\n",
        }
    ),
    "D320": rate("EUR,usd,2026-01-02,1.17"),
    "D321": rate("EUR,USD,2026-01-02,0"),
    "D322": rate("EUR,USD,2026-01-02,1.17\nEUR,USD,2026-01-02,1.18"),
    "D401": mapping(HEAD + "[format\n"),
    "D402": mapping("confirmed = true\n"),
    "D403": mapping("incentive-mapping = 1\nconfirmed = false\n"),
    "D404": mapping(HEAD + '[format]\ndelimeter = ";"\n'),
    "D405": mapping(HEAD + '[format]\ndecimal = "comma"\n'),
    "D406": mapping(HEAD + '[people]\nvalues_of = ["deals.ower"]\n'),
    "D408": deals(DEALS, 'columns = { owner = { column = "owner", unmatched = "missing" } }'),
    "D409": deals(DEALS, 'columns = { owner = { column = "owner", person_key = "badge" } }'),
    "D410": mapping(HEAD + '[format]\ntimezone = "Mars/Olympus"\n'),
    "D411": mapping(HEAD + '[tables.dealz]\ntotals = { amount = "350.50" }\n'),
    "D412": deals(DEALS, 'columns = { owner = { column = "owner", lookup = "name" } }'),
    "D501": deals(DEALS, "rows = 1000"),
    "D502": deals(DEALS, 'totals = { amount = "5000000.00" }'),
    "D599": row("\n".join(f"A{number},ana,x" for number in range(150))),
}


def given(amount: object) -> Dataset:
    return Dataset.from_rows(tables={"deals": [("A1", "ana", amount)]}, people=[("ana", "rep")], inputs={"quota": []})


HOST: Mapping[str, Dataset] = {
    "D126": Dataset.from_files({}),
    "D127": Dataset.from_folder("absent"),
    "D123": Dataset.from_rows(people=[("ana", "rep")], inputs={"quota": []}),
    "D204": given(0.1),
    "D215": given(b"5"),
    "D220": given(Money(5, "EUR")),
    "D221": given("5\x00"),
}


def told(code: str, folder: Path, language: Language) -> str:
    case = CASES[code]
    dataset = HOST.get(code)
    if dataset is None:
        kept = {name: text for name, text in {**FILES, **case.files}.items() if text is not None}
        case.prepare(write(folder, kept))
        dataset = Dataset.from_folder(folder)
    with pytest.raises(DataError) as caught:
        read(dataset, case.plan, language=language)
    shown = caught.value.diagnostics
    return "\n".join(render(each) for each in (shown if len(shown) < 10 else shown[-1:])) + "\n"


def test_every_code_has_an_example() -> None:
    registry = {each.code for each in CATALOGUE if each.code.startswith("D")}
    assert registry == set(CASES) | NOT_SHOWN
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(CASES)


@pytest.mark.parametrize("code", CASES)
def test_the_message_is_as_agreed(tmp_path: Path, code: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "fr").mkdir()
    text = told(code, tmp_path / "en", "en") + "\n" + told(code, tmp_path / "fr", "fr")
    assert f"[{code}]" in text
    assert text == (GOLDEN / f"{code}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", [each for each in CATALOGUE if each.code.startswith("D")], ids=lambda each: each.code)
def test_every_code_is_complete_in_both_languages(code: object) -> None:
    texts = [getattr(code, name) for name in ("title", "message", "why", "mend")]
    assert all(english and french and english != french for english, french in texts)
