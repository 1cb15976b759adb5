"""An explanation as people read it: what a figure is, what it amounts to, where the plan says so, and what is below.

Text and HTML differ in marks only. What they show is decided once, here: which figures speak for themselves in the
formula above them, which rows stand for all, and how nothing and not yet are told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from attrs import frozen

from incentive.diagnostics import Language, Source, Span, Twin, in_language
from incentive.language import words
from incentive.quantities import Number, minor_digits, show_number
from incentive.quantities.moments import Moment
from incentive.results.explanation import Claim, Explanation, RowUsed, Slice
from incentive.results.stretches import stretch_table
from incentive.results.texts import Value
from incentive.tree import Unit

ROWS = 20
_SNIPPET = 72  # characters of a formula
_IN_FORMULA = frozenset(  # kinds whose constants can be read in their formula
    [
        "Add",
        "Negate",
        "Multiply",
        "Divide",
        "Least",
        "Greatest",
        "Compare",
        "OneOf",
        "Within",
        "DateShift",
        "DateGap",
        "Converted",
        "Tiers",
        "Lookup",
        "Row",
        "Weighted",
        "Gate",
        "Cap",
        "Floor",
        "Limit",
    ]
)
_NAMED = frozenset(
    [
        "Line",
        "LetValue",
        "LineValue",
        "MeasureValue",
        "InputValue",
        "ParameterValue",
        "DatedParameter",
        "Member",
        "Cell",
        "Prorated",
        "Phase",
        "Again",
    ]
)
_ROLES = frozenset(  # of a step of a settlement, or of a pool
    [
        "Competitors",
        "Ahead",
        "Level",
        "Places",
        "Sharers",
        "Weights",
        "Weight",
        "Limit",
        "Target",
        "SoFar",
        "Brought",
        "Balance",
        "Forgiven",
        "Leaving",
        "Gave",
        "With",
        "Without",
        "Belongs",
        "Share",
        "Taken",
        "Due",
        "Lost",
    ]
)
_CAPTIONS: Final = {  # of the rows of a figure, one and several; other rows were counted
    "Step": ("lost row", "lost rows"),
    "Lost": ("lost row", "lost rows"),
    "Due": ("due row", "due rows"),
    "Balance": ("due row", "due rows"),
}
_SAY: Final[dict[str, Twin]] = {
    "missing": ("missing", "manquant"),
    "not computed": ("not computed", "non calculé"),
    "zero": (
        "Nothing is due: everything needed is known, and it gives 0.",
        "Rien n'est dû : tout est connu, et cela donne 0.",
    ),
    "waiting": ("pending", "en attente"),
    "pending": (
        "Pending: it cannot be computed yet, which is not the same as 0.",
        "En attente : cela ne peut pas encore être calculé, ce qui n'est pas 0.",
    ),
    "gate": ("the condition does not hold, so this is 0", "la condition n'est pas remplie : ceci vaut 0"),
    "met": ("all requirements are met: the line is kept whole", "toutes les exigences sont remplies : ligne entière"),
    "missed": (
        "a requirement is not met: {share} of the line is left",
        "une exigence n'est pas remplie : il reste {share} de la ligne",
    ),
    "unrated": ("not rated: counts 0", "sans note : compte 0"),
    "maximum": ("highest rating", "note la plus haute"),
    "Row": ("row of `{table}`", "ligne de `{table}`"),
    "row first": ("the first row that matches", "la première ligne qui répond"),
    "others": ("also matched, after it: line {lines}", "répondaient aussi, après elle : ligne {lines}"),
    "row only": ("the one row that matches", "la seule ligne qui répond"),
    "key any": ("{column} {value}: any value", "{column} {value} : toute valeur"),
    "key =": ("{column} {value}: the value named", "{column} {value} : la valeur nommée"),
    "key >=": ("{column} {value}: from {low}", "{column} {value} : dès {low}"),
    "key >": ("{column} {value}: above {low}", "{column} {value} : plus de {low}"),
    "key <": ("{column} {value}: below {high}", "{column} {value} : sous {high}"),
    "key <=": ("{column} {value}: up to {high}", "{column} {value} : jusqu'à {high}"),
    "key >= <": ("{column} {value}: from {low}, below {high}", "{column} {value} : dès {low}, sous {high}"),
    "key >= <=": ("{column} {value}: from {low} up to {high}", "{column} {value} : de {low} jusqu'à {high}"),
    "key > <": ("{column} {value}: above {low}, below {high}", "{column} {value} : plus de {low}, sous {high}"),
    "key > <=": ("{column} {value}: above {low} up to {high}", "{column} {value} : plus de {low}, jusqu'à {high}"),
    "Amended": ("text in force since {day}", "texte en vigueur depuis le {day}"),
    "Amended first": ("text in force from the beginning", "texte en vigueur dès l'origine"),
    "Division": ("part of {group}", "part de {group}"),
    "division outside": (
        "not in this group on the last day of the period: no part",
        "hors de ce groupe le dernier jour de la période : pas de part",
    ),
    "division excluded": ("the condition does not hold: no part", "la condition n'est pas remplie : pas de part"),
    "division unweighted": (
        "all weights are 0: nothing is divided",
        "tous les poids valent 0 : rien n'est réparti",
    ),
    "division divided": (
        "the parts add up to {pool}; what rounding leaves goes to the largest remainders, then by participant",
        "les parts font {pool} ; le reste des arrondis va aux plus grands restes, puis par bénéficiaire",
    ),
    "Standing": ("place among {group}", "place parmi {group}"),
    "standing outside": (
        "not in this group on the last day of the period: no prize",
        "hors de ce groupe le dernier jour de la période : pas de prix",
    ),
    "standing excluded": ("the condition does not hold: no prize", "la condition n'est pas remplie : pas de prix"),
    "standing place": ("one more than those who have more", "un de plus que ceux qui ont plus"),
    "standing unplaced": ("no row names this place: no prize", "aucune ligne ne nomme cette place : pas de prix"),
    "standing level": (
        "equal figures share the mean of the prizes of their places",
        "à chiffres égaux, chacun reçoit la moyenne des prix de leurs places",
    ),
    "Competitors": ("who compete", "qui se mesurent"),
    "Ahead": ("who have more", "qui ont plus"),
    "Level": ("who have as much, this person included", "qui ont autant, cette personne comprise"),
    "Places": ("places", "places"),
    "Sharers": ("who share it", "qui se le partagent"),
    "Weights": ("sum of all weights", "somme de tous les poids"),
    "Weight": ("own weight", "poids propre"),
    "again": ("shown above", "détaillé plus haut"),
    "rounding": ("rounding", "arrondi"),
    "rounded": (
        "rounded to {step}, {mode}: {before} becomes {after}",
        "arrondi à {step}, {mode} : {before} devient {after}",
    ),
    "unchanged": ("to {step}, {mode}: nothing to round", "à {step}, {mode} : rien à arrondir"),
    "always": ("the same on all dates", "identique à toute date"),
    "since": ("since {day}", "depuis le {day}"),
    "exchange": ("1 {one} = {rate} {other} on {day} ({place})", "1 {one} = {rate} {other} le {day} ({place})"),
    "same currency": ("in {currency} already", "déjà en {currency}"),
    "source": ("source: {source}", "source : {source}"),
    "from": ("from", "dès"),
    "part": ("part", "part"),
    "rate": ("value", "valeur"),
    "amount": ("gives", "donne"),
    "row": ("row", "ligne"),
    "key": ("key", "clé"),
    "day": ("counts on", "compte le"),
    "share": ("share", "part"),
    "credit": ("credited by", "attribué par"),
    "claim": ("{what}: {who}", "{what} : {who}"),
    "claim else": ("otherwise", "sinon"),
    "claim not": ("not {what}", "non {what}"),
    "rows": ("{n} rows of {table} counted", "{n} lignes de {table} comptées"),
    "one row": ("1 row of {table} counted", "1 ligne de {table} comptée"),
    "no row": ("no row counted", "aucune ligne comptée"),
    "each": ("{n} rows, each computed alone, then added", "{n} lignes, chacune calculée seule, puis additionnées"),
    "stacked": ("stacked from {first} to {last}", "empilé de {first} à {last}"),
    "through": ("up to this row and with it", "jusqu'à cette ligne comprise"),
    "each one": ("1 row, computed alone", "1 ligne, calculée seule"),
    "more": ("and {n} more rows", "et {n} lignes de plus"),
    "one more": ("and 1 more row", "et 1 ligne de plus"),
    "total": ("{more}, {total} in all", "{more}, {total} au total"),
    "yes": ("yes", "oui"),
    "no": ("no", "non"),
    "of": ("of {who}", "de {who}"),
    "for": ("for {period}", "pour {period}"),
    "over": ("from {first} to {last}", "du {first} au {last}"),
    "on": ("on {day}", "le {day}"),
    "not reached": ("not reached", "non atteint"),
    "gives": (", gives {amount}", ", donne {amount}"),
    "weight": ("weight", "poids"),
    "weighted": ("a weighted part", "une part pondérée"),
    "figure": ("a figure", "un chiffre"),
    "Limit": ("amount of the step", "montant de l'étape"),
    "Target": ("due to date", "dû à ce jour"),
    "SoFar": ("paid so far", "versé jusqu'ici"),
    "Brought": ("balance brought forward", "solde antérieur"),
    "Balance": ("balance", "solde"),
    "Forgiven": ("forgiven", "abandonné"),
    "Leaving": ("falls due on leaving", "exigible au départ"),
    "Gave": ("given too much", "donné en trop"),
    "Gave as paid": ("given for these rows", "donné pour ces lignes"),
    "With": ("given", "donné"),
    "Without": ("without these rows", "sans ces lignes"),
    "Belongs": ("part of these rows", "part de ces lignes"),
    "Share": ("share taken back", "part reprise"),
    "Taken": ("taken back for these rows", "repris pour ces lignes"),
    "Due": ("falls due now", "devient exigible"),
    "Lost": ("left out: taken back before", "écartées : déjà reprises"),
    "holds": (
        "a requirement is not met: the whole line is held, to be paid when all are met",
        "une exigence n'est pas remplie : la ligne entière est retenue, et versée quand toutes le seront",
    ),
    "lost rows": ("{n} rows of {table} taken back", "{n} lignes de {table} reprises"),
    "lost row": ("1 row of {table} taken back", "1 ligne de {table} reprise"),
    "due rows": ("{n} parts, by row of {table}", "{n} parts, par ligne de {table}"),
    "due row": ("1 part, of a row of {table}", "1 part, d'une ligne de {table}"),
    "step not yet": ("its recovery has not begun", "sa récupération n'a pas commencé"),
    "step lifted": ("its recovery has not begun", "sa récupération n'a pas commencé"),
    "step waits": ("its period does not end here", "sa période ne finit pas ici"),
    "step outside": ("not in force here", "pas en vigueur ici"),
    "step after": ("the draw has ended: what is owed is recovered", "l'avance est finie : le dû est récupéré"),
    "step due": ("the draw has ended: what is owed is due", "l'avance est finie : le dû est exigible"),
    "step forgiven": ("the draw has ended: nothing is owed", "l'avance est finie : rien n'est dû"),
}


@frozen
class Grid:
    """A small table: its caption, headers and rows of cells; `right` are the columns of numbers."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int]
    rest: str = ""


