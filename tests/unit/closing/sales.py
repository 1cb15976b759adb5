"""A plan of deals, with a bonus for a quota and perhaps a draw, that is closed month by month."""

TEXT = """incentive 1 en
plan "Sales" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-06-30
}
facts deals {
  key id:    text
  owner:     participant
  amount:    money
  closed_on: date
}
input quota: money per participant per month
parameter rate = 10%
measure revenue {
  sum    deals.amount
  dated  closed_on
  credit owner
}
component commission {
  pay rate of revenue
}
component bonus {
  pay  100 EUR
  when revenue >= quota
}
"""
DRAW = """settlement {
  add   commission, bonus
  draw  500 EUR per month recoverable from 2026-01 until 2026-03, balance carried
}
"""
FRENCH = """incentive 1 fr
plan "Sales" {
  devise     EUR
  période    mois
  fuseau     "Europe/Paris"
  applicable du 2026-01-01 au 2026-06-30
}
données deals {
  clé id:    texte
  owner:     bénéficiaire
  amount:    montant
  closed_on: date
}
indicateur revenue {
  somme deals.amount
  date  closed_on
  attribué à owner
}
composante commission {
  verser 10 % de revenue
}
"""
