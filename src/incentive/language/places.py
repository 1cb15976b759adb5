"""Which names of a plan are words of the language, and what a plan means, whatever language it is written in.

A name such as `team` or `month` is a word of the language at some places and the author's own at others. The grammar
says where it stands; what the plan defines itself is the author's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import Factory, define, evolve, frozen
from lark import Token, Tree

from incentive.diagnostics import Language, Span
from incentive.language import words as w
from incentive.language.parser import Parsed
from incentive.language.tokens import Piece, span_of, text_of
from incentive.language.words import Vocabulary, fold, meaning

_DURATION: Final = (w.DURATIONS, w.PERIODS)
# Rules whose names have a fixed place in the vocabulary.
_FIXED: Final[Mapping[str, tuple[Vocabulary, ...]]] = {
    "cadence": (w.PERIODS,),
    "accumulate": (w.PERIODS,),
    "rounding": (w.ROUNDINGS,),
    "month_end": (w.MONTH_ENDS,),
    "year_starts": (w.SIDES,),
    "presence": _DURATION,
    "each_per": (w.PERIODS, w.HOLDERS),
    "money_type": (w.TYPES,),
    "named_type": (w.TYPES,),
    "window_whole": (w.PERIODS,),
    "window_to_date": (w.PERIODS, w.WHOLE_PLAN),
    "window_last": _DURATION,
    "window_previous": (w.PERIODS,),
    "window_same_last": (w.PERIODS,),
    "quantity": _DURATION,
    "dated_each": (w.PERIODS, w.DURATIONS),
    "instalments": _DURATION,
    "clawback": _DURATION,
    "known": _DURATION,
    "unrated": (w.UNRATED,),
    "facts": (w.PEOPLE_TABLE,),
    "given_rows": (w.PEOPLE_TABLE,),
}
_NAMED: Final[Mapping[str, tuple[Vocabulary, ...]]] = {
    "call": (w.FUNCTIONS,),
    "shared": (w.GROUPS,),
    "ranked": (w.GROUPS,),
    "trueup": (w.PERIODS,),
}
_DEFINING: Final = frozenset(
    {
        "facts",
        "input",
        "parameter",
        "dated_parameter",
        "let",
        "local",
        "measure",
        "scale",
        "group",
        "component",
        "table",
        "scorecard",
        "split",
        "gate",
    }
)
_OF_ROWS: Final = frozenset({"measure", "split", "clawback", "given_rows"})
_OTHER_SIGNS: Final = {"≤": "<=", "≥": ">=", "≠": "!="}
_PERIOD_LETTERS: Final = str.maketrans("TS", "QH")


@frozen
class Word:
    """A name that is a word of the language: its vocabulary and the name it stands for."""

    vocabulary: Vocabulary
    name: str
    rule: str


Gist = tuple[str, str, Span]


@frozen
class Places:
    """The words of the language among the names, by offset; all that a text says, in order; its names beside tables."""

    words: Mapping[int, Word]
    gist: tuple[Gist, ...]
    defined: frozenset[str]


@define
class _Plan:
    """What a plan defines."""

    names: set[str] = Factory(set)
    tables: set[str] = Factory(set)
    fields: dict[str, set[str]] = Factory(dict)
    options: set[str] = Factory(set)


@frozen
class _Around:
    """What is around a branch: rows of a table, people, values to choose from, a place for a period."""

    rows: bool = False
    people: bool = False
    option: bool = False
    period: bool = False


def places(parsed: Parsed, language: Language) -> Places:
    """Look at every name of a text that was parsed without a finding."""
    looker = _Looker(language, _defined(parsed.tree, language))
    looker.look(parsed.tree)
    return Places(
        looker.words, (*looker.gist, *_comments(parsed.pieces)), frozenset(looker.plan.names - looker.plan.tables)
    )


def _comments(pieces: tuple[Piece, ...]) -> Iterator[Gist]:
    for piece in pieces:
        if piece.kind == "_NL":
            for line in piece.words[0].split("\n"):
                if line.strip():
                    yield "#", line.strip(), span_of(piece.words[0])


def _names(node: Tree[Token]) -> list[Token]:
    children: list[Any] = node.children
    return [child for child in children if isinstance(child, Token) and child.type == "NAME"]


def _is_people(node: Tree[Token], language: Language) -> bool:
    return meaning(w.PEOPLE_TABLE, _names(node)[0], language) is not None


def _defined(tree: Tree[Token], language: Language) -> _Plan:
    plan = _Plan()
    for node in tree.iter_subtrees():
        rule = str(node.data)
        if rule in _DEFINING and not (rule == "facts" and _is_people(node, language)):
            plan.names.update(map(str, _names(node)[:1]))
            if rule == "facts":
                plan.tables.update(map(str, _names(node)[:1]))
        elif rule == "criterion":
            plan.names.update(map(str, _names(node)))
        elif rule == "choice_type":
            plan.options.update(map(str, _names(node)))
        elif rule == "field":
            kinds = [child for child in node.children if isinstance(child, Tree)]
            if meaning(w.RESULTS, _names(node)[0], language) is not None:  # the author's, wherever it is read
                plan.names.add(str(_names(node)[0]))
            kind = meaning(w.TYPES, _names(kinds[0])[0], language) if kinds[0].data == "named_type" else None
            plan.fields.setdefault(str(_names(node)[0]), set()).add(kind or "")
    return plan


@define
class _Looker:
    language: Language
    plan: _Plan
    words: dict[int, Word] = Factory(dict)
    gist: list[Gist] = Factory(list)

    def look(self, tree: Tree[Token]) -> None:
        """Go through the tree in the order of the text, without recursion."""
        todo: list[tuple[Any, str, _Around]] = [(tree, "", _Around())]
        nowhere = Span(0, 0, 1, 1, 1, 1)
        while todo:
            node, rule, around = todo.pop()
            if isinstance(node, Token):
                if node.type not in {"COMMA", "SEMICOLON"}:
                    self.gist.append(self._token(node, rule))
            elif isinstance(node, Tree) and node.data == "word_cell":  # a field that is named like a word
                word = node.scan_values(lambda each: isinstance(each, Token))
                said = [("NAME", str(each), span_of(each)) for each in word]
                self.gist += [("(", "path", nowhere), *said, (")", "path", nowhere)]
            elif isinstance(node, Tree) and node.data != "header":
                here = str(node.data)
                if here == "path":
                    self._path(node, around)
                else:
                    self._fixed(node, here, around)
                self.gist.append(("(", here, nowhere))
                inside = self._inside(node, here, around)
                todo.append((Token("END", here), here, around))
                for at, child in reversed(list(enumerate(node.children))):
                    todo.append((child, here, self._child(inside, here, at)))

    def _inside(self, node: Tree[Token], rule: str, around: _Around) -> _Around:
        people = rule in {"facts", "given_rows"} and _is_people(node, self.language)
        return _Around(
            rows=around.rows or (rule in _OF_ROWS and not people),
            people=people or (around.people and rule != "start"),
            period=rule == "timeline" or (around.period and rule == "table_row"),
        )

    def _child(self, around: _Around, rule: str, at: int) -> _Around:
        """What is around one child: after `is` stand values, after `per` perhaps a period."""
        option = rule == "table_row" or (rule in {"is", "is_one_of"} and at > 0)
        period = rule == "per" or (around.period and rule in {"timeline", "table_row"})
        if around.option is option and around.period is period:  # nearly always, and a long sum has many children
            return around
        return evolve(around, option=option, period=period)

    # ---- names -----------------------------------------------------------------------------------------------------
    def _enter(self, token: Token, rule: str, *vocabularies: Vocabulary) -> None:
        for vocabulary in vocabularies:
            name = meaning(vocabulary, token, self.language)
            if name is not None:
                self.words[token.start_pos or 0] = Word(vocabulary, name, rule)
                return

    def _fixed(self, node: Tree[Token], rule: str, around: _Around) -> None:
        names = _names(node)
        if rule == "field" and around.people:
            self._enter(names[0], rule, w.PEOPLE)
        elif rule in {"facts", "given_rows", "money_type"}:
            self._enter(names[0], rule, *_FIXED[rule])
        elif rule == "instalments":
            self._enter(names[-1], rule, *_FIXED[rule])
        elif rule in _FIXED:
            for name in names:
                self._enter(name, rule, *_FIXED[rule])
        elif rule in _NAMED:
            for name in names[-1:]:
                if name not in self.plan.names:
                    self._enter(name, rule, *_NAMED[rule])

    def _path(self, node: Tree[Token], around: _Around) -> None:
        first, *rest = _names(node)
        own = first in self.plan.names or (around.rows and first in self.plan.fields)
        if not own and not (around.option and not rest and first in self.plan.options):
            more = [w.PERIODS] if around.period and not rest else []
            self._enter(first, "path", *more, w.RESULTS, w.GROUPS, w.PEOPLE, *([] if rest else [w.SETTLED]))
        before = first
        for name in rest:
            if not self._is_field(before, name):
                self._enter(name, "path", w.PEOPLE, w.RESULTS)
            before = name

    def _is_field(self, before: Token, name: Token) -> bool:
        """Whether a name behind a point is the author's: a field of a table, or a figure of the plan."""
        kinds = self.plan.fields.get(str(before), set())
        if name in self.plan.names:
            return True
        return name in self.plan.fields and "participant" not in kinds

    # ---- what is said ----------------------------------------------------------------------------------------------
    def _token(self, token: Token, rule: str) -> Gist:
        kind, value = token.type, str(token)
        if kind == "END":
            return ")", value, Span(0, 0, 1, 1, 1, 1)
        if kind.startswith("KW_"):
            value = ""
        elif kind == "NAME":
            word = self.words.get(token.start_pos or 0)
            kind, value = (f"WORD {rule}", word.name) if word else (kind, value)
        elif kind in {"NUMBER", "PERCENT"}:
            value = "".join(char for char in fold(value).replace(",", ".") if char in "0123456789.")
        elif kind in {"QUARTER", "PERIODLIT"}:
            value = value.translate(_PERIOD_LETTERS)
        elif kind == "STRING":
            value = text_of(token)
        elif kind == "COMPARISON":
            value = _OTHER_SIGNS.get(value, value)
        return kind, value, span_of(token)
