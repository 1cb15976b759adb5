"""Findings of the stage: data.

D1 files and their form, D2 cells, D3 keys, references and people, D4 the mapping, D5 control figures.
"""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code, helped

_FILES = (
    helped(
        "D101",
        "file-missing",
        ("A file is not there", "Un fichier manque"),
        (
            "There is no file “{file}” for “{name}”.",
            "Il n'y a pas de fichier « {file} » pour « {name} ».",
        ),
        ("Without it, nobody can know what should be paid.", "Sans lui, personne ne peut savoir ce qui est dû."),
        (
            'Put the file in the folder, or name the right one in the mapping: file = "…".',
            'Déposez le fichier dans le dossier, ou nommez le bon dans le fichier de correspondance : file = "…".',
        ),
        shows="a plan that needs the table deals, and a folder without deals.csv",
    ),
    helped(
        "D102",
        "file-unreadable",
        ("A file cannot be read", "Un fichier est illisible"),
        ("“{file}” cannot be read as a plain file.", "« {file} » ne peut pas être lu comme un simple fichier."),
        (
            "A folder, a pipe or a device has no content that stays the same; a file may also be closed to you.",
            "Un dossier, un tube ou un périphérique n'a pas de contenu stable ; un fichier peut aussi vous être fermé.",
        ),
        (
            "Give a plain file that you may read.",
            "Donnez un simple fichier, que vous avez le droit de lire.",
        ),
        shows="deals.csv is a folder",
    ),
    helped(
        "D103",
        "file-too-big",
        ("A file is too big", "Un fichier est trop grand"),
        ("“{file}” has {size} bytes; at most {limit} are read.", "« {file} » a {size} octets ; la limite est {limit}."),
        (
            "A limit keeps a wrong file from filling the machine.",
            "Une limite évite qu'un mauvais fichier sature la machine.",
        ),
        ("Give only the rows and columns that the plan needs.", "Ne donnez que les lignes et colonnes utiles au plan."),
    ),
    helped(
        "D104",
        "file-empty",
        ("A file is empty", "Un fichier est vide"),
        ("“{file}” is empty: it does not even have headers.", "« {file} » est vide : il n'a même pas d'en-têtes."),
        (
            "An export that failed often leaves an empty file.",
            "Une extraction qui a échoué laisse souvent un fichier vide.",
        ),
        (
            "Export it again. A table without rows still has its line of headers.",
            "Refaites l'extraction. Une table sans lignes garde sa ligne d'en-têtes.",
        ),
        shows="a file of 0 bytes",
    ),
    helped(
        "D105",
        "file-changed",
        ("A file changed while it was read", "Un fichier a changé pendant la lecture"),
        ("“{file}” changed while it was being read.", "« {file} » a changé pendant sa lecture."),
        (
            "Half of an old file and half of a new one is neither.",
            "La moitié d'un ancien fichier et la moitié d'un nouveau ne font ni l'un ni l'autre.",
        ),
        ("Wait until it is written, then read again.", "Attendez la fin de l'écriture, puis relisez."),
    ),
    helped(
        "D106",
        "encoding",
        ("A byte does not fit the encoding", "Un octet ne correspond pas à l'encodage"),
        (
            "Byte {offset} of “{file}” is not text in {encoding}.",
            "L'octet {offset} de « {file} » n'est pas du texte en {encoding}.",
        ),
        (
            "Read in another encoding, names and keys turn into other names and keys.",
            "Lus dans un autre encodage, les noms et les clés en deviennent d'autres.",
        ),
        (
            'Save the file as UTF-8, or declare its encoding in the mapping: encoding = "cp1252".',
            'Enregistrez le fichier en UTF-8, ou déclarez son encodage dans la correspondance : encoding = "cp1252".',
        ),
        shows="a file saved by a spreadsheet in cp1252, with é in it",
    ),
    helped(
        "D107",
        "not-text",
        ("A character that no text has", "Un caractère étranger à tout texte"),
        (
            "“{file}” has the character {character} inside: this is not plain text.",
            "« {file} » contient le caractère {character} : ce n'est pas du texte.",
        ),
        (
            "Such a character comes from a damaged file, from files joined together, or from a file of another kind.",
            "Un tel caractère vient d'un fichier abîmé, de fichiers mis bout à bout ou d'un fichier d'une autre sorte.",
        ),
        ("Export the file again as text.", "Refaites l'extraction en texte."),
    ),
    helped(
        "D108",
        "column-missing",
        ("A column is not there", "Une colonne manque"),
        ("There is no column “{column}”.", "Il n'y a pas de colonne « {column} »."),
        (
            "Headers are compared letter by letter: a column that is nearly called so may hold something else.",
            "Les en-têtes sont comparés lettre à lettre : une colonne au nom voisin peut contenir autre chose.",
        ),
        (
            'Rename the header, or say in the mapping where the field stands: columns = { field = "Header" }.',
            (
                "Renommez l'en-tête, ou dites dans la correspondance où se trouve le champ : columns = { champ = "
                '"En-tête" }.'
            ),
        ),
        hint=(
            'The headers are: {headers}. Say in the mapping which one it is: columns = { field = "Header" }.',
            'Les en-têtes sont : {headers}. Dites lequel dans la correspondance : columns = { champ = "En-tête" }.',
        ),
        more={
            "delimiter": (
                'The header holds “{other}”, and “{declared}” is the declared delimiter: write delimiter = "{other}".',
                (
                    "L'en-tête contient « {other} », et « {declared} » est le séparateur déclaré : écrivez delimiter = "
                    '"{other}".'
                ),
            ),
        },
        shows="a field amount, and a file with the header Amount",
    ),
    helped(
        "D109",
        "header-twice",
        ("Two columns have the same header", "Deux colonnes ont le même en-tête"),
        (
            "Columns {first} and {second} are both called “{column}”.",
            "Les colonnes {first} et {second} s'appellent toutes deux « {column} ».",
        ),
        ("Nobody can know which one is meant.", "Personne ne peut savoir laquelle est visée."),
        ("Rename or remove one of them.", "Renommez ou supprimez l'une d'elles."),
        shows="id,amount,amount",
    ),
    helped(
        "D110",
        "header-blank",
        ("A column has no header", "Une colonne n'a pas d'en-tête"),
        ("Column {number} has no header.", "La colonne {number} n'a pas d'en-tête."),
        (
            "A blank header often means that headers and cells are shifted against one another.",
            "Un en-tête vide signale souvent un décalage entre en-têtes et cellules.",
        ),
        ("Name the column or remove it.", "Nommez la colonne ou supprimez-la."),
        shows="id,,amount",
    ),
    helped(
        "D111",
        "too-many-columns",
        ("There are too many columns", "Il y a trop de colonnes"),
        ("There are {count} columns; at most {limit} are read.", "Il y a {count} colonnes ; la limite est {limit}."),
        (
            "So many columns mean a wrong delimiter or a wrong file.",
            "Tant de colonnes trahissent un mauvais séparateur.",
        ),
        ("Give only the columns that the plan needs.", "Ne donnez que les colonnes utiles au plan."),
    ),
    helped(
        "D112",
        "row-width",
        ("A row has too few or too many cells", "Une ligne a trop ou trop peu de cellules"),
        (
            "This row has {found} cells; {expected} are expected.",
            "Cette ligne a {found} cellules au lieu de {expected}.",
        ),
        (
            "With a cell too many or too few, each value may stand in the wrong column.",
            "Avec une cellule de trop ou de moins, chaque valeur peut être dans la mauvaise colonne.",
        ),
        (
            "Put cells that hold the delimiter in quotes; check that the mapping names the right delimiter.",
            "Mettez entre guillemets les cellules qui contiennent le séparateur ; vérifiez le séparateur déclaré.",
        ),
        shows="id,amount\n1,1,000",
    ),
    helped(
        "D113",
        "line-blank",
        ("A line is blank", "Une ligne est vide"),
        ("This line is blank.", "Cette ligne est vide."),
        ("Where a line is blank, a row may have been lost.", "Là où une ligne est vide, une autre a pu se perdre."),
        ("Remove the line, or bring back what stood in it.", "Supprimez la ligne, ou rétablissez son contenu."),
    ),
    helped(
        "D114",
        "quote-stray",
        ("A quote stands inside a cell", "Un guillemet est au milieu d'une cellule"),
        (
            "The quote at or before position {position} of this line does not open or close a whole cell.",
            "Le guillemet à la position {position} de cette ligne, ou avant, n'ouvre ni ne ferme une cellule entière.",
        ),
        (
            "Readers guess differently where such a cell ends, and swallow what follows.",
            "Chaque lecteur devine autrement où finit une telle cellule, et avale la suite.",
        ),
        (
            'Double a quote inside a quoted cell (""), or declare quote = "none" where quotes are plain characters.',
            'Doublez un guillemet dans une cellule entre guillemets (""), ou déclarez quote = "none".',
        ),
        shows='id,name\n1,5" pipe',
    ),
    helped(
        "D115",
        "quote-open",
        ("A quoted cell is not closed on its line", "Une cellule entre guillemets n'est pas fermée sur sa ligne"),
        (
            "The quote at position {position} of this line is not closed on it.",
            "Le guillemet à la position {position} de cette ligne n'y est pas fermé.",
        ),
        (
            "A lone quote makes one cell of all rows up to the next one, and those rows are not paid.",
            "Un guillemet isolé fait une seule cellule de toutes les lignes suivantes, qui ne sont alors pas payées.",
        ),
        (
            "Close or remove the quote; where cells really hold line breaks, declare newlines_in_cells = true.",
            "Fermez ou supprimez le guillemet ; si des cellules ont plusieurs lignes : newlines_in_cells = true.",
        ),
        shows='id,name\n1,"Ann\n2,Bob',
    ),
    helped(
        "D117",
        "line-ends-mixed",
        ("A line break of another kind", "Un saut de ligne d'une autre sorte"),
        (
            "This line holds a line break of another kind than the rest of the file.",
            "Cette ligne contient un saut de ligne d'une autre sorte que le reste du fichier.",
        ),
        ("It is either a cut row or a cell of two lines.", "C'est une ligne coupée, ou une cellule de deux lignes."),
        (
            (
                "Write the file with one kind of line end; put cells with line breaks in quotes and declare "
                "newlines_in_cells = true."
            ),
            (
                "Écrivez le fichier avec une seule sorte de fin de ligne ; mettez entre guillemets les cellules de "
                "plusieurs lignes et déclarez newlines_in_cells = true."
            ),
        ),
    ),
    helped(
        "D118",
        "end-missing",
        ("The last line does not end", "La dernière ligne n'est pas terminée"),
        (
            "The last line has no line end, so the file may have been cut.",
            "La dernière ligne n'a pas de fin : le fichier a pu être coupé.",
        ),
        (
            "Cut in the middle of 300.00, a file reads 300.0 or 3.",
            "Coupé au milieu de 300.00, un fichier dit 300.0 ou 3.",
        ),
        (
            (
                "Export the file again; or prove it whole in the mapping with rows = … or totals = { … }; or declare "
                'final_newline = "optional".'
            ),
            (
                "Refaites l'extraction ; ou prouvez dans la correspondance que tout est là avec rows = … ou totals = "
                '{ … } ; ou déclarez final_newline = "optional".'
            ),
        ),
        shows="id,amount\n1,300.0 and nothing after it",
    ),
    helped(
        "D119",
        "rows-missing",
        ("There are no rows", "Il n'y a aucune ligne"),
        ("“{file}” has headers but no rows.", "« {file} » a des en-têtes mais aucune ligne."),
        ("An export that failed often looks like this.", "Une extraction qui a échoué a souvent cette forme."),
        (
            "Export it again; where it is right that there is nothing, declare may_be_empty = true.",
            "Refaites l'extraction ; s'il est juste qu'il n'y ait rien, déclarez may_be_empty = true.",
        ),
    ),
    helped(
        "D120",
        "cell-too-long",
        ("A cell is too long", "Une cellule est trop longue"),
        (
            "A cell of this row has more than {limit} characters.",
            "Une cellule de cette ligne dépasse {limit} caractères.",
        ),
        (
            "So long a cell is a swallowed file or an attack.",
            "Une cellule si longue est un fichier avalé ou une attaque.",
        ),
        ("Shorten it, or leave the column out.", "Raccourcissez-la, ou omettez la colonne."),
    ),
    helped(
        "D121",
        "json-form",
        ("The JSON is not a list of flat objects", "Le JSON n'est pas une liste d'objets simples"),
        (
            "“{file}” is not strict JSON with one list of objects, from here on.",
            "À partir d'ici, « {file} » n'est pas du JSON strict formé d'une liste d'objets.",
        ),
        (
            "Lenient readers take the last of two equal keys, and accept NaN.",
            "Les lecteurs tolérants gardent la dernière de deux clés égales, et acceptent NaN.",
        ),
        (
            'Write [{"id": "1", "amount": "12.50"}]: each key once, no NaN, no comma at the end.',
            'Écrivez [{"id": "1", "amount": "12.50"}] : chaque clé une fois, pas de NaN, pas de virgule finale.',
        ),
        shows='[{"id": 1, "id": 2}]',
    ),
    helped(
        "D122",
        "file-outside",
        ("A file is outside the folder", "Un fichier est hors du dossier"),
        ("“{file}” leads out of the folder of the data.", "« {file} » mène hors du dossier des données."),
        (
            "A mapping must not reach files that it was not given.",
            "Une correspondance ne doit pas atteindre d'autres fichiers.",
        ),
        ("Name a file in the folder.", "Nommez un fichier du dossier."),
    ),
    helped(
        "D123",
        "source-missing",
        ("Nothing was given for a name", "Rien n'a été donné pour un nom"),
        (
            "The plan needs “{name}”, and no rows were given for it.",
            "Le plan a besoin de « {name} », et rien n'a été donné.",
        ),
        ("What is missing is not zero.", "Ce qui manque n'est pas zéro."),
        ("Give its rows under this name.", "Donnez ses lignes sous ce nom."),
    ),
    helped(
        "D124",
        "file-kind",
        ("A file is of a kind that is not read", "Un fichier est d'une sorte qui n'est pas lue"),
        (
            "“{file}” is neither .csv, .tsv, .txt, .json nor .parquet.",
            "« {file} » n'est ni .csv, ni .tsv, ni .txt, ni .json, ni .parquet.",
        ),
        (
            "The kind of a file is not guessed from its content.",
            "La sorte d'un fichier n'est pas devinée à son contenu.",
        ),
        ("Export it as CSV, JSON or Parquet.", "Extrayez-le en CSV, en JSON ou en Parquet."),
    ),
    helped(
        "D125",
        "file-twice",
        (
            "Two files hold the same thing",
            "Deux fichiers contiennent la même chose",
        ),
        (
            "Both “{file}” and “{other}” are there for “{name}”.",
            "« {file} » et « {other} » sont là tous les deux pour « {name} ».",
        ),
        (
            "One is an older export of the other, and nobody can know which.",
            "L'un est une extraction plus ancienne de l'autre, et personne ne peut savoir lequel.",
        ),
        (
            'Remove one of them, or name the right one in the mapping: file = "…".',
            'Supprimez l\'un des deux, ou nommez le bon dans la correspondance : file = "…".',
        ),
        shows="deals.csv and deals.json in one folder",
    ),
    helped(
        "D126",
        "file-not-given",
        (
            "A file was not given",
            "Un fichier n'a pas été donné",
        ),
        (
            "The plan needs “{name}”, and no file was given for it.",
            "Le plan a besoin de « {name} », et aucun fichier n'a été donné.",
        ),
        (
            "Without it, nobody can know what should be paid.",
            "Sans lui, personne ne peut savoir ce qui est dû.",
        ),
        (
            "Name the file that holds it beside the others.",
            "Nommez avec les autres le fichier qui le contient.",
        ),
    ),
    helped(
        "D127",
        "folder-missing",
        (
            "The folder of the data is not there",
            "Le dossier des données manque",
        ),
        (
            "There is no folder “{folder}”.",
            "Il n'y a pas de dossier « {folder} ».",
        ),
        (
            "Without it, nothing can be read.",
            "Sans lui, rien ne peut être lu.",
        ),
        (
            "Name the folder that holds the files.",
            "Nommez le dossier qui contient les fichiers.",
        ),
    ),
    helped(
        "D128",
        "delimiter-not-last",
        ("A line does not end with its delimiter", "Une ligne ne finit pas par son séparateur"),
        (
            "The line does not end with “{delimiter}”.",
            "La ligne ne finit pas par « {delimiter} ».",
        ),
        (
            "What stands after the last one would be left out of the reading.",
            "Ce qui suit le dernier serait laissé hors de la lecture.",
        ),
        (
            "Take trailing_delimiter out of the mapping, and give the last column a header.",
            "Retirez trailing_delimiter de la correspondance, et donnez un en-tête à la dernière colonne.",
        ),
        shows="Date,USD,\n2026-01-02,1.17,x",
    ),
    helped(
        "D129",
        "parquet-broken",
        ("A Parquet file cannot be read", "Un fichier Parquet ne peut pas être lu"),
        (
            "“{file}” is no Parquet file, or only a part of one.",
            "« {file} » n'est pas un fichier Parquet, ou seulement une partie d'un tel fichier.",
        ),
        (
            "Half of a file may hold half of the deals.",
            "La moitié d'un fichier contient peut-être la moitié des affaires.",
        ),
        ("Write it again, and copy it whole.", "Écrivez-le à nouveau et copiez-le en entier."),
    ),
)

