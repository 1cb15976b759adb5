"""The words of the language, once, for every dialect.

A keyword hidden in a grammar exists in one language and nowhere else: messages, documentation, completion and
translation each grow their own copy. Here a word is a row: the terminals it stands for, what an English and what a
French author writes (first the form that a formatter would write), and the parser, the messages and the reference
read this table.

Two rows may share a word (`sinon`, `si`, `par`) as long as the parser never accepts both at the same point.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from attrs import frozen

from incentive.diagnostics import Language


@frozen
class Word:
    """One keyword phrase. `terminals` are what the parser gets, without their `KW_` prefix."""

    terminals: tuple[str, ...]
    english: tuple[str, ...]
    french: tuple[str, ...]

    def phrases(self, language: Language) -> tuple[str, ...]:
        """What an author of this language may write."""
        return self.french if language == "fr" else self.english


def _word(terminals: str, english: str, french: str) -> Word:
    return Word(tuple(terminals.split()), tuple(english.split("|")), tuple(french.split("|")))


WORDS: tuple[Word, ...] = (
    _word("INCENTIVE", "incentive", "incentive"),
    # blocks
    _word("PLAN", "plan", "plan"),
    _word("FACTS", "facts", "données"),
    _word("INPUT", "input", "valeur"),
    _word("PARAMETER", "parameter", "paramètre"),
    _word("LET", "let", "soit"),
    _word("MEASURE", "measure", "indicateur"),
    _word("SCALE", "scale", "barème"),
    _word("GROUP", "group", "groupe"),
    _word("COMPONENT", "component", "composante"),
    _word("EXAMPLE", "example", "exemple"),
    _word("TABLE", "table", "table"),
    _word("SCORECARD", "scorecard", "évaluation"),
    _word("SPLIT", "split", "partage"),
    _word("GATE", "gate", "condition"),
    _word("SETTLEMENT", "settlement", "décompte"),
    _word("CHECK", "check", "vérifier"),
    _word("USE", "use", "utiliser"),
    _word("AMENDS", "amends", "modifie"),
    _word("REPLACE", "replace", "remplacer"),
    _word("REMOVE", "remove", "supprimer"),
    # plan
    _word("CURRENCY", "currency", "devise"),
    _word("PERIOD", "period", "période"),
    _word("TIMEZONE", "timezone", "fuseau"),
    _word("EFFECTIVE", "effective", "applicable"),
    _word("FROM", "from", "dès|du|de|à partir de"),
    _word("UNTIL", "until", "au|jusque"),
    _word("FOR", "for", "pour"),
    _word("ROUNDING", "rounding", "arrondi"),
    _word("TO", "to", "à"),
    _word("YEAR STARTS", "year starts", "exercice débute"),
    _word("NAMED PER", "named by", "nommé par"),
    _word("MONTH_END", "month_end", "fin_de_mois"),
    _word("PRESENCE PER", "presence by", "présence par"),
    _word("CALENDAR_DAYS", "calendar days", "jours calendaires"),
    _word("WORKING_DAYS", "working days", "jours ouvrés"),
    _word("NOTE", "note", "note"),
    _word("SOURCE", "source", "source"),
    # facts and inputs
    _word("KEY", "key", "clé"),
    _word("ONE OF", "one of", "parmi"),
    _word("OPTIONAL", "optional", "facultatif|facultative"),
    _word("PER", "per|by", "par"),
    _word("ADDITIVE", "additive", "cumulable"),
    _word("PRORATED", "prorated", "au prorata"),
    _word("PHASED", "phased", "échelonné|échelonnée"),
    _word("EQUALLY", "equally", "à parts égales|également"),
    _word("MUST BE", "must be", "doit être"),
    # measures
    _word("SUM", "sum", "somme"),
    _word("COUNT", "count", "nombre"),
    _word("DISTINCT", "distinct", "distinct"),
    _word("AVERAGE", "average", "moyenne"),
    _word("MIN", "min", "min"),
    _word("MAX", "max", "max"),
    _word("WHERE", "where", "si"),
    _word("DATED", "dated", "date"),
    _word("EACH", "each", "ligne à ligne|par ligne|chaque"),
    _word("CREDIT", "credit", "attribué à"),
    _word("AND ABOVE", "and above", "et sa hiérarchie"),
    _word("FIRST PER", "first by", "premier selon"),
    _word("SHARE", "share", "part"),
    _word("AS OVERLAY", "as overlay", "en appui"),
    _word("SHOW", "show", "afficher"),
    # rate tables
    _word("SLICE", "slice|slices", "tranche|tranches"),
    _word("LEVEL", "level|levels", "palier|paliers"),
    _word("CURVE", "curve", "courbe"),
    _word("EVERY", "every", "chaque"),
    _word("RANK", "rank", "classement"),
    _word("AMONG", "among", "entre"),
    _word("AT", "at", "à|au cours"),
    _word("ABOVE", "above", "plus de"),
    # components
    _word("PAY", "pay", "verser"),
    _word("SHARED", "shared", "réparti"),
    _word("SHARED PER", "shared by", "réparti selon"),
    _word("STACKED PER", "stacked by", "empilé par"),
    _word("ACCUMULATE", "accumulate", "cumuler"),
    _word("OVER", "over", "sur"),
    _word("CAP", "cap", "plafond"),
    _word("FLOOR", "floor", "plancher"),
    _word("CARRY", "carry", "reporter"),
    _word("EXCESS", "excess", "excédent"),
    _word("SHORTFALL", "shortfall", "manque"),
    _word("WHEN", "when", "quand"),
    _word("GATED PER", "gated by", "sous condition"),
    _word("WEIGHTED", "weighted", "selon les poids"),
    # gates, scorecards
    _word("REQUIRE", "require", "exiger"),
    _word("OTHERWISE", "otherwise", "sinon"),
    _word("NOTHING", "nothing", "rien"),
    _word("HOLD", "hold", "retenir"),
    _word("RATED", "rated", "notation"),
    _word("UNRATED", "unrated", "sans note"),
    # settlement
    _word("ADD", "add", "ajouter"),
    _word("RELEASE", "release", "débloquer"),
    _word("CLAWBACK", "clawback", "reprise"),
    _word("DRAW", "draw", "avance"),
    _word("RECOVERABLE", "recoverable", "récupérable"),
    _word("GUARANTEED", "guaranteed", "acquise"),
    _word("RECOVERED", "recovered", "récupérée"),
    _word("BALANCE", "balance", "solde"),
    _word("CARRIED", "carried", "reporté"),
    _word("FORGIVEN", "forgiven", "abandonné"),
    _word("DUE", "due", "exigible"),
    _word("LEAVING", "leaving", "départ"),
    _word("TRUEUP", "trueup", "régularisation"),
    _word("BELOW", "below", "sous"),
    _word("AS PAID", "as paid", "au taux payé"),
    _word("AT MOST", "at most", "au plus"),
    # examples
    _word("GIVEN", "given", "avec"),
    _word("EXPECT", "expect", "attendu"),
    _word("CASES", "cases", "cas"),
    _word("TIMELINE", "timeline", "chronologie"),
    _word("ON", "on", "en date de|en"),
    _word("PENDING", "pending", "en attente"),
    _word("ANY", "any", "tout"),
    _word("FIRST", "first", "dans cet ordre"),
    _word("RISES WITH", "rises with", "croît avec"),
    # expressions
    _word("IF MISSING", "if missing", "à défaut"),
    _word("IF", "if", "si"),
    _word("THEN", "then", "alors"),
    _word("ELSE", "else", "sinon"),
    _word("OR", "or", "ou"),
    _word("AND", "and", "et"),
    _word("NOT", "not", "non"),
    _word("IS", "is", "est"),
    _word("MISSING", "missing", "absent|absente"),
    _word("WITHIN", "within", "dans les|dans|entre"),
    _word("OF", "of", "de|des|du|d|suivant"),
    _word("IN", "in", "en"),
    _word("LAST", "last", "derniers|dernier|dernière|dernières"),
    _word("PREVIOUS", "previous", "précédent"),
    _word("SAME", "same", "même"),
    _word("DATE", "date", "date"),
    _word("KNOWN", "known", "connu"),
    _word("TRUE", "true", "vrai"),
    _word("FALSE", "false", "faux"),
)

# Author-side names that mean something by themselves, by role: canonical name -> what is written, English then French.
Vocabulary = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]

TYPES: Vocabulary = {
    "money": (("money",), ("montant",)),
    "percent": (("percent", "ratio"), ("pourcentage", "pourcent", "ratio")),
    "count": (("count",), ("nombre", "compte")),
    "number": (("number",), ("nombre_décimal", "décimal")),
    "date": (("date",), ("date",)),
    "timestamp": (("timestamp",), ("horodatage",)),
    "yes_no": (("yes_no",), ("oui_non",)),
    "text": (("text",), ("texte",)),
    "participant": (("participant",), ("bénéficiaire",)),
}
PERIODS: Vocabulary = {
    "week": (("week", "weeks"), ("semaine", "semaines")),
    "month": (("month", "months"), ("mois",)),
    "quarter": (("quarter", "quarters"), ("trimestre", "trimestres")),
    "half": (("half", "halves"), ("semestre", "semestres")),
    "year": (("year", "years"), ("an", "année", "ans", "années")),
}
DURATIONS: Vocabulary = {
    "days": (("days", "day"), ("jours", "jour")),
    "hours": (("hours", "hour"), ("heures", "heure")),
    "weeks": (("weeks", "week"), ("semaines", "semaine")),
    "months": (("months", "month"), ("mois",)),
}
HOLDERS: Vocabulary = {
    "participant": (("participant",), ("bénéficiaire",)),
    "team": (("team",), ("équipe",)),
    "company": (("company",), ("entreprise",)),
}
GROUPS: Vocabulary = {
    "team": (("team",), ("équipe",)),
    "reports": (("reports",), ("collaborateurs",)),
    "company": (("company",), ("entreprise",)),
}
PEOPLE: Vocabulary = {
    "who": (("who",), ("qui",)),
    "role": (("role",), ("rôle",)),
    "team": (("team",), ("équipe",)),
    "manager": (("manager",), ("manager", "responsable")),
}
ROUNDINGS: Vocabulary = {
    "half_up": (("half_up",), ("demi_supérieur",)),
    "half_even": (("half_even",), ("demi_pair",)),
    "down": (("down",), ("vers_zéro",)),
    "up": (("up",), ("loin_de_zéro",)),
    "floor": (("floor",), ("inférieur",)),
    "ceiling": (("ceiling",), ("supérieur",)),
}
UNRATED: Vocabulary = {
    "pending": (("pending",), ("en attente",)),
    "zero": (("zero",), ("zéro",)),
    "reweight": (("reweight",), ("repondérer",)),
}
MONTH_ENDS: Vocabulary = {  # where a day goes that a month does not have
    "down": (("down",), ("dernier_jour",)),
    "up": (("up",), ("lendemain",)),
}
SIDES: Vocabulary = {
    "start": (("start",), ("début",)),
    "end": (("end",), ("fin",)),
}
FUNCTIONS: Vocabulary = {
    "min": (("min",), ("min",)),
    "max": (("max",), ("max",)),
    "round": (("round",), ("arrondi",)),
    "days": (("days",), ("jours",)),
    "months": (("months",), ("mois",)),
    "rank": (("rank",), ("rang",)),
}
RESULTS: Vocabulary = {
    "total": (("total",), ("total",)),
    "people": (("people",), ("personnes",)),
    "presence": (("presence",), ("présence",)),
    "first_day": (("first_day",), ("premier_jour",)),
    "last_day": (("last_day",), ("dernier_jour",)),
}
RATE_FIELDS: Vocabulary = {  # of a table of exchange rates
    "from": (("from",), ("de",)),
    "to": (("to",), ("vers",)),
    "on": (("on",), ("jour",)),
    "rate": (("rate",), ("cours",)),
}
DAYS_HELD: Vocabulary = {"from": (("from",), ("du",)), "until": (("until",), ("au",))}
PEOPLE_TABLE: Vocabulary = {"people": (("people",), ("personnes",))}
SETTLED: Vocabulary = {
    "earned": (("earned",), ("acquis",)),
    "payable": (("payable",), ("payable",)),
    "paid": (("paid",), ("versé",)),
    "held": (("held",), ("retenu",)),
    "draw_balance": (("draw_balance",), ("solde_avance",)),
    "cap_balance": (("cap_balance",), ("solde_plafond",)),
    "floor_balance": (("floor_balance",), ("solde_plancher",)),
    "clawback_balance": (("clawback_balance",), ("solde_reprise",)),
}
TO_DATE: Mapping[str, str] = {  # in French the window has one phrase for each period
    "year": "cumul annuel",
    "half": "cumul semestriel",
    "quarter": "cumul trimestriel",
    "month": "cumul mensuel",
}
WHOLE_PLAN: Vocabulary = {"plan": (("plan",), ("plan", "total"))}


@lru_cache(maxsize=1_000)
def fold(text: str) -> str:
    """The text without accents and case, as words are compared."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def meaning(vocabulary: Vocabulary, written: str, language: Language) -> str | None:
    """The canonical name that an author's word stands for, or None."""
    folded = fold(written)
    side = 1 if language == "fr" else 0
    return next((name for name, twin in vocabulary.items() if any(fold(each) == folded for each in twin[side])), None)


