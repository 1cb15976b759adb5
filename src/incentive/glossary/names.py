"""The names that the language itself gives a meaning: types, periods, groups, people, roundings, functions, results."""

from __future__ import annotations

from collections.abc import Mapping

from incentive.diagnostics import Twin
from incentive.glossary.entry import Entry

_WHOSE = "input salary: money per {} per month"
_ROSTER = (
    'example "roster" {\ngiven people {\n| who | role |\n| "Ana" | "seller" |\n}\nexpect total for "Ana" = 0 EUR\n}'
)
_RESULT = "expect {} = 0 EUR"

# By the name of the vocabulary in `words`: what its names are called, and each of them.
NAMES: Mapping[str, tuple[Twin, Mapping[str, Entry]]] = {
    "TYPES": (
        ("type", "type"),
        {
            "money": Entry(
                "fields",
                "amount: money",
                "An amount in the plan's currency; `money in USD` in that one.",
                "Une somme dans la monnaie du plan ; `montant en USD` dans celle-là.",
            ),
            "percent": Entry(
                "fields",
                "part: percent",
                "A ratio; 8% and 0.08 are the same value.",
                "Un rapport ; 8 % et 0,08 sont la même valeur.",
            ),
            "count": Entry("fields", "pieces: count", "How many: a whole number.", "Combien : un nombre entier."),
            "number": Entry(
                "fields",
                "weight: number",
                "A plain number, with decimals if need be.",
                "Un simple nombre, avec des décimales s'il le faut.",
            ),
            "date": Entry("fields", "closed_on: date", "A day.", "Un jour."),
            "timestamp": Entry(
                "fields",
                "signed_at: timestamp",
                "An instant; it falls on a day of the plan's time zone.",
                "Un instant ; il tombe un jour du fuseau du plan.",
            ),
            "yes_no": Entry("fields", "hot: yes_no", "Yes or no.", "Oui ou non."),
            "text": Entry(
                "fields",
                "region: text",
                "Text, only compared as a whole.",
                "Un texte, qui ne se compare qu'en entier.",
            ),
            "participant": Entry(
                "fields", "owner: participant", "A person of the roster.", "Une personne de l'effectif."
            ),
        },
    ),
    "PERIODS": (
        ("period", "période"),
        {
            "week": Entry(
                "plan",
                "period week",
                "A week of ISO 8601, from Monday; it belongs to the month of its last day.",
                "Une semaine ISO 8601, dès lundi ; elle appartient au mois de son dernier jour.",
            ),
            "month": Entry("plan", "period month", "A calendar month.", "Un mois civil."),
            "quarter": Entry(
                "plan",
                "period quarter",
                "Three months, counted from the start of the year or the fiscal year.",
                "Trois mois, comptés depuis le début de l'année ou de l'exercice.",
            ),
            "half": Entry("plan", "period half", "Six months.", "Six mois."),
            "year": Entry(
                "plan",
                "period year",
                "The calendar year, or the fiscal year where the plan has one.",
                "L'année civile, ou l'exercice si le plan en a un.",
            ),
        },
    ),
    "DURATIONS": (
        ("duration", "durée"),
        {
            "days": Entry(
                "measure",
                "where paid_on within 30 days of closed_on",
                "Days of the calendar.",
                "Des jours du calendrier.",
            ),
            "hours": Entry(
                "measure",
                "where paid_at within 48 hours of signed_at",
                "Hours of the clock, through nights and weekends.",
                "Des heures de l'horloge, nuits et fins de semaine comprises.",
            ),
            "weeks": Entry(
                "measure",
                "where paid_on within 2 weeks of closed_on",
                "Seven days each.",
                "Sept jours chacune.",
            ),
            "months": Entry(
                "settlement",
                "release commission in 12 months",
                "Months of the calendar.",
                "Des mois du calendrier.",
            ),
        },
    ),
    "HOLDERS": (
        ("whose value", "à qui est la valeur"),
        {
            "participant": Entry("file", _WHOSE.format("participant"), "Of one person.", "D'une personne."),
            "team": Entry(
                "file",
                _WHOSE.format("team"),
                "Of a team; each member reads it.",
                "D'une équipe ; chaque membre la lit.",
            ),
            "company": Entry(
                "file",
                _WHOSE.format("company"),
                "Of the company; it may be left out.",
                "De l'entreprise ; peut s'omettre.",
            ),
        },
    ),
    "GROUPS": (
        ("group", "groupe"),
        {
            "team": Entry(
                "component",
                "when team.revenue >= 50 000 EUR",
                "The people with my team.",
                "Les personnes de mon équipe.",
            ),
            "reports": Entry(
                "pay",
                "pay 1% of reports.revenue",
                "The people whose manager I am.",
                "Les personnes dont je suis le responsable.",
            ),
            "company": Entry(
                "component",
                "when company.revenue >= 500 000 EUR",
                "Everybody.",
                "Tout le monde.",
            ),
        },
    ),
    "PEOPLE": (
        ("field of people", "champ des personnes"),
        {
            "who": Entry(
                "file",
                _ROSTER,
                "The key of a person.",
                "La clé d'une personne.",
            ),
            "role": Entry("plan", 'for role is "seller"', "What a person does.", "Ce que fait une personne."),
            "team": Entry("people", "team: text", "The team of a person.", "L'équipe d'une personne."),
            "manager": Entry(
                "measure",
                "credit owner.manager",
                "The person above, on the date of the row.",
                "La personne au-dessus, à la date de la ligne.",
            ),
        },
    ),
    "ROUNDINGS": (
        ("rounding", "arrondi"),
        {
            "half_up": Entry(
                "plan",
                "rounding half_up to 0.01 EUR",
                "To the nearest; a half goes away from zero.",
                "Au plus près ; une moitié s'éloigne de zéro.",
            ),
            "half_even": Entry(
                "plan",
                "rounding half_even to 0.01 EUR",
                "To the nearest; a half goes to the even digit.",
                "Au plus près ; une moitié va au chiffre pair.",
            ),
            "down": Entry("plan", "rounding down to 1 EUR", "Towards zero.", "Vers zéro."),
            "up": Entry("plan", "rounding up to 1 EUR", "Away from zero.", "En s'éloignant de zéro."),
            "floor": Entry(
                "plan",
                "rounding floor to 1 EUR",
                "To the step below, also for negative amounts.",
                "Au pas inférieur, aussi pour les montants négatifs.",
            ),
            "ceiling": Entry(
                "plan",
                "rounding ceiling to 1 EUR",
                "To the step above, also for negative amounts.",
                "Au pas supérieur, aussi pour les montants négatifs.",
            ),
        },
    ),
    "UNRATED": (
        ("missing rating", "note absente"),
        {
            "pending": Entry("unrated", "unrated pending", "The line waits for it.", "La ligne l'attend."),
            "zero": Entry("unrated", "unrated zero", "It counts 0.", "Elle compte 0."),
            "reweight": Entry(
                "unrated",
                "unrated reweight",
                "The weights of the others are scaled up to 100 %.",
                "Les poids des autres sont ramenés à 100 %.",
            ),
        },
    ),
    "MONTH_ENDS": (
        ("a day that the month lacks", "un jour que le mois n'a pas"),
        {
            "down": Entry(
                "plan",
                "month_end down",
                "31 January and a month is the last day of February.",
                "Le 31 janvier plus un mois est le dernier jour de février.",
            ),
            "up": Entry(
                "plan",
                "month_end up",
                "31 January and a month is the first of March.",
                "Le 31 janvier plus un mois est le premier mars.",
            ),
        },
    ),
    "RATE_FIELDS": (
        ("field of a table of exchange rates", "champ d'une table de cours"),
        {
            "from": Entry(
                "rates", "from: text", "The currency of which one unit is told.", "La devise dont on donne une unité."
            ),
            "to": Entry(
                "rates", "to: text", "The currency in which it is told.", "La devise dans laquelle on la donne."
            ),
            "on": Entry("rates", "on: date", "The day of the rate.", "Le jour du cours."),
            "rate": Entry(
                "rates",
                "rate: number",
                "How many units of `to` one unit of `from` is.",
                "Combien d'unités de `vers` vaut une unité de `de`.",
            ),
        },
    ),
    "SIDES": (
        ("name of a fiscal year", "nom de l'exercice"),
        {
            "start": Entry(
                "plan",
                "year starts 07-01, named by start",
                "After the calendar year in which it begins.",
                "D'après l'année civile où il commence.",
            ),
            "end": Entry(
                "plan",
                "year starts 07-01, named by end",
                "After the calendar year in which it ends.",
                "D'après l'année civile où il finit.",
            ),
        },
    ),
    "FUNCTIONS": (
        ("function", "fonction"),
        {
            "min": Entry("pay", "pay min(5% of revenue, 500 EUR)", "The smaller of two.", "Le plus petit des deux."),
            "max": Entry("pay", "pay max(5% of revenue, 500 EUR)", "The larger of two.", "Le plus grand des deux."),
            "round": Entry(
                "pay",
                "pay round(5% of revenue, 1 EUR)",
                "Rounded to a step, as the plan rounds its lines.",
                "Arrondi à un pas, comme le plan arrondit ses lignes.",
            ),
            "days": Entry(
                "measure",
                "where days(closed_on, paid_on) > 30 days",
                "The days from one date to another.",
                "Les jours d'une date à une autre.",
            ),
            "months": Entry(
                "measure",
                "where months(closed_on, paid_on) > 2 months",
                "The full months from one date to another.",
                "Les mois entiers d'une date à une autre.",
            ),
            "rank": Entry(
                "component",
                "when rank(revenue, company) <= 3",
                "The place of one's figure among others, the highest first.",
                "La place de son chiffre parmi les autres, le plus haut d'abord.",
            ),
        },
    ),
    "RESULTS": (
        ("result", "résultat"),
        {
            "total": Entry(
                "example",
                "given revenue = 10 000 EUR\nexpect total = 500 EUR",
                "The sum of all lines.",
                "La somme de toutes les lignes.",
            ),
            "people": Entry(
                "component",
                "when sellers.people > 1",
                "How many people a group has.",
                "Combien de personnes compte un groupe.",
            ),
            "presence": Entry(
                "pay",
                "pay presence * 500 EUR",
                "The part of the days of the period on which the participant is on the plan.",
                "La part des jours de la période où le bénéficiaire relève du plan.",
            ),
            "first_day": Entry(
                "component",
                "when first_day >= 2026-04-01",
                "The first day of the period, or of the window that `over` names.",
                "Le premier jour de la période, ou de la fenêtre que nomme `sur`.",
            ),
            "last_day": Entry(
                "component",
                "when months(2026-01-15, last_day) >= 3 months",
                "The last day of the period, or of the window that `over` names.",
                "Le dernier jour de la période, ou de la fenêtre que nomme `sur`.",
            ),
        },
    ),
    "DAYS_HELD": (
        ("field of assignment tables", "champ des tables d'attribution"),
        {
            "from": Entry(
                "file",
                "facts accounts {\nseller: participant\naccount: text\nfrom: date\nuntil: date optional\n}",
                "The first day on which a row holds.",
                "Le premier jour où une ligne vaut.",
            ),
            "until": Entry(
                "file",
                "facts accounts {\nseller: participant\naccount: text\nfrom: date\nuntil: date optional\n}",
                "The last day on which a row holds, included; empty, it goes on.",
                "Le dernier jour où une ligne vaut, compris ; vide, elle continue.",
            ),
        },
    ),
    "PEOPLE_TABLE": (
        ("table of people", "table des personnes"),
        {
            "people": Entry(
                "file",
                _ROSTER,
                "The roster: who there is, and what is said of them.",
                "L'effectif : qui il y a, et ce qu'on en dit.",
            ),
        },
    ),
    "SETTLED": (
        ("result of a settlement", "résultat d'un décompte"),
        {
            "earned": Entry(
                "settled", "expect earned = 500 EUR", "The sum of the lines added.", "La somme des lignes ajoutées."
            ),
            "payable": Entry("settled", "expect payable = 500 EUR", "Earned and due.", "Acquis et exigible."),
            "paid": Entry(
                "settled", "expect paid = 2 000 EUR", "What is paid in the period.", "Ce qui est versé dans la période."
            ),
            "held": Entry(
                "settled",
                _RESULT.format("held"),
                "What waits for a later period.",
                "Ce qui attend une période suivante.",
            ),
            "draw_balance": Entry(
                "settled",
                "expect draw_balance = 1 500 EUR",
                "What is still owed of draws.",
                "Ce qui reste dû sur les avances.",
            ),
            "cap_balance": Entry(
                "settled",
                _RESULT.format("cap_balance"),
                "What a cap kept for later.",
                "Ce qu'un plafond a gardé pour plus tard.",
            ),
            "floor_balance": Entry(
                "settled",
                _RESULT.format("floor_balance"),
                "What a floor added and will be recovered.",
                "Ce qu'un plancher a ajouté et qui sera repris.",
            ),
            "clawback_balance": Entry(
                "settled",
                _RESULT.format("clawback_balance"),
                "What a clawback in parts will still take.",
                "Ce qu'une reprise en plusieurs fois prendra encore.",
            ),
        },
    ),
    "WHOLE_PLAN": (
        ("window", "fenêtre"),
        {
            "plan": Entry(
                "component",
                "when revenue over plan to date > 50 000 EUR",
                "`plan to date`: since the first day of the plan.",
                "Depuis le premier jour du plan.",
            ),
        },
    ),
}
