"""The words of settlements and of examples."""

from __future__ import annotations

from incentive.glossary.entry import Entry

SETTLED = {
    "ADD": Entry(
        "add",
        "add commission",
        "The lines that are settled; their sum is what was earned.",
        "Les lignes du décompte ; leur somme est l'acquis.",
    ),
    "RELEASE": Entry(
        "settlement",
        "release commission in 12 months",
        "When what was earned falls due: in parts, or on dates.",
        "Quand l'acquis devient exigible : par parts, ou à des dates.",
    ),
    "CLAWBACK": Entry(
        "settlement",
        "clawback 100% of commission on lost_on when lost_on within 180 days of closed_on",
        "Takes pay back when a deal is lost after it was paid.",
        "Reprend ce qui a été versé quand une affaire est perdue après coup.",
    ),
    "DRAW": Entry(
        "settlement",
        "draw 2 000 EUR per month recoverable from 2026-01 until 2026-06, balance carried",
        "Lifts the pay of a period to an amount; recoverable or guaranteed must be said.",
        "Relève le versement d'une période à un montant ; récupérable ou acquise, il faut le dire.",
    ),
    "RECOVERABLE": Entry(
        "settlement",
        "draw 2 000 EUR per month recoverable",
        "The draw is owed, and recovered from what exceeds it later.",
        "L'avance est due, et reprise sur ce qui la dépasse plus tard.",
    ),
    "GUARANTEED": Entry(
        "settlement",
        "draw 2 000 EUR per month guaranteed",
        "The draw is kept: nothing is owed.",
        "L'avance reste acquise : rien n'est dû.",
    ),
    "RECOVERED": Entry(
        "settlement",
        "draw 2 000 EUR per month recoverable, recovered from 2026-06",
        "The first period in which a draw is recovered.",
        "La première période où l'avance est reprise.",
    ),
    "BALANCE": Entry(
        "settlement",
        "draw 2 000 EUR per month recoverable until 2026-06, balance due",
        "What becomes of what is still owed when the draw ends.",
        "Ce que devient ce qui reste dû quand l'avance s'arrête.",
    ),
    "CARRIED": Entry(
        "settlement",
        "draw 2 000 EUR per month recoverable until 2026-06, balance carried",
        "What is still owed is recovered later.",
        "Ce qui reste dû est repris plus tard.",
    ),
    "FORGIVEN": Entry(
        "settlement",
        "draw 2 000 EUR per month recoverable until 2026-06, balance forgiven",
        "What is still owed is dropped.",
        "Ce qui reste dû est abandonné.",
    ),
    "DUE": Entry(
        "settlement",
        "draw 2 000 EUR per month recoverable until 2026-06, balance due",
        "What is still owed is taken at once, also below 0.",
        "Ce qui reste dû est repris d'un coup, même en dessous de 0.",
    ),
    "LEAVING": Entry(
        "settlement",
        "release commission in 12 months, leaving due",
        "What becomes of what still waits, or is still owed, when somebody leaves.",
        "Ce que devient ce qui attend encore, ou reste dû, quand quelqu'un part.",
    ),
    "TRUEUP": Entry(
        "settlement",
        "trueup commission to commission_to_date per quarter",
        "At the end of a period, pays the difference to a figure to date.",
        "En fin de période, verse la différence avec un chiffre à ce jour.",
    ),
    "BELOW": Entry(
        "settlement",
        "hold below 50 EUR",
        "Smaller than this.",
        "Plus petit que cela.",
    ),
    "AS PAID": Entry(
        "settlement",
        "clawback 100% of commission on lost_on when lost_on within 180 days of closed_on, as paid",
        "A clawback takes back the pay that belonged to the deal, at the rate paid.",
        "Une reprise porte sur ce qui revenait à l'affaire, au taux alors payé.",
    ),
    "AT MOST": Entry(
        "settlement",
        "clawback 100% of commission on lost_on when lost_on within 180 days of closed_on, at most 5 000 EUR",
        "The limit of a clawback.",
        "La limite d'une reprise.",
    ),
}
SHOWN = {
    "GIVEN": Entry(
        "told",
        "given revenue = 10 000 EUR",
        "What an example takes as known: a figure, or rows of a table.",
        "Ce qu'un exemple prend pour connu : un chiffre, ou des lignes d'une table.",
    ),
    "EXPECT": Entry(
        "example",
        "expect commission = 500 EUR",
        "What an example says must come out.",
        "Ce qui doit sortir, selon un exemple.",
    ),
    "CASES": Entry(
        "example",
        "cases {\n| revenue | commission |\n| 0 EUR | 0 EUR |\n| 10 000 EUR | 500 EUR |\n}",
        "Independent cases, one a row.",
        "Des cas indépendants, un par ligne.",
    ),
    "TIMELINE": Entry(
        "example",
        "timeline {\n| month | revenue | commission |\n| 2026-01 | 10 000 EUR | 500 EUR |\n"
        "| 2026-02 | 8 000 EUR | 400 EUR |\n}",
        "Periods one after the other, one a row.",
        "Des périodes qui se suivent, une par ligne.",
    ),
    "ON": Entry(
        "told",
        "on 2026-03",
        "The paid period of an example; the date of a clawback.",
        "La période versée d'un exemple ; la date d'une reprise.",
    ),
    "PENDING": Entry(
        "example",
        "given revenue = missing\nexpect commission is pending",
        "It cannot be computed from what is known.",
        "Cela ne peut pas être calculé avec ce qui est connu.",
    ),
    "ANY": Entry(
        "file",
        "table rates {\n| region | rate |\n| any | 5% |\n}",
        "In a decision table: whatever the value.",
        "Dans une table de décision : quelle que soit la valeur.",
    ),
    "FIRST": Entry(
        "file",
        'table rates first {\n| region | rate |\n| "North" | 8% |\n| any | 5% |\n}',
        "Rows of a decision table are tried in order; the first that fits counts.",
        "Les lignes d'une table de décision s'essaient dans l'ordre ; la première qui convient compte.",
    ),
    "RISES WITH": Entry(
        "file",
        "check commission rises with revenue",
        "Promises that more of one never means less of the other.",
        "Promet que plus de l'un ne donne jamais moins de l'autre.",
    ),
}
