"""Draft a mapping for a person to confirm.

Typing a mapping from nothing is tedious, and guessing one in silence is dangerous. So guesses are made here and only
here, written down with their alternatives, in a file that says `confirmed = false` and is refused until somebody
changes that.
"""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve, frozen

from incentive.data.cells import NUMBERS, Rules, converter
from incentive.data.findings import BadCellError
from incentive.data.formats import compile_form, read_day, read_instant
from incentive.data.mapping import ColumnMap, Format
from incentive.data.opening import read_bytes
from incentive.diagnostics import Language
from incentive.tree import Field, Plan, Unit, UnitKind

_DELIMITERS = (",", ";", "\t", "|")
_DATES = ("YYYY-MM-DD", "YYYY/MM/DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "YYYYMMDD")
_STAMPS = ("iso", "YYYY/MM/DD hh:mm:ss", "DD/MM/YYYY hh:mm:ss", "MM/DD/YYYY hh:mm:ss", "DD/MM/YYYY hh:mm")
_PLAIN_STAMP = "YYYY-MM-DD hh:mm:ss"
_SAMPLE = 200
_NEAR = 0.6
_UNFIT = 0.8
_DAY_KINDS: tuple[UnitKind, ...] = ("date", "timestamp")

_SAME = (  # words that exports use for the same thing; some words are used for two
    (word, meaning)
    for meaning, words in {
        "person": "owner who rep seller employee salesperson participant agent sdr sr bdr user "
        "vendeur commercial matricule",
        "amount": "amount value sales revenue total price montant valeur ca",
        "place": "region territory zone secteur",
        "when": "period month quarter year periode mois trimestre annee",
        "job": "role title job position poste fonction",
        "team": "team group equipe groupe",
        "boss": "manager head lead responsable chef",
        "state": "status state stage statut etat etape",
        "closed": "closed close closing closedate signed signee cloture conclue",
        "created": "created create createdate creee cree",
        "spend": "spend spent cost depense cout",
        "deal": "deal deals opportunity opportunities affaire affaires piste pistes lead leads",
        "share": "share shares split splits part parts percentage percent",
        "people": "people users user employees employee owners personnes utilisateurs effectif",
    }.items()
    for word in words.split()
)
_MEANS: dict[str, frozenset[str]] = {}
for _word, _meaning in _SAME:
    _MEANS[_word] = _MEANS.get(_word, frozenset()) | {_meaning}
_DAYS = frozenset({"date", "day", "jour"})  # headers of a day, whatever happened on it
_TEXTS = {
    "head": (
        "A draft. Read each line, correct it, then set confirmed = true.",
        "Un brouillon. Relisez chaque ligne, corrigez-la, puis mettez confirmed = true.",
    ),
    "also": ("or", "ou"),
    "missing": ("MISSING: no column looks like it", "MANQUE : aucune colonne ne lui ressemble"),
    "no_file": ("MISSING: no file looks like it", "MANQUE : aucun fichier ne lui ressemble"),
    "people": (
        'without a roster: values_of = ["table.field"]',
        'sans effectif : values_of = ["table.champ"]',
    ),
    "zone": (
        "the zone of time stamps that do not say theirs",
        "le fuseau des horodatages qui ne disent pas le leur",
    ),
    "end": (
        "the last line has no line end: prove it whole",
        "la dernière ligne n'est pas terminée : prouvez-la entière",
    ),
    "holder": ("how the file names people", "la façon dont le fichier nomme les personnes"),
    "zone_check": (
        "CHECK: the zone of these time stamps",
        "À VÉRIFIER : le fuseau de ces horodatages",
    ),
    "check": ("CHECK: what each cell means", "À VÉRIFIER : ce que veut dire chaque cellule"),
}
_YES_NO = (
    ("yes", "no"),
    ("oui", "non"),
    ("y", "n"),
    ("o", "n"),
    ("vrai", "faux"),
    ("true", "false"),
    ("t", "f"),
    ("1", "0"),
)
_NUMBERS = (  # decimal mark, grouping: the plain contract first, then the likelier
    (".", ""),
    (",", ""),
    *((",", blank) for blank in ("\u202f", "\u00a0", " ")),
    (".", ","),
    (",", "."),
    (".", " "),
)


@frozen
class _File:
    name: str
    delimiter: str
    encoding: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    finished: bool
    shared: frozenset[str] = frozenset()  # headers that another file has too: keys, most often

    def cells(self, header: str) -> list[str]:
        """Some cells of a column."""
        at = self.headers.index(header)
        return [row[at] for row in self.rows if len(row) == len(self.headers) and row[at]]


def draft_mapping(plan: Plan, folder: str | Path, language: Language = "en") -> str:
    """A mapping from the CSV files of a folder to what a plan needs, as commented TOML with `confirmed = false`."""
    looked = [found for path in sorted(Path(folder).glob("*.csv")) if (found := _look(path)) is not None]
    headers = Counter(header for each in looked for header in set(each.headers))
    files = [evolve(each, shared=frozenset(name for name in each.headers if headers[name] > 1)) for each in looked]
    say = {name: texts[1 if language == "fr" else 0] for name, texts in _TEXTS.items()}
    lines = [f"# {say['head']}", "incentive-mapping = 1", "confirmed = false", "", "[format]"]
    common = max(_DELIMITERS, key=lambda mark: sum(each.delimiter == mark for each in files))
    lines.append(f"delimiter = {_quoted(common)}")
    stamps = any(each.unit.kind == "timestamp" for table in plan.tables for each in table.fields)
    if stamps:
        lines.append(f"timezone = {_quoted(plan.timezone)}  # {say['zone']}")
    for table in plan.tables:
        lines += ["", f"[tables.{_key(table.name)}]", *_section(table.name, table.fields, files, common, say)]
    lines += ["", "[people]", f"# {say['people']}"]
    who = [each for each in plan.people if each.name == "who"] or [_named("who", "participant")]
    rest = [each for each in plan.people if each.name != "who"]
    lines += _section("people", [*who, *rest], files, common, say)
    for each in plan.inputs:
        lines += ["", f"[inputs.{_key(each.name)}]"]
        wanted = [Field("value", each.unit)]
        if each.per != "company":
            wanted.insert(0, _named(each.per, "participant" if each.per == "participant" else "text"))
        found = _best_file(each.name, [_named(each.name, "text")], files)
        lines += _file_lines(found, common, say)
        if each.period is not None:
            wanted.insert(-1, _named("period", "date"))
        for column in wanted:
            lines += _column_lines(column, [each.name] if column.name == "value" else [], found, say)
        if any(line.startswith("period = {") for line in lines[-len(wanted) * 2 :]):
            lines.append('period_from = "date"')
    return "\n".join(lines) + "\n"


def _named(name: str, kind: UnitKind) -> Field:
    return Field(name, Unit(kind))


def _section(name: str, fields: Sequence[Field], files: Sequence[_File], common: str, say: dict[str, str]) -> list[str]:
    found = _best_file(name, fields, files)
    lines = _file_lines(found, common, say)
    lines.append(f"[{'people' if name == 'people' else f'tables.{_key(name)}'}.columns]")
    for each in fields:
        lines += _column_lines(each, _other_names(each, name), found, say)
    return lines


def _other_names(field: Field, table: str) -> list[str]:
    """What exports call the key of a table: the table, and "id"."""
    if field.name == "who":
        return ["id"]
    return [f"{table.removesuffix('s')}_id", "id"] if field.key else []


def _file_lines(found: _File | None, common: str, say: dict[str, str]) -> list[str]:
    if found is None:
        return [f'file = ""  # {say["no_file"]}']
    lines = [f"file = {_quoted(found.name)}"]
    if found.delimiter != common:
        lines.append(f"delimiter = {_quoted(found.delimiter)}")
    if found.encoding != "utf-8":
        lines.append(f"encoding = {_quoted(found.encoding)}")
    if not found.finished:
        lines.append(f"# rows = 0  # {say['end']}")
        lines.append('final_newline = "optional"')
    return lines


def _column_lines(field: Field, names: Sequence[str], found: _File | None, say: dict[str, str]) -> Iterator[str]:
    refers = field.key or field.unit.kind in {"participant", "row"}
    ranked = _ranked(field, [field.name, *names], found, refers=refers) if found is not None else []
    if not ranked or found is None:
        yield f'# {_key(field.name)} = ""  # {say["missing"]}'
        return
    best = ranked[0]
    others = "".join(f"  # {say['also']} {_quoted(other)}" for other in ranked[1:3])
    settings, remarks = _settings(field, best, found.cells(best), say)
    others += "".join(f"  # {remark}" for remark in remarks)
    if settings:
        written = ", ".join([f"column = {_quoted(best)}", *settings])
        yield f"{_key(field.name)} = {{ {written} }}{others}"
    else:
        yield f"{_key(field.name)} = {_quoted(best)}{others}"


def _settings(field: Field, header: str, cells: Sequence[str], say: dict[str, str]) -> tuple[list[str], list[str]]:
    """How the cells of a column are written, as far as it is not the plain contract; and what else it might be."""
    kind, also = field.unit.kind, say["also"]
    if kind in {"date", "timestamp"}:
        forms = _forms(field, cells)
        if not forms and kind == "date":
            return _instants(field, cells, say)
        name = "timestamp" if kind == "timestamp" else "date"
        if not forms or (forms[0] in {"YYYY-MM-DD", "iso"} and field.name != "period"):
            return [], []
        return [f"{name} = {_quoted(forms[0])}"], [f"{also} {name} = {_quoted(form)}" for form in forms[1:]]
    if kind in NUMBERS:
        unit = _unit(field, header, cells)
        if unit:
            return [f"unit = {_quoted(unit)}"], [say["check"]]
        found = [", ".join(_numeral(*each)) for each in _NUMBERS if cells and _counts(*each, cells)]
        return ([found[0]], [f"{also} {other}" for other in found[1:] if other]) if found and found[0] else ([], [])
    if kind in {"choice", "yes_no"}:
        values, sure = (_choices(field.unit.choices, cells)) if kind == "choice" else (_truths(cells), True)
        written = ", ".join(f"{_quoted(cell)} = {word}" for cell, word in values.items())
        return ([f"values = {{ {written} }}"], [] if sure else [say["check"]]) if values else ([], [])
    return [], []


def _instants(field: Field, cells: Sequence[str], say: dict[str, str]) -> tuple[list[str], list[str]]:
    """How days are read that are written as time stamps: as days where no time is ever said, else in a zone."""
    stamps = _forms(evolve(field, unit=Unit("timestamp")), cells)
    if not stamps:
        return [], []
    if _fits(_PLAIN_STAMP, cells, clock=True) and all(cell.endswith("00:00:00") for cell in cells):
        return [f"date = {_quoted(_PLAIN_STAMP)}"], []
    form = [] if stamps[0] == "iso" else [f"timestamp = {_quoted(stamps[0])}"]
    return [*form, 'timezone = "UTC"'], [say["zone_check"]]


def _unit(field: Field, header: str, cells: Sequence[str]) -> str:
    """The unit that a header or the figures tell: millionths, or percentages from 0 to 100."""
    if "micros" in _words(header):
        return "micros"
    if field.unit.kind != "ratio" or not cells or not _counts(".", "", cells):
        return ""
    figures = [float(cell) for cell in cells]  # only looked at, never read
    return "percent" if min(figures) >= 0 and 1 < max(figures) <= 100 else ""


def _numeral(decimal: str, grouping: str) -> list[str]:
    return [
        f"{name} = {_quoted(mark)}"
        for name, mark, plain in (("decimal", decimal, "."), ("grouping", grouping, ""))
        if mark != plain
    ]


def _counts(decimal: str, grouping: str, cells: Sequence[str]) -> bool:
    """Whether all cells are numbers in such a form, and one of them shows that they are grouped, if they are."""
    read = converter(Unit("ratio"), Rules(Format(decimal=decimal, grouping=grouping), ColumnMap(""), None))
    try:
        for cell in cells:
            read(cell)
    except BadCellError:
        return False
    return not grouping or any(grouping in cell for cell in cells)


def _choices(words: Sequence[str], cells: Sequence[str]) -> tuple[dict[str, str], bool]:
    """The cells that are spelt otherwise than the words of the plan; and whether each was found by its spelling."""
    spelt = {" ".join(_words(word)): word for word in words}
    strange = [cell for cell in dict.fromkeys(cells) if cell not in words]
    found = {cell: _quoted(spelt[plain]) for cell in strange if (plain := " ".join(_words(cell))) in spelt}
    lost = [cell for cell in strange if cell not in found]
    left = [word for word in words if word not in cells and _quoted(word) not in found.values()]
    if len(lost) == len(left) == 1:
        found[lost[0]] = _quoted(left[0])
    return found, not lost


def _truths(cells: Sequence[str]) -> dict[str, str]:
    seen = set(cells)
    if seen <= {"true", "false"}:
        return {}
    for yes, no in _YES_NO:
        words = {cell: cell.lower() for cell in sorted(seen)}
        if set(words.values()) <= {yes, no}:
            return {cell: "true" if word == yes else "false" for cell, word in words.items()}
    return {}


def _forms(field: Field, cells: Sequence[str]) -> list[str]:
    clock = field.unit.kind == "timestamp"
    if field.unit.kind not in {"date", "timestamp"} or not cells:
        return []
    return [form for form in (_STAMPS if clock else _DATES) if _fits(form, cells, clock=clock)]


def _may_be(field: Field, cells: Sequence[str]) -> bool:
    """Whether cells can be read as a field, in one form or another."""
    kind = field.unit.kind
    if not cells or kind not in {"date", "timestamp", "yes_no", *NUMBERS}:
        return True
    if kind in {"date", "timestamp"}:
        return any(_forms(evolve(field, unit=Unit(each)), cells) for each in _DAY_KINDS)
    if kind == "yes_no":
        return bool(_truths(cells)) or set(cells) <= {"true", "false"}
    return any(_counts(*each, cells) for each in _NUMBERS)


def _fits(written: str, cells: Sequence[str], *, clock: bool) -> bool:
    form = compile_form(written, clock=clock)
    if form is None:
        return False
    for cell in cells:
        try:
            if clock:
                read_instant(cell, form, None)
            else:
                read_day(cell, form)
        except BadCellError as error:
            if error.code not in {"D207", "D209"}:
                return False
    return True


def _best_file(name: str, fields: Sequence[Field], files: Sequence[_File]) -> _File | None:
    def score(file: _File) -> float:
        stem = _likeness(name, file.name.rsplit(".", 1)[0])
        columns = [_found_in(each, [each.name, *_other_names(each, name)], file) for each in fields]
        return stem / 2 + sum(columns) / max(len(columns), 1)

    best = max(files, key=score, default=None)
    return best if best is not None and score(best) >= _NEAR else None


def _found_in(field: Field, names: Sequence[str], file: _File) -> float:
    """How much the likeliest column of a file looks like a field; less if its cells cannot be read so."""
    found = ((max(_likeness(name, header) for name in names), header) for header in file.headers)
    return max(
        (score if _may_be(field, file.cells(header)) else _UNFIT * score for score, header in found), default=0.0
    )


def _ranked(field: Field, names: Sequence[str], file: _File, *, refers: bool) -> list[str]:
    """The headers that look like one of the names, the likeliest first.

    What refers to people or rows has the header of a key, and the files that it joins share that.
    """
    scores = {header: max(_likeness(name, header) for name in names) for header in file.headers}
    fitting = {header for header in file.headers if _may_be(field, file.cells(header))}
    if field.unit.kind in _DAY_KINDS:
        scores |= {header: max(score, _NEAR) for header, score in scores.items() if set(_words(header)) <= _DAYS}
    near = [header for header in file.headers if scores[header] >= _NEAR]
    return sorted(
        near,
        key=lambda header: (
            header not in fitting,
            scores[header] < 1.0,
            refers and header not in file.shared,
            -scores[header],
            header,
        ),
    )


def _likeness(name: str, header: str) -> float:
    one, other = _words(name), _words(header)
    if one == other:
        return 1.0
    ratio = difflib.SequenceMatcher(None, " ".join(one), " ".join(other)).ratio()
    if _meanings(one) & _meanings(other):
        ratio = max(ratio, 0.65)
    shared = {word.removesuffix("s") for word in one} & {word.removesuffix("s") for word in other} - {
        "id",
        "on",
        "date",
    }
    return max(ratio, 0.7) if shared else ratio


def _meanings(words: Sequence[str]) -> frozenset[str]:
    return frozenset(meaning for word in words for meaning in _MEANS.get(word, ()))


def _words(name: str) -> list[str]:
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", plain)
    return re.findall(r"[a-z0-9]+", spaced.lower())


def _look(path: Path) -> _File | None:
    try:
        content = read_bytes(path)
    except BadCellError:
        return None
    try:
        text, encoding = content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = content.decode("cp1252", "replace"), "cp1252"
    lines = text.splitlines()[: _SAMPLE + 1]
    if not lines:
        return None
    delimiter = max(_DELIMITERS, key=lambda mark: (lines[0].count(mark), -_DELIMITERS.index(mark)))
    try:
        rows = [tuple(row) for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return None
    return _File(path.name, delimiter, encoding, rows[0], tuple(rows[1:]), text.endswith(("\n", "\r")))


def _key(name: str) -> str:
    """A name as a key of TOML: bare where it may be."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return (
        '"' + "".join(char if char.isprintable() or char == "\t" else f"\\U{ord(char):08x}" for char in escaped) + '"'
    )