def spelling(vocabulary: Vocabulary, name: str, language: Language) -> str:
    """What an author writes for a canonical name; the name itself where it has no word."""
    twin = vocabulary.get(name)
    return twin[1 if language == "fr" else 0][0] if twin else name


def spellings(vocabulary: Vocabulary, language: Language) -> tuple[str, ...]:
    """The first spelling of each name."""
    return tuple(spelling(vocabulary, name, language) for name in vocabulary)


@frozen
class Reading:
    """What a phrase may stand for: terminals, each with the text its token gets (None: as written)."""

    terminals: tuple[tuple[str, str | None], ...]


def phrase_table(language: Language) -> Mapping[tuple[str, ...], tuple[Reading, ...]]:
    """Folded phrases of one to four words, each with its readings in the order of the registry."""
    table: dict[tuple[str, ...], list[Reading]] = {}
    for word in WORDS:
        reading = Reading(tuple((f"KW_{name}", None) for name in word.terminals))
        for phrase in word.phrases(language):
            table.setdefault(tuple(fold(phrase).split()), []).append(reading)
    if language == "fr":
        for name, written in TO_DATE.items():
            to_date = Reading((("NAME", spelling(PERIODS, name, "fr")), ("KW_TO", None), ("KW_DATE", None)))
            table[tuple(written.split())] = [to_date]
        for name in ("year", "half", "quarter", "month"):
            for written in PERIODS[name][1]:
                before = Reading((("KW_PREVIOUS", None), ("NAME", spelling(PERIODS, name, "fr"))))
                table[(fold(written), "precedent")] = [before]
                table[(fold(written), "precedente")] = [before]
    return {phrase: tuple(readings) for phrase, readings in table.items()}


def keyword_terminals() -> tuple[str, ...]:
    """Every keyword terminal of the grammar, sorted."""
    return tuple(sorted({f"KW_{name}" for word in WORDS for name in word.terminals}))


def say(terminal: str, language: Language) -> str:
    """How an author writes a terminal, for messages: the shortest phrase that starts with it."""
    name = terminal.removeprefix("KW_")
    exact = [word for word in WORDS if word.terminals == (name,)]
    starting = exact or [word for word in WORDS if word.terminals[0] == name]
    return starting[0].phrases(language)[0] if starting else name.lower()