_CELLS = (
    helped(
        "D201",
        "value-missing",
        ("A value is missing", "Une valeur manque"),
        ("“{column}” has no value in this row.", "« {column} » n'a pas de valeur dans cette ligne."),
        ("Missing is not zero.", "Absent n'est pas zéro."),
        (
            "Fill the cell in, or declare the field optional in the plan.",
            "Remplissez la cellule, ou déclarez le champ facultatif dans le plan.",
        ),
    ),
    helped(
        "D202",
        "number-form",
        ("A cell is not a number", "Une cellule n'est pas un nombre"),
        ("“{cell}” is not a plain number.", "« {cell} » n'est pas un nombre simple."),
        (
            "1,234 is a thousand for one reader and one and a bit for another.",
            "1,234 vaut mille pour un lecteur, un et des poussières pour un autre.",
        ),
        (
            (
                'Write digits, one decimal mark and perhaps a leading -; declare decimal = "," or grouping = " " '
                "in the mapping where the file is written so."
            ),
            (
                'Écrivez des chiffres, une marque décimale, éventuellement un - devant ; déclarez decimal = "," ou '
                'grouping = " " dans la correspondance si le fichier est écrit ainsi.'
            ),
        ),
        shows="$100.00",
    ),
    helped(
        "D203",
        "number-range",
        ("A number is out of range", "Un nombre est hors limites"),
        (
            (
                "“{cell}” has too many digits: money stays below 10^15 with at most 6 decimals, other numbers have "
                "at most 18 digits and 12 decimals."
            ),
            (
                "« {cell} » a trop de chiffres : un montant reste sous 10^15 avec 6 décimales au plus, un autre "
                "nombre a au plus 18 chiffres et 12 décimales."
            ),
        ),
        (
            "Such a number is an identifier or a float's noise.",
            "Un tel nombre est un identifiant ou le bruit d'un flottant.",
        ),
        (
            "Check the column; round where the number is made.",
            "Vérifiez la colonne ; arrondissez là où le nombre est produit.",
        ),
    ),
    helped(
        "D204",
        "float",
        ("A float was given", "Un flottant a été donné"),
        ("“{column}” holds a float: {cell}.", "« {column} » contient un flottant : {cell}."),
        (
            "A float is near the number that was meant, and pays wrong cents.",
            "Un flottant est proche du nombre voulu, et paie des centimes faux.",
        ),
        (
            'Give a Decimal, an int or text; or whole cents with unit = "minor".',
            'Donnez un Decimal, un int ou du texte ; ou des centimes entiers avec unit = "minor".',
        ),
        shows='{"amount": 0.1}',
    ),
    helped(
        "D205",
        "date-form",
        ("A cell is not a date in the declared form", "Une cellule n'est pas une date de la forme déclarée"),
        ("“{cell}” is not written as {form}.", "« {cell} » n'est pas écrit sous la forme {form}."),
        (
            "03/04/2026 is in March for one reader and in April for another.",
            "03/04/2026 est en mars pour un lecteur, en avril pour un autre.",
        ),
        (
            'Write 2026-04-03, or declare the form in the mapping: date = "DD/MM/YYYY".',
            'Écrivez 2026-04-03, ou déclarez la forme dans la correspondance : date = "DD/MM/YYYY".',
        ),
        shows="20260105",
    ),
    helped(
        "D206",
        "date-absent",
        ("There is no such date or time", "Cette date ou cette heure n'existe pas"),
        ("“{cell}” is not in the calendar.", "« {cell} » n'est pas dans le calendrier."),
        (
            "A day that does not exist was typed or computed wrong.",
            "Un jour qui n'existe pas a été mal saisi ou calculé.",
        ),
        ("Correct the cell.", "Corrigez la cellule."),
        shows="2026-02-30",
    ),
    helped(
        "D207",
        "date-sentinel",
        ("A date is outside all business", "Une date est hors de toute activité"),
        ("“{cell}” is not between {first} and {last}.", "« {cell} » n'est pas entre {first} et {last}."),
        (
            "0001-01-01 and 9999-12-31 mean “no date” in most systems.",
            "0001-01-01 et 9999-12-31 veulent dire « pas de date » dans la plupart des systèmes.",
        ),
        (
            'Leave the cell empty, or declare missing = ["9999-12-31"] for the column.',
            'Laissez la cellule vide, ou déclarez missing = ["9999-12-31"] pour la colonne.',
        ),
    ),
    helped(
        "D208",
        "timestamp-form",
        ("A cell is not a time stamp in the declared form", "Une cellule n'est pas un horodatage de la forme déclarée"),
        ("“{cell}” is not written as {form}.", "« {cell} » n'est pas écrit sous la forme {form}."),
        ("Times are read in one declared form only.", "Les heures ne sont lues que sous une forme déclarée."),
        (
            'Write 2026-04-03T14:30:00, or declare timestamp = "DD/MM/YYYY hh:mm:ss".',
            'Écrivez 2026-04-03T14:30:00, ou déclarez timestamp = "DD/MM/YYYY hh:mm:ss".',
        ),
    ),
    helped(
        "D209",
        "zone-missing",
        ("A local time has no zone", "Une heure locale n'a pas de fuseau"),
        ("“{cell}” does not say in which time zone it is.", "« {cell} » ne dit pas dans quel fuseau horaire il est."),
        (
            "At midnight, the zone decides the day, and on the last day of a month the period.",
            "À minuit, le fuseau décide du jour, et le dernier jour d'un mois, de la période.",
        ),
        (
            'Declare it in the mapping, below [format]: timezone = "Europe/Paris".',
            'Déclarez-le dans la correspondance, sous [format] : timezone = "Europe/Paris".',
        ),
    ),
    helped(
        "D210",
        "time-skipped",
        ("A local time does not exist", "Une heure locale n'existe pas"),
        (
            "“{cell}” does not exist in {zone}: the clocks skip it.",
            "« {cell} » n'existe pas à {zone} : les horloges la sautent.",
        ),
        ("The time was written in another zone.", "L'heure a été écrite dans un autre fuseau."),
        (
            "Check the declared zone; better, export times with their offset.",
            "Vérifiez le fuseau déclaré ; mieux, extrayez les heures avec leur décalage.",
        ),
    ),
    helped(
        "D211",
        "time-twice",
        ("A local time happens twice", "Une heure locale a lieu deux fois"),
        (
            "“{cell}” happens twice in {zone}: the clocks are put back.",
            "« {cell} » a lieu deux fois à {zone} : les horloges reculent.",
        ),
        ("Which of the two is meant can decide the day.", "Savoir laquelle est visée peut décider du jour."),
        (
            "Export times with their offset: 2026-10-25T02:30:00+02:00.",
            "Extrayez les heures avec leur décalage : 2026-10-25T02:30:00+02:00.",
        ),
    ),
    helped(
        "D212",
        "yes-no",
        ("A cell is neither yes nor no", "Une cellule n'est ni oui ni non"),
        ("“{cell}” is not one of: {choices}.", "« {cell} » n'est pas parmi : {choices}."),
        ("1, Y, X and oui mean yes somewhere and no elsewhere.", "1, Y, X et oui ne veulent pas dire oui partout."),
        (
            'Declare the spellings: values = { Y = "true", N = "false" }.',
            'Déclarez les graphies : values = { Y = "true", N = "false" }.',
        ),
    ),
    helped(
        "D213",
        "choice",
        ("A cell is not one of the choices", "Une cellule n'est pas parmi les choix"),
        ("“{cell}” is not one of: {choices}.", "« {cell} » n'est pas parmi : {choices}."),
        ("A condition would never see such a row.", "Une condition ne verrait jamais une telle ligne."),
        (
            'Correct the cell, add the choice to the plan, or translate it: values = { "Closed Won" = "won" }.',
            'Corrigez la cellule, ajoutez le choix au plan, ou traduisez : values = { "Closed Won" = "won" }.',
        ),
    ),
    helped(
        "D214",
        "spreadsheet-error",
        ("A cell holds the error of a spreadsheet", "Une cellule contient une erreur de tableur"),
        ("“{cell}” is the error of a formula.", "« {cell} » est l'erreur d'une formule."),
        ("The value that should stand here was lost.", "La valeur attendue ici a été perdue."),
        (
            'Correct the formula; where it means that there is no value, declare missing = ["#N/A"].',
            "Corrigez la formule ; si elle veut dire qu'il n'y a pas de valeur, déclarez missing = [\"#N/A\"].",
        ),
    ),
    helped(
        "D215",
        "kind",
        ("A value is of a kind that is not read", "Une valeur est d'une sorte qui n'est pas lue"),
        ("“{column}” holds a value of the kind {kind}.", "« {column} » contient une valeur de la sorte {kind}."),
        (
            "Only plain values mean the same in every program.",
            "Seules les valeurs simples ont le même sens dans tous les programmes.",
        ),
        (
            "Give text, an int, a Decimal, a bool, a date or a datetime, as the field asks.",
            "Donnez du texte, un int, un Decimal, un bool, une date ou un datetime, selon le champ.",
        ),
    ),
    helped(
        "D216",
        "period-form",
        ("A cell is not the name of a period", "Une cellule n'est pas le nom d'une période"),
        (
            "“{cell}” does not name a period such as {example}.",
            "« {cell} » ne nomme pas une période telle que {example}.",
        ),
        (
            "A value without its period would be paid in any.",
            "Une valeur sans sa période serait payée dans n'importe laquelle.",
        ),
        (
            'Write the period in this way, or declare period_from = "date" with the form of the date.',
            'Écrivez la période ainsi, ou déclarez period_from = "date" avec la forme de la date.',
        ),
        shows="March",
    ),
    helped(
        "D217",
        "period-kind",
        ("A period is of another kind", "Une période est d'une autre sorte"),
        (
            "“{cell}” is a period of another kind than the input's, such as {example}.",
            "« {cell} » est une période d'une autre sorte que celle de la valeur, telle que {example}.",
        ),
        ("An annual quota is not a monthly one.", "Un objectif annuel n'est pas mensuel."),
        ("Correct the period, or the plan.", "Corrigez la période, ou le plan."),
        shows="2026-Q1 for an input that is given for each month",
    ),
    helped(
        "D218",
        "bound",
        ("A value breaks its bound", "Une valeur enfreint sa borne"),
        ("“{cell}” is not {bound}.", "« {cell} » n'est pas {bound}."),
        (
            "The plan says so, to keep a slip from being paid.",
            "Le plan le dit, pour qu'une faute de frappe ne soit pas payée.",
        ),
        ("Correct the value, or the bound in the plan.", "Corrigez la valeur, ou la borne dans le plan."),
    ),
    helped(
        "D219",
        "count-form",
        (
            "A count is not a whole number",
            "Un nombre d'unités n'est pas entier",
        ),
        (
            "“{cell}” does not count anything: a count is 0, 1, 2 and so on.",
            "« {cell} » ne compte rien : on compte 0, 1, 2, etc.",
        ),
        (
            "Half a deal, or fewer than none, is an amount in the wrong column.",
            "Une demi-vente, ou moins que zéro, est un montant dans la mauvaise colonne.",
        ),
        (
            "Correct the cell; where parts or minus signs are meant, declare a number in the plan.",
            "Corrigez la cellule ; si des fractions ou des signes moins sont voulus, déclarez un nombre dans le plan.",
        ),
        shows="2.5 deals",
    ),
    helped(
        "D220",
        "currency-other",
        (
            "An amount is in another currency",
            "Un montant est dans une autre devise",
        ),
        (
            "“{cell}” is not in {currency}.",
            "« {cell} » n'est pas en {currency}.",
        ),
        (
            "Nothing is converted where data is read.",
            "Rien n'est converti à la lecture.",
        ),
        (
            "Give the amount in the currency that the plan declares.",
            "Donnez le montant dans la devise déclarée par le plan.",
        ),
        shows='Money(5, "EUR") for a plan in dollars',
    ),
    helped(
        "D221",
        "text-character",
        (
            "A text holds a character that no file has",
            "Un texte contient un caractère étranger à tout fichier",
        ),
        (
            "“{column}” holds the character {character}, which is no text.",
            "« {column} » contient le caractère {character}, qui n'est pas du texte.",
        ),
        (
            "It could not be written to a file and read again: two texts would become one, or none.",
            "On ne pourrait ni l'écrire dans un fichier ni le relire : deux textes n'en feraient qu'un, ou aucun.",
        ),
        (
            "Remove it where the text is made.",
            "Retirez-le là où le texte est produit.",
        ),
    ),
    helped(
        "D222",
        "row-undecided",
        ("A row is neither kept nor left out", "Une ligne n'est ni gardée ni écartée"),
        (
            "“{cell}” in “{column}” is neither a cell that is kept nor one that leaves its row out.",
            "« {cell} » dans « {column} » n'est ni une cellule à garder ni une qui écarte sa ligne.",
        ),
        (
            "A deleted deal that is spelt in another way would be paid, or a good one lost.",
            "Une affaire supprimée, écrite autrement, serait payée, ou une bonne perdue.",
        ),
        (
            'Say in the mapping what the cell means: in keep or in leave_out. The empty cell is "".',
            'Dites dans la correspondance ce que veut dire la cellule : keep ou leave_out. La cellule vide est "".',
        ),
        hint=(
            "Known are {known}. Say in keep or in leave_out what this one means.",
            "Sont connues {known}. Dites sous keep ou leave_out ce que veut dire celle-ci.",
        ),
        shows='leave_out = { is_deleted = "true" }, keep = { is_deleted = "false" }, and a cell TRUE',
    ),
)

