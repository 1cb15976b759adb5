"""Findings about the text of a plan: words, marks, literals, limits."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

_REPLACE = ("write `{own}`", "écrivez `{own}`")

TEXT: tuple[Code, ...] = (
    Code(
        "E100",
        "unexpected",
        "error",
        ("Something that cannot stand here", "Un élément qui n'a pas sa place ici"),
        ("`{word}` cannot stand here; expected {wanted}", "`{word}` n'a pas sa place ici ; attendu : {wanted}"),
        (
            (
                "Each line of a plan is one clause: a word of the language, then its expression. Here "
                "the line stopped making sense."
            ),
            (
                "Chaque ligne d'un plan est une clause : un mot du langage, puis son expression. Ici la "
                "ligne n'a plus de sens."
            ),
        ),
        (
            "Look just before the place shown: a word, a mark or a name is missing, doubled or in the wrong order.",
            "Regardez juste avant l'endroit montré : un mot, un signe ou un nom manque, est doublé ou mal placé.",
        ),
        shows="component bonus {\n  pay 5% of revenue 8% 3\n}",
    ),
    Code(
        "E101",
        "unknown-clause",
        "error",
        ("A word that is not a clause", "Un mot qui n'est pas une clause"),
        ("`{word}` is not a clause of `{block}`", "`{word}` n'est pas une clause de `{block}`"),
        (
            "A clause that is not understood would be a rule that is not applied.",
            "Une clause qui n'est pas comprise serait une règle qui n'est pas appliquée.",
        ),
        ("Use the word suggested, or one of the list.", "Utilisez le mot proposé, ou un de la liste."),
        {
            "mean": ("did you mean `{own}`?", "vouliez-vous dire `{own}` ?"),
            "replace": _REPLACE,
            "clauses": ("here one may write {clauses}", "on peut écrire ici {clauses}"),
        },
        "measure revenue {\n  sum   deals.amount\n  wher  stage is won\n  dated closed_on\n}",
    ),
    Code(
        "E102",
        "other-language",
        "error",
        ("A word of the other language", "Un mot de l'autre langue"),
        (
            "`{word}` is the French word; this plan is written in English",
            "`{word}` est le mot anglais ; ce plan est écrit en français",
        ),
        (
            "A plan is written in one language, the one of its first line.",
            "Un plan est écrit dans une seule langue, celle de sa première ligne.",
        ),
        (
            "Write the word shown, or change the first line of the file.",
            "Écrivez le mot montré, ou changez la première ligne du fichier.",
        ),
        {
            "write": ("write `{own}`", "écrivez `{own}`"),
            "replace": _REPLACE,
            "first_line": (
                "if the whole file is in French, change the first line: `incentive 1 fr`",
                "si tout le fichier est en anglais, changez la première ligne : `incentive 1 en`",
            ),
        },
        "indicateur ca {\n  sum deals.amount\n}",
    ),
    Code(
        "E103",
        "misleading-indentation",
        "error",
        ("Indentation that contradicts the braces", "Un alinéa qui contredit les accolades"),
        (
            "the indentation of `{word}` and the braces of `{block}` contradict each other",
            "l'alinéa de `{word}` et les accolades de `{block}` se contredisent",
        ),
        (
            "Braces decide what a clause belongs to, and people read the indentation: one of the two is not meant.",
            "Les accolades décident à quoi une clause appartient, et on lit l'alinéa : l'un des deux n'est pas voulu.",
        ),
        (
            "Move the brace or the clause; `incentive fmt` then lays the file out by its braces.",
            "Déplacez l'accolade ou la clause ; `incentive fmt` met ensuite le fichier en page d'après ses accolades.",
        ),
        {
            "inside": (
                "indented as if inside `{block}`, which is closed above",
                "en retrait comme dans `{block}`, fermé plus haut",
            ),
            "closed": ("closed here", "fermé ici"),
            "outside": (
                "not indented, as if `{block}` were closed above",
                "sans retrait, comme si `{block}` était fermé plus haut",
            ),
            "open": ("still open", "encore ouvert"),
        },
        "component bonus {\n  pay 5% of revenue\n}\n  cap 500 EUR",
    ),
    Code(
        "E104",
        "unclosed-block",
        "error",
        ("A block that is not closed", "Un bloc qui n'est pas fermé"),
        (
            "the block `{block}` is not closed: its `}` is missing",
            "le bloc `{block}` n'est pas fermé : il manque son `}`",
        ),
        (
            "Without its closing brace a block would swallow the clauses of the next one.",
            "Sans son accolade fermante, un bloc avalerait les clauses du suivant.",
        ),
        ("Add `}` on a line of its own at the end of the block.", "Ajoutez `}` seul sur une ligne à la fin du bloc."),
        shows="component bonus {\n  pay 5% of revenue",
    ),
    Code(
        "E105",
        "stray-brace",
        "error",
        ("A closing brace too many", "Une accolade fermante de trop"),
        ("this `}` closes nothing", "ce `}` ne ferme rien"),
        (
            "A brace too many ends a block early, and what follows would belong elsewhere.",
            "Une accolade de trop ferme un bloc trop tôt, et la suite serait rangée ailleurs.",
        ),
        ("Remove it.", "Supprimez-la."),
        shows="component bonus {\n  pay 5% of revenue\n}\n}",
    ),
    Code(
        "E106",
        "left-out",
        "error",
        ("A word or a mark left out", "Un mot ou un signe oublié"),
        ("{own} is missing", "il manque {own}"),
        (
            "Small words and marks tell the parts of a clause apart.",
            "Les petits mots et les signes séparent les parties d'une clause.",
        ),
        ("Insert it at the place shown.", "Insérez-le à l'endroit montré."),
        {
            "after": ("after `{near}`", "après `{near}`"),
            "before": ("before `{near}`", "avant `{near}`"),
            "insert": ("insert {own} there", "insérez {own} à cet endroit"),
        },
        "scale s by slice {\n  from 0 EUR 5%\n}",
    ),
    Code(
        "E107",
        "misspelt-word",
        "error",
        ("A misspelt word", "Un mot mal écrit"),
        ("`{word}` is not a word of the language here", "`{word}` n'est pas un mot du langage à cet endroit"),
        ("The meaning of a line hangs on its small words.", "Le sens d'une ligne tient à ses petits mots."),
        ("Use the word suggested.", "Utilisez le mot proposé."),
        {"mean": ("did you mean `{own}`?", "vouliez-vous dire `{own}` ?"), "replace": _REPLACE},
        "component bonus {\n  pay 5% off revenue\n}",
    ),
    Code(
        "E108",
        "unclosed-text",
        "error",
        ("A text that is not closed", "Un texte qui n'est pas fermé"),
        (
            "the text `{text}` has no closing quote on its line",
            "le texte `{text}` n'a pas de guillemet fermant sur sa ligne",
        ),
        (
            "Labels and values stand between two straight quotes, on one line.",
            "Libellés et valeurs se mettent entre deux guillemets droits, sur une seule ligne.",
        ),
        ('Add the missing `"`.', 'Ajoutez le `"` qui manque.'),
        shows='plan "AE 2026 {\n}',
    ),
    Code(
        "E109",
        "doubled-word",
        "error",
        ("Something written twice", "Un élément écrit deux fois"),
        ("`{word}` is written twice", "`{word}` est écrit deux fois"),
        ("The second one has no meaning here.", "Le second n'a pas de sens ici."),
        ("Remove one of the two.", "Supprimez l'un des deux."),
        shows="component bonus {\n  pay pay 5% of revenue\n}",
    ),
    Code(
        "E110",
        "number-form",
        "error",
        ("A number that cannot be read", "Un nombre illisible"),
        ("`{word}` is not a number of this language", "`{word}` n'est pas un nombre de ce langage"),
        (
            "Numbers are written out: no exponent, no unit stuck to the digits, so that nothing is guessed.",
            (
                "Les nombres s'écrivent en entier : pas d'exposant, pas d'unité collée aux chiffres, "
                "pour que rien ne soit deviné."
            ),
        ),
        (
            "Write the digits, a space, then the unit: `1 500 EUR`, `48 hours`.",
            "Écrivez les chiffres, une espace, puis l'unité : `1 500 EUR`, `48 heures`.",
        ),
        shows="parameter fee = 1e3",
    ),
    Code(
        "E111",
        "line-ends-early",
        "error",
        ("A line that ends too early", "Une ligne qui finit trop tôt"),
        ("the line ends too early; expected {wanted}", "la ligne finit trop tôt ; attendu : {wanted}"),
        (
            "A clause ends with its line, unless the line ends in an operator, a comma or `(`.",
            "Une clause finit avec sa ligne, sauf si la ligne se termine par un opérateur, une virgule ou `(`.",
        ),
        ("Complete the line.", "Complétez la ligne."),
        shows="component bonus {\n  pay 5% of\n}",
    ),
    Code(
        "E112",
        "decimal-mark",
        "error",
        ("A comma or point that means two things", "Une virgule ou un point à double sens"),
        ("`{word}` can be read as {first} or as {second}", "`{word}` peut se lire {first} ou {second}"),
        (
            "A thousand times too much or too little is the dearest typing mistake there is.",
            "Mille fois trop ou trop peu : la faute de frappe la plus chère qui soit.",
        ),
        (
            "Group thousands with a space. Decimals take a point in English plans, a comma in French ones.",
            (
                "Séparez les milliers par une espace. La décimale s'écrit avec un point en anglais, une "
                "virgule en français."
            ),
        ),
        {
            "rule": (
                "in English plans, group thousands with a space and write decimals with a point",
                "dans un plan français, séparez les milliers par une espace et les décimales par une virgule",
            ),
            "thousands": ("for thousands: `{reading}`", "pour des milliers : `{reading}`"),
            "decimals": ("for decimals: `{reading}`", "pour des décimales : `{reading}`"),
        },
        "component bonus {\n  pay 5% of revenue\n  cap 1,500 EUR per month\n}",
    ),
    Code(
        "E113",
        "typographic-quotes",
        "error",
        ("Typographic quotes", "Guillemets typographiques"),
        (
            "{quotes} are typographic quotes; text needs straight quotes",
            "{quotes} sont des guillemets typographiques ; un texte demande des guillemets droits",
        ),
        (
            "Word processors replace straight quotes as one types.",
            "Les traitements de texte remplacent les guillemets droits à la frappe.",
        ),
        ("Replace them by straight quotes.", "Remplacez-les par des guillemets droits."),
        {
            "replace": (
                "replace them in the whole file (places: {count})",
                "remplacez-les dans tout le fichier (endroits : {count})",
            )
        },
        "plan “AE 2026” {\n}",
    ),
    Code(
        "E114",
        "currency-sign",
        "error",
        ("A currency sign", "Un symbole monétaire"),
        (
            "`{word}`: a currency is written with its code after the amount",
            "`{word}` : une devise s'écrit par son code après le montant",
        ),
        ("`$` is the sign of some twenty currencies.", "`$` est le symbole d'une vingtaine de devises."),
        ("Write the ISO code: `EUR`, `USD`.", "Écrivez le code ISO : `EUR`, `USD`."),
        {"replace": _REPLACE},
        "component bonus {\n  pay 500 €\n}",
    ),
    Code(
        "E115",
        "character",
        "error",
        ("A character that plans do not use", "Un caractère que les plans n'utilisent pas"),
        ("the character {character} has no meaning in a plan", "le caractère {character} n'a pas de sens dans un plan"),
        (
            (
                "Names take Latin letters with or without accents, digits and `_`: letters that only "
                "look alike would make two names of one."
            ),
            (
                "Les noms prennent des lettres latines avec ou sans accents, des chiffres et `_` : des "
                "lettres qui se ressemblent feraient deux noms d'un seul."
            ),
        ),
        ("Retype it.", "Retapez-le."),
        shows="component bonus {\n  pay 5% of revenue ?\n}",
    ),
    Code(
        "E116",
        "no-such-date",
        "error",
        ("A date that does not exist", "Une date qui n'existe pas"),
        ("`{word}` is not a date of the calendar", "`{word}` n'est pas une date du calendrier"),
        (
            "A plan that starts on a day that does not exist starts on no day.",
            "Un plan qui commence un jour inexistant ne commence jamais.",
        ),
        (
            "Write an existing day between 1900 and 2200, as year-month-day.",
            "Écrivez un jour qui existe entre 1900 et 2200, en année-mois-jour.",
        ),
        shows='plan "A" {\n  effective from 2026-02-30 until 2026-12-31\n}',
    ),
    Code(
        "E117",
        "not-utf8",
        "error",
        ("A file that is not UTF-8", "Un fichier qui n'est pas en UTF-8"),
        ("byte {offset} (line {line}) is not UTF-8 text", "l'octet {offset} (ligne {line}) n'est pas du texte UTF-8"),
        (
            "Read in another encoding, accents and sometimes digits change.",
            "Lus dans un autre codage, les accents et parfois les chiffres changent.",
        ),
        ("Save the file as UTF-8.", "Enregistrez le fichier en UTF-8."),
        shows="(bytes) plan \\xe9",
    ),
    Code(
        "E118",
        "not-text",
        "error",
        ("A file that is not text", "Un fichier qui n'est pas du texte"),
        ("this file is not a plan but {kind}", "ce fichier n'est pas un plan mais {kind}"),
        ("A plan is a text file.", "Un plan est un fichier texte."),
        ("Export or save it as UTF-8 text.", "Exportez ou enregistrez-le en texte UTF-8."),
        shows="(bytes) PK\\x03\\x04",
    ),
    Code(
        "E119",
        "hidden-character",
        "error",
        ("An invisible character", "Un caractère invisible"),
        (
            "{character} is invisible and may change what is read",
            "{character} est invisible et peut changer ce qui est lu",
        ),
        (
            "Control and direction characters make a text look other than it is.",
            "Les caractères de contrôle et de direction font paraître un texte autre qu'il n'est.",
        ),
        ("Remove it.", "Supprimez-le."),
        shows="(a comment with U+202E)",
    ),
    Code(
        "E120",
        "first-line",
        "error",
        ("The first line is missing or unknown", "Première ligne absente ou inconnue"),
        (
            "the first line must say format, version and language: `incentive 1 en` or `incentive 1 fr`",
            "la première ligne doit dire le format, la version et la langue : `incentive 1 fr` ou `incentive 1 en`",
        ),
        (
            "It lets the language change later without changing the meaning of old plans.",
            "Elle permet au langage d'évoluer sans changer le sens des anciens plans.",
        ),
        ("Write it as the first line of the file.", "Écrivez-la en tête du fichier."),
        {"insert": ("put `incentive 1 en` on the first line", "mettez `incentive 1 fr` en première ligne")},
        'plan "A" {\n  currency EUR\n}',
    ),
    Code(
        "E121",
        "version",
        "error",
        ("A version that this library does not read", "Une version que cette bibliothèque ne lit pas"),
        (
            "version {version} of the language is not known; this library reads version 1",
            "la version {version} du langage n'est pas connue ; cette bibliothèque lit la version 1",
        ),
        (
            "Words may change meaning between versions; guessing would change pay.",
            "Un mot peut changer de sens d'une version à l'autre ; deviner changerait la paie.",
        ),
        ("Write `incentive 1`, or use a newer library.", "Écrivez `incentive 1`, ou une bibliothèque plus récente."),
        shows="incentive 2 en",
    ),
    Code(
        "E122",
        "no-such-language",
        "error",
        ("A language that this library does not read", "Une langue que cette bibliothèque ne lit pas"),
        (
            "`{word}` is not a language of plans; write `en` or `fr`",
            "`{word}` n'est pas une langue de plan ; écrivez `en` ou `fr`",
        ),
        (
            "The first line says in which words the plan is written.",
            "La première ligne dit avec quels mots le plan est écrit.",
        ),
        ("Write `incentive 1 en` or `incentive 1 fr`.", "Écrivez `incentive 1 en` ou `incentive 1 fr`."),
        shows="incentive 1 de",
    ),
    Code(
        "E123",
        "comparison-sign",
        "error",
        ("A sign of another tool", "Un signe d'un autre outil"),
        ("`{word}` is written `{own}` here", "`{word}` s'écrit `{own}` ici"),
        ("One sign a meaning.", "Un signe par sens."),
        ("Use the sign shown.", "Utilisez le signe montré."),
        {"replace": _REPLACE},
        'group a = role == "x"',
    ),
    Code(
        "E124",
        "other-decimal-mark",
        "error",
        ("The decimal mark of the other language", "La marque décimale de l'autre langue"),
        (
            "`{word}` is not written as numbers are in an English plan",
            "`{word}` n'est pas écrit comme les nombres d'un plan français",
        ),
        (
            "One way to write a number, so that no reader has to guess.",
            "Une seule façon d'écrire un nombre, pour que personne n'ait à deviner.",
        ),
        (
            "Decimals take a point in English plans, a comma in French ones.",
            "La décimale s'écrit avec un point en anglais, une virgule en français.",
        ),
        {
            "replace": ("write `{reading}`", "écrivez `{reading}`"),
            "separate": (
                "if these are two values, put a space after the comma",
                "si ce sont deux valeurs, mettez une espace après la virgule",
            ),
        },
        "parameter rate = 12,5%",
    ),
    Code(
        "E125",
        "wrong-order",
        "error",
        ("Two words in the wrong order", "Deux mots dans le mauvais ordre"),
        ("`{first}` goes before `{second}`", "`{first}` se met avant `{second}`"),
        (
            "The order of the words tells the parts of a clause apart.",
            "L'ordre des mots distingue les parties d'une clause.",
        ),
        ("Turn the two around.", "Inversez les deux."),
        shows="bonus component {\n  pay 5% of revenue\n}",
    ),
    Code(
        "E126",
        "word-left-out",
        "error",
        ("A word left out", "Un mot oublié"),
        ("a word is missing; expected {wanted}", "il manque un mot ; attendu : {wanted}"),
        (
            "The first word of a line says what the line means: paid, or at most.",
            "Le premier mot d'une ligne dit ce qu'elle veut dire : verser, ou plafonner.",
        ),
        ("Write one of the words shown.", "Écrivez un des mots montrés."),
        {"before": ("before `{near}`", "avant `{near}`")},
        "component bonus {\n  5% of revenue\n}",
    ),
    Code(
        "E127",
        "unknown-item",
        "error",
        ("A word that starts nothing", "Un mot qui n'ouvre rien"),
        ("`{word}` does not start any part of a plan", "`{word}` n'ouvre aucune partie d'un plan"),
        (
            "A part that is not understood would be left out of the plan.",
            "Une partie qui n'est pas comprise manquerait au plan.",
        ),
        ("Use the word suggested, or one of the list.", "Utilisez le mot proposé, ou un de la liste."),
        {
            "mean": ("did you mean `{own}`?", "vouliez-vous dire `{own}` ?"),
            "replace": _REPLACE,
            "clauses": ("here one may write {clauses}", "on peut écrire ici {clauses}"),
        },
        "componant bonus {\n  pay 5% of revenue\n}",
    ),
    Code(
        "E150",
        "file-too-large",
        "error",
        ("A plan file that is too large", "Un fichier de plan trop gros"),
        ("the plan has more than {limit} bytes", "le plan a plus de {limit} octets"),
        (
            "A plan is read by people; long rate tables are data.",
            "Un plan est lu par des personnes ; les longs barèmes sont des données.",
        ),
        ("Move tables of figures to data.", "Déplacez les tables de chiffres dans les données."),
        shows="(a file of 600 kB)",
    ),
    Code(
        "E151",
        "line-too-long",
        "error",
        ("A line that is too long", "Une ligne trop longue"),
        ("this line is longer than {limit} characters", "cette ligne dépasse {limit} caractères"),
        (
            "Nobody can read it, and no message could point into it.",
            "Personne ne peut la lire, et aucun message ne pourrait y pointer.",
        ),
        ("Break it after an operator or a comma.", "Coupez-la après un opérateur ou une virgule."),
        shows="(a line of 10 001 characters)",
    ),
    Code(
        "E152",
        "nesting",
        "error",
        ("Too many levels", "Trop de niveaux"),
        ("more than {limit} levels are nested here", "plus de {limit} niveaux sont imbriqués ici"),
        (
            "Deep nesting cannot be read, checked by hand, or explained.",
            "Une imbrication profonde ne se lit, ne se vérifie et ne s'explique pas.",
        ),
        ("Name parts with `let`.", "Nommez des parties avec `soit`."),
        shows="(65 parentheses)",
    ),
    Code(
        "E153",
        "too-many-words",
        "error",
        ("Too many words", "Trop de mots"),
        ("the plan has more than {limit} words and signs", "le plan a plus de {limit} mots et signes"),
        ("The time to check a plan must stay bounded.", "Le temps de vérification d'un plan doit rester borné."),
        ("Move tables of figures to data.", "Déplacez les tables de chiffres dans les données."),
        shows="(a file of 100 001 words)",
    ),
    Code(
        "E154",
        "number-range",
        "error",
        ("A number with too many digits", "Un nombre avec trop de chiffres"),
        (
            "`{word}` has too many digits: at most 18 before and 12 after the decimal mark, for money 15 before",
            "`{word}` a trop de chiffres : au plus 18 avant et 12 après la virgule, 15 avant pour un montant",
        ),
        (
            "Nobody is paid such an amount; a key was held down.",
            "Personne n'est payé un tel montant ; une touche est restée enfoncée.",
        ),
        ("Write fewer digits.", "Écrivez moins de chiffres."),
        shows="parameter fee = 1234567890123456789",
    ),
    Code(
        "E155",
        "too-long-name",
        "error",
        ("A name or text that is too long", "Un nom ou un texte trop long"),
        ("this is longer than {limit} characters", "ceci dépasse {limit} caractères"),
        ("Names stand on statements.", "Les noms figurent sur les relevés."),
        ("Shorten it.", "Raccourcissez-le."),
        shows="(a name of 101 letters)",
    ),
    Code(
        "E156",
        "too-many-rows",
        "error",
        ("Too many rows", "Trop de lignes"),
        ("this table has more than {limit} rows", "cette table a plus de {limit} lignes"),
        ("Long rate tables are data.", "Les longs barèmes sont des données."),
        ("Use fewer rows.", "Utilisez moins de lignes."),
        shows="(a scale of 1 001 rows)",
    ),
)
