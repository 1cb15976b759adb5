"""The language: from text to syntax nodes, with every independent mistake of the file."""

from incentive.language import syntax, words
from incentive.language.beside import Give, beside, given, nowhere
from incentive.language.gathering import Gathered, gather
from incentive.language.layout import Formatted, format  # noqa: A004 - the verb that everybody knows it by
from incentive.language.read import Reading, read
from incentive.language.source import decode, language_of, normalise, take
from incentive.language.translate import translate

__all__ = [
    "Formatted",
    "Gathered",
    "Give",
    "Reading",
    "beside",
    "decode",
    "format",
    "gather",
    "given",
    "language_of",
    "normalise",
    "nowhere",
    "read",
    "syntax",
    "take",
    "translate",
    "words",
]
