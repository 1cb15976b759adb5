"""Declarations that a few lines of a plan need around them; what the lines define themselves is left out."""

from __future__ import annotations

import re

_DEFINES = re.compile(r"(?m)^(?:\w+ )(\w+)|^(plan) ")

ENGLISH = {
    "plan": """plan "Sample" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
  for       role is "account executive"
}
""",
    "leads": """facts leads {
  key id:  text
  owner:   participant
  mql_on:  date optional
  sql_on:  date optional
  sent_at: timestamp
}
""",
    "deals": """facts deals {
  owner:     participant
  amount:    money
  us_amount: money in USD
  discount:  money optional
  units:     count
  share:     percent
  stage:     one of open, won, lost
  region:    text
  lead:      leads optional
  closed_on: date
}
""",
    "campaigns": """facts campaigns {
  owner:    participant
  spend:    money
  kind:     one of mail, fair
  ended_on: date
}
""",
    "coverage": """facts coverage {
  who:    participant
  region: text
  part:   percent
}
""",
    "quota": "input quota: money per participant per month additive must be > 0 EUR\n",
    "annual_quota": "input annual_quota: money per participant per year must be > 0 EUR\n",
    "target_bonus": "input target_bonus: money per participant per month\n",
    "shared_target": "input shared_target: money per month must be > 0 EUR\n",
    "revenue": """measure revenue "Signed revenue" {
  sum    deals.amount
  where  stage is won
  dated  closed_on
  credit owner
}
""",
    "company_revenue": """measure company_revenue {
  sum   deals.amount
  dated closed_on
}
""",
    "revenue_us": """measure revenue_us {
  sum    deals.us_amount
  dated  closed_on
  credit owner
}
""",
    "deals_won": """measure deals_won {
  count  deals
  where  stage is won
  dated  closed_on
  credit owner
}
""",
    "leads_won": """measure leads_won {
  count  leads
  where  sql_on is not missing
  dated  sql_on
  credit owner
}
""",
    "leads_all": """measure leads_all {
  count  leads
  dated  sent_at
  credit owner
}
""",
    "average_deal": """measure average_deal {
  average deals.amount
  dated   closed_on
  credit  owner
}
""",
    "bonus": """component bonus {
  pay 1% of revenue
}
""",
}

FRENCH = {
    "plan": """plan "Exemple" {
  devise     EUR
  période    mois
  fuseau     "Europe/Paris"
  applicable du 2026-01-01 au 2026-12-31
  pour       rôle est "commercial"
}
""",
    "leads": """données leads {
  clé id:     texte
  vendeur:    bénéficiaire
  mql_le:     date facultative
  sql_le:     date facultative
  envoyé_à:   horodatage
}
""",
    "affaires": """données affaires {
  vendeur:    bénéficiaire
  montant:    montant
  montant_us: montant en USD
  remise:     montant facultatif
  étape:      parmi ouverte, gagnée, perdue
  région:     texte
  signée_le:  date
}
""",
    "campagnes": """données campagnes {
  vendeur:    bénéficiaire
  dépense:    montant
  finie_le:   date
}
""",
    "couverture": """données couverture {
  qui:    bénéficiaire
  région: texte
}
""",
    "objectif": "valeur objectif: montant par bénéficiaire par mois doit être > 0 EUR\n",
    "objectif_annuel": "valeur objectif_annuel: montant par bénéficiaire par an doit être > 0 EUR\n",
    "prime_cible": "valeur prime_cible: montant par bénéficiaire par mois\n",
    "ventes": """indicateur ventes "Ventes signées" {
  somme      affaires.montant
  si         étape est gagnée
  date       signée_le
  attribué à vendeur
}
""",
    "ventes_us": """indicateur ventes_us {
  somme      affaires.montant_us
  date       signée_le
  attribué à vendeur
}
""",
    "gagnées": """indicateur gagnées {
  nombre     affaires
  si         étape est gagnée
  date       signée_le
  attribué à vendeur
}
""",
    "convertis": """indicateur convertis {
  nombre     leads
  si         sql_le est non absent
  date       sql_le
  attribué à vendeur
}
""",
    "prime": """composante prime {
  verser 1 % de ventes
}
""",
}


def around(lines: str, language: str = "en") -> str:
    """A whole plan: the lines first, so that their numbers do not depend on what stands below."""
    if lines.startswith("incentive "):
        return lines
    blocks = FRENCH if language == "fr" else ENGLISH
    defined = {one or two for one, two in _DEFINES.findall(lines)}
    rest = "\n".join(text for name, text in blocks.items() if name not in defined)
    return f"incentive 1 {language}\n{lines.rstrip()}\n\n{rest}"
