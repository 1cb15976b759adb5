"""One word of the language, explained: what it says, in both languages, and a line of plan that uses it.

A line alone is no plan, and a line that nobody reads goes stale. Each example so stands in a small plan that completes
it; the French one is what the translator makes of the English one, with the author's names in French too.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from functools import cache
from typing import Final

from attrs import frozen

from incentive.checking import check
from incentive.diagnostics import Language, Twin
from incentive.language import format as laid_out
from incentive.language import translate


@frozen
class Entry:
    """What a word says, and an example: clauses of English plan inside one of the `PLACES`."""

    place: str
    example: str
    english: str
    french: str

    @property
    def help(self) -> Twin:
        """What the word says."""
        return self.english, self.french


HEADER: Final = """plan "Sales 2026" {
  currency EUR
  period month
  timezone "Europe/Paris"
  month_end down
  presence by calendar days
  effective from 2026-01-01 until 2026-12-31
}
"""
# What examples speak of; each plan gets what it needs.
DEFINED: Final = {
    "people": "facts people {\nwho: participant\nrole: text\nmanager: participant optional\n}",
    "deals": """facts deals {
  key id: text
  owner: participant
  region: text
  amount: money
  fee: money in USD
  stage: one of open, won, lost
  closed_on: date
  signed_at: timestamp
  paid_at: timestamp optional
  paid_on: date optional
  lost_on: date optional
}""",
    "coverage": "facts coverage {\nseller: participant\nregion: text\npart: percent\n}",
    "quota": "input quota: money per participant per month additive must be > 0 EUR",
    "target_bonus": "input target_bonus: money per participant per month",
    "sellers": 'group sellers = role is "seller"',
    "revenue": "measure revenue {\nsum deals.amount\nwhere stage is won\ndated closed_on\ncredit owner\n}",
    "deals_won": "measure deals_won {\ncount deals\nwhere stage is won\ndated closed_on\ncredit owner\n}",
    "commission": "component commission {\npay 5% of revenue\n}",
}
_HERE: Final = "<>"
PLACES: Final = {
    "file": _HERE,
    "fields": f"facts orders {{\n{_HERE}\n}}",
    "people": f"facts people {{\nwho: participant\n{_HERE}\n}}",
    "rates": f"facts fx {{\n{_HERE}\nnoted: text\n}}",
    "aggregate": f"measure signed {{\n{_HERE}\ndated closed_on\ncredit owner\n}}",
    "date": f"measure signed {{\nsum deals.amount\n{_HERE}\ncredit owner\n}}",
    "measure": f"measure signed {{\nsum deals.amount\ndated closed_on\n{_HERE}\n}}",
    "pay": f"component bonus {{\n{_HERE}\n}}",
    "component": f"gate quality {{\nrequire deals_won >= 3\notherwise 50%\n}}\n"
    f"component bonus {{\npay 5% of revenue\n{_HERE}\n}}",
    "each": f"component bonus {{\npay each revenue by slice {{\nfrom 0 EUR: 5%\n}}\n{_HERE}\n}}",
    "rows": f"component bonus {{\npay revenue by slice {{\nfrom 0 EUR: 5%\n{_HERE}\n}}\n}}",
    "points": f"scale payout by curve {{\n{_HERE}\nat 120%: 150%\n}}",
    "require": f"gate quality {{\n{_HERE}\notherwise 50%\n}}",
    "otherwise": f"gate quality {{\nrequire deals_won >= 3\n{_HERE}\n}}",
    "rated": f"scorecard conduct {{\n{_HERE}\n100%: terms\nunrated pending\n}}",
    "unrated": f"scorecard conduct {{\nrated 0 to 4 per participant per month\n100%: terms\n{_HERE}\n}}",
    "add": f"settlement {{\n{_HERE}\n}}",
    "settlement": "let commission_to_date = 5% of revenue over year to date\n"
    f"settlement {{\nadd commission\n{_HERE}\n}}",
    "settled": "settlement {\nadd commission\ncap 90 000 EUR per year carry excess\n"
    "draw 2 000 EUR per month recoverable\nfloor 0 EUR carry shortfall\nhold below 50 EUR\n}\n"
    f'example "a month" {{\ngiven revenue = 10 000 EUR\n{_HERE}\n}}',
    "example": f'example "a month" {{\ngiven quota = 10 000 EUR\n{_HERE}\n}}',
    "told": f'example "a month" {{\n{_HERE}\nexpect commission = 500 EUR\n}}',
    "foreign": "facts fx {\nfrom: text\nto: text\non: date\nrate: number\n}\n"
    f"measure signed {{\nsum deals.fee\ndated closed_on\ncredit owner\n}}\ncomponent bonus {{\n{_HERE}\n}}",
}
# The author's own names, as a French author would choose them; the translator leaves names alone.
_NAMES: Final = {
    "Sales 2026": "Ventes 2026",
    "Approved by the board": "Approuvé par le conseil",
    "Compensation letter of 12 January 2026": "Lettre de rémunération du 12 janvier 2026",
    "account": "client",
    "accounts": "clients",
    "a month": "un mois",
    "amount": "prix",
    "attainment": "atteinte",
    "base_rate": "taux_base",
    "bonus": "prime",
    "closed_on": "signée_le",
    "commission_to_date": "commission_à_ce_jour",
    "conduct": "conduite",
    "coverage": "secteurs",
    "deals": "affaires",
    "deals_won": "affaires_gagnées",
    "fee": "frais",
    "from": "du",
    "hot": "chaud",
    "leads": "prospects",
    "lost": "perdue",
    "lost_on": "perdue_le",
    "managers": "cadres",
    "North": "Nord",
    "open": "ouverte",
    "orders": "commandes",
    "owner": "vendeur",
    "paid_at": "payée_à",
    "paid_on": "payée_le",
    "payout": "paiement",
    "pieces": "pièces",
    "preparation": "préparation",
    "quality": "qualité",
    "quota": "objectif",
    "rate": "taux",
    "rates": "grille",
    "rates.plan": "taux.plan",
    "region": "région",
    "received_on": "reçue_le",
    "revenue": "ventes",
    "sales-2026.plan": "ventes-2026.plan",
    "roster": "effectif",
    "salary": "salaire",
    "seller": "commercial",
    "sellers": "commerciaux",
    "signed": "signé",
    "signed_at": "signée_à",
    "sourcing": "origine",
    "stage": "statut",
    "target_bonus": "prime_cible",
    "terms": "conditions",
    "until": "au",
    "weight": "volume",
    "won": "gagnée",
}
_RATES: Final = {"from": "de", "to": "vers", "on": "jour", "rate": "cours", "fx": "change", "noted": "relevé"}
_FIRST, _LAST = "#<", "#>"
_MOST: Final = 24  # lines of a sample
_LATER: Final = frozenset({"E190", "E462"})  # read but not computed; a result that nothing gives yet


def _pattern(names: Mapping[str, str]) -> re.Pattern[str]:
    """Any of these names, the longest first, as a word of its own."""
    return re.compile("|".join(rf"(?<![\w-]){re.escape(each)}(?![\w-])" for each in sorted(names)[::-1]))


def _needed(body: str, place: str) -> str:
    """The definitions that a text needs, those that these need, and a line to pay."""
    missing = {name: block for name, block in DEFINED.items() if name != place}
    text, added = f"{body} commission", True
    while added:
        names = [name for name in missing if re.search(rf"\b{name}\b", text)]
        added = bool(names)
        text += "".join(f"\n{missing.pop(name)}" for name in names)
    return text.removeprefix(f"{body} commission") + "\n"


@cache
def in_plan(entry: Entry, language: Language = "en") -> str:
    """The example inside the plan that completes it, between two comments."""
    marked = f"{_FIRST}\n{entry.example}\n{_LAST}"
    header = HEADER
    if entry.place == "first line":
        body = ""
    elif entry.place == "plan":
        verb = entry.example.split()[0]
        kept = [line for line in HEADER.split("\n") if line.split()[:1] != [verb]]
        header, body = "\n".join(kept).replace("\n}", f"\n{marked}\n}}"), ""
    elif entry.example.startswith("plan "):
        header, body = marked + "\n", ""
    else:
        body = PLACES[entry.place].replace(_HERE, marked)
    text = f"incentive 1 en\n{header}{_needed(body, entry.place)}{body}\n"
    if language == "fr":
        names = _NAMES | (_RATES if "fx" in text else {})
        text = _pattern(names).sub(lambda match: names[match[0]], translate(text, "fr").text)
    return laid_out(text).text


def example(entry: Entry, language: Language) -> str:
    """The example as an author of this language writes it."""
    text = in_plan(entry, language)
    if entry.place == "first line":
        return text.partition("\n")[0]
    lines = text.split("\n")
    at = [number for number, line in enumerate(lines) if line.strip() in {_FIRST, _LAST}]
    inside = textwrap.dedent("\n".join(lines[at[0] + 1 : at[1]]))
    return inside if "\n" in inside else re.sub(r"(?<=\S) {2,}", " ", inside)


def in_words_of(sample: str, language: Language) -> str:
    """English clauses of a plan in the words of a language, the first of very many.

    What is no such text, or cannot be translated, stays as it is.
    """
    lines = sample.split("\n")
    if len(lines) > _MOST:
        sample = "\n".join([*lines[: _MOST // 2], "…"])
    elif language != "en" and not sample.startswith("incentive"):
        done = translate(f"incentive 1 en\n{sample}\n", language)
        first, _, rest = done.text.partition("\n")
        return rest.strip("\n") if first == f"incentive 1 {language}" else sample
    return sample


@cache
def is_computed(entry: Entry) -> bool:
    """Whether this version computes what the example says; else it reads it and refuses it."""
    return not _LATER & {each.code for each in check(in_plan(entry)).diagnostics}
