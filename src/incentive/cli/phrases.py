"""What the command line itself says about a plan, in the plan's two languages."""

from __future__ import annotations

from typing import Final

from incentive.diagnostics import Language, Twin, fill, in_language

_PHRASES: Final[dict[str, Twin]] = {
    "no findings": ("no findings", "rien à signaler"),
    "error": ("1 error", "1 erreur"),
    "errors": ("{n} errors", "{n} erreurs"),
    "warning": ("1 warning", "1 avertissement"),
    "warnings": ("{n} warnings", "{n} avertissements"),
    "with data": ("{path} with the data of {data}: {what}", "{path} avec les données de {data} : {what}"),
    "alone": ("{path}: {what}", "{path} : {what}"),
    "no examples": ("no examples", "aucun exemple"),
    "example": ("1 example", "1 exemple"),
    "examples": ("{n} examples", "{n} exemples"),
    "of them failed": (", {n} failed", ", {n} en échec"),
    "participant": ("participant", "bénéficiaire"),
    "period": ("period", "période"),
    "total": ("total", "total"),
    "pending": ("pending", "en attente"),
    "pending line": ("1 line pending", "1 ligne en attente"),
    "pending lines": ("{n} lines pending", "{n} lignes en attente"),
    "waiting": (
        "{n}; totals leave out what is pending:",
        "{n} ; les totaux excluent ce qui est en attente :",
    ),
    "reason": ("  {code} {title}: {n}, as in {first}", "  {code} {title} : {n}, par exemple {first}"),
    "line": ("1 line", "1 ligne"),
    "lines": ("{n} lines", "{n} lignes"),
    "place": ("{component} of {who} for {period}: {message}", "{component} de {who} pour {period} : {message}"),
    "nobody": ("nobody is on the plan in these periods", "personne ne relève du plan sur ces périodes"),
    "together": ("{n} plans over one roster", "{n} plans sur un même effectif"),
    "by itself": ("1 plan over the roster", "1 plan sur l'effectif"),
    "idle": ("{plan}: no period of it ends then", "{plan} : aucune de ses périodes ne finit alors"),
    "of plan": ("{plan}:", "{plan} :"),
    "not continued": ("{folder}: no plan goes on from it", "{folder} : aucun plan ne le continue"),
    "in none": ("in no plan in {period}: {people}", "dans aucun plan en {period} : {people}"),
    "in several": (
        "in several plans in {period}: {who} ({plans})",
        "dans plusieurs plans en {period} : {who} ({plans})",
    ),
    "computing": ("computing, {n} s", "calcul en cours, {n} s"),
    "measure": (
        "{measure}: {rows} of {table} read, {counted} counted{rest}",
        "{measure} ({table}) : lignes lues {read}, comptées {counted}{rest}",
    ),
    "people": (
        "{period}: {covered} of {roster} people on the plan{rest}",
        "{period} : personnes dans le plan {covered} sur {roster}{rest}",
    ),
    "everywhere": ("every period", "chaque période"),
    "differs": (
        "people on the plan: {least} to {most} of {roster}, by period (--accounting lists them)",
        "personnes dans le plan : {least} à {most} sur {roster}, selon la période (--accounting les liste)",
    ),
    "table": ("{table} ({file}): {read} rows, {use}", "{table} ({file}) : {read} lignes, {use}"),
    "in no measure": (
        "{field}: {read}, of which in no measure {rows}, {left}",
        "{field} : {read}, dont dans aucun indicateur {rows}, {left}",
    ),
    "blank": ("{n} cells without a value left out", "{n} cellules sans valeur écartées"),
    "picked": (
        "{source} ({file}): the mapping keeps {kept} of {read} rows",
        "{source} ({file}) : la correspondance garde {kept} lignes sur {read}",
    ),
    "left out by": ("{rows} left out: {reason}", "de côté : {rows}, {reason}"),
    "accounting": ("Accounting", "Comptes"),
    "tally": ("{n} {reason}", "{reason} {n}"),
    "amounts": ("{reason}: {rows}, {amount}", "{reason} : {rows}, {amount}"),
    "row": ("1 row", "1 ligne"),
    "rows": ("{n} rows", "{n} lignes"),
    "read": ("read", "lues"),
    "counted": ("counted", "comptées"),
    "partly": ("{n} of them credited in part", "dont attribuées en partie {n}"),
    "uncredited": ("credited in part: {rows}, {amount} to nobody", "attribué en partie : {rows}, {amount} à personne"),
    "overlay": (
        "credited {credited} on facts worth {facts}",
        "attribué {credited} pour des faits valant {facts}",
    ),
    "missing": ("counted rows without a value, lines {lines}", "lignes comptées sans valeur : {lines}"),
    "covered": ("on the plan: {people}", "dans le plan : {people}"),
    "left_out": ("{reason}: {people}", "{reason} : {people}"),
    "measured": ("measured", "mesurée"),
    "several": (
        "taken by several assignments: {rows}, {amount}",
        "prises par plusieurs affectations : {rows}, {amount}",
    ),
    "beyond": (
        "{primary} of it within the facts, {beyond} as overlay",
        "dont {primary} dans la limite des faits, {beyond} en appui",
    ),
    "assignment": ("assigns credit", "attribue les faits"),
    "reference": ("referred to", "sert de référence"),
    "rates": ("read as rates of exchange", "lue comme cours de change"),
    "unused": ("read by no measure", "lue par aucun indicateur"),
    "recorded_later": ("recorded later", "enregistrées plus tard"),
    "undated": ("without a date", "sans date"),
    "outside_plan": ("outside the plan", "hors du plan"),
    "not_read": ("of a measure that no line reads", "d'un indicateur qu'aucune ligne ne lit"),
    "outside_run": ("outside the periods computed", "hors des périodes calculées"),
    "condition": ("excluded by the condition", "écartées par la condition"),
    "condition_missing": ("condition unknown", "condition inconnue"),
    "unassigned": ("covered by no assignment", "sans affectation"),
    "no_participant": ("credited to nobody", "attribuées à personne"),
    "not_in_plan": ("credited outside the plan", "attribuées hors du plan"),
    "other_participants": ("credited to people not asked for", "attribuées à des personnes non demandées"),
    "pool": (
        "{component}, {period}: {amount} shared among {n}",
        "{component}, {period} : {amount} répartis, bénéficiaires {n}",
    ),
    "pool unpaid": (
        "{component}, {period}: {amount} paid to nobody, since nobody shares it",
        "{component}, {period} : {amount} versés à personne, car personne ne se les partage",
    ),
    "pool pending": ("{component}, {period}: pending", "{component}, {period} : en attente"),
    "not_on_roster": ("not on the roster then", "pas dans l'effectif alors"),
    "not_covered": ("not covered", "non couvertes"),
    "settlement": ("Settlement", "Décompte"),
    "corrections": ("Corrections of closed periods", "Corrections de périodes closes"),
    "no corrections": ("no correction of a closed period", "aucune correction d'une période close"),
    "payments": ("Due", "À payer"),
    "of": ("of", "au titre de"),
    "figure": ("figure", "chiffre"),
    "was paid": ("before", "avant"),
    "is now": ("now", "maintenant"),
    "correction": ("correction", "correction"),
    "pay": ("pay", "versé"),
    "late": ("corrections", "corrections"),
    "due": ("due", "à payer"),
    "waits": ("with something pending: {n}", "avec un montant en attente : {n}"),
    "written": ("{folder}: run {id} written, {n} files", "{folder} : calcul {id} écrit, fichiers {n}"),
    "written before": (
        "{folder}: run {id} was there already, and is whole",
        "{folder} : calcul {id} déjà présent, et intact",
    ),
    "audit passed": (
        "{folder}: run {id}, {label}, {periods}: {files} files as they were written; {lines} computed again, the same",
        "{folder} : calcul {id}, {label}, {periods} : fichiers intacts, {files} ; recalculé à l'identique, {lines}",
    ),
    "audit failed": ("{folder}: {what}", "{folder} : {what}"),
    "new": (
        "{folder} holds a plan and its data. Its README.md says more; next:",
        "{folder} contient un plan et ses données. Son README.md en dit plus ; ensuite :",
    ),
    "draft": (
        "This mapping is a draft and is refused as it is: read it, correct it, then set confirmed = true.",
        "Cette correspondance est un brouillon, refusé tel quel : relisez, corrigez, puis mettez confirmed = true.",
    ),
}


def phrase(name: str, language: Language, **values: str) -> str:
    """The words for a name in a language."""
    return fill(in_language(_PHRASES[name], language), values)
