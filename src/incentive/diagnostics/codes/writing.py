"""Findings of what writes plans anew: the translation between the two languages."""

from incentive.diagnostics.catalogue import Code

WRITING = (
    Code(
        "E160",
        "untranslatable-name",
        "error",
        ("A name that means something else in the other language", "Un nom qui a un autre sens dans l'autre langue"),
        (
            "`{word}` would be read as another word in {to}; the plan is left as it is",
            "`{word}` se lirait comme un autre mot {to} ; le plan reste tel quel",
        ),
        (
            "A name of yours may be a word of the other language; translating it would change what the plan pays.",
            "Un de vos noms peut être un mot de l'autre langue ; traduire changerait ce que paie le plan.",
        ),
        ("Rename it, then translate again.", "Renommez-le, puis traduisez à nouveau."),
        shows="(translating a plan into French that calls a measure `total_des_ventes` and a table `équipe`)",
    ),
)
