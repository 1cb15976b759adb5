"""Small data sets for tests: what was read, or the codes of what was found."""

from collections.abc import Mapping
from pathlib import Path

from incentive import tree
from incentive.data import Dataset, read
from incentive.diagnostics import DataError, Diagnostic
from tests.unit.data.samples import PERSON, TEXT, money, plan, table

HEAD = "incentive-mapping = 1\nconfirmed = true\n"
PEOPLE = "who,role\nana,rep\nbob,rep\n"
DEALS = "id,owner,amount\nA1,ana,100.00\nA2,bob,250.50\n"
QUOTA = "participant,period,value\nana,2026-01,1000\nbob,2026-01,2000\n"
FILES: Mapping[str, str | bytes] = {"deals.csv": DEALS, "people.csv": PEOPLE, "quota.csv": QUOTA}

ID = tree.Field("id", TEXT, key=True)
OWNER = tree.Field("owner", PERSON)
AMOUNT = tree.Field("amount", money())
ROLE = tree.Field("role", TEXT)
QUOTAS = tree.Input("quota", "quota", money(), "participant", "month")
DEAL_PLAN = plan((table("deals", ID, OWNER, AMOUNT),), (ROLE,), (QUOTAS,))


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def findings(dataset: Dataset, asked: tree.Plan) -> tuple[Diagnostic, ...]:
    try:
        read(dataset, asked)
    except DataError as error:
        return error.diagnostics
    return ()


def codes(dataset: Dataset, asked: tree.Plan) -> list[str]:
    return [each.code for each in findings(dataset, asked)]


class Column:
    """One cell in a file of its own."""

    def __init__(self, unit: tree.Unit, text: str, settings: str = "", *, optional: bool = False) -> None:
        self._plan = plan((table("t", ID, tree.Field("x", unit, optional=optional)),))
        quoted = '"' + text.replace('"', '""') + '"'
        self._files = {
            "t.csv": f"id,x\n1,{quoted}\n",
            "people.csv": "who\nana\n",
            "mapping.toml": f"{HEAD}[tables.t]\nfile = 't.csv'\n[tables.t.columns.x]\ncolumn = 'x'\n{settings}\n",
        }

    def codes(self, folder: Path) -> list[str]:
        return codes(Dataset.from_folder(write(folder, self._files)), self._plan)

    def value(self, folder: Path) -> object:
        facts = read(Dataset.from_folder(write(folder, self._files)), self._plan)
        return facts.tables["t"].columns["x"][0]
