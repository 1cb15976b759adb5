"""Findings about a text that amends another plan."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code
from incentive.diagnostics.codes.checking.shared import FIRST, MEAN, NEAR

_ORIGINAL = ("in the original", "dans l'original")

AMENDING: tuple[Code, ...] = (
    Code(
        "E610",
        "two-heads",
        "error",
        ("A plan with two heads", "Un plan à deux têtes"),
        (
            "`{word}` has no place here: a text is a plan of its own, or amends one other",
            "`{word}` n'a pas sa place ici : un texte est un plan à lui seul, ou en modifie un autre",
        ),
        (
            "An amended plan keeps the label, the currency, the period and the dates of the original.",
            "Un plan modifié garde le libellé, la devise, la période et les dates de l'original.",
        ),
        (
            "Leave it out. For other dates or another currency, write a plan of its own.",
            "Retirez-le. Pour d'autres dates ou une autre devise, écrivez un plan à part.",
        ),
        {"first": FIRST},
        'plan "AE 2026 H2"',
    ),
    Code(
        "E611",
        "nothing-amended",
        "error",
        ("A change of no plan", "Une modification sans plan"),
        (
            "`{word}` changes a plan, and this text says none that it amends",
            "`{word}` modifie un plan, et ce texte n'en nomme aucun",
        ),
        (
            "Only a text with `amends` has an original in which something can be replaced.",
            "Seul un texte avec `modifie` a un original où remplacer quelque chose.",
        ),
        (
            'Write `amends "FILE" from DAY` at its head, or leave out the word.',
            'Écrivez `modifie "FICHIER" du JOUR` en tête, ou retirez le mot.',
        ),
        shows="remove kicker",
    ),
    Code(
        "E612",
        "not-in-original",
        "error",
        ("A change of what the original does not have", "Une modification de ce que l'original n'a pas"),
        ("the plan that this text amends has no `{name}`", "le plan que ce texte modifie n'a pas de `{name}`"),
        (
            "A misspelt name would leave the old rule in force, and add one that nobody reads.",
            "Un nom mal écrit laisserait l'ancienne règle en vigueur et en ajouterait une que personne ne lit.",
        ),
        (
            "Correct the name; what is new is written without `replace`.",
            "Corrigez le nom ; ce qui est nouveau s'écrit sans `remplacer`.",
        ),
        {"mean": MEAN, "replace": NEAR},
        "replace parameter base_rat = 9%",
    ),
    Code(
        "E613",
        "already-in-original",
        "error",
        ("A second definition of what the original has", "Une seconde définition de ce que l'original a"),
        (
            "`{name}` is defined on line {first_line}, in the plan that this text amends",
            "`{name}` est défini ligne {first_line}, dans le plan que ce texte modifie",
        ),
        (
            "Who reads the amendment must see that something old is replaced.",
            "Qui lit l'avenant doit voir que quelque chose d'ancien est remplacé.",
        ),
        (
            "Write `replace` before it, or give it another name.",
            "Écrivez `remplacer` devant, ou donnez-lui un autre nom.",
        ),
        {"first": _ORIGINAL, "write": ("write `{text}`", "écrivez `{text}`")},
        "parameter base_rate = 9%",
    ),
    Code(
        "E614",
        "removed-and-read",
        "error",
        ("Something removed that is still read", "Un élément supprimé qui est encore lu"),
        ("`{name}` is removed, and still read", "`{name}` est supprimé, et encore lu"),
        (
            "A formula without one of its parts has no meaning.",
            "Une formule sans l'une de ses parties n'a pas de sens.",
        ),
        (
            "Replace what reads it, or remove that too; a line that the settlement adds needs `replace settlement`.",
            "Remplacez ce qui le lit, ou supprimez-le aussi ; pour une ligne du décompte, `remplacer décompte`.",
        ),
        {"read": ("read here", "lu ici")},
        "remove base_rate",
    ),
    Code(
        "E615",
        "inside-a-period",
        "error",
        ("An amendment that begins inside a period", "Un avenant qui commence au milieu d'une période"),
        (
            "{day} is not the first day of a {period} that this text can change",
            "{day} n'est pas le premier jour d'une période ({period}) que ce texte peut modifier",
        ),
        (
            "Each period is paid by one text. Before the first period there is nothing to amend.",
            "Chaque période est versée selon un seul texte. Avant la première il n'y a rien à modifier.",
        ),
        (
            "Begin with a period; what must change on a day inside it is a dated parameter or a condition on a date.",
            "Commencez avec une période ; ce qui change un jour donné est un paramètre daté ou une condition de date.",
        ),
        {"write": ("write `{near}`", "écrivez `{near}`")},
        'amends "ae.plan" from 2026-07-15',
    ),
    Code(
        "E616",
        "other-kind",
        "error",
        ("A replacement of another kind", "Un remplacement d'une autre nature"),
        ("`{name}` is {kind} in the original, not {wanted}", "`{name}` est {kind} dans l'original, pas {wanted}"),
        (
            "What reads it was written for what it is.",
            "Ce qui le lit a été écrit pour ce qu'il est.",
        ),
        (
            "Remove it, and define the new one under another name.",
            "Supprimez-le, et définissez le nouveau sous un autre nom.",
        ),
        {"first": _ORIGINAL},
        "replace let base_rate = 9%",
    ),
    Code(
        "E617",
        "data-amended",
        "error",
        ("Data that an amendment changes", "Des données qu'un avenant change"),
        (
            "`{name}` is data, which both texts read: it can be added to, not replaced or removed",
            "`{name}` est une donnée que les deux textes lisent : on peut en ajouter, ni remplacer ni supprimer",
        ),
        (
            "Periods before the amendment are computed from the same files, by the old text.",
            "Les périodes d'avant l'avenant se calculent sur les mêmes fichiers, selon l'ancien texte.",
        ),
        (
            "Declare a further table or input under a name of its own.",
            "Déclarez une table ou une valeur de plus, sous un nom à elle.",
        ),
        {"first": _ORIGINAL},
        "replace input quota: money per participant per month must be > 0 EUR",
    ),
    Code(
        "E618",
        "not-replaceable",
        "error",
        ("A replacement of what is not replaced", "Un remplacement de ce qui ne se remplace pas"),
        ("`{word}` cannot be replaced", "`{word}` ne se remplace pas"),
        (
            "Examples of the original hold for its own time; checks and files are said anew.",
            "Les exemples de l'original valent pour son temps ; les contrôles et fichiers se disent à nouveau.",
        ),
        ("Leave out `replace`.", "Retirez `remplacer`."),
        shows='replace example "July"',
    ),
    Code(
        "E619",
        "changed-twice",
        "error",
        ("Something changed twice", "Un élément modifié deux fois"),
        ("`{name}` is replaced or removed twice", "`{name}` est remplacé ou supprimé deux fois"),
        ("Which one rules would depend on the order.", "Celui qui vaut dépendrait de l'ordre."),
        ("Keep one of them.", "Gardez l'un d'eux."),
        {"first": FIRST},
        "remove kicker",
    ),
    Code(
        "E620",
        "other-unit",
        "error",
        ("A parameter in another unit", "Un paramètre dans une autre unité"),
        (
            "`{name}` is {left} in the original, and {right} here",
            "`{name}` est {left} dans l'original, et {right} ici",
        ),
        (
            "A parameter is one value that changes on a day.",
            "Un paramètre est une valeur qui change un certain jour.",
        ),
        (
            "Define a parameter under another name, and replace what reads the old one.",
            "Définissez un paramètre sous un autre nom, et remplacez ce qui lit l'ancien.",
        ),
        {"first": _ORIGINAL},
        "replace parameter base_rate = 9 EUR",
    ),
    Code(
        "E621",
        "other-settlement",
        "error",
        ("A settlement with other steps", "Un décompte aux étapes différentes"),
        (
            "these are not the steps of the original: what they owe or hold would have no place to go",
            "ce ne sont pas les étapes de l'original : ce qu'elles doivent ou retiennent n'aurait plus de place",
        ),
        (
            "Balances go from period to period, also across an amendment.",
            "Les soldes passent d'une période à l'autre, aussi d'un texte à l'autre.",
        ),
        (
            "Keep steps, order, periods and balances; amounts may change, and lines that are new or removed.",
            "Gardez étapes, ordre, périodes et soldes ; montants et lignes nouvelles ou supprimées peuvent changer.",
        ),
        {"first": _ORIGINAL},
        "replace settlement",
    ),
    Code(
        "E622",
        "other-people",
        "error",
        ("An amendment of whom the plan is for", "Un avenant qui change pour qui est le plan"),
        (
            "what the plan says after `for` would hold for other people from this day on",
            "ce que le plan dit après `pour` vaudrait pour d'autres personnes à partir de ce jour",
        ),
        (
            "Who is on the plan is asked of every day, and a plan has one answer.",
            "Chaque jour demande qui relève du plan, et un plan n'a qu'une réponse.",
        ),
        (
            "Leave what `for` reads as it is, and say the rest with `when` in the components.",
            "Laissez tel quel ce que `pour` lit, et dites le reste avec `quand` dans les composantes.",
        ),
        shows="replace group sellers = role is hunter",
    ),
)
