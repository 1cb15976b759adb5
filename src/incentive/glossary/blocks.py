"""The words that begin a file and its blocks."""

from __future__ import annotations

from incentive.glossary.entry import Entry

BLOCKS = {
    "INCENTIVE": Entry(
        "first line",
        "incentive 1 en",
        "The first line of a plan: the version and the language that it is written in.",
        "La première ligne d'un plan : la version et la langue dans laquelle il est écrit.",
    ),
    "PLAN": Entry(
        "file",
        'plan "Sales 2026" {\ncurrency EUR\nperiod month\ntimezone "Europe/Paris"\n'
        "effective from 2026-01-01 until 2026-12-31\n}",
        "The header: in what money, how often, between which days and for whom it pays.",
        "L'en-tête : dans quelle monnaie, à quel rythme, entre quels jours et pour qui il verse.",
    ),
    "FACTS": Entry(
        "file",
        "facts leads {\nowner: participant\nreceived_on: date\n}",
        "A table that you provide, such as deals or leads: one line a column.",
        "Une table que vous fournissez, comme des affaires ou des prospects : une ligne par colonne.",
    ),
    "INPUT": Entry(
        "file",
        "input salary: money per participant per month",
        "A value that you provide for each person, team or the company, such as a quota.",
        "Une valeur que vous fournissez par personne, par équipe ou pour l'entreprise, comme un objectif.",
    ),
    "PARAMETER": Entry(
        "file",
        "parameter base_rate = 5%",
        "A value of the plan itself, with a name; it may change on given days.",
        "Une valeur du plan lui-même, avec un nom ; elle peut changer à des jours donnés.",
    ),
    "LET": Entry(
        "file",
        "let attainment = revenue / quota",
        "Gives a formula a name.",
        "Donne un nom à une formule.",
    ),
    "MEASURE": Entry(
        "file",
        "measure signed {\nsum deals.amount\ndated closed_on\ncredit owner\n}",
        "A figure added up from the rows of a table: which rows, on which date, for whom.",
        "Un chiffre calculé sur les lignes d'une table : quelles lignes, à quelle date, pour qui.",
    ),
    "SCALE": Entry(
        "file",
        "scale payout by curve {\nat 80%: 50%\nat 100%: 100%\n}",
        "A rate table with a name, applied as `payout(revenue / quota)`.",
        "Une grille de taux qui porte un nom, appliquée ainsi : `paiement(ventes / objectif)`.",
    ),
    "GROUP": Entry(
        "file",
        'group managers = role is "manager"',
        "A named set of people: those for whom the condition holds.",
        "Un ensemble de personnes qui porte un nom : celles qui remplissent la condition.",
    ),
    "COMPONENT": Entry(
        "file",
        "component bonus {\npay 500 EUR\nwhen revenue >= quota\n}",
        "One line of the pay statement: what is paid, then its limits and conditions, from top to bottom.",
        "Une ligne du bulletin : ce qui est versé, puis ses limites et conditions, de haut en bas.",
    ),
    "EXAMPLE": Entry(
        "file",
        'example "a month" {\ngiven revenue = 10 000 EUR\nexpect commission = 500 EUR\n}',
        "A computed case inside the plan; `incentive test` proves that it still holds.",
        "Un cas calculé dans le plan ; `incentive test` prouve qu'il tient toujours.",
    ),
    "TABLE": Entry(
        "file",
        'table rates first {\n| region | rate |\n| "North" | 8% |\n| any | 5% |\n}',
        "A decision table: the answer that belongs to several values at once.",
        "Une table de décision : la réponse qui correspond à plusieurs valeurs à la fois.",
    ),
    "SCORECARD": Entry(
        "file",
        "scorecard conduct {\nrated 0 to 4 per participant per month\n40%: preparation\n60%: terms\nunrated pending\n}",
        "Criteria that somebody rates, with their weights: a percentage.",
        "Des critères que quelqu'un note, avec leurs poids : un pourcentage.",
    ),
    "SPLIT": Entry(
        "file",
        'split sourcing {\nwhen region is "North" {\n70%: owner\n30%: owner.manager\n}\notherwise {\n100%: owner\n}\n}',
        "How the credit of a row is shared between people; a measure names it instead of `credit`.",
        "Comment une ligne se partage entre des personnes ; un indicateur le nomme à la place de `attribué à`.",
    ),
    "GATE": Entry(
        "file",
        "gate quality {\nrequire deals_won >= 3\notherwise 50%\n}",
        "Conditions, and what is left of a line where they are not met.",
        "Des conditions, et ce qui reste d'une ligne quand elles ne sont pas remplies.",
    ),
    "SETTLEMENT": Entry(
        "file",
        "settlement {\nadd commission\ncap 90 000 EUR per year\n}",
        "From what is earned to what is paid, step by step, with balances from period to period.",
        "De l'acquis au versé, étape par étape, avec des soldes d'une période à l'autre.",
    ),
    "CHECK": Entry(
        "file",
        "check commission rises with revenue",
        "A promise of the plan about itself, proved or refuted before anybody is paid.",
        "Une promesse du plan sur lui-même, prouvée ou réfutée avant tout versement.",
    ),
    "USE": Entry(
        "file",
        'use "rates.plan"',
        "Takes definitions from another file.",
        "Reprend des définitions d'un autre fichier.",
    ),
    "AMENDS": Entry(
        "file",
        'amends "sales-2026.plan" from 2026-07-01',
        "Says which plan this text changes, and from which day on.",
        "Dit quel plan ce texte modifie, et à partir de quel jour.",
    ),
    "REPLACE": Entry(
        "file",
        "replace parameter base_rate = 9%",
        "In an amendment: defines something of the original anew.",
        "Dans un avenant : redéfinit un élément du plan d'origine.",
    ),
    "REMOVE": Entry(
        "file",
        "remove quality",
        "In an amendment: takes something of the original away.",
        "Dans un avenant : retire un élément du plan d'origine.",
    ),
}
HEADER = {
    "CURRENCY": Entry(
        "plan",
        "currency EUR",
        "The currency of every line, by its ISO 4217 code.",
        "La monnaie de chaque ligne, par son code ISO 4217.",
    ),
    "PERIOD": Entry(
        "plan",
        "period quarter",
        "How often the plan pays.",
        "À quel rythme le plan verse.",
    ),
    "TIMEZONE": Entry(
        "plan",
        'timezone "Europe/Paris"',
        "Where a day begins and ends.",
        "Où un jour commence et finit.",
    ),
    "EFFECTIVE": Entry(
        "plan",
        "effective from 2026-01-01 until 2026-12-31",
        "The first and the last day of the plan, both included.",
        "Le premier et le dernier jour du plan, tous deux compris.",
    ),
    "FROM": Entry(
        "rows",
        "from 50 000 EUR: 8%",
        "Where a row or a date begins, included: the bound belongs to it.",
        "Où une ligne ou une date commence, compris : la borne en fait partie.",
    ),
    "UNTIL": Entry(
        "plan",
        "effective from 2026-01-01 until 2026-06-30",
        "The last day, included.",
        "Le dernier jour, compris.",
    ),
    "FOR": Entry(
        "plan",
        'for role is "seller"',
        "In the header: whom the plan is for. In an example: of whom a figure is.",
        "Dans l'en-tête : pour qui est le plan. Dans un exemple : de qui est un chiffre.",
    ),
    "ROUNDING": Entry(
        "plan",
        "rounding half_even to 0.01 EUR",
        "How each line is rounded, once; without it, half up to the cent.",
        "Comment chaque ligne est arrondie, une fois ; sans lui, au centime, la moitié vers le haut.",
    ),
    "TO": Entry(
        "plan",
        "rounding half_up to 1 EUR",
        "Up to: the step of a rounding, the end of a scale of ratings, the target of a true-up.",
        "Jusqu'à : le pas d'un arrondi, le haut d'une notation, la cible d'une régularisation.",
    ),
    "YEAR STARTS": Entry(
        "plan",
        "year starts 02-01, named by end",
        "A fiscal year, by the month and day it begins on.",
        "Un exercice comptable, par le mois et le jour où il commence.",
    ),
    "NAMED PER": Entry(
        "plan",
        "year starts 07-01, named by start",
        "Which calendar year names a fiscal year: that of its start or of its end.",
        "Quelle année civile donne son nom à l'exercice : celle de son début ou celle de sa fin.",
    ),
    "MONTH_END": Entry(
        "plan",
        "month_end down",
        "What a month after 31 January is: the last day of February (down) or 1 March (up).",
        "Ce qu'est un mois après le 31 janvier : le dernier jour de février, ou le 1er mars (lendemain).",
    ),
    "PRESENCE PER": Entry(
        "plan",
        "presence by calendar days",
        "How the presence of joiners and leavers in a period is counted.",
        "Comment se compte la présence des arrivants et des partants dans une période.",
    ),
    "CALENDAR_DAYS": Entry(
        "plan",
        "presence by calendar days",
        "Every day counts, holidays and Sundays too.",
        "Chaque jour compte, dimanches et jours fériés compris.",
    ),
    "WORKING_DAYS": Entry(
        "plan",
        "presence by working days",
        "The days from Monday to Friday count, holidays too.",
        "Les jours du lundi au vendredi comptent, jours fériés compris.",
    ),
    "NOTE": Entry(
        "pay",
        'note "Approved by the board"\npay 5% of revenue',
        "A remark for readers; it changes nothing.",
        "Une remarque pour les lecteurs ; elle ne change rien.",
    ),
    "SOURCE": Entry(
        "plan",
        'source "Compensation letter of 12 January 2026"',
        "The document that a clause comes from; it changes nothing.",
        "Le document d'où vient une clause ; il ne change rien.",
    ),
}