@frozen
class Entry:
    """One figure as it is read."""

    what: str
    value: str
    where: str
    remarks: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    children: tuple[Entry, ...] = ()


def entry(explanation: Explanation, source: Source, language: Language, rows: int = ROWS) -> Entry:
    """What people read of an explanation.

    Args:
        explanation: A line, or any figure below one.
        source: The plan's text, for formulas and places.
        language: Whose words to use.
        rows: How many rows of data to show below each figure; what is left is counted and added up.
    """
    return _Writer(source, language, rows).entry(explanation, None)


def shown(value: Value | None, unit: Unit, language: Language) -> str:
    """Write a value with its unit; numbers are exact or bear a mark, see `show_number`."""
    match value:
        case None:
            return in_language(_SAY["missing"], language)
        case bool():
            return in_language(_SAY["yes" if value else "no"], language)
        case str():
            return value
        case Moment():
            return value.utc.isoformat(sep=" ").replace("+00:00", " UTC")
        case date():
            return value.isoformat()
        case _:
            return _number(value, unit, language)


def _number(value: Number, unit: Unit, language: Language) -> str:
    french = language == "fr"

    def plain(number: Number, places: int | None = None) -> str:
        return show_number(number, places=places, decimal="," if french else ".", group=" ")

    match unit.kind:
        case "money":
            return f"{plain(value, minor_digits(unit.currency))} {unit.currency}"
        case "ratio":
            return plain(value * 100) + (" %" if french else "%")
        case "rate":
            return f"{plain(value)} {unit.currency} {'par' if french else 'per'} {unit.counted}"
        case "count":
            return f"{plain(value)} {unit.counted}".rstrip()
        case "days" | "months" | "hours":
            return f"{plain(value)} {words.spelling(words.DURATIONS, unit.kind, language)}"
        case _:
            return plain(value)


