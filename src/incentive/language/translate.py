"""A plan in the other language: its words change, its meaning does not.

Words of the language and the habits of numbers are translated; names, labels, texts and comments are the author's and
stay. A name that is the author's in one language may be a word of the other. What comes out is therefore read back,
and where it would not mean the same, nothing comes out but a finding at the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from attrs import Factory, define

from incentive.diagnostics import Diagnostic, Language, Span, finding
from incentive.language import words as w
from incentive.language.layout import Formatted, format  # noqa: A004 - as it is called
from incentive.language.outline import Outline, outline
from incentive.language.places import Places, Word, places
from incentive.language.read import Reading, survey
from incentive.language.spelling import number
from incentive.language.tokens import Piece, span_of
from incentive.language.words import fold

# Where a word has several forms in the language translated to: by its terminal and the rule it stands in.
_FORMS: Final[Mapping[Language, Mapping[tuple[str, str], str]]] = {
    "en": {
        **{("PER", rule): "by" for rule in ("scale", "banded", "every_level", "ranked", "through", "shared")},
    },
    "fr": {
        **{("FROM", rule): "du" for rule in ("effective", "amends", "draw", "floor")},
        ("FROM", "recovered"): "à partir de",
        ("FROM", "dated_each"): "à partir de",
        ("OF", "within"): "suivant",
        ("WITHIN", "must"): "entre",
        ("EACH", "dated_each"): "chaque",
        ("AT", "convert"): "au cours",
        ("ON", "on"): "en",
    },
}
_FEMININE: Final = frozenset({"week", "weeks", "year", "hours"})
_YEARLY: Final = frozenset({"each_per", "path", "trueup"})  # `par an`, but `sur année`
_VOWELS: Final = frozenset("aeiou")
_LETTERS: Final = {"fr": str.maketrans("QH", "TS"), "en": str.maketrans("TS", "QH")}


def translate(text: str, to: Language, path: str = "") -> Formatted:
    """Write a plan in a language, laid out in the one way.

    Refused unchanged: a text with mistakes in its form, and one that would mean something else.

    Law: there and back, the plan means the same and has the same comments.
    """
    reading, parsed = survey(text, path)
    if parsed is None or reading.diagnostics or reading.language == to:
        return format(text, path)
    found = places(parsed, reading.language)
    writer = _Writer(reading.language, to, parsed.pieces, outline(parsed.tree), found)
    writer.write()
    made = format(writer.text, path)
    again, back = survey(made.text, path)
    if back is None or made.diagnostics:
        wrong = made.diagnostics[0].span if made.diagnostics else None
        return Formatted(text, (_clash(reading, to, writer.source(wrong)),))
    for one, other in zip(found.gist, places(back, again.language).gist, strict=False):
        if one[:2] != other[:2] or (one[0] == "NAME" and one[1] in found.defined and _is_taken(one[1], to)):
            return Formatted(text, (_clash(reading, to, one[2]),))
    return made


def _is_taken(name: str, language: Language) -> bool:
    """Whether the language itself defines a name, so that a plan cannot."""
    return any(w.meaning(each, name, language) for each in (w.RESULTS, w.GROUPS, w.SETTLED))


def _clash(reading: Reading, to: Language, span: Span) -> Diagnostic:
    word = reading.source.text[span.start : span.end].strip() or "…"
    language = {"en": ("English", "en anglais"), "fr": ("French", "en français")}[to][reading.language == "fr"]
    return finding("E160", reading.language, span=span, path=reading.source.path, word=word, to=language)


@define
class _Writer:
    """The pieces of a text in another language, one after the other."""

    language: Language
    to: Language
    pieces: tuple[Piece, ...]
    outline: Outline
    places: Places
    text: str = ""
    starts: list[tuple[int, Piece]] = Factory(list)

    def write(self) -> None:
        """Write all pieces; the layout comes later."""
        said = [self._say(at, piece) for at, piece in enumerate(self.pieces)]
        for (piece, here), (after, follows) in pairwise([*zip(self.pieces, said, strict=True), (self.pieces[-1], "")]):
            elides = here == "de" and after.kind == "NAME" and fold(follows)[:1] in _VOWELS
            self.starts.append((len(self.text), piece))
            self.text += "d'" if elides else f"{here} " if here else ""

    def source(self, span: Span | None) -> Span:
        """Where the text translated had what stands at a place of the new text, which has no other layout yet."""
        at = span.start if span else 0
        piece = next((piece for start, piece in reversed(self.starts) if start <= at), self.pieces[0])
        return span_of(piece.words[0]).to(span_of(piece.words[-1]))

    def _rule(self, piece: Piece) -> str:
        return self.outline.rules.get(piece.start, "")

    def _word(self, at: int) -> Word | None:
        return self.places.words.get(self.pieces[at].start) if 0 <= at < len(self.pieces) else None

    def _say(self, at: int, piece: Piece) -> str:
        rule, kind = self._rule(piece), piece.kind
        word = self._word(at)
        if rule == "window_to_date":
            return self._to_date(piece, word)
        if rule == "window_previous":
            return self._previous(piece, word or self._word(at + 1))
        if kind == "NAME":
            if rule == "header":
                return self.to
            return self._name(at, piece, word) if word else piece.written
        if kind.startswith("KW_"):
            return self._keyword(at, piece, rule)
        if kind in {"NUMBER", "PERCENT"} and rule not in {"header", "on"}:
            marks = str.maketrans(",.", ".,")
            bare = "".join(piece.written.split())
            return number(bare.translate(marks), self.to)
        if kind in {"QUARTER", "PERIODLIT"}:
            return piece.written.translate(_LETTERS[self.to])
        return piece.written if kind else ""  # an article says nothing

    # ---- words -----------------------------------------------------------------------------------------------------
    def _name(self, at: int, piece: Piece, word: Word) -> str:
        source, target = (word.vocabulary[word.name][side == "fr"] for side in (self.language, self.to))
        same = next((each for each in target if fold(each) == fold(piece.written)), None)
        if same is not None:
            return same
        if word.vocabulary is w.PERIODS and word.name == "year" and self.to == "fr":
            return "an" if word.rule in _YEARLY else "année"
        if word.vocabulary is w.DURATIONS:  # the plural first, then the singular
            place = next(index for index, each in enumerate(source) if fold(each) == fold(piece.written))
            if len(source) == 1 and self.pieces[at - 1].written == "1":  # `1 mois`, one word for one and for many
                place = 1
            return target[min(place, len(target) - 1)]
        return target[0]

    def _to_date(self, piece: Piece, word: Word | None) -> str:
        if piece.kind != "NAME":
            return ""
        name = word.name if word else piece.written
        if self.to == "en":
            return f"{name} to date"
        own = w.spelling({**w.PERIODS, **w.WHOLE_PLAN}, name, "fr")
        return w.TO_DATE.get(name, f"{own} à date")

    def _previous(self, piece: Piece, word: Word | None) -> str:
        if piece.kind == "NAME":
            return ""
        name = word.name if word else ""
        if self.to == "en":
            return f"previous {name}"
        own = "année" if name == "year" else w.spelling(w.PERIODS, name, "fr")
        return f"précédent {own}" if name == "week" else f"{own} précédent{'e' * (name in _FEMININE)}"

    def _keyword(self, at: int, piece: Piece, rule: str) -> str:
        terminals = tuple(token.type.removeprefix("KW_") for token in piece.tokens)
        if piece.words[0].type == "ELISION":
            terminals = ("OF",)
        row = next(each for each in w.WORDS if each.terminals == terminals)
        if rule == "word_cell":  # a lone word that heads a column is a field of the author's
            return piece.written
        form = _FORMS[self.to].get((terminals[0], rule))
        if form is None and self.to == "fr":
            form = self._french(at, terminals[0], rule)
        return form or row.phrases(self.to)[0]

    def _french(self, at: int, terminal: str, rule: str) -> str | None:
        """What agrees with the word beside it."""
        match terminal:
            case "EACH":
                return "ligne à ligne" if self.pieces[at - 1].kind == "KW_PAY" else "par ligne"
            case "OPTIONAL":
                word = self._word(at - 1)
                return "facultative" if word and word.name == "date" else "facultatif"
            case "LAST":
                after = self._word(at + 1) or self._word(at + 2)
                feminine = after is not None and after.name in _FEMININE
                many = rule == "window_last"
                return "derni" + ("ères" if many and feminine else "ers" if many else "ère" if feminine else "er")
            case _:
                return None