_KEYS = (
    helped(
        "D301",
        "key-twice",
        ("A key stands twice", "Une clé apparaît deux fois"),
        (
            "“{cell}” already stands on line {first} of {table}.",
            "« {cell} » figure déjà à la ligne {first} de {table}.",
        ),
        ("A row that is there twice is paid twice.", "Une ligne présente deux fois est payée deux fois."),
        ("Remove one of the rows, or correct its key.", "Supprimez une des lignes, ou corrigez sa clé."),
    ),
    helped(
        "D302",
        "key-twin",
        ("Two keys look alike", "Deux clés se ressemblent"),
        (
            "“{cell}” and “{twin}” on line {first} differ only by case, spaces, leading zeros or look-alike letters.",
            (
                "« {cell} » et « {twin} », ligne {first}, ne diffèrent que par la casse, des espaces, des zéros ou des "
                "lettres semblables."
            ),
        ),
        (
            "A spreadsheet makes 123 of 00123: one account becomes two, or two become one.",
            "Un tableur fait 123 de 00123 : un compte en devient deux, ou deux un seul.",
        ),
        (
            'Correct one of them; where both are right, declare twins = "allowed" for the column.',
            "Corrigez l'une d'elles ; si les deux sont justes, déclarez twins = \"allowed\" pour la colonne.",
        ),
        shows="00123 and 123 in the key column of accounts",
    ),
    helped(
        "D303",
        "person-unknown",
        ("A person is not in the roster", "Une personne n'est pas dans l'effectif"),
        ("“{cell}” is nobody of the roster.", "« {cell} » ne figure pas dans l'effectif."),
        ("A row of nobody would be dropped in silence.", "Une ligne sans personne serait perdue en silence."),
        (
            (
                'Add the person to the roster or correct the cell. Where a field is optional, unmatched = "missing" '
                'lets it be missing; for an input, unknown = "exclude" leaves the row out and counts it.'
            ),
            (
                "Ajoutez la personne à l'effectif ou corrigez la cellule. Pour un champ facultatif, unmatched = "
                '"missing" le laisse absent ; pour une valeur donnée, unknown = "exclude" écarte la ligne et la compte.'
            ),
        ),
    ),
    helped(
        "D304",
        "row-unknown",
        ("A reference leads nowhere", "Une référence ne mène nulle part"),
        ("“{cell}” is no key of {among}.", "« {cell} » n'est pas une clé de {among}."),
        (
            "A row without its partner would be dropped in silence.",
            "Une ligne sans partenaire serait perdue en silence.",
        ),
        (
            'Add the row or correct the cell; where the field is optional, unmatched = "missing" lets it be missing.',
            (
                'Ajoutez la ligne ou corrigez la cellule ; pour un champ facultatif, unmatched = "missing" le laisse '
                "absent."
            ),
        ),
    ),
    helped(
        "D305",
        "reference-near",
        ("A reference nearly matches", "Une référence correspond presque"),
        (
            (
                "“{cell}” is no key of {among}, but one of its keys differs only by case, spaces, leading zeros or "
                "look-alike letters."
            ),
            (
                "« {cell} » n'est pas une clé de {among}, mais une de ses clés ne diffère que par la casse, des "
                "espaces, des zéros ou des lettres semblables."
            ),
        ),
        (
            "Keys are compared exactly: nearly is not the same.",
            "Les clés sont comparées exactement : presque ne suffit pas.",
        ),
        ("Write the key in one way in both places.", "Écrivez la clé de la même façon aux deux endroits."),
    ),
    helped(
        "D306",
        "segments-overlap",
        ("Two rows of a person overlap in time", "Deux lignes d'une personne se chevauchent"),
        (
            "Lines {first} and {second} say two things of this person for the same days.",
            "Les lignes {first} et {second} disent deux choses de cette personne pour les mêmes jours.",
        ),
        ("On such a day the person would have two roles.", "Ces jours-là, la personne aurait deux rôles."),
        (
            "End the earlier row on the day before the later one begins (“until” is the last day that counts).",
            "Terminez la première la veille du début de la seconde (« until » est le dernier jour qui compte).",
        ),
    ),
    helped(
        "D307",
        "until-before-from",
        ("A row ends before it begins", "Une ligne finit avant de commencer"),
        ("This row runs from {start} until {until}.", "Cette ligne va du {start} au {until}."),
        ("Such a row never holds.", "Une telle ligne ne vaut jamais."),
        ("Correct one of the two.", "Corrigez l'un des deux."),
    ),
    helped(
        "D308",
        "second-key-twice",
        ("Two people share a second key", "Deux personnes partagent une seconde clé"),
        (
            "“{cell}” is given to two people: here and on line {first}.",
            "« {cell} » est attribué à deux personnes : ici et à la ligne {first}.",
        ),
        (
            "What is paid by this key could go to either.",
            "Ce qui est payé par cette clé pourrait aller à l'une ou l'autre.",
        ),
        ("Correct one of them.", "Corrigez l'une des deux lignes."),
    ),
    helped(
        "D309",
        "input-twice",
        ("A value is given twice", "Une valeur est donnée deux fois"),
        (
            "“{input}” of {whose} is already given on line {first}.",
            "« {input} » de {whose} est déjà donné à la ligne {first}.",
        ),
        ("Taking the last one would be a guess.", "Prendre la dernière serait deviner."),
        ("Remove one of the two rows.", "Supprimez l'une des deux lignes."),
    ),
    helped(
        "D310",
        "team-unknown",
        ("A team is not in the roster", "Une équipe n'est pas dans l'effectif"),
        ("“{cell}” is the team of nobody.", "« {cell} » n'est l'équipe de personne."),
        ("A value of such a team would reach nobody.", "Une valeur d'une telle équipe n'atteindrait personne."),
        (
            'Correct the cell or the roster; unknown = "exclude" leaves such rows out and counts them.',
            'Corrigez la cellule ou l\'effectif ; unknown = "exclude" écarte ces lignes et les compte.',
        ),
    ),
    helped(
        "D311",
        "no-key",
        ("A table that is referred to has no key", "Une table visée n'a pas de clé"),
        (
            "“{column}” refers to {table}, which declares no key field.",
            "« {column} » renvoie à {table}, qui ne déclare pas de clé.",
        ),
        ("Without a key, nobody knows which row is meant.", "Sans clé, on ne sait pas quelle ligne est visée."),
        ("Mark the field that identifies its rows: key.", "Marquez le champ qui identifie ses lignes : clé."),
    ),
    helped(
        "D312",
        "roster-needed",
        ("The plan needs a roster", "Le plan a besoin d'un effectif"),
        (
            "The plan asks for “{field}” of each person, and the people are only the values of a column.",
            "Le plan demande « {field} » de chaque personne, et les personnes ne sont que les valeurs d'une colonne.",
        ),
        ("A column of keys says nothing else of people.", "Une colonne de clés ne dit rien d'autre des personnes."),
        (
            "Give a roster, or declare the field optional in the plan.",
            "Donnez un effectif, ou déclarez le champ facultatif dans le plan.",
        ),
    ),
    helped(
        "D313",
        "key-blank",
        (
            "A key is nothing but white space",
            "Une clé n'est faite que d'espaces",
        ),
        (
            "“{column}” holds white space where a key must stand.",
            "« {column} » contient des espaces là où il faut une clé.",
        ),
        (
            "A person or an account without a name would be paid, or lost.",
            "Une personne ou un compte sans nom serait payé, ou perdu.",
        ),
        (
            "Write the key, or leave the cell empty where it may be missing.",
            "Écrivez la clé, ou laissez la cellule vide si elle peut manquer.",
        ),
    ),
    helped(
        "D314",
        "manager-circle",
        (
            "Managers form a circle",
            "Des managers forment un cercle",
        ),
        (
            "On {day}, managers form a circle: {circle}.",
            "Le {day}, des managers forment un cercle : {circle}.",
        ),
        (
            "What a team sells would be credited to its seller again, or without end.",
            "Ce qu'une équipe vend serait attribué une seconde fois à son vendeur, ou sans fin.",
        ),
        (
            "Correct one of the managers, or the days of the rows; who has no manager has an empty cell.",
            "Corrigez l'un des managers, ou les jours des lignes ; sans manager, la cellule est vide.",
        ),
        shows="ana whose manager is bob, and bob whose manager is ana",
    ),
    helped(
        "D315",
        "input-days-overlap",
        ("Two values of an input hold on one day", "Deux valeurs fournies valent un même jour"),
        (
            "“{input}” of {whose} has a value for {day} on line {first} already.",
            "« {input} » de {whose} a déjà une valeur pour le {day} à la ligne {first}.",
        ),
        ("Which of them counts on that day would be a guess.", "Dire laquelle compte ce jour-là serait deviner."),
        (
            "End the earlier row on the day before the later one begins (“until” is the last day that counts).",
            "Terminez la première la veille du début de la seconde (« until » est le dernier jour qui compte).",
        ),
        shows="participant,from,until,value\nAna,2026-01-01,2026-03-31,1200000\nAna,2026-03-01,,1500000",
    ),
    helped(
        "D316",
        "lookup-twice",
        ("A key has two values", "Une clé a deux valeurs"),
        (
            "“{whose}” has another value on line {first} already: “{lookup}” would be a guess.",
            "« {whose} » a déjà une autre valeur à la ligne {first} : « {lookup} » serait deviné.",
        ),
        (
            "A history has several rows for a key, and nothing says which of these two is meant.",
            "Un historique a plusieurs lignes par clé, et rien ne dit laquelle de ces deux compte.",
        ),
        (
            "Say which row is meant: by first_by or last_by, a column in whose order no two are equal, or by keep.",
            "Dites quelle ligne compte : par first_by ou last_by, une colonne sans ex æquo, ou par keep.",
        ),
        shows="owner_id,team_id\n7,north\n7,south",
    ),
    helped(
        "D320",
        "rate-pair",
        ("A rate without two currencies", "Un cours sans ses deux devises"),
        (
            "A rate from “{source}” to “{target}” is not one between two currencies.",
            "Un cours de « {source} » vers « {target} » n'est pas entre deux devises.",
        ),
        (
            "Codes are three capital letters; a code written otherwise would never be found.",
            "Un code a trois majuscules ; écrit autrement, il ne serait jamais trouvé.",
        ),
        ("Correct the codes, or leave the row out.", "Corrigez les codes, ou retirez la ligne."),
        shows="from,to,on,rate\nEUR,usd,2026-01-02,1.17",
    ),
    helped(
        "D321",
        "rate-not-positive",
        ("A rate that is not above zero", "Un cours qui n'est pas positif"),
        (
            "The rate from {source} to {target} is “{cell}”.",
            "Le cours de {source} vers {target} vaut « {cell} ».",
        ),
        ("At such a rate, money vanishes.", "À un tel cours, l'argent disparaît."),
        ("Correct the rate; a day without one has no row.", "Corrigez le cours ; un jour sans cours n'a pas de ligne."),
        shows="from,to,on,rate\nEUR,USD,2026-01-02,0",
    ),
    helped(
        "D322",
        "rate-twice",
        ("Two rates for one day", "Deux cours pour un même jour"),
        (
            "The rate from {source} to {target} on {day} stands in row {first} already.",
            "Le cours de {source} vers {target} du {day} est déjà à la ligne {first}.",
        ),
        ("Which of them holds changes the pay.", "Lequel vaut change la paie."),
        ("Keep one of the rows.", "Gardez une seule des lignes."),
        shows="from,to,on,rate\nEUR,USD,2026-01-02,1.17\nEUR,USD,2026-01-02,1.18",
    ),
)

