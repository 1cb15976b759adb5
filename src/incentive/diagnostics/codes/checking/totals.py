"""Findings about totals and rate tables: weights, phases, bounds, values."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

TOTALS: tuple[Code, ...] = (
    Code(
        "E401",
        "weights",
        "error",
        ("Weights that do not total 100 %", "Des poids dont le total n'est pas 100 %"),
        ("the weights of `{owner}` add up to {total}", "les poids de `{owner}` totalisent {total}"),
        (
            "Part of the bonus could never be earned, or more than all of it.",
            "Une partie de la prime ne pourrait jamais être gagnée, ou plus que son total.",
        ),
        (
            "Correct a weight, or show the gap as a line of its own.",
            "Corrigez un poids, ou montrez l'écart sur une ligne à part.",
        ),
        {
            "gap": ("{gap} of `{base}` could never be earned", "{gap} de `{base}` ne pourrait jamais être gagné"),
            "excess": ("{gap} too much", "{gap} de trop"),
            "change": ("`{weight}` for {label}", "`{weight}` pour {label}"),
            "add": (
                'if the gap is intended, show it: `{gap}: 0%  "Not used"`',
                'si l\'écart est voulu, montrez-le : `{gap} : 0 %  "Non utilisé"`',
            ),
        },
        'component bonus {\n  pay target_bonus weighted {\n    70%: 1 "A"\n    20%: 1 "B"\n  }\n}',
    ),
    Code(
        "E403",
        "phases",
        "error",
        ("Phases that do not total 100 %", "Un échelonnement dont le total n'est pas 100 %"),
        ("the phases add up to {total}", "l'échelonnement totalise {total}"),
        ("The parts of a year must make the year.", "Les parties d'une année doivent faire l'année."),
        ("Correct a part.", "Corrigez une partie."),
        shows="input quota: money per participant per year phased 20%, 20%, 20%, 30%",
    ),
    Code(
        "W306",
        "product-before-table",
        "warning",
        ("A product before a table", "Un produit devant un barème"),
        (
            "`{text}` is multiplied first, and `{table}` is applied to the product",
            "`{text}` est multiplié d'abord, puis `{table}` s'applique au produit",
        ),
        (
            "Read the other way, the table cuts the last factor alone: other bounds are reached and other pay comes out.",
            "Lu autrement, le barème ne coupe que le dernier facteur : d'autres bornes sont atteintes, la paie change.",
        ),
        (
            "Put the part that comes first in parentheses.",
            "Mettez entre parenthèses ce qui vient d'abord.",
        ),
        {"product": ("if the product is meant: `{text}`", "si le produit est voulu : `{text}`")},
        "component bonus {\n  pay 50% of revenue by slice {\n    from 0 EUR: 5%\n  }\n}",
    ),
    Code(
        "W404",
        "first-bound",
        "warning",
        ("A table that does not start at 0", "Un barème qui ne part pas de 0"),
        ("below {bound} this table gives nothing", "en dessous de {bound}, ce barème ne donne rien"),
        ("What lies below the first row is paid nothing.", "Ce qui est sous la première ligne n'est pas payé."),
        (
            "If that is meant, a first row such as `from 0 EUR: 0%` says it and ends the warning.",
            "Si c'est voulu, une première ligne comme `dès 0 EUR : 0 %` le dit et fait cesser l'avertissement.",
        ),
        {
            "row": (
                "if that is meant, say it by a first row: `from {zero}: {nothing}`",
                "si c'est voulu, dites-le par une première ligne : `dès {zero} : {nothing}`",
            ),
        },
        "scale s by slice {\n  from 100 EUR: 5%\n}",
    ),
    Code(
        "E410",
        "bounds-order",
        "error",
        ("Bounds that do not rise", "Des bornes qui ne croissent pas"),
        ("`{bound}` does not come after `{before}`", "`{bound}` ne vient pas après `{before}`"),
        (
            "Rows start at rising bounds, so that no value falls in two rows or in none.",
            "Les lignes commencent à des bornes croissantes, pour que chaque valeur tombe dans une seule.",
        ),
        ("Put the rows in order.", "Mettez les lignes dans l'ordre."),
        {"before": ("the row before", "la ligne d'avant")},
        "scale s by slice {\n  from 0 EUR: 5%\n  from 200 EUR: 6%\n  from 100 EUR: 7%\n}",
    ),
    Code(
        "E411",
        "bound-unit",
        "error",
        ("A bound in another unit", "Une borne dans une autre unité"),
        (
            "{how} of `{subject}` must start at {wanted}, not at {got}",
            "la borne d'{how} de `{subject}` doit être {wanted}, et non {got}",
        ),
        ("A bound cuts the thing that the table is applied to.", "Une borne coupe ce à quoi le barème s'applique."),
        ("Write the bound in the unit of what is cut.", "Écrivez la borne dans l'unité de ce qui est coupé."),
        {
            "percent": ("{bound} of what?", "{bound} de quoi ?"),
            "subject": ("{wanted}", "{wanted}"),
            "of": ("`{text}`", "`{text}`"),
            "of_only": (
                "`{text}` (the only money input is `{input}`)",
                "`{text}` (la seule valeur en montant est `{input}`)",
            ),
        },
        "component bonus {\n  pay revenue by slice {\n    from 100%: 8%\n  }\n}",
    ),
    Code(
        "E412",
        "ratio-of-ratio",
        "error",
        ("A ratio applied to a ratio", "Un taux appliqué à un taux"),
        (
            "{how} of percentages applied to a percentage has two readings",
            "{how} de pourcentages, quand on l'applique à un pourcentage, a deux lectures",
        ),
        ("It may mean the value read, or the product.", "Cela peut être la valeur lue, ou le produit."),
        (
            "Define a `scale` and write `name(x)` for the value, or `x * name(x)` for the product.",
            "Définissez un `barème` et écrivez `nom(x)` pour la valeur, ou `x * nom(x)` pour le produit.",
        ),
        shows="let a = (revenue / quota) by level {\n  from 0%: 5%\n}",
    ),
    Code(
        "E413",
        "percent-left-out",
        "error",
        ("A bare number among percentages", "Un nombre nu parmi des pourcentages"),
        ("`{text}` stands among percentages without its sign", "`{text}` est parmi des pourcentages sans son signe"),
        ("As a number it is a hundred times more.", "Comme nombre, c'est cent fois plus."),
        ("Add the percent sign.", "Ajoutez le signe %."),
        {
            "percent": ("a percentage: `{text}`", "un pourcentage : `{text}`"),
            "hundred": ("if it is meant: `{hundred}`", "si c'est voulu : `{hundred}`"),
        },
        "scale s by curve {\n  at 80: 50%\n  at 100%: 100%\n}",
    ),
    Code(
        "E414",
        "row-word",
        "error",
        ("The wrong word before a bound", "Le mauvais mot devant une borne"),
        ("rows of {how} do not start with `{word}`", "les lignes d'{how} ne commencent pas par `{word}`"),
        (
            "Slices and levels start `from` or `above` a bound; a curve passes `at` its points.",
            "Tranches et paliers partent `dès` ou `plus de` ; une courbe passe `à` ses points.",
        ),
        ("Use the word shown.", "Utilisez le mot montré."),
        {"replace": ("write `{own}`", "écrivez `{own}`")},
        "scale s by curve {\n  from 80%: 50%\n}",
    ),
    Code(
        "E415",
        "no-rows",
        "error",
        ("A table without rows", "Un barème sans ligne"),
        ("this table has no rows", "ce barème n'a pas de ligne"),
        ("It would give nothing to anybody.", "Il ne donnerait rien à personne."),
        ("Add a row: `from 0 EUR: 5%`.", "Ajoutez une ligne : `dès 0 EUR : 5 %`."),
        shows="scale s by slice {\n}",
    ),
    Code(
        "E416",
        "row-value",
        "error",
        ("A value that the table cannot give", "Une valeur que le barème ne peut donner"),
        ("{how} of {subject} cannot give {got}", "{how} ne peut pas donner {got} quand on coupe {subject}"),
        (
            "A slice gives a percentage of each part, or money for each unit counted.",
            "Une tranche donne un pourcentage de chaque part, ou un montant par unité comptée.",
        ),
        ("Use a percentage, or `by level` for an amount.", "Utilisez un pourcentage, ou `par palier` pour un montant."),
        shows="component bonus {\n  pay revenue by slice {\n    from 0 EUR: 5 EUR\n  }\n}",
    ),
    Code(
        "E417",
        "weighted-value",
        "error",
        ("A weighted part that is not a percentage", "Une part pondérée qui n'est pas un pourcentage"),
        (
            "a weighted part is a percentage of the whole; this is {got}",
            "une part pondérée est un pourcentage du tout ; ceci est {got}",
        ),
        (
            "The whole stands before `weighted`; each part says how much of it is earned.",
            "Le tout est devant `selon les poids` ; chaque part dit combien en est gagné.",
        ),
        ("Write an attainment or a payout in percent.", "Écrivez un taux d'atteinte ou de versement."),
        shows="component bonus {\n  pay target_bonus weighted {\n    100%: 5 EUR\n  }\n}",
    ),
    Code(
        "E418",
        "parameter-unit",
        "error",
        ("A parameter that changes its unit", "Un paramètre qui change d'unité"),
        ("this value is {right}, the first one {left}", "cette valeur est {right}, la première {left}"),
        ("A formula needs one unit at all dates.", "Une formule a besoin d'une seule unité à toutes les dates."),
        ("Write all values in one unit.", "Écrivez toutes les valeurs dans une unité."),
        shows="parameter p {\n  from 2026-01-01: 40 EUR\n  from 2026-07-01: 5%\n}",
    ),
)
