"""Findings about decision tables, and about amounts divided among people."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

_PAIRS = [
    tuple(str(value) if at in {pair, pair + 9} else "any" for at in range(18))
    for pair in range(9)
    for value in (1, 2, 3)
]
_LARGE = "\n".join(
    [
        "table rates first {",
        f"  | {' | '.join('abcdefghijklmnopqr')} | late | rate |",
        *(f"  | {' | '.join(row)} | any | 5% |" for row in _PAIRS),
        *(f"  | {' | '.join(['any'] * 18)} | {late} | 3% |" for late in ("true", "false")),
        "}",
    ]
)

DECISIONS: tuple[Code, ...] = (
    Code(
        "E420",
        "two-rows",
        "error",
        ("Two rows of a decision table match", "Deux lignes d'une table de décision répondent"),
        (
            "rows {first_line} and {line} of `{name}` both match {sample}",
            "les lignes {first_line} et {line} de `{name}` répondent toutes deux à {sample}",
        ),
        (
            "If the order of rows decided in silence, moving a row would change pay.",
            "Si l'ordre des lignes décidait en silence, déplacer une ligne changerait la paie.",
        ),
        (
            "Make one of the rows narrower, or say that the row written first counts.",
            "Restreignez l'une des lignes, ou dites que la première écrite compte.",
        ),
        {
            "other": ("the other row", "l'autre ligne"),
            "first": ("if the row written first counts: `{text}`", "si la ligne écrite d'abord compte : `{text}`"),
        },
        'table rates {\n  | region  | rate |\n  | "North" | 5%   |\n  | any     | 3%   |\n}',
    ),
    Code(
        "E421",
        "no-row",
        "error",
        ("A combination that no row matches", "Une combinaison à laquelle aucune ligne ne répond"),
        ("no row of `{name}` matches {sample}", "aucune ligne de `{name}` ne répond à {sample}"),
        (
            "Whoever it concerns would have no answer on pay day.",
            "La personne concernée n'aurait pas de réponse le jour de la paie.",
        ),
        (
            (
                "Add the row. A text or a number needs a row with `any`; bands that do not start at 0 need one for "
                "what lies below."
            ),
            (
                "Ajoutez la ligne. Un texte ou un nombre demande une ligne avec `tout` ; des bandes qui ne partent pas "
                "de 0 en demandent une pour ce qui est en dessous."
            ),
        ),
        {
            "call": ("asked here", "demandé ici"),
            "others": ("a last row for all others: `{text}`", "une dernière ligne pour tout le reste : `{text}`"),
        },
        (
            'table rates {\n  | region  | rate |\n  | "North" | 5%   |\n}\n'
            "measure weighed {\n  sum    deals.amount * rates(region)\n  dated  closed_on\n  credit owner\n}"
        ),
    ),
    Code(
        "E422",
        "too-many-combinations",
        "error",
        ("A decision table too large to be checked", "Une table de décision trop grande pour être vérifiée"),
        ("`{name}` has too many combinations to be checked", "`{name}` a trop de combinaisons pour être vérifiée"),
        (
            "What cannot be checked may lack an answer on pay day.",
            "Ce qui ne peut être vérifié peut manquer de réponse le jour de la paie.",
        ),
        (
            "Divide the table into several with fewer columns.",
            "Divisez la table en plusieurs, avec moins de colonnes.",
        ),
        shows=_LARGE,
    ),
    Code(
        "E423",
        "mixed-column",
        "error",
        ("A column of bands and of values", "Une colonne de bandes et de valeurs"),
        ("bands and values do not stand in one column", "bandes et valeurs ne vont pas dans une même colonne"),
        (
            "A band reaches up to the next bound; where a value lies within it, its end is not clear.",
            "Une bande va jusqu'à la borne suivante ; si une valeur est dedans, sa fin n'est pas claire.",
        ),
        (
            "Write `from` and `above` in the whole column, or values in the whole column.",
            "Écrivez `dès` et `plus de` dans toute la colonne, ou des valeurs dans toute la colonne.",
        ),
        {"other": ("here it is otherwise", "ici c'est autrement")},
        "table fees {\n  | deals  | fee   |\n  | from 0 | 1 EUR |\n  | 5      | 2 EUR |\n}",
    ),
    Code(
        "E424",
        "table-columns",
        "error",
        ("Too few or too many columns", "Trop peu ou trop de colonnes"),
        (
            "a decision table has 2 to {limit} columns, here are {got}",
            "une table de décision a de 2 à {limit} colonnes, en voici {got}",
        ),
        (
            "The last column is the answer, those before it are what it depends on.",
            "La dernière colonne est la réponse, celles d'avant sont ce dont elle dépend.",
        ),
        ("Add the keys, or divide the table.", "Ajoutez les clés, ou divisez la table."),
        shows="table rates {\n  | rate |\n  | 5%   |\n}",
    ),
    Code(
        "E425",
        "table-cell",
        "error",
        ("A cell that a decision table cannot have", "Une cellule qu'une table de décision ne peut avoir"),
        ("`{text}` cannot stand in this cell", "`{text}` ne peut être dans cette cellule"),
        (
            "A key is a value, a band or `any`; what is missing has no row, and the line that asks is pending.",
            "Une clé est une valeur, une bande ou `tout` ; une valeur absente n'a pas de ligne : en attente.",
        ),
        (
            'Write a value; where the key may be missing, say what counts where it is asked: `region if missing ""`.',
            'Écrivez une valeur ; si la clé peut manquer, dites ce qui compte à l\'appel : `région à défaut ""`.',
        ),
        {"answer": ("an answer is one value", "une réponse est une seule valeur")},
        "table rates first {\n  | region  | rate |\n  | missing | 5%   |\n  | any     | 3%   |\n}",
    ),
    Code(
        "W422",
        "row-never-matches",
        "warning",
        ("A row of a decision table that never matches", "Une ligne d'une table de décision jamais atteinte"),
        (
            "this row of `{name}` never counts: rows above it match all that it names",
            "cette ligne de `{name}` ne compte jamais : celles d'avant répondent à tout ce qu'elle nomme",
        ),
        (
            "Its answer is given to nobody, which its author hardly meant.",
            "Sa réponse n'est donnée à personne : son auteur ne l'a guère voulu.",
        ),
        ("Move the row up, or delete it.", "Remontez la ligne, ou supprimez-la."),
        shows='table rates first {\n  | region  | rate |\n  | any     | 3%   |\n  | "North" | 5%   |\n}',
    ),
    Code(
        "E540",
        "pool-of-one",
        "error",
        ("A personal figure divided among people", "Un chiffre personnel réparti entre plusieurs"),
        (
            "`{text}` differs from person to person, so there is no one amount to divide",
            "`{text}` diffère d'une personne à l'autre : il n'y a pas un montant à répartir",
        ),
        (
            "Each member would divide another amount, and the parts would not add up to any of them.",
            "Chaque membre répartirait un autre montant, et les parts n'en feraient aucun.",
        ),
        (
            "Divide a figure of the company or of a group: `2% of company.revenue`.",
            "Répartissez un chiffre de l'entreprise ou d'un groupe : `2 % de entreprise.ventes`.",
        ),
        shows="component bonus {\n  pay 2% of revenue shared equally among company\n}",
    ),
    Code(
        "E541",
        "accumulated-share",
        "error",
        ("An amount that is accumulated and divided", "Un montant cumulé et réparti"),
        (
            "`{clause}` and `{accumulate}` do not go together",
            "`{clause}` et `{accumulate}` ne vont pas ensemble",
        ),
        (
            "Who leaves the group would owe the parts of earlier periods, and who joins would be paid for them.",
            "Qui quitte le groupe devrait ses parts des périodes d'avant, et qui arrive serait payé pour elles.",
        ),
        (
            "Divide the increase: accumulate it in a component of the company, or pay at the end of the longer period.",
            "Répartissez l'augmentation, ou payez à la fin de la période longue.",
        ),
        shows=(
            "component bonus {\n  accumulate over year\n  pay 2% of company.revenue shared equally among company\n}"
        ),
    ),
    Code(
        "E542",
        "not-among-them",
        "error",
        ("An amount divided among others only", "Un montant réparti entre d'autres seulement"),
        (
            "nobody is one of their own `{name}`, so nobody would get a part",
            "nul ne fait partie de ses propres `{name}` : personne n'aurait de part",
        ),
        (
            "A component pays the participant; those who share are the members of the group.",
            "Une composante paie le bénéficiaire ; ceux qui partagent sont les membres du groupe.",
        ),
        ("Name a group, `team` or `company`.", "Nommez un groupe, `équipe` ou `entreprise`."),
        shows="component bonus {\n  pay 100 EUR shared equally among reports\n}",
    ),
    Code(
        "E543",
        "contest-of-one-figure",
        "error",
        ("A contest in which all are equal", "Un classement où tous sont à égalité"),
        (
            "`{text}` is the same for everybody, so all share one place",
            "`{text}` est le même pour tous : tous partagent une place",
        ),
        (
            "Places are told by a figure of each person; a figure of the company or of the plan puts nobody first.",
            "Les places se tirent d'un chiffre de chaque personne ; un chiffre de l'entreprise ne classe personne.",
        ),
        (
            "Compare a figure of the participant: `revenue by rank among company`.",
            "Comparez un chiffre du bénéficiaire : `ventes par classement entre entreprise`.",
        ),
        shows="component prize {\n  pay company.revenue by rank among company {\n    at 1: 500 EUR\n  }\n}",
    ),
    Code(
        "E544",
        "place-is-no-place",
        "error",
        ("A place that does not exist", "Une place qui n'existe pas"),
        ("`{text}` is not a place", "`{text}` n'est pas une place"),
        (
            "Places are whole numbers from 1 on: `at 2` is the second alone, `from 4` the fourth and all after it.",
            "Les places sont des nombres entiers dès 1. `à 2` est la deuxième seule, `dès 4` la quatrième et la suite.",
        ),
        ("Write a whole number.", "Écrivez un nombre entier."),
        {"replace": ("write `{after}`", "écrivez `{after}`")},
        "component prize {\n  pay revenue by rank among company {\n    at 0: 500 EUR\n  }\n}",
    ),
    Code(
        "E545",
        "rank-among-whom",
        "error",
        ("A rank among nobody", "Un rang parmi personne"),
        ("`{text}` is not the name of a group", "`{text}` n'est pas le nom d'un groupe"),
        (
            "A rank compares the figure of a person with those of a group, `team` or `company`.",
            "Un rang compare le chiffre d'une personne à ceux d'un groupe, de `équipe` ou de `entreprise`.",
        ),
        ("Name the group: `rank(revenue, company)`.", "Nommez le groupe : `rang(ventes, entreprise)`."),
        shows="let place = rank(revenue, 3)",
    ),
)
