"""What is wrong with the data, gathered until everything independent has been looked at.

One bad column can spoil a million cells. Findings are kept as plain values and worded only when the first hundred of
them, in the order of the tables, are shown.
"""

from __future__ import annotations

from attrs import define, field, frozen

from incentive.diagnostics import DataError, DataPlace, Help, Language, finding

LIMIT = 100  # findings shown; the rest are counted
_SHOWN = 60  # characters of a cell in a message


class BadCellError(Exception):
    """A cell that cannot be read: the code of the finding and what its message says."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def alone(self) -> BadCellError:
        """The same without the stack it was raised on: a million of those would fill the memory."""
        return BadCellError(self.code, **self.values)


@frozen
class _Trouble:
    code: str
    place: DataPlace
    values: dict[str, str]
    advice: str = "help"

    @property
    def order(self) -> tuple[str, int, str, str]:
        return (self.place.table, self.place.line or 0, self.place.column or "", self.code)


@define
class Findings:
    """The findings of one reading."""

    language: Language
    _troubles: list[_Trouble] = field(factory=list)
    _skipped: int = 0

    def add(self, code: str, place: DataPlace, *, advice: str = "help", **values: str) -> None:
        """Keep a finding; `advice` names the text of its repair."""
        self._troubles.append(_Trouble(code, place, values, advice))

    @property
    def none(self) -> bool:
        """Whether nothing was found yet."""
        return not self._troubles

    def skip(self, count: int) -> None:
        """Count findings that are like those already kept for the same column."""
        self._skipped += count

    def stop(self) -> None:
        """Refuse the data if anything is wrong with it.

        Raises:
            DataError: at least one finding was kept.
        """
        if self.none:
            return
        kept = sorted(self._troubles, key=lambda each: each.order)
        shown = [
            finding(
                each.code,
                self.language,
                span=None,
                mark="",
                remarks=(),
                helps=(Help(each.advice),),
                notes=(),
                place=each.place,
                path="",
                **each.values,
            )
            for each in kept[:LIMIT]
        ]
        more = len(kept) - len(shown) + self._skipped
        if more:
            shown.append(finding("D599", self.language, count=str(more)))
        raise DataError(shown)


def shorten(text: str) -> str:
    """A cell as far as a message shows it."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
