"""Findings about people over time: how days are counted, and what may be prorated."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

PRESENCE: tuple[Code, ...] = (
    Code(
        "E560",
        "no-day-count",
        "error",
        ("Presence without a way of counting days", "Une présence sans façon de compter les jours"),
        (
            "`{text}` depends on how days are counted, and the plan does not say it",
            "`{text}` dépend de la façon de compter les jours, et le plan ne la dit pas",
        ),
        (
            "From 16 February on is 13 days of 28, 9 working days of 20 or 15 days of 30.",
            "Dès le 16 février : 13 jours sur 28, 9 jours ouvrés sur 20, ou 15 jours sur 30.",
        ),
        (
            "Say it in the plan: `presence by calendar days`, `working days`, `30/360` or `months`.",
            "Dites-le dans le plan : `présence par jours calendaires`, `jours ouvrés`, `30/360` ou `mois`.",
        ),
        {
            "plan": ("the plan says nothing of it", "le plan n'en dit rien"),
            "calendar": ("every day: `{clause}` in the plan", "chaque jour : `{clause}` dans le plan"),
            "working": (
                "Monday to Friday: `{clause}` in the plan",
                "du lundi au vendredi : `{clause}` dans le plan",
            ),
            "30/360": ("30 days a month: `{clause}` in the plan", "30 jours par mois : `{clause}` dans le plan"),
            "months": (
                "months that weigh the same, broken ones by their days: `{clause}` in the plan",
                "des mois de même poids, entamés selon leurs jours : `{clause}` dans le plan",
            ),
        },
        "component fixed {\n  pay presence * 500 EUR\n}",
    ),
    Code(
        "E561",
        "not-to-be-prorated",
        "error",
        ("Something that has no mean over days", "Une chose sans moyenne sur des jours"),
        ("`{name}` cannot be prorated", "`{name}` ne peut pas être au prorata"),
        (
            "What is prorated is the mean of a number over the days of a period.",
            "Ce qui est au prorata est la moyenne d'un nombre sur les jours d'une période.",
        ),
        (
            "Prorate a number that has a period: `input bonus: money per participant per year prorated`.",
            "Mettez au prorata un nombre d'une période : `valeur prime: montant par bénéficiaire par an au prorata`.",
        ),
        {
            "unit": ("it is {got}, not a number", "c'est {got}, pas un nombre"),
            "period": (
                "it has no period, so there are no days to take a mean over: write `per year` or another period",
                "sans période, il n'y a pas de jours pour une moyenne : écrivez `par an` ou une autre période",
            ),
            "missing": (
                "`if missing` does not say for which days of a period: say it where the figure is read",
                "`à défaut` ne dit pas pour quels jours d'une période : dites-le là où le chiffre est lu",
            ),
            "table": (
                "only fields of people hold for days, so only they have a mean over them",
                "seuls les champs des personnes valent des jours, et ont une moyenne",
            ),
        },
        "input region_of: text per participant per month prorated",
    ),
)
