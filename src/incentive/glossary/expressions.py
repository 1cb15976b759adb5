"""The words inside formulas."""

from __future__ import annotations

from incentive.glossary.entry import Entry

FORMULAS = {
    "IF MISSING": Entry(
        "file",
        "let attainment = (revenue / quota if missing 0%)",
        "What counts where there is no value.",
        "Ce qui compte quand il n'y a pas de valeur.",
    ),
    "IF": Entry(
        "pay",
        "pay if revenue > quota then 500 EUR else 0 EUR",
        "Chooses between two values.",
        "Choisit entre deux valeurs.",
    ),
    "THEN": Entry(
        "pay",
        "pay if revenue > quota then 500 EUR else 0 EUR",
        "The value where the condition holds.",
        "La valeur si la condition tient.",
    ),
    "ELSE": Entry(
        "pay",
        "pay if revenue > quota then 500 EUR else 0 EUR",
        "The value where the condition does not hold.",
        "La valeur si la condition ne tient pas.",
    ),
    "OR": Entry(
        "component",
        "when revenue > quota or deals_won > 10",
        "At least one of the two holds.",
        "L'une des deux au moins tient.",
    ),
    "AND": Entry(
        "component",
        "when revenue > quota and deals_won > 10",
        "Both hold.",
        "Les deux tiennent.",
    ),
    "NOT": Entry(
        "component",
        "when not sellers",
        "Turns a condition round.",
        "Inverse une condition.",
    ),
    "IS": Entry(
        "measure",
        "where stage is won",
        "Compares with a value, a text or a word of a choice.",
        "Compare à une valeur, un texte ou un mot d'une liste.",
    ),
    "MISSING": Entry(
        "measure",
        "where paid_on is missing",
        "There is no value; this is not 0.",
        "Il n'y a pas de valeur ; ce n'est pas 0.",
    ),
    "WITHIN": Entry(
        "measure",
        "where paid_on within 30 days of closed_on",
        "From a date up to so long after it, included; or between two bounds.",
        "D'une date jusqu'à tant de temps après elle, compris ; ou entre deux bornes.",
    ),
    "OF": Entry(
        "pay",
        "pay 5% of revenue",
        "A percentage of something.",
        "Un pourcentage de quelque chose.",
    ),
    "IN": Entry(
        "aggregate",
        "sum deals.fee in EUR at 0.92",
        "In another currency, at a rate that is said; never by itself.",
        "Dans une autre monnaie, à un cours que l'on dit ; jamais de lui-même.",
    ),
    "LAST": Entry(
        "component",
        "when revenue over last 3 month > 50 000 EUR",
        "The paid period and those before it, so many in all.",
        "La période versée et celles d'avant, tant en tout.",
    ),
    "PREVIOUS": Entry(
        "component",
        "when revenue over previous quarter > 50 000 EUR",
        "The period before.",
        "La période d'avant.",
    ),
    "SAME": Entry(
        "component",
        "when revenue over same quarter last year > 50 000 EUR",
        "The same period a year before.",
        "La même période un an plus tôt.",
    ),
    "DATE": Entry(
        "component",
        "when revenue over year to date > 50 000 EUR",
        "`to date`: from the first day of the period to the end of the paid one.",
        "`à date`, dans `cumul annuel` : du premier jour de l'année à la fin de la période versée.",
    ),
    "KNOWN": Entry(
        "foreign",
        "pay 1% of (signed in EUR at fx last known 3 days)",
        "A rate of an earlier day may stand in, at most so many days old.",
        "Un cours d'un jour antérieur peut servir, vieux d'au plus tant de jours.",
    ),
    "TRUE": Entry(
        "component",
        "when true",
        "Yes: a condition that always holds.",
        "Oui : une condition toujours vraie.",
    ),
    "FALSE": Entry(
        "component",
        "when false",
        "No: a condition that never holds.",
        "Non : une condition jamais vraie.",
    ),
}
