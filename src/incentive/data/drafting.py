"""Draft a mapping for a person to confirm.

Typing a mapping from nothing is tedious, and guessing one in silence is dangerous. So guesses are made here and only
here, written down with their alternatives, in a file that says `confirmed = false` and is refused until somebody
changes that.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from incentive.data.findings import BadCellError
from incentive.data.formats import compile_form, read_day, read_instant
from incentive.data.opening import read_bytes
from incentive.diagnostics import Language
from incentive.tree import Field, Plan, Unit, UnitKind

_DELIMITERS = (",", ";", "\t", "|")
_DATES = ("YYYY-MM-DD", "YYYY/MM/DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "YYYYMMDD")
_STAMPS = ("iso", "YYYY/MM/DD hh:mm:ss", "DD/MM/YYYY hh:mm:ss", "MM/DD/YYYY hh:mm:ss", "DD/MM/YYYY hh:mm")
_SAMPLE = 200
_NEAR = 0.6

_MEANS = {  # words that exports use for the same thing
    word: meaning
    for meaning, words in {
        "person": "owner who rep seller employee salesperson participant agent sdr sr bdr vendeur commercial",
        "amount": "amount value sales revenue total price montant valeur ca",
        "place": "region territory zone secteur",
        "when": "period month quarter year periode mois trimestre annee",
        "job": "role title job position poste fonction",
    }.items()
    for word in words.split()
}
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
}


@frozen
class _File:
    name: str
    delimiter: str
    encoding: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    finished: bool

    def cells(self, header: str) -> list[str]:
        """Some cells of a column."""
        at = self.headers.index(header)
        return [row[at] for row in self.rows if len(row) == len(self.headers) and row[at]]


def draft_mapping(plan: Plan, folder: str | Path, language: Language = "en") -> str:
    """A mapping from the CSV files of a folder to what a plan needs, as commented TOML with `confirmed = false`."""
    files = [found for path in sorted(Path(folder).glob("*.csv")) if (found := _look(path)) is not None]
    say = {name: texts[1 if language == "fr" else 0] for name, texts in _TEXTS.items()}
    lines = [f"# {say['head']}", "incentive-mapping = 1", "confirmed = false", "", "[format]"]
    common = max(_DELIMITERS, key=lambda mark: sum(each.delimiter == mark for each in files))
    lines.append(f"delimiter = {_quoted(common)}")
    stamps = any(each.unit.kind == "timestamp" for table in plan.tables for each in table.fields)
    if stamps:
        lines.append(f"timezone = {_quoted(plan.timezone)}  # {say['zone']}")
    for table in plan.tables:
        lines += ["", f"[tables.{table.name}]", *_section(table.name, table.fields, files, common, say)]
    lines += ["", "[people]", f"# {say['people']}"]
    who = [each for each in plan.people if each.name == "who"] or [_named("who", "participant")]
    rest = [each for each in plan.people if each.name != "who"]
    lines += _section("people", [*who, *rest], files, common, say)
    for each in plan.inputs:
        lines += ["", f"[inputs.{_quoted(each.name) if '.' in each.name else each.name}]"]
        wanted = (
            [_named("value", "text")] if each.per == "company" else [_named(each.per, "text"), _named("value", "text")]
        )
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
    lines.append(f"[{'people' if name == 'people' else f'tables.{name}'}.columns]")
    for each in fields:
        lines += _column_lines(each, [], found, say)
    return lines


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
    ranked = _ranked([field.name, *names], found.headers) if found is not None else []
    if not ranked or found is None:
        yield f'# {field.name} = ""  # {say["missing"]}'
        return
    best = ranked[0]
    others = "".join(f"  # {say['also']} {_quoted(other)}" for other in ranked[1:3])
    forms = _forms(field, found.cells(best))
    if forms and forms[0] not in {"YYYY-MM-DD", "iso"}:
        key = "timestamp" if field.unit.kind == "timestamp" else "date"
        others += "".join(f"  # {say['also']} {key} = {_quoted(form)}" for form in forms[1:])
        yield f"{field.name} = {{ column = {_quoted(best)}, {key} = {_quoted(forms[0])} }}{others}"
    elif forms and field.name == "period":
        yield f"{field.name} = {{ column = {_quoted(best)}, date = {_quoted(forms[0])} }}{others}"
    else:
        yield f"{field.name} = {_quoted(best)}{others}"


def _forms(field: Field, cells: Sequence[str]) -> list[str]:
    clock = field.unit.kind == "timestamp"
    if field.unit.kind not in {"date", "timestamp"} or not cells:
        return []
    return [form for form in (_STAMPS if clock else _DATES) if _fits(form, cells, clock=clock)]


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
        columns = [max((_likeness(each.name, header) for header in file.headers), default=0.0) for each in fields]
        return stem / 2 + sum(columns) / max(len(columns), 1)

    best = max(files, key=score, default=None)
    return best if best is not None and score(best) >= _NEAR else None


def _ranked(names: Sequence[str], headers: Sequence[str]) -> list[str]:
    scores = {header: max(_likeness(name, header) for name in names) for header in headers}
    near = [header for header in headers if scores[header] >= _NEAR]
    return sorted(near, key=lambda header: (-scores[header], header))


def _likeness(name: str, header: str) -> float:
    one, other = _words(name), _words(header)
    if one == other:
        return 1.0
    ratio = difflib.SequenceMatcher(None, " ".join(one), " ".join(other)).ratio()
    if {_MEANS.get(word, "") for word in one} & {_MEANS[word] for word in other if word in _MEANS}:
        ratio = max(ratio, 0.65)
    shared = {word.removesuffix("s") for word in one} & {word.removesuffix("s") for word in other} - {
        "id",
        "on",
        "date",
    }
    return max(ratio, 0.7) if shared else ratio


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
    rows = [tuple(cell.strip('"') for cell in line.split(delimiter)) for line in lines]
    return _File(path.name, delimiter, encoding, rows[0], tuple(rows[1:]), text.endswith(("\n", "\r")))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return (
        '"' + "".join(char if char.isprintable() or char == "\t" else f"\\u{ord(char):04x}" for char in escaped) + '"'
    )
