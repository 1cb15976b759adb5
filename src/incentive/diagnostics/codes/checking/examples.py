"""Findings about what an example cannot say."""

from incentive.diagnostics.catalogue import Code

EXAMPLES: tuple[Code, ...] = (
    Code(
        "E270",
        "example-gives",
        "error",
        ("A figure that an example cannot give", "Un chiffre qu'un exemple ne peut pas donner"),
        (
            "`{name}` is {kind}; an example gives measures, inputs and rows",
            "`{name}` est {kind} ; un exemple donne des indicateurs, des valeurs et des lignes",
        ),
        (
            "What the plan computes is the answer, not the question.",
            "Ce que le plan calcule est la réponse, non la question.",
        ),
        ("Give what it is computed from, and expect it.", "Donnez ce dont il est tiré, et attendez-le."),
        shows='example "a" {\n  given total = 1 EUR\n  expect total = 1 EUR\n}',
    ),
    Code(
        "E271",
        "example-mixes",
        "error",
        ("A figure given beside rows", "Un chiffre donné à côté de lignes"),
        (
            "`{name}` comes from the rows given here; it cannot be given too",
            "`{name}` vient des lignes données ici ; il ne peut pas être donné aussi",
        ),
        (
            "Two sources for one figure could disagree, and one would be ignored.",
            "Deux sources d'un chiffre peuvent se contredire, et l'une serait ignorée.",
        ),
        ("Give the rows or the figures.", "Donnez les lignes ou les chiffres."),
        shows=(
            'example "a" {\n  given deals {\n    | amount |\n    | 5 EUR  |\n  }\n  given revenue = 5 EUR\n'
            "  expect total = 0 EUR\n}"
        ),
    ),
    Code(
        "E272",
        "example-whose",
        "error",
        ("An expectation of nobody in particular", "Une attente de personne en particulier"),
        (
            "this example names {people}; say whose `{name}` is meant",
            "cet exemple nomme {people} ; dites de qui est `{name}`",
        ),
        ("Each of them has a figure.", "Chacun a son chiffre."),
        ("Add `for` and the name between quotes.", "Ajoutez `pour` et le nom entre guillemets."),
        shows=(
            'example "a" {\n  given quota for "Ana" = 1 EUR\n  given quota for "Bob" = 2 EUR\n'
            "  expect revenue = 0 EUR\n}"
        ),
    ),
    Code(
        "E273",
        "timeline-order",
        "error",
        ("A timeline with a gap", "Une chronologie avec un trou"),
        ("`{word}` does not follow `{before}`", "`{word}` ne suit pas `{before}`"),
        (
            "The rows of a timeline are periods one after the other; what accumulates would skip one.",
            "Les lignes d'une chronologie sont des périodes qui se suivent ; un cumul en sauterait une.",
        ),
        ("Write every period, in order.", "Écrivez chaque période, dans l'ordre."),
        shows=(
            'example "a" {\n  timeline {\n    | month   | revenue |\n'
            "    | 2026-01 | 0 EUR   |\n    | 2026-03 | 0 EUR   |\n  }\n}"
        ),
    ),
    Code(
        "E274",
        "given-twice",
        "error",
        ("A figure given twice", "Un chiffre donné deux fois"),
        ("`{name}` is already given on line {first_line}", "`{name}` est déjà donné ligne {first_line}"),
        ("Only one of them could be true.", "Un seul pourrait être vrai."),
        ("Remove one.", "Supprimez-en un."),
        shows='example "a" {\n  given revenue = 1 EUR\n  given revenue = 2 EUR\n  expect revenue = 2 EUR\n}',
    ),
    Code(
        "E275",
        "given-window",
        "error",
        ("An input given over a window", "Une valeur donnée sur une fenêtre"),
        (
            "`{name}` is an input; it is given for its own period",
            "`{name}` est une valeur ; elle se donne pour sa période",
        ),
        (
            "An input has one value for each of its periods; longer ones are added up by the plan's own rule.",
            "Une valeur se donne pour chacune de ses périodes ; le plan les cumule selon sa règle.",
        ),
        (
            "Leave `over` out, or give each period in a timeline.",
            "Retirez `sur`, ou donnez chaque période en chronologie.",
        ),
        shows='example "a" {\n  given quota over year = 1 EUR\n  expect revenue = 0 EUR\n}',
    ),
    Code(
        "E276",
        "people-unnamed",
        "error",
        ("People without their names", "Des personnes sans leur nom"),
        (
            "the rows of `{name}` need the column `{who}`",
            "les lignes de `{name}` demandent la colonne `{who}`",
        ),
        ("A row about nobody says nothing.", "Une ligne sur personne ne dit rien."),
        (
            "Add the column, with a name between quotes in each row.",
            "Ajoutez la colonne, avec un nom entre guillemets par ligne.",
        ),
        shows=(
            "facts people {\n  who:  participant\n  role: text\n}\n"
            'example "a" {\n  given people {\n    | role  |\n    | "rep" |\n  }\n  expect revenue = 0 EUR\n}'
        ),
    ),
)
