"""Findings of the programs around a plan: what stands in the way of a command."""

from incentive.diagnostics.catalogue import Code

PROGRAMS = (
    Code(
        "X101",
        "folder-not-empty",
        "error",
        ("The folder is not empty", "Le dossier n'est pas vide"),
        (
            "{folder} is there already and is not an empty folder; nothing was written",
            "{folder} existe déjà et n'est pas un dossier vide ; rien n'a été écrit",
        ),
        (
            "A new plan never overwrites what somebody wrote.",
            "Un nouveau plan n'écrase jamais ce que quelqu'un a écrit.",
        ),
        ("Name another folder, or empty this one.", "Donnez un autre dossier, ou videz celui-ci."),
        shows="incentive new plans   # where plans/ holds files",
    ),
)
