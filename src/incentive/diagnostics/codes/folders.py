"""Findings about folders of runs: what cannot be written, what is not as it was, what gives something else."""

from __future__ import annotations

from incentive.diagnostics.catalogue import helped

FOLDERS = (
    helped(
        "R110",
        "run-folder-taken",
        ("Something else is there", "La place est prise"),
        (
            "{folder} is there already and is not this run; nothing was written.",
            "{folder} existe déjà et n'est pas ce calcul ; rien n'a été écrit.",
        ),
        (
            "A run that was kept is never written over: what was paid by it must stay to be seen.",
            "Un calcul conservé n'est jamais écrasé : ce qui a été payé d'après lui doit rester visible.",
        ),
        ("Name another folder.", "Donnez un autre dossier."),
        "incentive run sales.plan --data march --out runs/2026-03   # where that is the run of other data",
    ),
    helped(
        "R111",
        "run-folder-not-written",
        ("The folder cannot be written", "Le dossier ne peut pas être écrit"),
        ("{folder} was not written ({error}).", "{folder} n'a pas été écrit ({error})."),
        (
            "A folder is written whole or not at all; what was begun was removed.",
            "Un dossier est écrit en entier ou pas du tout ; ce qui était commencé a été retiré.",
        ),
        ("Mend what the system says, then run again.", "Corrigez ce que dit le système, puis recommencez."),
        "incentive run sales.plan --data march --out runs/2026-03   # where there is no folder runs",
        more={
            "missing": (
                "The folder in which it is to be made is not there.",
                "Le dossier dans lequel il doit être créé n'existe pas.",
            ),
            "denied": ("You have no permission to write there.", "Vous n'avez pas le droit d'y écrire."),
            "full": ("The disk is full.", "Le disque est plein."),
            "read only": ("The disk can only be read.", "Le disque est en lecture seule."),
            "other": (
                "The system refused an operation on a file.",
                "Le système a refusé une opération sur un fichier.",
            ),
        },
    ),
    helped(
        "R112",
        "not-a-run-folder",
        ("This is no folder of a run", "Ce n'est pas un dossier de calcul"),
        (
            "{folder} is no folder of a run that this version can read.",
            "{folder} n'est pas un dossier de calcul que cette version sait lire.",
        ),
        (
            "A folder without a manifest that can be read proves nothing, and a later version may mean something else.",
            "Un dossier sans manifeste lisible ne prouve rien, et une version plus récente peut dire autre chose.",
        ),
        (
            "Give a folder that `incentive run --out` wrote, with a version that is not older.",
            "Donnez un dossier écrit par `incentive run --out`, avec une version qui n'est pas plus ancienne.",
        ),
        "incentive audit march   # a folder of data",
    ),
    helped(
        "R113",
        "run-file-altered",
        ("A file was altered", "Un fichier a été modifié"),
        ("{file} is not what the run wrote.", "{file} n'est pas ce que le calcul a écrit."),
        (
            "One changed byte is enough: nothing that stands in the folder can be trusted to be what was paid.",
            "Un octet modifié suffit : rien dans le dossier ne dit plus sûrement ce qui a été payé.",
        ),
        (
            "Take the folder from where it was copied, or run again into another folder.",
            "Reprenez le dossier de sa copie, ou refaites le calcul dans un autre dossier.",
        ),
        "an amount that was typed again in lines.csv",
    ),
    helped(
        "R114",
        "run-file-missing",
        ("A file is missing", "Un fichier manque"),
        ("{file} is not in the folder any more.", "{file} n'est plus dans le dossier."),
        (
            "The run cannot be proved without everything that it was made from.",
            "Le calcul ne peut pas être prouvé sans tout ce dont il a été fait.",
        ),
        (
            "Take the folder from where it was copied, or run again into another folder.",
            "Reprenez le dossier de sa copie, ou refaites le calcul dans un autre dossier.",
        ),
        "a folder from which data/quota.csv was removed",
    ),
    helped(
        "R115",
        "run-file-added",
        ("Something was added", "Quelque chose a été ajouté"),
        (
            "{file} is in the folder and is no file of the run.",
            "{file} est dans le dossier et n'est pas un fichier du calcul.",
        ),
        (
            "Who opens the folder would take it for a result. Links are refused too: what they lead to may change.",
            "Qui ouvre le dossier le prendrait pour un résultat. Un lien est refusé aussi : sa cible peut changer.",
        ),
        ("Keep what you add in another folder.", "Gardez vos ajouts dans un autre dossier."),
        "a spreadsheet that was saved into the folder",
    ),
    helped(
        "R116",
        "run-not-reproduced",
        ("Computed again, it is something else", "Recalculé, le résultat est autre"),
        (
            "{file}, {where}: it was {was}, computed again it is {now}.",
            "{file}, {where} : c'était {was}, recalculé c'est {now}.",
        ),
        (
            "The same plan and data gave something else: another version computes otherwise, or somebody made it.",
            "Les mêmes plan et données donnent autre chose : une autre version, ou un dossier fait par quelqu'un.",
        ),
        (
            "Audit with the version that the manifest names; the changelog says which computed amounts changed.",
            "Auditez avec la version que nomme le manifeste ; le journal des versions dit quels montants ont changé.",
        ),
        "a folder whose amounts and hashes were all written anew",
    ),
    helped(
        "R117",
        "run-folder-not-before",
        ("This is not the run before", "Ce n'est pas le calcul d'avant"),
        (
            "{folder} did not close the periods before this run.",
            "{folder} n'a pas clos les périodes d'avant ce calcul.",
        ),
        (
            "Corrections are what was not paid by the run before; of another run they mean nothing.",
            "Une correction est ce que le calcul d'avant n'a pas payé ; d'un autre calcul, elle ne dit rien.",
        ),
        (
            "Give the folder of the close that came right before.",
            "Donnez le dossier de la clôture qui vient juste avant.",
        ),
        "the folder of January, given to the audit of March",
    ),
    helped(
        "R118",
        "run-other-results",
        ("The same run has other results", "Le même calcul a d'autres résultats"),
        (
            "{folder} holds the same run, made with version {version}, with other results: {files}.",
            "{folder} contient le même calcul, fait avec la version {version}, avec d'autres résultats : {files}.",
        ),
        (
            "The same plan and data must give the same; what was kept is left as it is.",
            "Les mêmes plan et données doivent donner la même chose ; ce qui était conservé reste tel quel.",
        ),
        ("`incentive audit` names what differs.", "`incentive audit` nomme ce qui diffère."),
        "a run that is made again with a version that computes otherwise",
    ),
    helped(
        "R119",
        "run-more-differences",
        ("More differs", "D'autres différences"),
        ("{file}: {count} more places differ.", "{file} : {count} autres endroits diffèrent."),
        ("The first differences tell most.", "Les premières différences disent l'essentiel."),
        ("Compare the file with that of a new run.", "Comparez le fichier avec celui d'un nouveau calcul."),
        "a folder in which every line differs",
    ),
    helped(
        "R120",
        "run-made-otherwise",
        ("Made with something else", "Fait avec autre chose"),
        (
            "{what}: the run was made with {was}, the audit with {now}.",
            "{what} : le calcul a été fait avec {was}, l'audit avec {now}.",
        ),
        (
            "It must not matter, and an audit that passes shows that it did not.",
            "Cela ne doit rien changer, et un audit réussi montre que rien n'a changé.",
        ),
        ("Nothing is to be done.", "Il n'y a rien à faire."),
        "a folder of last year, audited with the version of today",
        severity="warning",
    ),
    helped(
        "R121",
        "causes-not-audited",
        ("Causes were not told again", "Les causes n'ont pas été redites"),
        (
            "{file} is as it was written, and was not computed again.",
            "{file} est tel qu'écrit, et n'a pas été recalculé.",
        ),
        (
            "Causes come from the plan and the data of the run before, which are in its own folder.",
            "Les causes viennent du plan et des données du calcul d'avant, qui sont dans son propre dossier.",
        ),
        ("Give that folder with --previous.", "Donnez ce dossier avec --previous."),
        "incentive audit runs/2026-02   # without --previous runs/2026-01",
        severity="warning",
    ),
    helped(
        "R122",
        "run-not-computed-again",
        ("It cannot be computed again", "Le calcul ne peut pas être refait"),
        ("The run cannot be computed again: {reason}", "Le calcul ne peut pas être refait : {reason}"),
        (
            "Plan and data are as they were written, but this version refuses them.",
            "Le plan et les données sont tels qu'écrits, mais cette version les refuse.",
        ),
        ("Audit with the version that the manifest names.", "Auditez avec la version que nomme le manifeste."),
        "a folder whose plan uses a word that was withdrawn since",
    ),
    helped(
        "R123",
        "run-folder-cannot-follow",
        ("Nothing can follow this run", "Rien ne peut suivre ce calcul"),
        (
            "{folder} closed no period: its run began later than the plan, and after no other run.",
            "{folder} n'a clos aucune période : son calcul commence plus tard que le plan, et après aucun autre.",
        ),
        (
            "Nothing says what was paid for the periods before it.",
            "Rien ne dit ce qui a été versé pour les périodes d'avant.",
        ),
        (
            "Run from the first period of the plan, or with --after.",
            "Calculez depuis la première période du plan, ou avec --after.",
        ),
        "incentive run sales.plan --data march --period 2026-03 --after runs/trial",
    ),
)
