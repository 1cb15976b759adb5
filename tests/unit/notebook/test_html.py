"""HTML read back: what was put in comes out as text, and nothing of it became markup."""

from html.parser import HTMLParser

import pytest

from incentive import Dataset, Diagnostic, Plan, Source, check, parse
from incentive.notebook import diagnostics_html, explanation_html, plan_html, run_html, statement_html

HOSTILE = '<script>alert(1)</script>" onload="x ]]> javascript:&amp; \u202eevil'
SHOWN = HOSTILE.replace("\u202e", "\\u202e")
PLAN = """incentive 1 en

plan "Sales <b>bold</b>" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-02-28
}

facts deals {
  key id:    text
  owner:     participant
  amount:    money
  closed_on: date
}

input quota: money per participant per month

measure revenue "Signed <i>revenue</i>" {
  sum    deals.amount
  dated  closed_on
  credit owner
}

component commission "Commission & more" {
  pay revenue by slice {
    from   0% of quota: 5%
    from 100% of quota: 8%
  }
}
"""
TAGS = set("div table caption thead tbody tfoot tr th td bdi strong small details summary ul li".split())  # noqa: SIM905 - read as one line


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def safe(html: str) -> Page:
    page = Page(html)
    assert not page.open
    assert set(page.tags) <= TAGS
    assert {name for name, _ in page.attributes} <= {"style", "lang", "scope", "open"}
    assert not [value for _, value in page.attributes if value and ("url(" in value or "http" in value)]
    return page


@pytest.fixture
def plan() -> Plan:
    return parse(PLAN, "<sales>.plan")


@pytest.fixture
def dataset() -> Dataset:
    return Dataset.from_rows(
        tables={"deals": [{"id": HOSTILE, "owner": "ana", "amount": "1200.00", "closed_on": "2026-01-10"}]},
        people=[{"who": "ana"}, {"who": "<script>bob</script>"}],
        inputs={"quota": {("ana", "2026-01"): 1000}},
    )


def test_a_plan_shows_its_lines_and_formulas(plan: Plan) -> None:
    page = safe(plan_html(plan))
    assert "Sales <b>bold</b>" in page.text
    assert "Commission & more" in page.text
    assert "revenue by slice" in page.text
    assert plan._repr_html_() == plan_html(plan)


def test_a_run_shows_amounts_totals_and_what_is_pending(plan: Plan, dataset: Dataset) -> None:
    run = plan.run(dataset)
    page = safe(run_html(run))
    assert "<script>bob</script>" in page.text
    assert "66.00" in page.text
    assert "was not provided (P201)" in page.text
    assert ("scope", "col") in page.attributes
    assert ("scope", "row") in page.attributes
    assert run._repr_html_() == run_html(run)


def test_a_statement_with_a_pending_line_has_no_total(plan: Plan) -> None:
    paid = plan.pay("2026-01", revenue=1200, quota=1000)
    assert safe(statement_html(paid)).text.count("66.00") == 2
    page = safe(statement_html(plan.pay("2026-01", revenue=1200)))
    assert "0.00" not in page.text
    assert "pending" in page.text


def test_an_explanation_shows_itself_as_html_and_as_text(plan: Plan, dataset: Dataset) -> None:
    found = plan.run(dataset).explain("ana", "commission", "2026-01")
    page = safe(explanation_html(found))
    assert "66.00 EUR" in page.text
    assert found._repr_html_() == explanation_html(found)
    assert "revenue by slice … = 66.00 EUR   (<sales>.plan:26)" in str(found)
    assert SHOWN[:20] in page.text
    assert "\u202e" not in page.text + str(found)


def test_findings_show_themselves() -> None:
    text = PLAN.replace("EUR", "EUX<script>")
    found = check(text, "<x>.plan")
    assert found
    page = safe(diagnostics_html(found, Source("<x>.plan", text)))
    assert "<script>" in page.text
    for each in found:
        assert each.code in safe(each._repr_html_()).text
    hostile = Diagnostic("E000", "error", HOSTILE, path='"><img src=x>')
    assert SHOWN in safe(diagnostics_html([hostile])).text
