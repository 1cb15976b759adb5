"""The words of clauses: fields and inputs, measures, rate tables, components, gates and scorecards."""

from __future__ import annotations

from incentive.glossary.entry import Entry

DECLARED = {
    "KEY": Entry(
        "fields",
        "key id: text",
        "Marks the field that tells rows apart; other tables refer to it.",
        "Marque le champ qui distingue les lignes ; les autres tables y renvoient.",
    ),
    "ONE OF": Entry(
        "fields",
        "stage: one of open, won, lost",
        "One of these words, in a field; one of these values, in a condition.",
        "L'un de ces mots, dans un champ ; l'une de ces valeurs, dans une condition.",
    ),
    "OPTIONAL": Entry(
        "fields",
        "paid_on: date optional",
        "The field may be empty in a row.",
        "Le champ peut être vide sur une ligne.",
    ),
    "PER": Entry(
        "file",
        "input salary: money per participant per month",
        "For each: whose value, for which period, for how many; `by` reads better before a rate table.",
        "Pour chaque : de qui est une valeur, pour quelle période, pour combien.",
    ),
    "ADDITIVE": Entry(
        "file",
        "input salary: money per participant per month additive",
        "The values of an input may be added, over a longer period or over people.",
        "Les valeurs fournies s'additionnent, sur une période plus longue ou sur des personnes.",
    ),
    "PRORATED": Entry(
        "file",
        "input salary: money per participant per month prorated",
        "The value counts for the days on which a person is on the plan.",
        "La valeur compte pour les jours où une personne relève du plan.",
    ),
    "PHASED": Entry(
        "file",
        "input salary: money per participant per year phased 20%, 20%, 20%, 40%",
        "The share that each shorter period has of a value.",
        "La part d'une valeur qui revient à chaque période plus courte.",
    ),
    "EQUALLY": Entry(
        "file",
        "input salary: money per participant per year phased equally",
        "In equal parts.",
        "En parts égales.",
    ),
    "MUST BE": Entry(
        "file",
        "input salary: money per participant per month must be > 0 EUR",
        "A bound that the data is refused for if a value breaks it.",
        "Une borne : les données sont refusées si une valeur la franchit.",
    ),
}
MEASURED = {
    "SUM": Entry(
        "aggregate",
        "sum deals.amount",
        "Adds a figure up over the rows; without rows it is 0.",
        "Additionne un chiffre sur les lignes ; sans ligne, il vaut 0.",
    ),
    "COUNT": Entry(
        "aggregate",
        "count deals",
        "How many rows there are.",
        "Combien il y a de lignes.",
    ),
    "DISTINCT": Entry(
        "aggregate",
        "count distinct deals.region",
        "Counts different values instead of rows.",
        "Compte les valeurs différentes au lieu des lignes.",
    ),
    "AVERAGE": Entry(
        "aggregate",
        "average deals.amount",
        "The mean over the rows; without rows it is missing.",
        "La moyenne sur les lignes ; sans ligne, elle est absente.",
    ),
    "MIN": Entry(
        "aggregate",
        "min deals.amount",
        "The smallest value over the rows; without rows it is missing.",
        "La plus petite valeur sur les lignes ; sans ligne, elle est absente.",
    ),
    "MAX": Entry(
        "aggregate",
        "max deals.amount",
        "The largest value over the rows; without rows it is missing.",
        "La plus grande valeur sur les lignes ; sans ligne, elle est absente.",
    ),
    "WHERE": Entry(
        "measure",
        "where stage is won",
        "Which rows count.",
        "Quelles lignes comptent.",
    ),
    "DATED": Entry(
        "date",
        "dated closed_on",
        "Which date puts a row into a period.",
        "Quelle date place une ligne dans une période.",
    ),
    "EACH": Entry(
        "pay",
        "pay each 5% of revenue",
        "Row by row, then added, instead of over the whole period.",
        "Ligne à ligne, puis additionné, au lieu de la période entière.",
    ),
    "CREDIT": Entry(
        "measure",
        "credit owner",
        "Who gets a row; without it the figure is the company's.",
        "À qui revient une ligne ; sans cela, le chiffre est celui de l'entreprise.",
    ),
    "AND ABOVE": Entry(
        "measure",
        "credit owner and above as overlay",
        "The person and all the managers above, on the day of the row, each with the same share.",
        "La personne et toute sa hiérarchie, au jour de la ligne, chacun avec la même part.",
    ),
    "FIRST PER": Entry(
        "measure",
        "credit coverage.seller by region first by coverage.part",
        "Of the assignments that match a row only those with the lowest value of this field count.",
        "Des affectations qui répondent à une ligne, seules comptent celles où ce champ est le plus petit.",
    ),
    "SHARE": Entry(
        "measure",
        "credit coverage.seller by region share coverage.part",
        "The field that holds each person's share; the shares of a row total 100 %.",
        "Le champ qui porte la part de chacun ; les parts d'une ligne totalisent 100 %.",
    ),
    "AS OVERLAY": Entry(
        "measure",
        "credit owner.manager as overlay",
        "Credit beside the first one: it may pass 100 % and is reported apart.",
        "Une attribution en plus de la première : elle peut dépasser 100 % et se lit à part.",
    ),
    "SHOW": Entry(
        "measure",
        "show region, amount",
        "Fields that an explanation shows for each row.",
        "Les champs qu'une explication montre pour chaque ligne.",
    ),
}
BANDED = {
    "SLICE": Entry(
        "pay",
        "pay revenue by slice {\nfrom 0 EUR: 5%\nfrom 50 000 EUR: 8%\n}",
        "Each part of the figure at the rate of its own row, as tax brackets do.",
        "Chaque part du chiffre au taux de sa propre ligne, comme l'impôt par tranches.",
    ),
    "LEVEL": Entry(
        "pay",
        "pay revenue by level {\nfrom 0 EUR: 5%\nfrom 50 000 EUR: 8%\n}",
        "The whole figure at the rate of the row that it reaches.",
        "Le chiffre entier au taux de la ligne qu'il atteint.",
    ),
    "CURVE": Entry(
        "file",
        "scale payout by curve {\nat 80%: 50%\nat 100%: 100%\n}",
        "The value is read on the line between two points.",
        "La valeur se lit sur la droite entre deux points.",
    ),
    "EVERY": Entry(
        "pay",
        "pay revenue by every level {\nfrom 0 EUR: 1%\nfrom 50 000 EUR: 2%\n}",
        "All rows that are reached, added, instead of the last one alone.",
        "Toutes les lignes atteintes, additionnées, au lieu de la dernière seule.",
    ),
    "RANK": Entry(
        "pay",
        "pay revenue by rank among company {\nat 1: 1 000 EUR\nat 2: 500 EUR\n}",
        "The prize of one's place among others.",
        "Le prix de sa place parmi les autres.",
    ),
    "AMONG": Entry(
        "pay",
        "pay 10 000 EUR shared equally among company",
        "The group whose people share or compete.",
        "Le groupe dont les membres se partagent une somme ou se mesurent.",
    ),
    "AT": Entry(
        "points",
        "at 100%: 100%",
        "A point of a curve, or the rate of a conversion.",
        "Un point d'une courbe, ou le cours d'une conversion.",
    ),
    "ABOVE": Entry(
        "rows",
        "above 50 000 EUR: 8%",
        "Where a row begins, not included: the bound belongs to the row before.",
        "Où une ligne commence, non compris : la borne revient à la ligne d'avant.",
    ),
}
PAID = {
    "PAY": Entry(
        "pay",
        "pay 5% of revenue",
        "The amount of a component, before its limits.",
        "Le montant d'une composante, avant ses limites.",
    ),
    "SHARED": Entry(
        "pay",
        "pay 10 000 EUR shared equally among company",
        "Each member's part of a pool; the parts add up to it, to the cent.",
        "La part de chacun dans une enveloppe ; les parts en font le total, au centime.",
    ),
    "SHARED PER": Entry(
        "pay",
        "pay 10 000 EUR shared by revenue among company",
        "Each member's part of a pool, in proportion to a figure of theirs.",
        "La part de chacun dans une enveloppe, en proportion d'un de ses chiffres.",
    ),
    "STACKED PER": Entry(
        "each",
        "stacked by closed_on, id",
        "Row by row, each row begins in the table where the one before it ended.",
        "Ligne à ligne, chaque ligne commence dans la grille où la précédente s'est arrêtée.",
    ),
    "ACCUMULATE": Entry(
        "component",
        "accumulate over year",
        "Figures count from the start of the year, and each period pays the increase.",
        "Les chiffres comptent depuis le début de l'année, et chaque période verse l'augmentation.",
    ),
    "OVER": Entry(
        "component",
        "when revenue over year to date > 50 000 EUR",
        "The window of time that a figure is taken over.",
        "La fenêtre de temps sur laquelle un chiffre est pris.",
    ),
    "CAP": Entry(
        "component",
        "cap 3 000 EUR per month",
        "At most this much. A component loses what is above; a settlement may carry it.",
        "Au plus ce montant. Une composante perd ce qui dépasse ; un décompte peut le reporter.",
    ),
    "FLOOR": Entry(
        "component",
        "floor 0 EUR",
        "At least this much. A component forgives what is missing; a settlement may carry it.",
        "Au moins ce montant. Une composante oublie ce qui manque ; un décompte peut le reporter.",
    ),
    "CARRY": Entry(
        "settlement",
        "cap 90 000 EUR per year carry excess",
        "What a limit takes or adds is kept for later periods, as a balance.",
        "Ce qu'une limite prend ou ajoute est gardé pour les périodes suivantes, en solde.",
    ),
    "EXCESS": Entry(
        "settlement",
        "cap 90 000 EUR per year carry excess",
        "What is above a cap.",
        "Ce qui dépasse un plafond.",
    ),
    "SHORTFALL": Entry(
        "settlement",
        "floor 0 EUR carry shortfall",
        "What a floor had to add.",
        "Ce qu'un plancher a dû ajouter.",
    ),
    "WHEN": Entry(
        "component",
        "when revenue >= quota",
        "Pays only where this holds; otherwise the line is 0.",
        "Ne verse que si cela est vrai ; sinon la ligne vaut 0.",
    ),
    "GATED PER": Entry(
        "component",
        "gated by quality",
        "The line goes through a gate, which says what is left of it.",
        "La ligne passe par une condition, qui dit ce qui en reste.",
    ),
    "WEIGHTED": Entry(
        "pay",
        "pay target_bonus weighted {\n70%: revenue / quota\n30%: company.revenue / company.quota\n}",
        "Splits a whole by weights that total 100 %.",
        "Partage un tout selon des poids qui totalisent 100 %.",
    ),
}
JUDGED = {
    "REQUIRE": Entry(
        "require",
        "require deals_won >= 3",
        "A condition of a gate; all must hold, in their order.",
        "Une exigence d'une condition ; toutes doivent tenir, dans leur ordre.",
    ),
    "OTHERWISE": Entry(
        "otherwise",
        "otherwise 50%",
        "What is left where a gate is not met; in a split, all other rows.",
        "Ce qui reste si la condition n'est pas remplie ; dans un partage, toutes les autres lignes.",
    ),
    "NOTHING": Entry(
        "otherwise",
        "otherwise nothing",
        "Nothing is left where the gate is not met.",
        "Il ne reste rien si la condition n'est pas remplie.",
    ),
    "HOLD": Entry(
        "settlement",
        "hold below 50 EUR",
        "The amount waits and is paid later.",
        "Le montant attend et sera versé plus tard.",
    ),
    "RATED": Entry(
        "rated",
        "rated 0 to 4 per participant per month",
        "The scale of the ratings, and whose they are, for which period.",
        "L'échelle des notes, de qui elles sont, et pour quelle période.",
    ),
    "UNRATED": Entry(
        "unrated",
        "unrated pending",
        "What a missing rating means: pending, zero or reweight.",
        "Ce que vaut une note absente : en attente, zéro ou repondérer.",
    ),
}