@frozen
class _Writer:
    source: Source
    language: Language
    most: int

    def say(self, word: str, **values: str) -> str:
        text = in_language(_SAY[word], self.language)
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def entry(self, each: Explanation, parent: Explanation | None) -> Entry:
        if each.kind in {"LetValue", "LineValue"} and [child.kind for child in each.children] == ["Again"]:
            return Entry(self.what(each, parent), self.value(each), self.where(each), (self.say("again"),))
        grids = [self.slices(each)] if each.slices else []
        if each.stretches:
            headers, rows, remark = stretch_table(each, self.language, shown)
            grids.append(Grid("", headers, rows, frozenset({2, 3, 4}), remark))
        plain = each.kind == "Fact" and not each.rows[0].shown and each.rows[0].share == 1
        if each.rows and each.kind not in {"Cell", "Converted"} and not plain:
            grids.append(self.rows(each, parent))
        return Entry(
            self.what(each, parent),
            self.value(each) + self.worth(each, parent),
            self.where(each),
            tuple(self.remarks(each, parent)),
            tuple(grids),
            tuple(self.entry(child, each) for child in self.below(each) if self.speaks(child, each)),
        )

    def below(self, each: Explanation) -> tuple[Explanation, ...]:
        """What stands below a figure; of a sum over rows, as many as of rows."""
        return each.children[: self.most] if each.kind == "Each" else each.children

    def speaks(self, child: Explanation, parent: Explanation) -> bool:
        """Whether a figure says more than the formula above it."""
        if child.kind in {"Before", "Begins", "Key", "Other"}:
            return False
        if child.kind in {"Limit", "Share"} and child.children[0].kind == "Constant":
            return False
        return not (child.kind == "Constant" and child.status == "value" and parent.kind in _IN_FORMULA)

    def what(self, each: Explanation, parent: Explanation | None) -> str:
        if each.kind == "Amended":
            return self.say("Amended", day=each.operator) if each.operator else self.say("Amended first")
        if each.kind == "Rounded" and parent is not None and parent.kind in {"Line", "Amended"}:
            return self.say("rounding")
        if each.kind == "Constant" and parent is not None and parent.kind in {"Part", "Phase", "Criterion"}:
            return self.say("maximum" if parent.kind == "Criterion" and each is parent.children[-1] else "weight")
        if (
            each.kind in {"MeasureValue", "InputValue", "LineValue", "Presence", "PersonMean"} and each.span is not None
        ):  # `team.sales`, not `sales`
            return (self.formula(each) or each.name) + self.whose(each, parent)
        if each.kind == "Fact":
            (row,) = each.rows
            place = f"{row.file or row.table}:{row.line}"
            day = "" if row.day is None else f" {self.say('on', day=row.day.isoformat())}"
            return (f"{row.key} ({place})" if row.key else place) + day
        if each.kind in _NAMED and each.name:
            return each.name.split(" each ", maxsplit=1)[0] + self.whose(each, parent)
        if each.kind in {"Part", "Criterion"}:
            return each.name or self.say("weighted")
        if each.kind == "Settled":
            return words.spelling(words.SETTLED, each.name, self.language) + self.whose(each, parent)
        if each.kind == "Row":
            return self.say("Row", table=each.name)
        if each.kind == "Division":
            return self.say("Division", group=words.spelling(words.GROUPS, each.name, self.language))
        if each.kind == "Standing":
            return self.say("Standing", group=words.spelling(words.GROUPS, each.name, self.language))
        if each.kind == "Prize":
            return self.formula(each)
        if each.kind == "Gave":
            return self.say(f"Gave {each.operator}" if each.operator == "as paid" else "Gave") + self.whose(
                each, parent
            )
        if each.kind in _ROLES:
            return self.say(each.kind)
        if each.kind in {"Gate", "Scorecard"}:  # the span is the label's, or the name's
            return self.formula(each).strip('"') or each.name
        return self.formula(each) or each.name or self.say("figure")

    def whose(self, each: Explanation, parent: Explanation | None) -> str:
        """Whose figure it is and for when, at the top and in figures of rows and inputs below."""
        parts = []
        if each.holder and (parent is None or each.kind in {"Cell", "Prorated", "Member", "MeasureValue"}):
            parts.append(self.say("of", who=each.holder))
        if each.covers is not None:
            first, last = (day.isoformat() for day in each.covers)
            parts.append(self.say("over", first=first, last=last))
        elif each.period and (parent is None or each.kind in {"Cell", "Prorated", "MeasureValue", "Line", "Gave"}):
            parts.append(self.say("for", period=each.period))
        return "".join(f" {part}" for part in parts)

    def formula(self, each: Explanation) -> str:
        """What the author wrote, on one line."""
        if each.span is None:
            return ""
        return self.snippet(each.span)

    def snippet(self, span: Span) -> str:
        """A stretch of the plan on one line."""
        first, *more = self.source.at(span).split("\n")
        text = " ".join(first.split("#")[0].split())
        cut = len(text) > _SNIPPET
        return text[:_SNIPPET].removesuffix("{").rstrip() + (" …" if cut or more else "")

    def value(self, each: Explanation) -> str:
        if each.status != "value":
            return self.say("waiting" if each.kind in {"Line", "Settled"} else each.status)
        return shown(each.value, each.unit, self.language)

    def worth(self, each: Explanation, parent: Explanation | None) -> str:
        """What a weighted part adds to its whole: its weight x its value x the base, exactly."""
        base = parent.children[0].value if each.kind == "Part" and parent is not None else None
        if parent is None or not isinstance(base, int | Fraction) or not isinstance(each.value, int | Fraction):
            return ""
        return self.say("gives", amount=shown(base * each.value, parent.unit, self.language))

    def where(self, each: Explanation) -> str:
        if each.kind == "Cell" and each.rows:
            cell = each.rows[0]
            return f"{cell.file or cell.table}:{cell.line}"
        if each.span is None:
            return ""
        path = self.source.of(each.span).path
        return f"{path}:{each.span.line}" if path else f"{each.span.line}:{each.span.column}"

    def remarks(self, each: Explanation, parent: Explanation | None) -> list[str]:
        out: list[str] = []
        if each.kind == "Step" and f"step {each.operator}" in _SAY:
            out.append(self.say(f"step {each.operator}"))
        if each.kind in {"Line", "Settled"} and parent is None:
            if each.status == "missing":
                out.append(self.say("pending"))
            elif each.value == 0:
                out.append(self.say("zero"))
        if each.reason is not None and (parent is None or not any(child.reason for child in each.children)):
            out.append(f"{each.reason.message} ({each.reason.code})")
        if each.kind == "Amended" and not each.children:
            out.append(self.say("step outside"))
        if each.kind == "When" and each.children and each.children[0].value is False:
            out.append(self.say("gate"))
        if each.kind == "Gated" and each.value == 0 and len(each.children) == 1:
            out.append(self.say("gate"))
        if each.kind == "Gate" and each.status == "value":
            missed = any(child.unit.kind == "yes_no" and child.value is not True for child in each.children)
            share = shown(each.value, each.unit, self.language)
            word = "holds" if each.operator == "holds" else "missed"
            out.append(self.say(word, share=share) if missed else self.say("met"))
        if each.kind == "Criterion" and each.status == "value" and each.children[1].status == "missing":
            out.append(self.say("unrated"))
        if each.kind == "Row":
            out.append(self.say(f"row {each.operator}"))
            out += [self.key(child) for child in each.children if child.kind == "Key"]
            others = [str(child.span.line) for child in each.children if child.kind == "Other" and child.span]
            out += [self.say("others", lines=", ".join(others))] if others else []
        if each.kind == "Division" and each.operator:
            pool = next((child for child in each.children if child.kind == "Rounded"), each)
            out.append(self.say(f"division {each.operator}", pool=shown(pool.value, pool.unit, self.language)))
        if each.kind == "Standing" and f"standing {each.operator}" in _SAY:
            out.append(self.say(f"standing {each.operator}"))
        if each.kind == "Again":
            out.append(self.say("again"))
        if each.parameter is not None:
            since = each.parameter.since
            out.append(self.say("always") if since is None else self.say("since", day=since.isoformat()))
            if each.parameter.source:
                out.append(self.say("source", source=each.parameter.source))
        if each.kind == "Converted" and each.status == "value":
            out.append(self.exchange(each))
        if each.rounding is not None:
            used = each.rounding
            out.append(
                self.say(
                    "unchanged" if used.before == used.after else "rounded",
                    step=shown(used.step, each.unit, self.language),
                    mode=words.spelling(words.ROUNDINGS, used.mode, self.language),
                    before=shown(used.before, each.unit, self.language),
                    after=shown(used.after, each.unit, self.language),
                )
            )
        if each.kind == "MeasureValue" and each.counted == 0:
            out.append(self.say("no row"))
        return out + self.facts(each)

    def stretch(self, each: Explanation) -> tuple[Number, Number] | None:
        """Where a stacked figure begins and ends."""
        begin = each.children[-1].value
        if not isinstance(begin, int | Fraction) or not isinstance(each.value, int | Fraction):
            return None
        return begin, begin + each.value

    def facts(self, each: Explanation) -> list[str]:
        """How many rows a sum has, and what those not shown add up to; of one row, where it lies among the others."""
        if each.kind == "FactPart" and each.operator == "through":
            return [self.say("through")]
        ends = self.stretch(each) if each.kind == "Stacked" else None
        if ends is not None:
            first, last = (shown(end, each.unit, self.language) for end in ends)
            return [self.say("stacked", first=first, last=last)]
        if each.kind != "Each":
            return []
        rest, n = each.children[self.most :], len(each.children)
        said = self.say("no row") if not n else self.say("each one") if n == 1 else self.say("each", n=str(n))
        if not rest:
            return [said]
        more = self.say("one more") if len(rest) == 1 else self.say("more", n=str(len(rest)))
        total = sum((Fraction(row.value) for row in rest if isinstance(row.value, int | Fraction)), Fraction(0))
        return [said, self.say("total", more=more, total=shown(total, each.unit, self.language))]

    def key(self, each: Explanation) -> str:
        """Why a cell of a decision table takes a value."""
        edges = [shown(child.value, child.unit, self.language) for child in each.children] or [""]
        value = shown(each.value, each.unit, self.language)
        return self.say(f"key {each.operator}", column=each.name, value=value, low=edges[0], high=edges[-1])

    def exchange(self, each: Explanation) -> str:
        """At which rate, of which day, and where it stands."""
        if not each.rows:
            return self.say("same currency", currency=each.unit.currency)
        (row,) = each.rows
        (_, one), (_, other), (_, day) = row.shown
        rate = shown(row.value, Unit("count"), self.language)
        place = f"{row.file or row.table}:{row.line}"
        return self.say("exchange", one=str(one), rate=rate, other=str(other), day=str(day), place=place)

    def slices(self, each: Explanation) -> Grid:
        subject = each.children[0].unit if each.children else each.unit
        rates = [child.unit for child in each.children[1:] if child.unit != subject]
        rate = rates[-1] if rates else each.unit

        x = each.children[0].value if each.children else None
        if each.children and each.children[0].kind == "Stacked":
            ends = self.stretch(each.children[0])
            x = None if ends is None else ends[1]

        def cells(row: Slice) -> tuple[str, ...]:
            bound = shown(row.bound, subject, self.language)
            part = shown(row.part, subject, self.language)
            value = "" if row.rate is None else shown(row.rate, rate, self.language)
            # A curve reads the point above too, and a row of another table gives nothing until it is reached.
            below = isinstance(x, int | Fraction) and x < row.bound and each.operator == "curve"
            if each.operator == "curve" and not below and not row.reached:  # passed on the way up
                return (bound, "", value, "")
            if below or not (row.reached or each.operator == "curve"):
                return (bound, "" if below else part, value, self.say("not reached"))
            return (bound, part, value, shown(row.amount, each.unit, self.language))

        heads = tuple(self.say(word) for word in ("from", "part", "rate", "amount"))
        return Grid("", heads, tuple(cells(row) for row in each.slices), frozenset({0, 1, 2, 3}))

    def rows(self, each: Explanation, parent: Explanation | None) -> Grid:
        """The first rows, with the columns that say something; the others counted and added up."""
        first, rest = each.rows[: self.most], each.rows[self.most :]
        unit = parent.unit if each.kind == "Lost" and parent is not None else each.unit  # counted, but worth money
        keys = any(row.key for row in first)
        shares = any(row.share != 1 for row in each.rows)
        # What the row in hand credited stands below, in the unit of its measure: here it would look like pay.
        values = each.kind != "Fact" and any(row.value is not None for row in each.rows)
        names = tuple(dict.fromkeys(name for row in first for name, _ in row.shown))
        headers = [self.say("row")]
        headers += [self.say("key")] if keys else []
        again = each.kind != "Fact" and any(row.day is not None for row in first)
        headers += [self.say("day")] if again else []
        headers += names
        headers += [self.say("share")] if shares else []
        right = {len(headers) - 1} if shares else set()
        if values:
            right.add(len(headers))
            headers.append(self.say("rate"))
        claimed = any(row.claims for row in first)
        headers += [self.say("credit")] if claimed else []

        def cells(row: RowUsed) -> tuple[str, ...]:
            out = [f"{row.file or row.table}:{row.line}"]
            out += [row.key] if keys else []
            out += [_any(row.day, self.language)] if again else []
            known = dict(row.shown)
            out += [_any(known.get(name), self.language) for name in names]
            out += [shown(row.share, Unit("ratio"), self.language)] if shares else []
            out += [shown(row.value, unit, self.language)] if values else []
            out += ["; ".join(map(self.claim, row.claims))] if claimed else []
            return tuple(out)

        table = each.rows[0].table
        count = len(each.rows)
        one, many = _CAPTIONS.get(each.kind, ("one row", "rows"))
        caption = self.say(one, table=table) if count == 1 else self.say(many, n=str(count), table=table)
        caption = "" if each.kind == "Fact" else caption
        return Grid(caption, tuple(headers), tuple(map(cells, first)), frozenset(right), self.rest(rest, each, unit))

    def claim(self, each: Claim) -> str:
        """What credits somebody with a row, or matched too."""
        text = each.person or "–"
        if each.kind == "assignment":
            text = self.say("claim", what=f"{each.file or each.table}:{each.line}", who=text)
        elif each.kind == "branch":
            condition = self.say("claim else") if each.span is None else self.snippet(each.span)
            text = self.say("claim", what=condition, who=text) + (f" “{each.label}”" if each.label else "")
        return text if each.won else self.say("claim not", what=text)

    def rest(self, rows: Sequence[RowUsed], each: Explanation, unit: Unit) -> str:
        if not rows:
            return ""
        more = self.say("one more") if len(rows) == 1 else self.say("more", n=str(len(rows)))
        numbers = [row.value for row in rows if isinstance(row.value, int | Fraction)]
        if each.operator == "count":
            total: Number = sum((Fraction(row.share) for row in rows), Fraction(0))
        elif each.operator in {"count_distinct", "min", "max"} or not numbers:
            return more
        else:
            total = sum(map(Fraction, numbers), Fraction(0))
        return self.say("total", more=more, total=shown(total, unit, self.language))


def _any(value: Value | None, language: Language) -> str:
    return "" if value is None else shown(value, Unit("text"), language)
