"""Findings about the files that a plan is made of."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

FILES: tuple[Code, ...] = (
    Code(
        "E600",
        "outside",
        "error",
        ("A name of no file beside the plan", "Un nom qui n'est pas celui d'un fichier à côté du plan"),
        (
            "`{name}` is not the name of a plan file in this folder or below it; nothing was opened",
            "`{name}` n'est pas le nom d'un fichier de plan dans ce dossier ni au-dessous ; rien n'a été ouvert",
        ),
        (
            "A plan that came by mail must not read other files of whoever checks it.",
            "Un plan reçu par courriel ne doit pas lire d'autres fichiers de qui le vérifie.",
        ),
        (
            "Put the file beside the plan and write its name, such as `rates.plan` or `shared/rates.plan`.",
            "Placez le fichier à côté du plan et écrivez son nom, par exemple `taux.plan` ou `commun/taux.plan`.",
        ),
        {
            "inside": (
                "letters, digits, `_`, `-`, single spaces and points, `/` between folders, `.plan` at the end",
                "lettres, chiffres, `_`, `-`, espaces et points isolés, `/` entre dossiers, `.plan` à la fin",
            )
        },
        'use "../rates.plan"',
    ),
    Code(
        "E601",
        "no-files",
        "error",
        ("A file named by a text that came without files", "Un fichier nommé par un texte venu sans fichiers"),
        (
            "`{name}` cannot be found: this plan came as a text, without files",
            "`{name}` est introuvable : ce plan est venu comme un texte, sans fichiers",
        ),
        (
            "Where a text has no place, nothing lies beside it.",
            "Un texte sans emplacement n'a rien à côté de lui.",
        ),
        (
            'Check the plan by the name of its file, or give the texts: `files={"rates.plan": …}`.',
            'Vérifiez le plan par le nom de son fichier, ou donnez les textes : `files={"taux.plan": …}`.',
        ),
        shows='use "rates.plan"',
    ),
    Code(
        "E602",
        "no-file",
        "error",
        ("A file that is not there", "Un fichier qui n'existe pas"),
        ("there is no file `{name}` beside this one", "il n'y a pas de fichier `{name}` à côté de celui-ci"),
        (
            "What it declares is part of the plan.",
            "Ce qu'il déclare fait partie du plan.",
        ),
        (
            "Correct the name, or put the file there. Names count from the folder of the text that says them.",
            "Corrigez le nom, ou placez-y le fichier. Les noms partent du dossier du texte qui les donne.",
        ),
        shows='use "rates.plan"',
    ),
    Code(
        "E603",
        "unreadable-file",
        "error",
        ("A file that is not read", "Un fichier qui n'est pas lu"),
        ("`{name}` cannot be read as a plan", "`{name}` ne peut pas être lu comme un plan"),
        (
            "A link may lead anywhere, and what is no file may never end.",
            "Un lien peut mener n'importe où, et ce qui n'est pas un fichier peut ne jamais finir.",
        ),
        (
            "Put a plain file there that you may read.",
            "Placez-y un simple fichier que vous pouvez lire.",
        ),
        {
            "link": ("it is a link, or lies behind one", "c'est un lien, ou il se trouve derrière un lien"),
            "no file": ("it is no file", "ce n'est pas un fichier"),
            "unreadable": ("it could not be opened", "il n'a pas pu être ouvert"),
        },
        'use "link.plan"',
    ),
    Code(
        "E604",
        "circle-of-files",
        "error",
        ("Files that name each other in a circle", "Des fichiers qui se nomment en cercle"),
        ("`{name}` leads back to itself", "`{name}` mène à lui-même"),
        (
            "A file that is part of itself has no end.",
            "Un fichier qui fait partie de lui-même n'a pas de fin.",
        ),
        (
            "Move what both need into a third file.",
            "Déplacez ce dont les deux ont besoin dans un troisième fichier.",
        ),
        {"chain": ("{chain}", "{chain}")},
        'use "this.plan"',
    ),
    Code(
        "E605",
        "too-many-files",
        "error",
        ("Too many files", "Trop de fichiers"),
        ("a plan is made of at most {limit} other files", "un plan est fait d'au plus {limit} autres fichiers"),
        (
            "Whoever reads a plan must be able to read all of it.",
            "Qui lit un plan doit pouvoir le lire en entier.",
        ),
        ("Put several files together.", "Réunissez plusieurs fichiers."),
        shows='use "one-more.plan"',
    ),
    Code(
        "E606",
        "not-to-share",
        "error",
        ("A used file that is more than declarations", "Un fichier utilisé qui a plus que des déclarations"),
        (
            "`{word}` cannot stand in a file that another one uses",
            "`{word}` n'a pas sa place dans un fichier qu'un autre utilise",
        ),
        (
            "A plan has one head; what is shared are declarations.",
            "Un plan a une seule tête ; ce qui se partage, ce sont des déclarations.",
        ),
        (
            "Move the declarations that both plans need into a file of their own.",
            "Déplacez les déclarations utiles aux deux plans dans un fichier à part.",
        ),
        {"used": ("it is used here", "il est utilisé ici")},
        'use "sales-2026.plan"',
    ),
    Code(
        "E607",
        "other-language",
        "error",
        ("A file in the other language", "Un fichier dans l'autre langue"),
        (
            "`{name}` begins with `incentive 1 {other}`, this plan with `incentive 1 {own}`",
            "`{name}` commence par `incentive 1 {other}`, ce plan par `incentive 1 {own}`",
        ),
        (
            "Words of a plan are those of its language, in all of its files.",
            "Les mots d'un plan sont ceux de sa langue, dans tous ses fichiers.",
        ),
        (
            "Translate it: `incentive translate FILE --to en`.",
            "Traduisez-le : `incentive translate FICHIER --to fr`.",
        ),
        shows='use "taux.plan"',
    ),
)
