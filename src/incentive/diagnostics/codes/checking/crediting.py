"""Findings about credit: who gets a fact, and how much of it."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

CREDITING: tuple[Code, ...] = (
    Code(
        "E252",
        "credit-above",
        "error",
        ("Credit to the managers above that may not pass 100 %", "Une attribution à la hiérarchie limitée à 100 %"),
        (
            "credit to all managers above gives a fact more than once, which must be said",
            "attribuer à toute la hiérarchie donne un fait plus d'une fois, ce qui doit être dit",
        ),
        (
            "Whoever has a manager is credited in full, and so is the manager: together more than the fact is worth.",
            "Une personne qui a un manager reçoit tout, et son manager aussi : ensemble plus que ne vaut le fait.",
        ),
        (
            "Say that it stands beside the first credit: it is then kept out of `company` and reported apart.",
            "Dites que cela s'ajoute à la première attribution : c'est alors hors de `entreprise`, et se lit à part.",
        ),
        {"overlay": ("`{text}`", "`{text}`")},
        "measure chain {\n  sum deals.amount\n  dated closed_on\n  credit owner and above\n}",
    ),
    Code(
        "E253",
        "assignment-order",
        "error",
        (
            "Rows of an assignment put in order by what has none",
            "Des affectations ordonnées par ce qui n'a pas d'ordre",
        ),
        (
            "rows come first by a number or a date, this is {got}",
            "on classe les lignes par un nombre ou une date, ceci est {got}",
        ),
        (
            "Where several rows match a fact, the one with the lowest number, or the earliest date, counts.",
            "Si plusieurs lignes répondent à un fait, celle du plus petit nombre, ou de la première date, compte.",
        ),
        (
            "Name a field of type `count`, `number`, `percent` or `date` of the assignment table.",
            "Nommez un champ de type `nombre`, `décimal`, `pourcentage` ou `date` de la table d'affectation.",
        ),
        shows="measure a {\n  sum deals.amount\n  dated closed_on\n  credit coverage.who by region first by who\n}",
    ),
)
