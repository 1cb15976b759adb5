"""What things are called in messages, in both languages."""

from __future__ import annotations

from typing import Final

from incentive.diagnostics.catalogue import Twin

NOUNS: Final[dict[str, Twin]] = {
    # kinds of value
    "money": ("money ({currency})", "un montant ({currency})"),
    "own_money": (
        "money in each row's own currency (`{currency}`)",
        "un montant dans la devise de chaque ligne (`{currency}`)",
    ),
    "ratio": ("a percentage or plain number", "un pourcentage ou un nombre sans unité"),
    "count": ("a number of {counted}", "un nombre ({counted})"),
    "count_any": ("a count", "un nombre d'unités"),
    "rate": ("{currency} for each {counted}", "{currency} pour chaque {counted}"),
    "days": ("a number of days", "un nombre de jours"),
    "months": ("a number of months", "un nombre de mois"),
    "hours": ("a number of hours", "un nombre d'heures"),
    "date": ("a date", "une date"),
    "timestamp": ("a time stamp", "un horodatage"),
    "yes_no": ("a condition", "une condition"),
    "choice": ("one of {choices}", "une valeur parmi {choices}"),
    "text": ("a text", "un texte"),
    "participant": ("a participant", "un bénéficiaire"),
    "row": ("a row of `{table}`", "une ligne de `{table}`"),
    "percentage": ("a percentage", "un pourcentage"),
    "plain_number": ("a plain number", "un nombre sans unité"),
    # kinds of rate table
    "how_slice": ("a slice", "une tranche"),
    "how_level": ("a level", "un palier"),
    "how_every_level": ("a level", "un palier"),
    "how_curve": ("a curve", "une courbe"),
    # where something comes from
    "defined": (" ({kind} {named}, line {line})", " ({kind} {named}, ligne {line})"),
    "plans_period": (" (the plan's period, line {line})", " (la période du plan, ligne {line})"),
    # kinds of definition
    "facts": ("a table of facts", "une table de données"),
    "input": ("an input", "une valeur"),
    "parameter": ("a parameter", "un paramètre"),
    "let": ("a definition", "une définition"),
    "measure": ("a measure", "un indicateur"),
    "scale": ("a scale", "un barème"),
    "table": ("a decision table", "une table de décision"),
    "group": ("a group", "un groupe"),
    "gate": ("a gate", "une condition de versement"),
    "split": ("a split", "un partage"),
    "scorecard": ("a scorecard", "une évaluation"),
    "criterion": ('40%: criterion "Label"', '40 %: critère "Libellé"'),
    "an_unrated": ("what a missing rating does", "l'effet d'une note absente"),
    "component": ("a component", "une composante"),
    "field": ("a field", "un champ"),
    "field_line": ("field: type", "champ: type"),
    "by": ("by", "par"),
    "figure": ("a figure", "un chiffre"),
    "condition": ("a condition", "une condition"),
    "person": ("a participant", "un bénéficiaire"),
    "a_type": ("a type", "un type"),
    "a_period": ("a period", "une période"),
    "a_rounding": ("a way of rounding", "un mode d'arrondi"),
    "a_function": ("a function or a scale", "une fonction ou un barème"),
    "anything": ("anything", "n'importe quoi"),
    "another_value": ("another value", "une autre valeur"),
    "a_duration": ("a duration", "une durée"),
    "a_group": ("a group of people", "un groupe de personnes"),
    "a_holder": ("somebody or a period", "un titulaire ou une période"),
    "a_month_end": ("the end of a month", "la fin d'un mois"),
    "a_side": ("a side of the year", "un côté de l'exercice"),
    "a_currency": ("a currency code", "un code de devise"),
    # windows
    "whole_week": ("one week", "une semaine"),
    "whole_month": ("one month", "un mois"),
    "whole_quarter": ("one quarter", "un trimestre"),
    "whole_half": ("one half-year", "un semestre"),
    "whole_year": ("one year", "un an"),
    "to_date_month": ("the month to date", "le cumul mensuel"),
    "to_date_quarter": ("the quarter to date", "le cumul trimestriel"),
    "to_date_half": ("the half-year to date", "le cumul semestriel"),
    "to_date_year": ("the year to date", "le cumul annuel"),
    "to_date_week": ("the week to date", "le cumul de la semaine"),
    "to_date_plan": ("the plan to date", "le cumul du plan"),
    "last": ("the last {n} periods", "les {n} dernières périodes"),
    "previous": ("the period before", "la période précédente"),
    "same_last_year": ("the same period last year", "la même période de l'an passé"),
}

NOUNS.update(
    {
        "verb_added": ("added", "s'additionner"),
        "verb_subtracted": ("subtracted", "se soustraire"),
        "verb_compared": ("compared", "se comparer"),
        "verb_multiplied": ("multiplied", "se multiplier"),
        "verb_divided": ("divided", "se diviser"),
        "verb_alternatives": ("alternatives of each other", "s'échanger"),
        "verb_rounded": ("rounded to one another", "s'arrondir l'un à l'autre"),
        "verb_cut": ("used as bounds of one another", "servir de borne l'un à l'autre"),
    }
)
