"""The registry of findings: one row a code, in both languages, and the only way to make a diagnostic.

A message that is worded where the mistake is found ends up worded five ways, in one language, without a page that
explains it. Here every code has its title, its sentence, the texts it may show beside the source, why it matters and
how to mend it, each in English and in French. Stages give values, never words.

Placeholders are `{name}`; they are replaced literally, so text that comes from a plan or from data is never a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen

from incentive.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label, Language, Severity
from incentive.diagnostics.spans import DataPlace, Span

Twin = tuple[str, str]  # English, French
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@frozen
class Code:
    """One kind of finding.

    `message` is one sentence in the author's words; `texts` are the remarks, helps and notes it may carry, by name;
    `why` and `mend` make its page; `shows` is a plan, a piece of data or a command that produces it.
    """

    code: str
    slug: str
    severity: Severity
    title: Twin
    message: Twin
    why: Twin
    mend: Twin
    texts: Mapping[str, Twin] = field(factory=dict)
    shows: str = ""


def helped(  # noqa: PLR0913, PLR0917 - the columns of a table of texts
    code: str,
    slug: str,
    title: Twin,
    message: Twin,
    why: Twin,
    mend: Twin,
    shows: str = "",
    *,
    severity: Severity = "error",
    hint: Twin | None = None,
    more: Mapping[str, Twin] | None = None,
) -> Code:
    """Make a row whose help says how to mend it, or `hint` where that is shorter; `more` are its other texts."""
    return Code(code, slug, severity, title, message, why, mend, {"help": hint or mend, **(more or {})}, shows)


@frozen
class Remark:
    """A second place to look at, with the name of its text in the registry ("" for no text)."""

    span: Span
    text: str = ""


@frozen
class Help:
    """A repair by the name of its text, with its own values over the finding's, and its edits."""

    text: str
    values: Mapping[str, str] = field(factory=dict)
    edits: tuple[Edit, ...] = ()
    safe: bool = False


def in_language(twin: Twin, language: Language) -> str:
    """The wording of a pair for a language."""
    return twin[1] if language == "fr" else twin[0]


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values in the placeholders of a template of ours."""
    return _PLACEHOLDER.sub(lambda match: values[match.group(1)], template)


class Catalogue:
    """All codes, by name, in order."""

    def __init__(self, groups: Iterable[Sequence[Code]]) -> None:
        self._codes: dict[str, Code] = {}
        for group in groups:
            for each in group:
                if each.code in self._codes:
                    message = f"two rows for {each.code}"
                    raise ValueError(message)
                self._codes[each.code] = each

    def __iter__(self) -> Iterator[Code]:
        return iter(sorted(self._codes.values(), key=lambda each: each.code))

    def get(self, code: str) -> Code | None:
        """The row of a code, or None."""
        return self._codes.get(code)

    def finding(  # noqa: PLR0913 - a finding has as many parts
        self,
        code: str,
        language: Language,
        *,
        span: Span | None = None,
        mark: str = "",
        remarks: Sequence[Remark] = (),
        helps: Sequence[Help] = (),
        notes: Sequence[str] = (),
        place: DataPlace | None = None,
        path: str = "",
        **values: str,
    ) -> Diagnostic:
        """Make a diagnostic.

        Args:
            code: a code of the registry.
            language: the language of its reader.
            span: the tight place in the plan, for a finding about a plan.
            mark: the name of the text beside that place.
            remarks: other places that matter.
            helps: repairs.
            notes: names of texts shown below.
            place: the place in data, for a finding about data.
            path: the file of the plan.
            values: what the placeholders stand for.
        """
        row = self._codes[code]

        def word(name: str, more: Mapping[str, str] | None = None) -> str:
            if not name:
                return ""
            return fill(in_language(row.texts[name], language), {**values, **(more or {})})

        labels = [Label(span, word(mark), primary=True)] if span is not None else []
        labels += [Label(each.span, word(each.text)) for each in remarks]
        return Diagnostic(
            code=code,
            severity=row.severity,
            message=fill(in_language(row.message, language), values),
            labels=tuple(labels),
            notes=tuple(word(name) for name in notes),
            fixes=tuple(Fix(word(each.text, each.values), each.edits, each.safe) for each in helps),
            place=place,
            language=language,
            path=path,
        )