_MAPPING = (
    helped(
        "D401",
        "mapping-form",
        ("The mapping is not TOML", "La correspondance n'est pas du TOML"),
        ("The mapping cannot be read as TOML.", "La correspondance ne peut pas être lue comme du TOML."),
        (
            "Half of a mapping would read half of the data right.",
            "La moitié d'une correspondance lirait juste la moitié des données.",
        ),
        (
            "Texts stand in quotes, each key stands once, tables are written [tables.deals].",
            "Les textes sont entre guillemets, chaque clé une seule fois, les tables s'écrivent [tables.deals].",
        ),
    ),
    helped(
        "D402",
        "mapping-version",
        ("The mapping does not say its version", "La correspondance ne dit pas sa version"),
        ("The mapping does not say incentive-mapping = {version}.", "Il manque incentive-mapping = {version}."),
        (
            "The keys of another version may mean something else.",
            "Les clés d'une autre version peuvent avoir un autre sens.",
        ),
        ("Begin it with: incentive-mapping = 1", "Commencez-la par : incentive-mapping = 1"),
    ),
    helped(
        "D403",
        "mapping-draft",
        ("The mapping is not confirmed", "La correspondance n'est pas confirmée"),
        (
            "The mapping is a draft: nobody has confirmed it yet.",
            "La correspondance est un brouillon : personne ne l'a encore confirmée.",
        ),
        (
            "A draft is made by comparing names; whether net or gross amount is paid on, only a person can say.",
            "Un brouillon compare des noms ; seul un humain peut dire si l'on paie sur le montant net ou brut.",
        ),
        (
            "Read it line by line, correct it, then write: confirmed = true",
            "Relisez-la ligne à ligne, corrigez-la, puis écrivez : confirmed = true",
        ),
    ),
    helped(
        "D404",
        "mapping-key",
        ("The mapping has a key that means nothing", "La correspondance a une clé sans signification"),
        ("“{key}” is no key of a mapping.", "« {key} » n'est pas une clé de correspondance."),
        ("A misspelt key would do nothing, in silence.", "Une clé mal écrite n'aurait aucun effet, en silence."),
        ("Use one of the keys of the reference.", "Utilisez une des clés de la référence."),
        hint=("Use: {near}", "Utilisez : {near}"),
    ),
    helped(
        "D405",
        "mapping-value",
        ("The mapping has a value that means nothing", "La correspondance a une valeur sans signification"),
        ("The value of “{key}” means nothing.", "La valeur de « {key} » n'a pas de signification."),
        ("A setting that is not understood is not applied.", "Un réglage incompris n'est pas appliqué."),
        ("Write one of the values of the reference.", "Écrivez une des valeurs de la référence."),
        hint=("Write for example: {expected}", "Écrivez par exemple : {expected}"),
    ),
    helped(
        "D406",
        "mapping-name",
        ("The mapping names a field that the plan does not have", "La correspondance nomme un champ absent du plan"),
        ("“{name}” is no field of a table of the plan.", "« {name} » n'est un champ d'aucune table du plan."),
        ("The people would be taken from nowhere.", "Les personnes ne viendraient de nulle part."),
        (
            'Name a field of the plan: values_of = ["deals.owner"].',
            'Nommez un champ du plan : values_of = ["ventes.vendeur"].',
        ),
    ),
    helped(
        "D408",
        "unmatched-mandatory",
        ("A mandatory field may not be missing", "Un champ obligatoire ne peut pas manquer"),
        (
            "The mapping lets “{field}” be missing, but the plan does not.",
            "La correspondance laisse « {field} » absent, mais pas le plan.",
        ),
        ("The plan does not say what a missing value would mean.", "Le plan ne dit pas ce que vaudrait une absence."),
        (
            'Declare the field optional in the plan, or remove unmatched = "missing".',
            'Déclarez le champ facultatif dans le plan, ou retirez unmatched = "missing".',
        ),
    ),
    helped(
        "D409",
        "person-key-unknown",
        ("A second key of people is not declared", "Une seconde clé des personnes n'est pas déclarée"),
        (
            "“{column}” names people by “{key}”, which the mapping does not declare.",
            "« {column} » nomme les personnes par « {key} », que la correspondance ne déclare pas.",
        ),
        ("Two kinds of keys must not be mixed.", "Deux sortes de clés ne doivent pas se mêler."),
        (
            'Declare it: [people] keys = { employee_id = "EmployeeID" }.',
            'Déclarez-la : [people] keys = { matricule = "Matricule" }.',
        ),
    ),
    helped(
        "D410",
        "zone-unknown",
        ("A time zone is not known", "Un fuseau horaire est inconnu"),
        ("The value of “{key}” is no time zone.", "La valeur de « {key} » n'est pas un fuseau horaire."),
        ("Names of zones are those of the IANA table.", "Les noms de fuseaux sont ceux de la table IANA."),
        ("Write a name such as Europe/Paris.", "Écrivez un nom comme Europe/Paris."),
        hint=("Write for example: {expected}", "Écrivez par exemple : {expected}"),
    ),
    helped(
        "D411",
        "mapping-stranger",
        ("The mapping speaks of what the plan does not have", "La correspondance parle de ce que le plan n'a pas"),
        ("The plan has nothing for “{key}” of the mapping.", "Le plan n'a rien pour « {key} » de la correspondance."),
        (
            "A control total under a misspelt name would check nothing, in silence.",
            "Un total de contrôle sous un nom mal écrit ne vérifierait rien, en silence.",
        ),
        (
            "Correct the name or remove the entry; a mapping for several plans says shared = true at its top.",
            "Corrigez le nom ou retirez l'entrée ; une correspondance pour plusieurs plans dit shared = true en tête.",
        ),
        hint=(
            "The plan has: {near}. A mapping for several plans says shared = true at its top.",
            "Le plan a : {near}. Une correspondance pour plusieurs plans dit shared = true en tête.",
        ),
        shows='[tables.dealz] totals = { amount = "350.50" } for a plan with the table deals',
    ),
    helped(
        "D412",
        "mapping-lookup",
        ("A lookup is not there", "Une recherche manque"),
        (
            "“{key}” names “{lookup}”, which is no lookup here.",
            "« {key} » nomme « {lookup} », qui n'est pas une recherche ici.",
        ),
        (
            "A lookup may be named by every column, and by the lookups below it.",
            "Une recherche peut être nommée par toute colonne, et par les recherches plus bas qu'elle.",
        ),
        (
            "Write it under [lookups.…], above the lookups that use it, or correct the name.",
            "Écrivez-la sous [lookups.…], au-dessus de celles qui l'utilisent, ou corrigez le nom.",
        ),
        hint=(
            "There is: {near}. A lookup stands above those that use it.",
            "Il y a : {near}. Une recherche se place au-dessus de celles qui l'utilisent.",
        ),
        shows='team = { column = "owner_id", lookup = "teamz" }',
    ),
)

