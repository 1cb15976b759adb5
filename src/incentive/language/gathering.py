"""A plan that is written in several files, as one.

Plans share tables, rates and facts, and a plan that changes in July is the old one and what is new. What is copied
instead drifts apart. `use` takes the declarations of another file as if they were written in its place; `amends` names
the plan that this text changes. Each file is read for itself, once; its nodes and findings bear its name; all behind
works on one list of items that says of each where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeVar

import attrs
from attrs import define, evolve, field, frozen

from incentive.diagnostics import Diagnostic, Language, PlanError, Remark, Source, Span, finding
from incentive.language import syntax as s
from incentive.language.beside import Give, Withheld, is_inside
from incentive.language.read import Reading, read
from incentive.language.source import decode
from incentive.language.words import say

MOST_FILES: Final = 32
_CODES: Final = {"no files": "E601", "missing": "E602", "link": "E603", "no file": "E603", "unreadable": "E603"}
_HEADS: Final[dict[type, str]] = {
    s.PlanBlock: "PLAN",
    s.Amends: "AMENDS",
    s.Replace: "REPLACE",
    s.Remove: "REMOVE",
}
_T = TypeVar("_T")


@frozen
class Gathered:
    """What a plan is made of: its items with those of the files that it uses, and the plan that it amends.

    `lost` are names that may have been defined on lines that could not be read, `broken` the lines with a mistake, each
    with the name of its file; `used` are the files taken, and without one of them it is `whole` no more.
    """

    source: Source
    language: Language
    items: tuple[s.Item, ...]
    diagnostics: tuple[Diagnostic, ...]
    lost: frozenset[str]
    broken: frozenset[tuple[str, int]]
    used: frozenset[str] = frozenset()
    whole: bool = True
    file: str = ""
    amends: s.Amends | None = None
    original: Gathered | None = None


def gather(text: str, path: str, give: Give) -> Gathered:
    """Read a plan and all files that it is made of; never raises for what they say."""
    reading = read(text, path)
    work = _Gathering(give, reading.language, path)
    made = work.layer(reading, "", ())
    files = {key: each.source for key, each in work.readings.items() if each is not None}
    return _from(made, evolve(reading.source, files=files))


def _from(made: Gathered, source: Source) -> Gathered:
    """The same, all of it pointing into one source."""
    original = None if made.original is None else _from(made.original, source)
    return evolve(made, source=source, original=original)


def placed(value: _T, file: str) -> _T:
    """Give the same with all its places in a file."""
    made: Any = value
    match made:
        case Span():
            made = evolve(made, file=file)
        case tuple():
            made = tuple(placed(each, file) for each in made)
        case _ if attrs.has(type(made)):
            inner = {each.name: getattr(made, each.name) for each in attrs.fields(type(made))}
            moved = {name: placed(each, file) for name, each in inner.items()}
            made = evolve(made, **{name: each for name, each in moved.items() if each is not inner[name]})
    out: _T = made
    return out


@define
class _Layer:
    """One text of a plan, with what it uses, as it is put together."""

    items: list[s.Item] = field(factory=list)
    diagnostics: list[Diagnostic] = field(factory=list)
    lost: set[str] = field(factory=set)
    broken: set[tuple[str, int]] = field(factory=set)
    used: set[str] = field(factory=set)
    whole: bool = True


@define
class _Gathering:
    """The files of one plan, as they are found: each is read once; None is one that could not be."""

    give: Give
    language: Language
    path: str
    readings: dict[str, Reading | None] = field(factory=dict)

    def layer(self, reading: Reading, file: str, way: tuple[str, ...]) -> Gathered:
        """Put together a text with what it uses and what it amends; `way` are the files that led to it."""
        made = _Layer()
        here = (*way, file)
        amendments = [each for each in reading.file.items if isinstance(each, s.Amends)]
        original: Gathered | None = None
        if amendments:
            found = self._open(made, amendments[0].file, here)
            original = None if found is None else self.layer(found[1], found[0], here)
            made.used |= set() if original is None else original.used
        self._take(made, reading, here)
        for each in amendments[1:]:
            self._report(
                made,
                "E610",
                each.span,
                remarks=[Remark(amendments[0].span, "first")],
                word=say("AMENDS", self.language),
            )
        return Gathered(
            reading.source,
            self.language,
            tuple(made.items),
            tuple(made.diagnostics),
            frozenset(made.lost),
            frozenset(made.broken),
            frozenset(made.used),
            made.whole and (original is None or original.whole),
            file,
            amendments[0] if amendments else None,
            original,
        )

    def _take(self, made: _Layer, reading: Reading, way: tuple[str, ...], at: Span | None = None) -> None:
        """Take the items of a file, and those of the files that it uses where it says so."""
        file = way[-1]
        made.diagnostics += reading.diagnostics
        made.lost |= reading.lost
        made.broken |= {(file, line) for line in reading.broken}
        for item in reading.file.items:
            match item:
                case s.Use():
                    found = self._open(made, item.file, way)
                    if found is not None and found[0] not in made.used:
                        made.used.add(found[0])
                        self._take(made, found[1], (*way, found[0]), item.span)
                case s.Amends() if at is None:
                    pass
                case s.PlanBlock() | s.Amends() | s.Replace() | s.Remove() if at is not None:
                    words = item.label.span if isinstance(item, s.PlanBlock) else item.span
                    word = say(_HEADS[type(item)], self.language)
                    self._report(made, "E606", words, remarks=[Remark(at, "used")], word=word)
                case _:
                    made.items.append(item)

    def _open(self, made: _Layer, name: s.Text, way: tuple[str, ...]) -> tuple[str, Reading] | None:
        """Give the name and the reading of a file that a text names; or say why there is none."""
        folder = way[-1].rpartition("/")[0]
        key = f"{folder}/{name.text}" if folder else name.text
        own = self.path.replace("\\", "/").rpartition("/")[2]
        if not is_inside(name.text):
            self._report(made, "E600", name.span, notes=["inside"], name=name.text)
        elif key in {own, *way}:
            chain = " -> ".join(each or own for each in (*way, key))
            self._report(made, "E604", name.span, notes=["chain"], name=name.text, chain=chain)
        elif key not in self.readings and len(self.readings) >= MOST_FILES:
            self._report(made, "E605", name.span, limit=str(MOST_FILES))
        else:
            if key not in self.readings:
                self.readings[key] = self._read(made, name, key)
            reading = self.readings[key]
            if reading is not None:
                return key, reading
        made.whole = False
        return None

    def _read(self, made: _Layer, name: s.Text, key: str) -> Reading | None:
        text = self.give(key)
        if isinstance(text, Withheld):
            code = _CODES[text.why]
            self._report(made, code, name.span, mark=text.why if code == "E603" else "", name=name.text)
            return None
        path = self._path(key)
        if isinstance(text, bytes):
            try:
                text = decode(text, path)
            except PlanError as error:
                made.diagnostics += placed(error.diagnostics, key)
                return None
        reading = read(text, path)
        if reading.language != self.language:
            self._report(made, "E607", name.span, name=name.text, other=reading.language, own=self.language)
            return None
        placed_: Reading = evolve(reading, file=placed(reading.file, key), diagnostics=placed(reading.diagnostics, key))
        return placed_

    def _path(self, key: str) -> str:
        folder, slash, _ = self.path.rpartition("/")
        return folder + slash + key

    def _report(  # noqa: PLR0913 - the parts of a finding, by name
        self,
        made: _Layer,
        code: str,
        span: Span,
        *,
        mark: str = "",
        remarks: Sequence[Remark] = (),
        notes: Sequence[str] = (),
        **values: str,
    ) -> None:
        path = self._path(span.file) if span.file else self.path
        made.diagnostics.append(
            finding(
                code,
                self.language,
                span=span,
                mark=mark,
                remarks=remarks,
                helps=(),
                notes=notes,
                place=None,
                path=path,
                **values,
            )
        )
