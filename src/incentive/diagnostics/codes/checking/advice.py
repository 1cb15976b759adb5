"""Findings about what is legal and seldom meant."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

ADVICE: tuple[Code, ...] = (
    Code(
        "W402",
        "unreached-row",
        "warning",
        ("A row that no value reaches", "Une ligne qu'aucune valeur n'atteint"),
        (
            "`{bound}` is never reached: `{subject}` is at most {most}",
            "`{bound}` n'est jamais atteint : `{subject}` vaut au plus {most}",
        ),
        (
            "A rate that nobody can earn looks like a promise.",
            "Un taux que personne ne peut gagner a l'air d'une promesse.",
        ),
        (
            "Remove the row, or lift the limit that stands before it.",
            "Retirez la ligne, ou relevez la limite qui la précède.",
        ),
        shows=(
            "component bonus {\n  pay min(revenue, 90 EUR) by slice {\n    from 0 EUR: 5%\n    from 100 EUR: 8%\n  }\n}"
        ),
    ),
    Code(
        "W410",
        "cliff",
        "warning",
        (
            "A cliff: one unit more changes the pay of all of them",
            "Un seuil brutal : une unité de plus change toute la paie",
        ),
        ("at `{bound}` the pay {verb} by {jump}", "à `{bound}`, la paie {verb} de {jump}"),
        (
            (
                "The value of the row reached applies to the whole figure, also to what was sold below the edge. Just "
                "below an edge it pays to move a deal, and the plan costs more than its rates show."
            ),
            (
                "La valeur de la ligne atteinte s'applique à tout le chiffre, aussi à ce qui est vendu sous la borne. "
                "Juste en dessous, on gagne à déplacer une affaire, et le plan coûte plus que ses taux ne le montrent."
            ),
        ),
        (
            "Pay the higher rate on the part above alone (`by slice`), or write a `note` below the row.",
            "Payez le taux supérieur sur la seule part au-dessus (`par tranche`), ou écrivez une `note` sous la ligne.",
        ),
        {
            "here": (
                "from here on `{value}` applies to all of `{whole}`",
                "à partir d'ici, `{value}` s'applique à tout `{whole}`",
            ),
            "before": ("below the edge", "sous la borne"),
            "slice": (
                "to pay the new rate on the part above alone: `{text}`",
                "pour ne payer le nouveau taux que sur la part au-dessus : `{text}`",
            ),
            "note": (
                "if it is meant, say so below the row: `{text}`",
                "si c'est voulu, dites-le sous la ligne : `{text}`",
            ),
        },
        "component bonus {\n  pay revenue by level {\n    from       0 EUR: 5%\n    from 100 000 EUR: 8%\n  }\n}",
    ),
    Code(
        "W415",
        "may-be-negative",
        "warning",
        ("A line that may be negative", "Une ligne qui peut être négative"),
        (
            "`{name}` may be negative: nothing keeps `{text}` from falling below 0",
            "`{name}` peut être négative : rien n'empêche `{text}` de passer sous 0",
        ),
        (
            "A negative line is a debt of the person, taken from the other lines. With a floor it is nothing.",
            "Une ligne négative est une dette, prise sur les autres lignes. Avec un plancher, ce n'est rien.",
        ),
        (
            "Add a `floor` to the component or the settlement; where a debt is meant, write a `note` in the component.",
            (
                "Ajoutez un `plancher` à la composante ou au décompte ; si une dette est voulue, mettez une `note` "
                "dans la composante."
            ),
        ),
        {
            "here": ("may be below 0", "peut passer sous 0"),
            "floor": ("if nobody is to owe for it: `{text}`", "si personne ne doit rien : `{text}`"),
            "note": (
                "if a debt is meant, say so in the component: `{text}`",
                "si une dette est voulue, dites-le dans la composante : `{text}`",
            ),
        },
        "component bonus {\n  pay 5% of (revenue - quota)\n}",
    ),
    Code(
        "W416",
        "rounding-with-a-side",
        "warning",
        (
            "A rounding with a side, where a line may be negative",
            "Un arrondi qui penche d'un côté, où une ligne peut être négative",
        ),
        (
            "`{mode}` rounds {half} to {sale} and {minus} to {back}: in `{name}` a return does not undo its sale",
            "`{mode}` arrondit {half} à {sale} et {minus} à {back} : dans `{name}`, un retour n'annule pas sa vente",
        ),
        (
            (
                "`floor` goes down and `ceiling` goes up on both sides of 0. A sale in one period and its return in "
                "the next then leave up to one step, each time to the same side."
            ),
            (
                "`inférieur` descend et `supérieur` monte des deux côtés de 0. Une vente, puis son retour à la "
                "période suivante, laissent alors jusqu'à un pas, chaque fois du même côté."
            ),
        ),
        (
            (
                "Write `down` for `floor`, or `up` for `ceiling`: above 0 they are the same, below they mirror it. Or "
                "keep the line from falling below 0 with a `floor`; where the side is meant, put a `note` in the "
                "component."
            ),
            (
                "Écrivez `vers_zéro` pour `inférieur`, ou `loin_de_zéro` pour `supérieur` : au-dessus de 0, c'est la "
                "même chose, en dessous son reflet. Ou retenez la ligne à 0 par un `plancher` ; si ce côté est "
                "voulu, mettez une `note` dans la composante."
            ),
        ),
        {
            "here": ("the same side above and below 0", "le même côté au-dessus et en dessous de 0"),
            "below": ("may fall below 0: a return, a credit note", "peut passer sous 0 : un retour, un avoir"),
            "mirrored": (
                "the same above 0, and its mirror below: `{text}`",
                "la même chose au-dessus de 0, son reflet en dessous : `{text}`",
            ),
            "floor": ("if no line is to fall below 0: `{text}`", "si aucune ligne ne doit passer sous 0 : `{text}`"),
            "note": (
                "if it is meant, say so in the component: `{text}`",
                "si c'est voulu, dites-le dans la composante : `{text}`",
            ),
        },
        """plan "Sample" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  rounding  floor to 1 EUR
  effective from 2026-01-01 until 2026-12-31
}
component bonus {
  pay 5% of revenue
}""",
    ),
    Code(
        "W417",
        "rounded-twice",
        "warning",
        ("A figure that is rounded twice", "Un chiffre arrondi deux fois"),
        (
            "`{text}` is rounded again, to {step}: {figure} becomes {middle}, then {twice}, instead of {once}",
            "`{text}` est arrondi à nouveau, à {step} : {figure} devient {middle}, puis {twice}, au lieu de {once}",
        ),
        (
            "Rounding to a finer step first makes halves that were none, and the second rounding moves them.",
            "Arrondir d'abord plus finement crée des moitiés qui n'en étaient pas, que le second arrondi déplace.",
        ),
        (
            (
                "Leave the rounding to the line, or round to a multiple of its step. Where a contract asks for "
                "both, put a `note` in the component."
            ),
            (
                "Laissez l'arrondi à la ligne, ou arrondissez à un multiple de son pas. Si un contrat demande les "
                "deux, mettez une `note` dans la composante."
            ),
        ),
        {
            "here": ("rounded here first", "arrondi une première fois ici"),
            "without": ("to round it once: `{text}`", "pour l'arrondir une fois : `{text}`"),
            "note": (
                "if both are meant, say so in the component: `{text}`",
                "si les deux sont voulus, dites-le dans la composante : `{text}`",
            ),
        },
        "component bonus {\n  pay round(5% of revenue, 0.001 EUR)\n}",
    ),
    Code(
        "W420",
        "settled-condition",
        "warning",
        ("A condition that data cannot change", "Une condition que les données ne changent pas"),
        ("`{text}` {verdict}, whatever the data", "`{text}` {verdict}, quelles que soient les données"),
        (
            "A gate that is always met holds nothing back; one that is never met pays nobody.",
            "Une condition toujours remplie ne retient rien ; jamais remplie, elle ne paie personne.",
        ),
        ("Correct the bound, or remove the condition.", "Corrigez la borne, ou retirez la condition."),
        {"known": ("{known}", "{known}")},
        "gate activity {\n  require deals_won >= 0\n  otherwise nothing\n}\n"
        "component bonus {\n  pay 5% of revenue\n  gated by activity\n}",
    ),
    Code(
        "W430",
        "look-alike",
        "warning",
        ("Two names that look alike", "Deux noms qui se ressemblent"),
        (
            "`{name}` and `{other}` (line {line}) look alike and are two names",
            "`{name}` et `{other}` (ligne {line}) se ressemblent et sont deux noms",
        ),
        (
            "A reader takes them for one: an accent, a capital, an underscore, 1 and l or 0 and O tell them apart.",
            "On les prend pour un seul : un accent, une majuscule, un tiret bas, 1 et l ou 0 et O les séparent.",
        ),
        ("Rename one of them.", "Renommez l'un des deux."),
        shows="let net_revenue = revenue\nlet Net_revenue = revenue\n"
        "component bonus {\n  pay 5% of net_revenue + 1% of Net_revenue\n}",
    ),
    Code(
        "W440",
        "unused",
        "warning",
        ("A definition that nothing reads", "Une définition que rien ne lit"),
        ("`{name}` is {kind} that nothing reads", "`{name}` est {kind} que rien ne lit"),
        (
            "A rule that is written and not used is a rule that somebody expects to be paid by.",
            "Une règle écrite et non utilisée est une règle selon laquelle quelqu'un s'attend à être payé.",
        ),
        (
            (
                "Use it or remove it. What is only watched is expected by an example; a `note` in the block keeps a "
                "table or a measure for later."
            ),
            (
                "Utilisez-la ou retirez-la. Ce qu'on ne fait que suivre est attendu par un exemple ; une `note` dans "
                "le bloc garde une table ou un indicateur pour plus tard."
            ),
        ),
        {
            "watch": (
                "if it is only watched, let an example say so: `{text}`",
                "si on ne fait que le suivre, qu'un exemple le dise : `{text}`",
            )
        },
        "measure lost_deals {\n  count  deals\n  where  stage is lost\n  dated  closed_on\n  credit owner\n}",
    ),
)
