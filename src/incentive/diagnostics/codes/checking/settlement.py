"""Findings about the settlement: what is added, over which period a step acts, what becomes of what is owed."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code
from incentive.diagnostics.codes.checking.shared import FIRST, NEAR

SETTLEMENT: tuple[Code, ...] = (
    Code(
        "E450",
        "settlement-empty",
        "error",
        ("A settlement with nothing added", "Un décompte sans rien d'ajouté"),
        ("this settlement adds no line: it needs `{add}`", "ce décompte n'ajoute aucune ligne : il lui faut `{add}`"),
        ("Nobody would be paid anything.", "Personne ne serait payé."),
        ("Add the components that are to be paid.", "Ajoutez les composantes à verser."),
        shows="settlement {\n  floor 0 EUR\n}",
    ),
    Code(
        "E451",
        "added-twice",
        "error",
        ("A line added twice", "Une ligne ajoutée deux fois"),
        ("`{name}` is already added on line {first_line}", "`{name}` est déjà ajoutée ligne {first_line}"),
        ("A line that is added twice is paid twice.", "Une ligne ajoutée deux fois serait versée deux fois."),
        ("Name each component once.", "Nommez chaque composante une fois."),
        {"first": FIRST},
        "settlement {\n  add bonus\n  add bonus\n}",
    ),
    Code(
        "E452",
        "trueup-before-add",
        "error",
        ("A step on a line that is not added above", "Une étape sur une ligne qui n'est pas ajoutée avant"),
        (
            "`{name}` is not added above: write `{add} {name}` first",
            "`{name}` n'est pas ajoutée avant : écrivez d'abord `{add} {name}`",
        ),
        (
            "A true-up, a clawback or a release acts on what was given on a line; what is not settled was not given.",
            "Régularisation, reprise et déblocage agissent sur ce qui a été donné ; hors décompte, rien ne l'a été.",
        ),
        ("Add the component above the step.", "Ajoutez la composante au-dessus de l'étape."),
        shows=(
            "let goal = 8% of (revenue over year to date)\n"
            "component monthly {\n  pay 5% of revenue\n}\n"
            "settlement {\n  add bonus\n  trueup monthly to goal per quarter\n  add monthly\n}"
        ),
    ),
    Code(
        "E453",
        "limit-without-period",
        "error",
        ("A limit without its period", "Une limite sans sa période"),
        ("`{step}` does not say over which period", "`{step}` ne dit pas sur quelle période"),
        (
            "A cap of a month and the same cap of a year pay very different amounts.",
            "Un plafond mensuel et le même plafond annuel versent des montants très différents.",
        ),
        ("Say the period after the amount.", "Dites la période après le montant."),
        {"say": ("for example `{text}`", "par exemple `{text}`")},
        "settlement {\n  add bonus\n  cap 90 000 EUR\n}",
    ),
    Code(
        "E454",
        "shorter-than-paid",
        "error",
        ("A period shorter than the plan's", "Une période plus courte que celle du plan"),
        (
            "`{word}` is shorter than the {period} that the plan pays by",
            "`{word}` est plus court que la période de paie du plan ({period})",
        ),
        (
            "Nothing is settled inside a period of the plan.",
            "Rien n'est décompté à l'intérieur d'une période du plan.",
        ),
        ("Use the plan's period or a longer one.", "Prenez la période du plan ou une plus longue."),
        shows="settlement {\n  add bonus\n  cap 500 EUR per week\n}",
    ),
    Code(
        "E455",
        "draw-order",
        "error",
        ("A draw that ends before it begins", "Une avance qui finit avant de commencer"),
        (
            "the draw ends on {last}, before it begins on {first}",
            "l'avance finit le {last}, avant de commencer le {first}",
        ),
        ("Such a draw is never paid.", "Une telle avance n'est jamais versée."),
        ("Swap or correct the dates.", "Échangez ou corrigez les dates."),
        shows="settlement {\n  add bonus\n  draw 100 EUR per month guaranteed from 2026-06 until 2026-03\n}",
    ),
    Code(
        "E456",
        "draw-balance",
        "error",
        (
            "A recoverable draw that does not say what becomes of its balance",
            "Une avance récupérable qui ne dit pas ce que devient son solde",
        ),
        (
            "after {last} something may still be owed, and this draw does not say what becomes of it",
            "après {last} il peut rester un solde dû, et cette avance ne dit pas ce qu'il devient",
        ),
        (
            "What a slow quarter leaves owed is where disputes over draws begin.",
            "Ce qu'un trimestre creux laisse dû est l'origine des litiges sur les avances.",
        ),
        (
            "End the line with what becomes of the balance: carried, forgiven or due.",
            "Terminez la ligne par ce que devient le solde : reporté, abandonné ou exigible.",
        ),
        {
            "carried": ("recovered later from what is earned: `{text}`", "récupéré plus tard sur les gains : `{text}`"),
            "forgiven": ("never recovered: `{text}`", "jamais récupéré : `{text}`"),
            "due": ("owed at once, in the period after: `{text}`", "dû aussitôt, à la période suivante : `{text}`"),
        },
        "settlement {\n  add bonus\n  draw 2 000 EUR per month recoverable until 2026-06\n}",
    ),
    Code(
        "E457",
        "balance-of-guarantee",
        "error",
        ("A guaranteed draw with a balance", "Une avance acquise avec un solde"),
        (
            "a guaranteed draw is never owed, so it has no `{balance}`",
            "une avance acquise n'est jamais due : elle n'a pas de `{balance}`",
        ),
        ("What is guaranteed is not recovered.", "Ce qui est acquis n'est pas récupéré."),
        ("Leave the balance out, or make the draw recoverable.", "Enlevez le solde, ou rendez l'avance récupérable."),
        shows="settlement {\n  add bonus\n  draw 100 EUR per month guaranteed until 2026-06, balance due\n}",
    ),
    Code(
        "E458",
        "trueup-target",
        "error",
        ("A true-up to something that is not a figure to date", "Une régularisation vers autre chose qu'un cumul"),
        (
            "`{name}` must be a `{let}` that covers a {per} to date or more; this is {got}",
            "`{name}` doit être défini par `{let}` sur le cumul d'un {per} ou plus ; ici : {got}",
        ),
        (
            "A true-up compares what was paid since the start of a window with what is due since then.",
            "Une régularisation compare ce qui a été versé depuis le début d'une fenêtre avec ce qui est dû depuis.",
        ),
        (
            "Define it over a window to date: `let due = 8% of (revenue over year to date)`.",
            "Définissez-le sur un cumul : `soit dû = 8 % de (signé sur cumul annuel)`.",
        ),
        shows="let goal = 8% of revenue\nsettlement {\n  add bonus\n  trueup bonus to goal per quarter\n}",
    ),
    Code(
        "E459",
        "limit-window",
        "error",
        ("A limit over another period than its own", "Une limite sur une autre période que la sienne"),
        ("this covers {got}; `{step}` here acts over {wanted}", "ceci couvre {got} ; `{step}` agit ici sur {wanted}"),
        ("An annual amount would be granted every month.", "Un montant annuel serait accordé chaque mois."),
        ("Bring the amount to the period of the step.", "Ramenez le montant à la période de l'étape."),
        shows="settlement {\n  add bonus\n  draw annual_quota per month guaranteed\n}",
    ),
    Code(
        "E460",
        "draw-dates",
        "error",
        ("A draw that begins or ends outside the plan's periods", "Une avance hors des périodes du plan"),
        (
            "`{word}` is not where a {period} of the plan begins or ends; the plan runs from {first} to {last}",
            "`{word}` ne borne pas une période du plan ({period}) ; le plan va du {first} au {last}",
        ),
        ("A draw is paid for whole periods of the plan.", "Une avance est versée pour des périodes entières du plan."),
        ("Name a period inside the plan.", "Nommez une période du plan."),
        shows="settlement {\n  add bonus\n  draw 100 EUR per month guaranteed from 2027-01\n}",
    ),
    Code(
        "E461",
        "step-each-period",
        "error",
        ("A step that acts in each period of the plan", "Une étape qui agit à chaque période du plan"),
        (
            "`{step}` acts on what one {period} pays; it cannot be per {word}",
            "`{step}` agit sur ce que verse une période ({period}) ; ce ne peut être par {word}",
        ),
        (
            "What a longer period guarantees is not known before it ends; only a cap looks at several periods.",
            "Ce que garantit une période plus longue n'est connu qu'à sa fin ; seul un plafond en regarde plusieurs.",
        ),
        ("Write the amount of one period of the plan.", "Écrivez le montant d'une période du plan."),
        shows="settlement {\n  add bonus\n  draw 6 000 EUR per quarter guaranteed\n}",
    ),
    Code(
        "E462",
        "result-not-given",
        "error",
        ("A result that the settlement does not give", "Un résultat que le décompte ne donne pas"),
        ("the plan does not give `{name}`", "le plan ne donne pas `{name}`"),
        (
            "A balance exists only where a step keeps one: a recoverable draw, a cap or floor that carries, a hold.",
            "Un solde n'existe que si une étape le tient : avance récupérable, plafond ou plancher reporté, retenue.",
        ),
        ("Expect a result that there is, or add the step.", "Attendez un résultat existant, ou ajoutez l'étape."),
        {
            "given": ("the settlement gives {results}", "le décompte donne {results}"),
            "none": ("the plan has no settlement", "le plan n'a pas de décompte"),
        },
        'example "a" {\n  given revenue = 9 EUR\n  expect paid = 0.09 EUR\n}',
    ),
    Code(
        "E463",
        "result-in-formula",
        "error",
        ("A result of the settlement in a formula", "Un résultat du décompte dans une formule"),
        (
            "`{name}` is what the settlement gives; a formula comes before it",
            "`{name}` est donné par le décompte ; une formule vient avant lui",
        ),
        (
            "Lines are computed first and settled after; only examples and reports read the results.",
            "Les lignes sont calculées d'abord, décomptées ensuite ; seuls exemples et rapports lisent les résultats.",
        ),
        ("Use the name of a component.", "Employez le nom d'une composante."),
        shows="component second {\n  pay 10% of paid\n}",
    ),
    Code(
        "E464",
        "release-total",
        "error",
        ("A release whose shares do not total 100 %", "Un déblocage dont les parts ne totalisent pas 100 %"),
        (
            "the shares of `{name}` that fall due add up to {total}",
            "les parts exigibles de `{name}` totalisent {total}",
        ),
        (
            "A part of what was earned would never fall due, or fall due twice.",
            "Une partie de l'acquis ne serait jamais due, ou le serait deux fois.",
        ),
        ("Correct a share.", "Corrigez une part."),
        shows="settlement {\n  add bonus\n  release bonus {\n    60%: closed_on\n    30%: closed_on + 90 days\n  }\n}",
    ),
    Code(
        "E465",
        "taken-back-of-what",
        "error",
        ("A clawback that does not say of what", "Une reprise qui ne dit pas sur quoi"),
        (
            "a clawback takes a part of a component: `{text}`",
            "une reprise prend une part d'une composante : `{text}`",
        ),
        (
            "What was paid is taken back component by component, so that tiers are reversed exactly.",
            "Ce qui a été versé est repris par composante, pour défaire exactement les tranches.",
        ),
        ("Write the share, then the component.", "Écrivez la part, puis la composante."),
        shows="settlement {\n  add bonus\n  clawback 500 EUR on closed_on when stage is lost\n}",
    ),
    Code(
        "E466",
        "date-of-which-table",
        "error",
        ("A date of no table that the component reads", "Une date d'aucune table lue par la composante"),
        (
            "`{word}` does not name one table that `{name}` is measured from",
            "`{word}` ne désigne pas une table mesurée par `{name}`",
        ),
        (
            "A date of a row says when pay for that row is due, or taken back.",
            "La date d'une ligne dit quand sa paie est due, ou reprise.",
        ),
        (
            "Name a field of the rows behind the component, with its table if two have it.",
            "Nommez un champ des lignes mesurées, avec sa table si deux l'ont.",
        ),
        {
            "replace": NEAR,
            "tables": ("it reads {tables}", "elle lit {tables}"),
            "several": (
                "it stands in {tables}: write the table before it",
                "il est dans {tables} : écrivez la table devant",
            ),
        },
        "settlement {\n  add bonus\n  clawback 100% of bonus on churned_on when stage is lost\n}",
    ),
    Code(
        "E467",
        "instalments",
        "error",
        ("Instalments that are not periods of the plan", "Des échéances qui ne sont pas des périodes du plan"),
        (
            "`{text}` does not count periods of the plan ({period}), from 1 to {most}",
            "`{text}` ne compte pas des périodes du plan ({period}), de 1 à {most}",
        ),
        (
            "Each part is settled with a period of the plan.",
            "Chaque part est décomptée avec une période du plan.",
        ),
        ("Write how many periods of the plan it takes.", "Écrivez le nombre de périodes du plan."),
        shows="settlement {\n  add bonus\n  release bonus in 2 quarters\n}",
    ),
    Code(
        "E468",
        "line-by-row",
        "error",
        ("A line that cannot be told by row", "Une ligne qui ne se répartit pas par ligne de données"),
        (
            "which part of `{name}` belongs to a row of `{table}` cannot be told",
            "la part de `{name}` qui revient à une ligne de `{table}` ne peut pas être dite",
        ),
        (
            "A line belongs to the rows of its measures in proportion to what they credited.",
            "Une ligne revient aux lignes de ses indicateurs en proportion de ce qu'elles ont apporté.",
        ),
        (
            "Use measures of one unit that add up, or release in equal parts.",
            "Prenez des indicateurs d'une même unité qui s'additionnent, ou débloquez en parts égales.",
        ),
        {
            "none": ("it pays for no measure of that table", "elle ne verse pour aucun indicateur de cette table"),
            "units": ("{measures} are of different units", "{measures} sont d'unités différentes"),
            "not added": ("{measures} do not add up row by row", "{measures} ne s'additionnent pas ligne par ligne"),
        },
        "component extra {\n  pay 1% of revenue + 10 EUR per deals_won\n}\n"
        "settlement {\n  add bonus, extra\n  release extra {\n    100%: closed_on\n  }\n}",
    ),
    Code(
        "E469",
        "share-of-settlement",
        "error",
        ("A share that is no part", "Une part qui n'en est pas une"),
        ("`{text}` is not between 0 % and 100 %", "`{text}` n'est pas entre 0 % et 100 %"),
        (
            "Only a part of what was given falls due, or is taken back.",
            "Seule une part de ce qui a été donné est due, ou reprise.",
        ),
        ("Write a percentage from 0 % to 100 %.", "Écrivez un pourcentage de 0 % à 100 %."),
        shows="settlement {\n  add bonus\n  clawback 150% of bonus on closed_on when stage is lost\n}",
    ),
    Code(
        "E470",
        "held-for-ever",
        "error",
        ("A line that waits, and nothing that pays it", "Une ligne retenue, et rien qui la verse"),
        (
            "`{gate}` holds `{name}`, but no settlement adds `{name}`",
            "`{gate}` retient `{name}`, mais aucun décompte n'ajoute `{name}`",
        ),
        (
            "What is held is paid by the settlement, in the next period in which the gate is met.",
            "Ce qui est retenu est versé par le décompte, à la prochaine période où la condition est remplie.",
        ),
        ("Write a settlement that adds the component.", "Écrivez un décompte qui ajoute la composante."),
        shows=(
            "gate quality {\n  require deals_won >= 3\n  otherwise hold\n}\n"
            "component extra {\n  pay 100 EUR\n  gated by quality\n}"
        ),
    ),
    Code(
        "W450",
        "unusual-order",
        "warning",
        ("An unusual order of steps", "Un ordre d'étapes inhabituel"),
        (
            "`{step}` stands below `{before}`, which is seldom meant",
            "`{step}` vient sous `{before}`, ce qui est rarement voulu",
        ),
        (
            "Steps run from top to bottom, so their order changes what is paid.",
            "Les étapes vont de haut en bas : leur ordre change ce qui est versé.",
        ),
        (
            "Move the step up; where the order is meant, write a `note` below the step.",
            "Remontez l'étape ; si l'ordre est voulu, mettez une `note` sous l'étape.",
        ),
        {
            "capped": ("the cap may take back a part of the draw", "le plafond peut reprendre une partie de l'avance"),
            "kept": (
                "what is taken back leaves the capped amount, though the cap may have cut it off already",
                "ce qui est repris est pris sur le montant plafonné, alors que le plafond l'a peut-être déjà écarté",
            ),
            "floored": (
                "the draw lifts what the floor left, so that the floor decides nothing above it",
                "l'avance relève ce que le plancher a laissé : le plancher ne décide plus de rien au-dessus",
            ),
            "note": (
                "if it is meant, say so below the step: `{text}`",
                "si c'est voulu, dites-le sous l'étape : `{text}`",
            ),
            "escapes": ("what comes in here escapes `{before}`", "ce qui entre ici échappe à `{before}`"),
            "held": ("an amount may change after it passed the hold", "un montant peut changer après la retenue"),
        },
        "settlement {\n  add bonus\n  draw 100 EUR per month guaranteed\n  cap 9 000 EUR per year\n}",
    ),
    Code(
        "W451",
        "not-settled",
        "warning",
        ("A component that is never paid", "Une composante jamais versée"),
        (
            "`{name}` is not added to the settlement, so it is never paid",
            "`{name}` n'est pas ajoutée au décompte : elle n'est jamais versée",
        ),
        ("With a settlement, only what it adds is paid.", "Avec un décompte, seul ce qu'il ajoute est versé."),
        ("Add it to the settlement, or remove it.", "Ajoutez-la au décompte, ou supprimez-la."),
        shows="component extra {\n  pay 100 EUR\n}\nsettlement {\n  add bonus\n}",
    ),
)
