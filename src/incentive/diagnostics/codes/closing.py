"""Findings of the stage: closing periods, and what is carried from one close to the next."""

from __future__ import annotations

from incentive.diagnostics.catalogue import helped

CLOSING = (
    helped(
        "R101",
        "closed-altered",
        ("The state of closed periods was altered", "L'état des périodes closes a été modifié"),
        (
            "The state {id}… does not say any more what it said when it was made.",
            "L'état {id}… ne dit plus ce qu'il disait quand il a été fait.",
        ),
        (
            "A figure changed by hand would be paid, or taken back, as a correction.",
            "Un chiffre modifié à la main serait versé, ou repris, comme une correction.",
        ),
        (
            "Give the state as the close wrote it; to pay something else, change the data or the plan.",
            "Donnez l'état tel que la clôture l'a écrit ; pour payer autre chose, changez les données ou le plan.",
        ),
        "a state in which one amount was typed again",
    ),
    helped(
        "R102",
        "closed-of-another-plan",
        ("The state is of another plan", "L'état est celui d'un autre plan"),
        (
            "The state given is of closed periods of “{other}”, and not of this “{plan}”.",
            "L'état donné est celui de périodes closes de « {other} », et non de ce « {plan} ».",
        ),
        (
            "What one plan paid is not owed under another one. A plan is known by its name, currency and periods.",
            "Ce qu'un plan a versé n'est pas dû par un autre. Un plan a un nom, une devise et des périodes.",
        ),
        (
            "Give the state that this plan's last close wrote.",
            "Donnez l'état écrit par la dernière clôture de ce plan.",
        ),
        "the state of the managers' plan, given to the plan of the sales people",
    ),
    helped(
        "R103",
        "closed-does-not-precede",
        ("The state is not the one before this period", "L'état n'est pas celui d'avant cette période"),
        (
            "{period} does not follow the closed periods, which end with {last}: {next} comes next.",
            "{period} ne suit pas les périodes closes, qui finissent par {last} : la suivante est {next}.",
        ),
        (
            "A closed period never changes, and a period that is left out would never be paid.",
            "Une période close ne change jamais, et une période sautée ne serait jamais versée.",
        ),
        (
            "Compute the period that comes next, or give the state of the last close.",
            "Calculez la période suivante, ou donnez l'état de la dernière clôture.",
        ),
        "the state of February, given to a run of May",
    ),
    helped(
        "R104",
        "closed-missing",
        ("Nothing says what was paid before", "Rien ne dit ce qui a été versé avant"),
        (
            "{period} cannot be closed alone: nothing says what was paid for the periods before.",
            "{period} ne peut pas être close seule : rien ne dit ce qui a été versé pour les périodes d'avant.",
        ),
        (
            "Corrections are what was not paid yet: without what was paid, they would be paid twice.",
            "Une correction est ce qui n'a pas été versé : sans ce qui l'a été, elle serait versée deux fois.",
        ),
        (
            "Give the state of the close before (after=), or run from the first period of the plan.",
            "Donnez l'état de la clôture d'avant (after=), ou calculez depuis la première période du plan.",
        ),
        "a run of March that is closed without the state of February",
    ),
    helped(
        "R105",
        "closed-unreadable",
        ("This is no state of closed periods", "Ce n'est pas un état de périodes closes"),
        (
            "What was given is no state of closed periods that this version can read.",
            "Ce qui a été donné n'est pas un état de périodes closes que cette version sait lire.",
        ),
        (
            "A part of a state, or one of a later version, must not be taken for all of it.",
            "Une partie d'un état, ou celui d'une version plus récente, ne doit pas passer pour le tout.",
        ),
        ("Give the text that Closed.to_json wrote.", "Donnez le texte écrit par Closed.to_json."),
        "a file that was cut off",
    ),
    helped(
        "R106",
        "data-changed-meanwhile",
        ("The data changed while it was read", "Les données ont changé pendant la lecture"),
        (
            "The data changed between two readings of the same run.",
            "Les données ont changé entre deux lectures du même calcul.",
        ),
        (
            "What is computed and what is kept must be of the same data, or together they mean nothing.",
            "Ce qui est calculé et conservé doit l'être des mêmes données, sinon l'ensemble n'a pas de sens.",
        ),
        ("Run again when nobody writes to the files.", "Recommencez quand personne n'écrit dans les fichiers."),
        "a file that is replaced during a run",
    ),
)