_CONTROLS = (
    helped(
        "D501",
        "rows-control",
        ("The number of rows is not the declared one", "Le nombre de lignes n'est pas celui déclaré"),
        ("“{file}” has {found} rows; {expected} are declared.", "« {file} » a {found} lignes au lieu de {expected}."),
        ("Rows were lost, or added, on the way.", "Des lignes se sont perdues, ou ajoutées, en chemin."),
        ("Export the file again, or correct rows = … in the mapping.", "Refaites l'extraction, ou corrigez rows = …"),
    ),
    helped(
        "D502",
        "total-control",
        ("A total is not the declared one", "Un total n'est pas celui déclaré"),
        (
            "“{column}” adds up to {found}; {expected} is declared.",
            "« {column} » totalise {found} au lieu de {expected}.",
        ),
        ("Amounts were lost or changed on the way.", "Des montants se sont perdus ou ont changé en chemin."),
        (
            "Export the file again, or correct totals = { … } in the mapping.",
            "Refaites l'extraction, ou corrigez totals = { … }.",
        ),
    ),
    helped(
        "D599",
        "more",
        ("There are more findings", "Il y a d'autres constats"),
        ("and {count} more findings.", "et {count} autres constats."),
        ("Only the first hundred are shown.", "Seuls les cent premiers sont montrés."),
        ("Mend the first ones and read again.", "Corrigez les premiers et relisez."),
    ),
)

DATA: tuple[Code, ...] = (*_FILES, *_CELLS, *_KEYS, *_MAPPING, *_CONTROLS)
