"""Every word of the language explained: its twin, what it says, a line of plan that uses it.

Only help and documentation read this room, so that checking a plan never loads its texts.
"""

from incentive.glossary.entry import Entry, example, in_plan, in_words_of, is_computed
from incentive.glossary.looking import KEYWORDS, Meaning, glossary, look_up, near, unexplained

__all__ = [
    "KEYWORDS",
    "Entry",
    "Meaning",
    "example",
    "glossary",
    "in_plan",
    "in_words_of",
    "is_computed",
    "look_up",
    "near",
    "unexplained",
]
