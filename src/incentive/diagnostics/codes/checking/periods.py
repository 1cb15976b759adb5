"""Findings about periods: which figures go together, limits, parameters on dates, groups."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

PERIODS: tuple[Code, ...] = (
    Code(
        "E268",
        "plan-period",
        "error",
        ("A plan and examples of different periods", "Un plan et des exemples de périodes différentes"),
        (
            "the plan is paid by {plan}, its examples name `{named}`, by {kind}",
            "le plan est payé par {plan}, ses exemples nomment `{named}`, par {kind}",
        ),
        (
            "One of the two is not what was meant, and every period of the plan hangs on it.",
            "L'un des deux n'est pas ce qui était voulu, et toutes les périodes du plan en dépendent.",
        ),
        ("Correct the plan's period, or the examples.", "Corrigez la période du plan, ou les exemples."),
        {"plan": ("the plan's period", "la période du plan"), "example": ("here by {kind}", "ici par {kind}")},
        'plan "A" {\n  currency EUR\n  period week\n  timezone "Europe/Paris"\n'
        "  effective from 2026-01-01 until 2026-12-31\n}\n"
        'example "a" {\n  timeline {\n    | month   | total |\n    | 2026-01 | 0 EUR |\n'
        "    | 2026-02 | 0 EUR |\n  }\n}",
    ),
    Code(
        "E501",
        "periods",
        "error",
        ("Figures of different periods", "Des chiffres de périodes différentes"),
        (
            "`{left}` covers {left_window} and `{right}` covers {right_window}",
            "`{left}` couvre {left_window} et `{right}` couvre {right_window}",
        ),
        (
            "A month over a year is one twelfth of what was meant.",
            "Un mois sur un an, c'est le douzième de ce qu'on voulait.",
        ),
        ("Bring both to one period.", "Ramenez les deux à une même période."),
        {
            "left": ("{left_window}{left_source}", "{left_window}{left_source}"),
            "right": ("{right_window}{right_source}", "{right_window}{right_source}"),
            "declared": ("declared here", "déclaré ici"),
            "to_date": ("progress so far:     `{text}`", "l'avancement :        `{text}`"),
            "phased": (
                "a share of it:       declare `{phased}` and write `{text}`",
                "une part :            déclarez `{phased}` et écrivez `{text}`",
            ),
            "part": ("a share of it:       `{text}`", "une part :            `{text}`"),
            "accumulate": ("the whole component: add `{text}`", "toute la composante : ajoutez `{text}`"),
            "sum": (
                "the parts added up:  declare `{additive}` and write `{text}`",
                "les parties cumulées : déclarez `{additive}` et écrivez `{text}`",
            ),
            "summed": ("the parts added up:  `{text}`", "les parties cumulées : `{text}`"),
        },
        "let attainment = revenue / annual_quota",
    ),
    Code(
        "E502",
        "limit-period",
        "error",
        ("A limit over another period", "Une limite sur une autre période"),
        (
            "`{clause}` per {word}: a component is computed each {period} and remembers nothing",
            "`{clause}` par {word} : une composante se calcule chaque {period} et ne retient rien",
        ),
        ("Each period would get the whole limit.", "Chaque période aurait toute la limite."),
        (
            "Let the component accumulate over that period, or state the limit for the plan's period.",
            "Faites cumuler la composante sur cette période, ou donnez la limite pour la période du plan.",
        ),
        {
            "accumulate": (
                "the whole component: add `{accumulate}`",
                "toute la composante : ajoutez `{accumulate}`",
            )
        },
        "component bonus {\n  pay 5% of revenue\n  cap 500 EUR per year\n}",
    ),
    Code(
        "E503",
        "paid-period",
        "error",
        ("A figure of another period paid", "Un chiffre d'une autre période versé"),
        ("this covers {got}, the component pays for {wanted}", "ceci couvre {got}, la composante paie pour {wanted}"),
        ("A year's figure would be paid every month.", "Le chiffre d'un an serait versé chaque mois."),
        (
            "Bring it to the plan's period, or let the component accumulate.",
            "Ramenez-le à la période du plan, ou faites cumuler la composante.",
        ),
        {
            "accumulate": ("the whole component: add `{text}`", "toute la composante : ajoutez `{text}`"),
            "declared": ("declared here", "déclaré ici"),
        },
        "component bonus {\n  pay 5% of annual_quota\n}",
    ),
    Code(
        "E510",
        "not-additive",
        "error",
        ("An input that is not declared additive", "Une valeur qui n'est pas déclarée cumulable"),
        (
            "`{text}` adds up `{name}`, which is not declared `{additive}`",
            "`{text}` cumule `{name}`, qui n'est pas déclaré `{additive}`",
        ),
        (
            "Targets may overlap, or be averages: only the author knows whether they add up.",
            "Des objectifs peuvent se recouvrir, ou être des moyennes : seul l'auteur sait s'ils se cumulent.",
        ),
        ("Add `additive` to the declaration of the input.", "Ajoutez `cumulable` à la déclaration de la valeur."),
        {
            "declared": ("declared here", "déclaré ici"),
            "additive": (
                "if they add up, declare `{name}` as `{additive}`",
                "si elles se cumulent, déclarez `{name}` comme `{additive}`",
            ),
        },
        "let a = team.target_bonus",
    ),
    Code(
        "E512",
        "accumulate-period",
        "error",
        (
            "A component that accumulates over too short a period",
            "Une composante qui cumule sur une période trop courte",
        ),
        (
            "a plan paid each {period} cannot accumulate over {word}",
            "un plan payé chaque {period} ne peut cumuler sur {word}",
        ),
        ("Accumulating takes several periods.", "Un cumul prend plusieurs périodes."),
        ("Choose a longer period.", "Choisissez une période plus longue."),
        shows="component bonus {\n  accumulate over month\n  pay 5% of revenue\n}",
    ),
    Code(
        "E513",
        "not-phased",
        "error",
        ("A part of an input that has no phases", "Une part d'une valeur non échelonnée"),
        ("`{name}` does not say its part for {window}", "`{name}` ne dit pas sa part pour {window}"),
        (
            "A twelfth is not the only way to share a year.",
            "Un douzième n'est pas la seule façon de répartir une année.",
        ),
        (
            "Declare `phased equally`, or a percentage for each part.",
            "Déclarez `échelonné à parts égales`, ou un pourcentage par partie.",
        ),
        {
            "declared": ("declared here", "déclaré ici"),
            "phased": ("declare `{phased} {equally}`", "déclarez `{phased} {equally}`"),
        },
        "let a = annual_quota over month",
    ),
    Code(
        "E520",
        "parameter-hole",
        "error",
        ("A parameter with a hole", "Un paramètre avec un trou"),
        (
            "`{name}` has no value from {first}, where the plan starts, to {start}",
            "`{name}` n'a pas de valeur du {first}, début du plan, au {start}",
        ),
        ("A plan must not have a hole in July.", "Un plan ne doit pas avoir de trou en juillet."),
        ("Give it a value from the plan's first day.", "Donnez-lui une valeur dès le premier jour du plan."),
        {"earlier": ("`from {first}`, or add a row before", "`dès {first}`, ou ajoutez une ligne avant")},
        "parameter fee {\n  from 2026-07-01: 50 EUR\n}",
    ),
    Code(
        "E521",
        "parameter-order",
        "error",
        ("Dates that do not rise", "Des dates qui ne croissent pas"),
        ("{day} does not come after {before}", "{day} ne vient pas après {before}"),
        ("Each value holds until the next one starts.", "Chaque valeur vaut jusqu'à la suivante."),
        ("Put the rows in order.", "Mettez les lignes dans l'ordre."),
        shows="parameter fee {\n  from 2026-01-01: 50 EUR\n  from 2026-01-01: 60 EUR\n}",
    ),
    Code(
        "E522",
        "not-constant",
        "error",
        ("A constant is needed", "Il faut une constante"),
        ("a constant is needed here", "il faut ici une constante"),
        ("This is read before any data.", "Ceci est lu avant toute donnée."),
        ("Write a number, an amount or a percentage.", "Écrivez un nombre, un montant ou un pourcentage."),
        shows="parameter fee = revenue",
    ),
    Code(
        "E530",
        "group-input",
        "error",
        (
            "A group's figure of an input that is not per participant",
            "Le chiffre de groupe d'une valeur non individuelle",
        ),
        (
            "`{name}` is not given per participant, so it has no total over a group",
            "`{name}` n'est pas donné par bénéficiaire : il n'a pas de total sur un groupe",
        ),
        (
            "Only what people have one by one can be added over a group.",
            "Seul ce que chacun possède se cumule sur un groupe.",
        ),
        ("Use its name alone.", "Utilisez son nom seul."),
        shows="let a = team.shared_target",
    ),
    Code(
        "E531",
        "company-measure",
        "error",
        ("A group's figure of a measure without credit", "Le chiffre de groupe d'un indicateur sans attribution"),
        (
            "`{name}` has no `credit`: it belongs to the company as a whole",
            "`{name}` n'est attribué à personne : il est celui de l'entreprise",
        ),
        ("Without credit no row belongs to a team.", "Sans attribution, aucune ligne n'appartient à une équipe."),
        ("Add `credit` to the measure.", "Ajoutez `attribué à` à l'indicateur."),
        shows="let a = team.company_revenue",
    ),
    Code(
        "E532",
        "line-window",
        "error",
        ("A component over another window", "Une composante sur une autre fenêtre"),
        (
            "`{name}` is a line of the plan's period; it has no other window",
            "`{name}` est une ligne de la période du plan ; elle n'a pas d'autre fenêtre",
        ),
        ("Lines are computed period by period.", "Les lignes se calculent période par période."),
        ("Use the measure that the component pays on.", "Utilisez l'indicateur sur lequel la composante paie."),
        shows="let a = bonus over year to date",
    ),
)
