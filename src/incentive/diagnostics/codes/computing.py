"""Findings of the stage: computing. Most say why a line is pending; nothing is computed from a guess."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

COMPUTING: tuple[Code, ...] = (
    Code(
        "P201",
        "not-provided",
        "pending",
        ("A value was not provided", "Une valeur n'a pas été fournie"),
        ("“{name}”{of} was not provided", "« {name} »{of} n'a pas été fourni"),
        (
            "A missing value is not zero: a zero would be paid, and then corrected.",
            "Une valeur absente n'est pas zéro : un zéro serait versé, puis corrigé.",
        ),
        (
            "Provide the value and run again, or say in the plan what counts without it: `quota if missing 0 EUR`.",
            (
                "Fournissez la valeur et relancez le calcul, ou dites dans le plan ce qui compte sans "
                "elle : `objectif à défaut 0 EUR`."
            ),
        ),
        shows="input quota: money per participant per quarter\n# no row for Ana in 2026-Q1",
    ),
    Code(
        "P202",
        "divided-by-zero",
        "pending",
        ("A division by zero", "Une division par zéro"),
        ("this is divided by zero", "ceci est divisé par zéro"),
        (
            "A quotient of nothing has no answer: neither 0 % nor 100 % would be true.",
            "Un quotient par rien n'a pas de réponse : ni 0 % ni 100 % ne serait vrai.",
        ),
        (
            "Say what counts then: `(handled / received if missing 100%)`, or ask first: `received > 0 and …`.",
            "Dites ce qui compte alors : `(traités / reçus à défaut 100 %)`, ou vérifiez d'abord : `reçus > 0 et …`.",
        ),
        shows="pay 1 000 EUR * (handled / received)\n# no lead received this month",
    ),
    Code(
        "P203",
        "number-too-long",
        "pending",
        ("A number that is too long", "Un nombre trop long"),
        ("this gives a number of more than 262 144 bits", "ceci donne un nombre de plus de 262 144 bits"),
        (
            "Numbers are exact, so a product of products may grow without end; no pay needs 78 000 digits.",
            (
                "Les nombres sont exacts : un produit de produits peut grandir sans fin ; aucune paie ne "
                "demande 78 000 chiffres."
            ),
        ),
        (
            "Round a figure on the way, `round(x, 0.01 EUR)`, or look for a definition multiplied by itself.",
            (
                "Arrondissez un chiffre en chemin, `arrondi(x, 0.01 EUR)`, ou cherchez une définition "
                "multipliée par elle-même."
            ),
        ),
        shows="let b = a * a\nlet c = b * b",
    ),
    Code(
        "P204",
        "too-many-fractions",
        "pending",
        ("A sum of too many different fractions", "Une somme de trop de fractions différentes"),
        (
            "“{name}” adds more than 10 000 different fractions",
            "« {name} » additionne plus de 10 000 fractions différentes",
        ),
        (
            "An exact sum of quotients over thousands of different divisors grows too long to compute.",
            "La somme exacte de quotients par des milliers de diviseurs différents devient trop longue à calculer.",
        ),
        (
            "Round each value before it is added: `sum round(deals.amount / deals.rate, 0.01 EUR)`.",
            (
                "Arrondissez chaque valeur avant de l'additionner : `somme arrondi(ventes.montant / "
                "ventes.taux, 0.01 EUR)`."
            ),
        ),
        shows="measure converted {\n  sum deals.amount / deals.rate\n}",
    ),
    Code(
        "P205",
        "bounds-do-not-rise",
        "pending",
        ("The bounds of a rate table do not rise", "Les bornes d'un barème ne montent pas"),
        (
            "the bounds of this rate table do not rise for this person",
            "les bornes de ce barème ne montent pas pour cette personne",
        ),
        (
            "Where a row begins before the one above it, two rows claim the same amount.",
            "Si une ligne commence avant la précédente, deux lignes réclament le même montant.",
        ),
        (
            "Correct the value that the bounds depend on; a quota of 0 makes all bounds equal.",
            "Corrigez la valeur dont dépendent les bornes ; un objectif de 0 les rend toutes égales.",
        ),
        shows="pay revenue by slice {\n  from   0% of quota:  5%\n  from 100% of quota:  8%\n}\n# quota = 0 EUR",
    ),
    Code(
        "P206",
        "nothing-to-pick",
        "pending",
        ("An average, smallest or largest of nothing", "Une moyenne, un minimum ou un maximum de rien"),
        ("“{name}” has no row in this period", "« {name} » n'a aucune ligne dans cette période"),
        (
            "No rows add up to zero, but their average is not zero: there is none.",
            "Aucune ligne fait une somme de zéro, mais la moyenne n'est pas zéro : il n'y en a pas.",
        ),
        (
            "Say what counts then: `satisfaction if missing 0%`.",
            "Dites ce qui compte alors : `satisfaction à défaut 0 %`.",
        ),
        shows="measure satisfaction {\n  average surveys.score\n}",
    ),
    Code(
        "P207",
        "no-team",
        "pending",
        ("Somebody without a team", "Une personne sans équipe"),
        ("{holder} has no team at the end of the period", "{holder} n'a pas d'équipe à la fin de la période"),
        (
            "The figure of a team cannot be read for somebody who is in none.",
            "Le chiffre d'une équipe ne peut pas être lu pour quelqu'un qui n'en a pas.",
        ),
        ("Give the person a team in the roster for those days.", "Donnez une équipe à la personne pour ces jours-là."),
        shows="pay 1% of team.revenue\n# the roster leaves the team of Ana empty",
    ),
    Code(
        "P208",
        "row-without-value",
        "pending",
        ("A row without the value that is used", "Une ligne sans la valeur utilisée"),
        (
            "“{field}” is missing in a row of “{table}” that counts",
            "« {field} » manque dans une ligne de « {table} » qui compte",
        ),
        (
            "A sum without one of its amounts would be too small, in silence.",
            "Une somme sans l'un de ses montants serait trop petite, en silence.",
        ),
        (
            "Complete the row, leave such rows out in `where`, or say what counts: `deals.margin if missing 0 EUR`.",
            "Complétez la ligne, écartez-la par `si`, ou dites ce qui compte : `ventes.marge à défaut 0 EUR`.",
        ),
        shows="facts deals {\n  margin: money optional\n}\nmeasure margin {\n  sum deals.margin\n}",
    ),
    Code(
        "P209",
        "no-such-day",
        "pending",
        ("A day that does not exist", "Un jour qui n'existe pas"),
        ("this date and duration lead to no day", "cette date et cette durée ne mènent à aucun jour"),
        (
            "One month after January 31 there is no day of that number.",
            "Un mois après le 31 janvier, ce jour n'existe pas.",
        ),
        ("Count in days: `signed_on + 30 days`.", "Comptez en jours : `signée_le + 30 jours`."),
        shows="dated signed_on + 1 month\n# signed on 2026-01-31",
    ),
    Code(
        "P210",
        "parameter-not-yet",
        "pending",
        ("A parameter before its first value", "Un paramètre avant sa première valeur"),
        ("“{name}” has no value on that day", "« {name} » n'a pas de valeur ce jour-là"),
        (
            "The rate of a later day was not agreed for an earlier one.",
            "Le taux d'un jour n'a pas été convenu pour un jour antérieur.",
        ),
        (
            "Add the value that held before: `from 2025-01-01: 5%`.",
            "Ajoutez la valeur d'avant : `dès 2025-01-01: 5 %`.",
        ),
        shows="parameter rate {\n  from 2026-01-01: 5%\n}\n# a deal of 2025 is read",
    ),
    Code(
        "P211",
        "person-without-value",
        "pending",
        ("Something is not known of a person", "Une donnée manque sur une personne"),
        ("“{field}” of {holder} is not known", "« {field} » de {holder} n'est pas connu"),
        (
            "What a person is paid hangs on it; a guess would be paid.",
            "Ce que touche la personne en dépend ; une supposition serait versée.",
        ),
        ("Complete the roster for those days.", "Complétez la liste des personnes pour ces jours-là."),
        shows="when grade is senior\n# the roster leaves the grade of Ana empty",
    ),
    Code(
        "P212",
        "given-contradiction",
        "pending",
        ("Figures of an example that contradict each other", "Des chiffres d'exemple qui se contredisent"),
        (
            "what the example gives of “{name}” does not add up",
            "ce que l'exemple donne de « {name} » ne s'additionne pas",
        ),
        (
            "A figure over a longer window is the sum of its parts.",
            "Un chiffre sur une fenêtre plus longue est la somme de ses parties.",
        ),
        ("Correct one of the figures, or give fewer.", "Corrigez l'un des chiffres, ou donnez-en moins."),
        shows="on 2026-01\ngiven revenue = 9 EUR\ngiven revenue over year to date = 5 EUR",
    ),
    Code(
        "P213",
        "settled-before",
        "pending",
        ("What was settled before is not known", "Ce qui a été décompté avant n'est pas connu"),
        (
            "this depends on what was settled before {period}, which is not given",
            "ceci dépend de ce qui a été décompté avant {period}, qui n'est pas donné",
        ),
        (
            "A balance is brought forward from the periods before; from one period alone it cannot be known.",
            "Un solde vient des périodes précédentes ; une période seule ne le donne pas.",
        ),
        ("Run the plan on its data.", "Lancez le plan sur ses données."),
        shows='plan.pay("2026-02", signed=50_000)\n# the settlement of January is not known',
    ),
    Code(
        "P214",
        "days-without-value",
        "pending",
        ("Days without a value", "Des jours sans valeur"),
        (
            "“{name}” has no value from {first} to {last}{of}",
            "« {name} » n'a pas de valeur du {first} au {last}{of}",
        ),
        (
            "Nothing is guessed from the days before or after.",
            "Rien n'est deviné d'après les jours d'avant ou d'après.",
        ),
        (
            "Give the value of these days, or say what counts: `quota if missing 0 EUR`.",
            "Donnez la valeur de ces jours, ou dites ce qui compte : `objectif à défaut 0 EUR`.",
        ),
        shows="# quota of Ana from 2026-01-01 to 2026-03-31 and from 2026-05-01 on, and she is on the plan in April",
    ),
    Code(
        "P215",
        "no-days-counted",
        "pending",
        ("A period without a day that counts", "Une période sans jour compté"),
        (
            "none of the days from {first} to {last} counts, the way the plan counts them",
            "aucun des jours du {first} au {last} ne compte, tels que le plan les compte",
        ),
        (
            "A part of nothing is not a number: a weekend has no working day.",
            "Une part de rien n'est pas un nombre : un week-end n'a pas de jour ouvré.",
        ),
        (
            "Count calendar days, or say what counts then: `presence if missing 0%`.",
            "Comptez en jours calendaires, ou dites ce qui compte alors : `présence à défaut 0 %`.",
        ),
        shows="pay presence over plan to date * 500 EUR\n# by working days, of a plan that began this Saturday",
    ),
    Code(
        "P220",
        "negative-weight",
        "pending",
        ("A weight below 0", "Un poids sous 0"),
        ("the weight of {holder} is below 0", "le poids de {holder} est sous 0"),
        (
            "With a negative weight somebody would owe a part, and the others would share more than the amount.",
            "Avec un poids négatif, quelqu'un devrait une part, et les autres partageraient plus que le montant.",
        ),
        (
            "Correct the value, or say that it counts as nothing: `shared by max(revenue, 0 EUR) among company`.",
            "Corrigez la valeur, ou dites qu'elle ne compte pas : `réparti selon max(ventes, 0 EUR) entre entreprise`.",
        ),
        shows="pay 1 000 EUR shared by revenue among company\n# a return makes the revenue of Ana negative",
    ),
    Code(
        "P221",
        "no-row-matches",
        "pending",
        ("No row of a decision table matches", "Aucune ligne d'une table de décision ne répond"),
        ("no row of “{name}” matches", "aucune ligne de « {name} » ne répond"),
        (
            "A plan that is checked has a row for everything; this tree was not made by the checker.",
            "Un plan vérifié a une ligne pour tout ; cet arbre n'a pas été fait par la vérification.",
        ),
        ("Check the text of the plan again.", "Vérifiez de nouveau le texte du plan."),
        shows="# a tree from elsewhere, whose table lacks a row",
    ),
    Code(
        "P230",
        "no-rate",
        "pending",
        ("A day without a rate of exchange", "Un jour sans cours de change"),
        (
            "“{table}” has no rate from {source} to {target} on {day}",
            "« {table} » n'a pas de cours de {source} vers {target} le {day}",
        ),
        (
            "A rate of another day is another amount; nobody chose it.",
            "Le cours d'un autre jour donne un autre montant ; personne ne l'a choisi.",
        ),
        (
            "Add the row, or say how old a rate may be: `amount in EUR at fx last known 3 days`.",
            "Ajoutez la ligne, ou dites l'âge d'un cours : `montant en EUR au cours cours dernier connu 3 jours`.",
        ),
        shows="sum deals.amount in EUR at fx\n# a deal of Sunday, and no rate on Sundays",
    ),
    Code(
        "P231",
        "no-rate-known",
        "pending",
        ("No rate of exchange of the last days", "Aucun cours de change des derniers jours"),
        (
            "“{table}” has no rate from {source} to {target} on {day}, nor in the {days} days before",
            "« {table} » n'a pas de cours de {source} vers {target} le {day}, ni les {days} jours précédents",
        ),
        (
            "The plan says how old a rate may be, and there is none so young.",
            "Le plan dit l'âge qu'un cours peut avoir, et aucun n'est assez récent.",
        ),
        ("Add the row, or allow more days.", "Ajoutez la ligne, ou permettez plus de jours."),
        shows="sum deals.amount in EUR at fx last known 3 days\n# the last rate is five days old",
    ),
    Code(
        "P232",
        "hours-not-listed",
        "pending",
        ("An instant outside the opening hours that are listed", "Un instant hors des heures d'ouverture listées"),
        (
            "“{table}” lists no opening hours around this instant",
            "« {table} » ne liste pas d'heures d'ouverture autour de cet instant",
        ),
        (
            "Before the first and after the last hours of the table nobody knows whether it was open.",
            "Avant les premières et après les dernières heures de la table, nul ne sait si c'était ouvert.",
        ),
        ("Add the missing hours to the table.", "Ajoutez les heures manquantes à la table."),
        shows="where handled_at within 8 office hours of received_at\n# received after the last row of `office`",
    ),
    Code(
        "P240",
        "dates-not-given",
        "pending",
        ("When it falls due is not known from figures alone", "L'échéance ne se lit pas dans des chiffres seuls"),
        (
            "what of “{name}” falls due depends on dates of rows, and only figures are given",
            "ce qui est exigible de « {name} » dépend de dates de lignes, et seuls des chiffres sont donnés",
        ),
        (
            "A release waits for dates of the rows behind a line; a figure has no rows.",
            "Un déblocage attend des dates de lignes ; un chiffre n'a pas de lignes.",
        ),
        (
            "Give rows in the example, or run the plan on its data.",
            "Donnez des lignes dans l'exemple, ou lancez le plan sur ses données.",
        ),
        shows="release commission {\n  60%: closed_on\n  40%: collected_on\n}\n# given revenue = 10 000 EUR",
    ),
    Code(
        "P250",
        "rows-not-given",
        "pending",
        ("Pay for each fact, and only their sum is given", "Une paie ligne à ligne, et seule leur somme est donnée"),
        (
            "“{name}” is given as one figure, and what is paid depends on each of its rows",
            "« {name} » est donné en un chiffre, et ce qui est payé dépend de chacune de ses lignes",
        ),
        (
            "Two deals of 50 000 and one of 100 000 give the same sum and may earn different pay.",
            "Deux ventes de 50 000 et une de 100 000 font la même somme et peuvent rapporter autrement.",
        ),
        (
            "Give rows in the example, or run the plan on its data.",
            "Donnez des lignes dans l'exemple, ou lancez le plan sur ses données.",
        ),
        shows="pay each revenue by level {\n  from 0 EUR: 2%\n}\n# given revenue = 10 000 EUR",
    ),
    Code(
        "P301",
        "shares-not-whole",
        "error",
        ("The shares of a fact do not total 100 %", "Les parts d'un fait ne totalisent pas 100 %"),
        (
            "the shares of this row in “{name}” total {total} %",
            "les parts de cette ligne dans « {name} » totalisent {total} %",
        ),
        (
            "A part of the deal would be credited to nobody, or twice.",
            "Une part de la vente ne serait attribuée à personne, ou le serait deux fois.",
        ),
        (
            "Correct the assignment table, or say `as overlay` if crediting more is meant.",
            "Corrigez la table d'affectation, ou dites `en appui` si l'excédent est voulu.",
        ),
        {"rows": ("it is credited by {table}, lines {lines}", "elle est attribuée par {table}, lignes {lines}")},
        shows="credit coverage.who by region share coverage.part\n# 60 % and 30 % for the region North",
    ),
)
