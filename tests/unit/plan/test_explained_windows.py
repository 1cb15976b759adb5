"""An explanation says which days a figure is of, and names rows of other tables by their keys."""

import incentive

PLAN = """incentive 1 en
plan "Accounts" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-15 until 2026-12-31
}
facts accounts {
  key number: text
}
facts deals {
  account: accounts
  owner: participant
  amount: money
  closed_on: date
}
measure revenue {
  sum deals.amount
  dated closed_on
  credit owner
  show account
}
component commission {
  pay 5% of revenue
  when revenue over year to date > 0 EUR
}
"""
ROWS = incentive.Dataset.from_rows(
    tables={
        "accounts": [{"number": "00123"}, {"number": "00456"}],
        "deals": [{"account": "00456", "owner": "ana", "amount": 100, "closed_on": "2026-02-03"}],
    },
    people=[{"who": "ana"}],
)


def explained() -> incentive.Explanation:
    return incentive.parse(PLAN).run(ROWS, period="2026-02").explain("ana", "commission", "2026-02")


def test_a_figure_over_a_window_says_its_days_not_the_paid_period() -> None:
    text = str(explained())
    assert "revenue of ana from 2026-01-15 to 2026-02-28 = 100.00 EUR" in text
    assert "revenue of ana for 2026-02 = 100.00 EUR" in text


def test_a_row_that_is_shown_stands_under_its_key() -> None:
    text = str(explained())
    assert "00456" in text
    assert "covers" in str(explained().to_dict())
