"""Findings about pay of each fact alone: which facts, and in which order clauses act."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

PER_FACT: tuple[Code, ...] = (
    Code(
        "E550",
        "each-of-what",
        "error",
        ("Pay for each fact, and no measure says which facts", "Une paie ligne à ligne sans indicateur de lignes"),
        (
            "`{text}` names no measure, so nothing says which rows are paid, and to whom",
            "`{text}` ne nomme aucun indicateur : rien ne dit quelles lignes sont payées, ni à qui",
        ),
        (
            "A measure says which rows count, on which day, and whose they are; a field alone is there in every row.",
            "Un indicateur dit quelles lignes comptent, à quelle date et pour qui ; un champ est là sur chaque ligne.",
        ),
        (
            "Name a measure: for each row it is the part that the row credits. Fields of the row may stand beside it.",
            "Nommez un indicateur : pour chaque ligne, il vaut ce qu'elle apporte. Des champs peuvent l'accompagner.",
        ),
        {
            "name": ("name one of {names}", "nommez un de {names}"),
            "replace": ("`{near}` adds up `{text}`: write `{near}`", "`{near}` additionne `{text}` : écrivez `{near}`"),
        },
        "component bonus {\n  pay each 5% of deals.amount\n}",
    ),
    Code(
        "E551",
        "no-part-of-it",
        "error",
        ("A measure that no row has a part of", "Un indicateur dont aucune ligne n'a une part"),
        (
            "`{name}` is not a sum, so one row of `{table}` has no part of it",
            "`{name}` n'est pas une somme : une ligne de `{table}` n'en est pas une part",
        ),
        (
            "In `pay each` a measure is what the row in hand adds to it; an average has no such part.",
            "Dans `verser ligne à ligne`, un indicateur est ce que la ligne y ajoute ; une moyenne n'a pas de part.",
        ),
        (
            "Name the period to have the figure of the period, or read the field of the row.",
            "Nommez la période pour avoir le chiffre de la période, ou lisez le champ de la ligne.",
        ),
        {"over": ("the figure of the period: `{text}`", "le chiffre de la période : `{text}`")},
        "component bonus {\n  pay each if revenue > average_deal then 500 EUR else 0 EUR\n}",
    ),
    Code(
        "E552",
        "two-kinds-of-facts",
        "error",
        ("Two measures that do not count the same facts", "Deux indicateurs de lignes différentes"),
        (
            "`{name}` is of `{of}` and `{other}` of `{other_of}`: pay for each fact is of one",
            "`{name}` relève de `{of}` et `{other}` de `{other_of}` : une paie ligne à ligne n'en a qu'un",
        ),
        (
            "One row is one event of one day: its rates and parameters are those of that day.",
            "Une ligne est un événement d'un jour : ses taux et paramètres sont ceux de ce jour.",
        ),
        (
            "Pay them in two components, or name the period of the other figure: `spend over month`.",
            "Payez-les dans deux composantes, ou nommez la période de l'autre chiffre : `dépense sur mois`.",
        ),
        {
            "first": ("this one comes first", "celui-ci vient d'abord"),
            "table": ("rows of another table", "des lignes d'une autre table"),
            "day": ("counts on another day", "compte un autre jour"),
        },
        "component bonus {\n  pay each 5% of revenue + 10 EUR per leads_won\n}",
    ),
    Code(
        "E553",
        "each-of-a-whole",
        "error",
        ("A limit of each fact, beside pay for all of them", "Une limite par ligne, sans paie ligne à ligne"),
        (
            "`{text}` limits each fact, and this component pays all of them at once",
            "`{text}` limite chaque ligne, et cette composante les paie toutes à la fois",
        ),
        (
            "Without `pay each` no fact has an amount of its own that could be limited.",
            "Sans `verser ligne à ligne`, aucune ligne n'a de montant propre à limiter.",
        ),
        (
            "Write `pay each`, or leave `each` out to limit the whole line.",
            "Écrivez `verser ligne à ligne`, ou retirez `par ligne` pour limiter la ligne entière.",
        ),
        {
            "each": ("to pay fact by fact: `{text}`", "pour payer ligne à ligne : `{text}`"),
            "whole": ("to limit the whole line, leave `each` out", "pour limiter le tout, retirez `par ligne`"),
        },
        "component bonus {\n  pay 5% of revenue\n  cap 500 EUR each\n}",
    ),
    Code(
        "E554",
        "each-after-the-sum",
        "error",
        ("A limit of each fact below what acts on their sum", "Une limite par ligne après ce qui agit sur la somme"),
        (
            "`{text}` acts on each fact, before they are added; `{above}` acts on the sum and stands above it",
            "`{text}` agit sur chaque ligne, avant l'addition ; `{above}` agit sur la somme et se trouve au-dessus",
        ),
        (
            "Clauses are read from top to bottom. Written the other way round they would promise another amount.",
            "Les clauses se lisent de haut en bas. Dans l'autre sens, elles promettraient un autre montant.",
        ),
        ("Move it up, right below `pay each`.", "Remontez-la, juste sous `verser ligne à ligne`."),
        shows="component bonus {\n  pay each 5% of revenue\n  cap 2 000 EUR\n  cap 500 EUR each\n}",
    ),
    Code(
        "E555",
        "each-and-a-period",
        "error",
        ("A limit of each fact and of a period at once", "Une limite par ligne et par période à la fois"),
        (
            "`{text}` limits each fact and also a {word}: which of the two?",
            "`{text}` limite chaque ligne et aussi une période ({word}) : laquelle des deux ?",
        ),
        (
            "A limit of each fact holds for a single row, whatever its period.",
            "Une limite par ligne vaut pour une seule ligne, quelle que soit sa période.",
        ),
        (
            "Leave one of them out; both may stand, in two clauses, that of each fact first.",
            "Retirez l'un des deux ; les deux peuvent tenir en deux clauses, celle par ligne d'abord.",
        ),
        shows="component bonus {\n  pay each 5% of revenue\n  cap 500 EUR per month each\n}",
    ),
    Code(
        "E556",
        "contest-of-a-fact",
        "error",
        ("A contest by the figure of one fact", "Un classement d'après une seule ligne"),
        (
            "`{text}` is of one fact here, and people are ranked by figures of the period",
            "`{text}` relève ici d'une ligne, et un classement compare des chiffres de la période",
        ),
        (
            "The others have no part of the fact in hand that theirs could be compared with.",
            "Les autres n'ont pas de part de la ligne en main à laquelle se comparer.",
        ),
        ("Say over which window to compare.", "Dites sur quelle fenêtre comparer."),
        {"over": ("the figure of the period: `{text}`", "le chiffre de la période : `{text}`")},
        "component bonus {\n  pay each 10 EUR per rank(revenue, company)\n}",
    ),
    Code(
        "E557",
        "stacked-alone",
        "error",
        ("An order of facts, and they are not paid one by one", "Un ordre de lignes, sans paie ligne à ligne"),
        (
            "`{text}` orders facts, and this component pays all of them at once",
            "`{text}` ordonne des lignes, et cette composante les paie toutes à la fois",
        ),
        (
            "The sum of a period has no order. Facts fill a table one after the other where each is paid by itself.",
            "La somme d'une période n'a pas d'ordre. Des lignes remplissent une grille si chacune est payée à part.",
        ),
        (
            "Write `pay each`, or leave the order out.",
            "Écrivez `verser ligne à ligne`, ou retirez l'ordre.",
        ),
        {"each": ("to pay fact by fact: `{text}`", "pour payer ligne à ligne : `{text}`")},
        "component bonus {\n  pay revenue by slice {\n    from 0 EUR: 5%\n  }\n  stacked by closed_on\n}",
    ),
    Code(
        "E558",
        "no-order",
        "error",
        ("A field that has no order", "Un champ sans ordre"),
        ("`{text}` is {got}, which has no order", "`{text}` est {got}, ce qui n'a pas d'ordre"),
        (
            "Facts can be put in the order of days, numbers, texts and listed words.",
            "Des lignes se rangent par jours, nombres, textes et mots énumérés.",
        ),
        (
            "Order by another field; words are ordered as `one of` lists them.",
            "Ordonnez par un autre champ ; des mots suivent l'ordre de `parmi`.",
        ),
        shows=("component bonus {\n  pay each revenue by slice {\n    from 0 EUR: 5%\n  }\n  stacked by owner, id\n}"),
    ),
    Code(
        "E559",
        "order-not-total",
        "error",
        ("An order that leaves two facts undecided", "Un ordre qui laisse deux lignes indécises"),
        (
            "`{text}` does not say which of two rows of `{table}` comes first where these are equal",
            "`{text}` ne dit pas laquelle de deux lignes de `{table}` vient d'abord quand tout est égal",
        ),
        (
            "Two deals of one day may fall on both sides of a bound: their order decides who earns which rate.",
            "Deux ventes d'un même jour peuvent tomber de part et d'autre d'une borne : leur ordre décide du taux.",
        ),
        (
            "End the order in the key of the table, which no two rows share.",
            "Terminez l'ordre par la clé de la table, que deux lignes ne partagent jamais.",
        ),
        {
            "key": ("end in the key: `{text}`", "terminez par la clé : `{text}`"),
            "declare": (
                "declare what tells rows apart, `{key} id: text`, and end in it",
                "déclarez ce qui distingue les lignes, `{key} id: texte`, et terminez par là",
            ),
        },
        "facts orders {\n  key id: text\n  owner: participant\n  amount: money\n  closed_on: date\n}\n"
        "measure ordered {\n  sum orders.amount\n  dated closed_on\n  credit owner\n}\n"
        "component bonus {\n  pay each ordered by slice {\n    from 0 EUR: 5%\n  }\n"
        "  stacked by closed_on\n}",
    ),
    Code(
        "W423",
        "order-unread",
        "warning",
        ("An order of facts that no table reads", "Un ordre de lignes qu'aucune grille ne lit"),
        (
            "`{text}` changes nothing: no table of this component is filled by facts",
            "`{text}` ne change rien : aucune grille de cette composante n'est remplie par des lignes",
        ),
        (
            "Only what a table cuts or is asked for depends on the facts before.",
            "Seul ce qu'une grille coupe, ou ce qu'on lui demande, dépend des lignes d'avant.",
        ),
        (
            "Remove the order, or apply a table to a measure.",
            "Retirez l'ordre, ou appliquez une grille à un indicateur.",
        ),
        shows=(
            "facts orders {\n  key id: text\n  owner: participant\n  amount: money\n  closed_on: date\n}\n"
            "measure ordered {\n  sum orders.amount\n  dated closed_on\n  credit owner\n}\n"
            "component bonus {\n  pay each 5% of ordered\n  stacked by closed_on, id\n}"
        ),
    ),
)
