"""Findings about values that change from day to day: exchange rates, parameters on dates, months."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

_RATES = "facts fx {\n  from: text\n  to: text\n  on: date\n  rate: number\n}\n"

DAYS: tuple[Code, ...] = (
    Code(
        "E324",
        "own-currency",
        "error",
        ("Money in each row's own currency", "Un montant dans la devise de chaque ligne"),
        (
            "`{text}` is in the currency that `{field}` names, which may differ from row to row",
            "`{text}` est dans la devise que donne `{field}`, qui peut changer d'une ligne à l'autre",
        ),
        (
            "Dollars added to euros are neither.",
            "Des dollars ajoutés à des euros ne sont ni l'un ni l'autre.",
        ),
        ("Convert it first, at a table of rates.", "Convertissez d'abord, au cours d'une table."),
        {"convert": ("convert it: `{text}`", "convertissez : `{text}`")},
        "facts trips {\n  currency: one of EUR, USD\n  cost: money in currency\n  day: date\n}\n"
        + _RATES
        + "measure a {\n  sum trips.cost\n  dated day\n}",
    ),
    Code(
        "E325",
        "no-rates",
        "error",
        ("A table that is not one of rates", "Une table qui n'est pas une table de cours"),
        (
            "`{table}` is not a table of rates: it lacks one of {fields}",
            "`{table}` n'est pas une table de cours : il lui manque un champ parmi {fields}",
        ),
        (
            "A rate needs its two currencies and its day.",
            "Un cours demande ses deux devises et son jour.",
        ),
        (
            "Declare `from: text`, `to: text`, `on: date`, `rate: number`, none of them optional.",
            "Déclarez `de: texte`, `vers: texte`, `jour: date`, `cours: décimal`, aucun facultatif.",
        ),
        shows="let a = 5 USD in EUR at deals",
    ),
    Code(
        "E326",
        "currency-field",
        "error",
        ("A field that names no currency", "Un champ qui ne donne pas de devise"),
        (
            "`{field}` names the currency of money, and may hold {got}",
            "`{field}` donne la devise d'un montant, et peut valoir {got}",
        ),
        ("Nothing can be converted from it.", "Rien ne peut en être converti."),
        (
            "Declare it `text`, or `one of` currency codes such as `EUR, USD`.",
            "Déclarez-le `texte`, ou `parmi` des codes de devise tels que `EUR, USD`.",
        ),
        shows="facts trips {\n  kind: one of car, train\n  cost: money in kind\n}",
    ),
    Code(
        "E327",
        "rate-not-positive",
        "error",
        ("A rate that is not above zero", "Un taux qui n'est pas positif"),
        ("`{text}` is not above 0 on every day", "`{text}` n'est pas supérieur à 0 à toute date"),
        ("At such a rate, money vanishes.", "À un tel taux, l'argent disparaît."),
        ("Give the units of the new currency for one of the old.", "Donnez combien d'unités vaut une unité."),
        shows="let a = 5 USD in EUR at 0",
    ),
    Code(
        "E328",
        "known-of-a-number",
        "error",
        ("Days of a number", "Des jours pour un nombre"),
        ("`{rate}` is not a table of rates: it has no other days", "`{rate}` n'est pas une table de cours"),
        (
            "`last known` takes a row of an earlier day.",
            "`dernier connu` prend une ligne d'un jour antérieur.",
        ),
        ("Leave it out, or convert at a table of rates.", "Retirez-le, ou convertissez au cours d'une table."),
        shows="let a = 5 USD in EUR at 0.92 last known 3 days",
    ),
    Code(
        "E329",
        "known-days",
        "error",
        ("Not a number of days", "Pas un nombre de jours"),
        ("`{text}` is no whole number of days", "`{text}` n'est pas un nombre entier de jours"),
        ("A rate is given for a day.", "Un cours vaut pour un jour."),
        ("Write `last known 3 days`.", "Écrivez `dernier connu 3 jours`."),
        shows=_RATES + "let a = 5 USD in EUR at fx last known 2 hours",
    ),
    Code(
        "E523",
        "month-end",
        "error",
        ("Months without a rule for their ends", "Des mois sans règle pour leur fin"),
        (
            "`{text}` has no answer from the 31st: the plan does not say where such a day goes",
            "`{text}` n'a pas de réponse à partir d'un 31 : le plan ne dit pas où va un tel jour",
        ),
        (
            "31 January and one month is the last of February to some and 1 March to others.",
            "Le 31 janvier plus un mois : fin février pour les uns, 1er mars pour les autres.",
        ),
        (
            "Choose in the plan: `month_end down`, the last day of the month, or `month_end up`, the day after.",
            "Choisissez dans le plan : `fin_de_mois dernier_jour`, ou `fin_de_mois lendemain`.",
        ),
        {
            "plan": ("the plan says nothing of it", "le plan n'en dit rien"),
            "down": (
                "the last day of the month: `{clause}` in the plan",
                "le dernier jour du mois : `{clause}` dans le plan",
            ),
            "up": (
                "the first day of the month after: `{clause}` in the plan",
                "le premier jour du mois suivant : `{clause}` dans le plan",
            ),
        },
        "measure a {\n  sum deals.amount\n  dated closed_on + 1 months\n}",
    ),
    Code(
        "E524",
        "nothing-dated",
        "error",
        ("A day that changes nothing", "Un jour qui ne change rien"),
        ("nothing in `{text}` takes its value on a day", "rien dans `{text}` ne prend sa valeur à une date"),
        (
            "`dated` is for rates and parameters; figures have a window.",
            "`date` vaut pour les taux et les paramètres ; les chiffres ont une fenêtre.",
        ),
        (
            "Put what changes before `dated`, in parentheses if it is a formula.",
            "Mettez devant `date` ce qui change, entre parenthèses si c'est une formule.",
        ),
        shows="let a = 5% of revenue dated 2026-01-01",
    ),
    Code(
        "E525",
        "before-its-day",
        "error",
        ("A value of a day that is not known yet", "Une valeur d'un jour pas encore connu"),
        (
            "`{text}` is read on the date that stands here, and this date depends on it",
            "`{text}` se lit à la date donnée ici, et cette date en dépend",
        ),
        ("Neither can be known before the other.", "Ni l'un ni l'autre ne peut être connu d'abord."),
        ("Name another day: `dated signed_on`.", "Nommez un autre jour : `date signée_le`."),
        shows="parameter delay {\n  from 2026-01-01: 30 days\n  from 2026-07-01: 60 days\n}\n"
        "measure a {\n  sum deals.amount\n  dated closed_on + delay\n}",
    ),
    Code(
        "E526",
        "part-of-a-month",
        "error",
        ("A part of a month", "Une partie de mois"),
        ("`{text}` is no whole number of months", "`{text}` n'est pas un nombre entier de mois"),
        ("Half a month is 14, 15 or 16 days.", "Un demi-mois fait 14, 15 ou 16 jours."),
        ("Count days instead: `45 days`.", "Comptez des jours : `45 jours`."),
        shows="measure a {\n  sum deals.amount\n  dated closed_on + 1.5 months\n}",
    ),
    Code(
        "E527",
        "day-before-first-value",
        "error",
        ("A day before the first value", "Un jour avant la première valeur"),
        (
            "`{name}` has no value on {day}: its first one is from {start}",
            "`{name}` n'a pas de valeur le {day} : sa première date du {start}",
        ),
        (
            "The value of a later day was not agreed for an earlier one.",
            "La valeur d'un jour n'a pas été convenue pour un jour antérieur.",
        ),
        (
            "Name a later day, or add the value that held then.",
            "Nommez un jour plus tardif, ou ajoutez la valeur d'alors.",
        ),
        shows="parameter rate {\n  from 2026-01-01: 5%\n}\nlet a = rate dated 2025-12-31",
    ),
    Code(
        "W505",
        "changes-while-accumulating",
        "warning",
        ("A value that changes while a component accumulates", "Une valeur qui change pendant le cumul"),
        (
            "`{name}` changes on {day}, and all of {window} is then computed at the new value",
            "`{name}` change le {day}, et tout {window} est alors recalculé à la nouvelle valeur",
        ),
        (
            "What was earned before that day is paid again at the new value; by the date of each event it is not.",
            "Ce qui était acquis avant ce jour est repayé à la nouvelle valeur ; à la date de chaque fait, non.",
        ),
        (
            "Multiply in the measure, where the date of each event counts, or name the day whose value holds.",
            "Multipliez dans l'indicateur, où compte la date de chaque fait, ou nommez le jour dont la valeur vaut.",
        ),
        {
            "changes": ("changes here", "change ici"),
            "event": (
                "on the date of each event: write `{name}` inside the measure, such as `sum … * {name}`",
                "à la date de chaque fait : écrivez `{name}` dans l'indicateur, comme `somme … * {name}`",
            ),
            "opening": (
                "the value of one day for all: `{text}`",
                "la valeur d'un jour pour tout : `{text}`",
            ),
        },
        "parameter rate {\n  from 2026-01-01: 5%\n  from 2026-07-01: 6%\n}\n"
        "component bonus {\n  accumulate over year\n  pay rate * revenue\n}",
    ),
    Code(
        "W506",
        "converted-while-accumulating",
        "warning",
        ("A conversion that is done again each period", "Une conversion refaite à chaque période"),
        (
            "`{text}` converts all of {window} at the rate of each period's last day",
            "`{text}` convertit tout {window} au cours du dernier jour de chaque période",
        ),
        (
            "What was paid before is paid again, or taken back, whenever the rate moves.",
            "Ce qui était versé est repayé, ou repris, dès que le cours bouge.",
        ),
        (
            "Convert in the measure, on the date of each event, or name the day of the rate.",
            "Convertissez dans l'indicateur, à la date de chaque fait, ou nommez le jour du cours.",
        ),
        {
            "event": (
                "on the date of each event: convert inside the measure",
                "à la date de chaque fait : convertissez dans l'indicateur",
            )
        },
        _RATES
        + "measure fees {\n  sum deals.us_amount\n  dated closed_on\n  credit owner\n}\n"
        + "component bonus {\n  accumulate over year\n  pay 5% of (fees in EUR at fx)\n}",
    ),
)
