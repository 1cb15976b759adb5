"""How many of an author's mistakes are found at once, and how many findings are false.

Three mistakes, drawn from a fixed list with a fixed seed, are put on different lines of copies of sound plans. A
mistake counts as found when some finding points to its line, or names the block whose brace is gone. A finding is false
when no mistake explains it. A mistake that alone leaves the plan sound says nothing about the library, and is set
apart.

Run: python benchmarks/mistakes.py [copies] [--read] [--show KIND]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module, util
from pathlib import Path

from attrs import define, frozen

from incentive.diagnostics import Diagnostic, Language, render
from incentive.language import Reading, read, words

PLANS = Path(__file__).parent.parent / "tests" / "plans"
NAMES = ("a_en", "b_en", "c_en", "c_fr", "d_en", "d_fr", "e_en", "e_fr")
TOKEN = re.compile(r'"[^"]*"|[0-9][0-9 ]*(?:[.,][0-9]+)?(?: ?%)?|\w+(?:\.\w+)*|[<>=!]=|[^\s\w]')
LANGUAGE_KINDS = (
    "misspelt word",
    "dropped token",
    "doubled token",
    "swapped tokens",
    "dropped :",
    "dropped {",
    "dropped }",
    "dropped quote",
)
MEANING_KINDS = (
    "misspelt name",
    "dropped %",
    "other unit",
    "other currency",
    "other period",
    "second definition",
    "missing clause",
)
Check = Callable[[str], Sequence[Diagnostic]]


@frozen
class Mistake:
    """One changed line; `also` are other lines on which a finding about it may stand, `word` the author's word gone."""

    kind: str
    line: int
    text: str
    also: tuple[int, ...] = ()
    word: str = ""


@define
class Score:
    """What was counted."""

    drawn: int = 0
    found: int = 0


@frozen
class Outcome:
    """The result of a measure."""

    files: int
    sound: Counter[str]
    scores: dict[str, Score]
    false: Counter[str]
    clean: int

    def share(self, kinds: Sequence[str]) -> float:
        """The part of the mistakes of some kinds that was found."""
        drawn = sum(self.scores[kind].drawn for kind in kinds if kind in self.scores)
        return sum(self.scores[kind].found for kind in kinds if kind in self.scores) / max(drawn, 1)

    def false_a_file(self) -> float:
        """False findings a file."""
        return self.false.total() / max(self.files, 1)


def check_function(*, only_read: bool) -> tuple[str, Check]:
    """The checker where there is one, else the reader alone."""
    if not only_read and util.find_spec("incentive.checking"):
        check = getattr(import_module("incentive.checking"), "check", None)
        if check is not None:
            return "check", lambda text: check(text).diagnostics
    return "read", lambda text: read(text).diagnostics


def is_french(text: str) -> bool:
    return text.startswith("incentive 1 fr")


def keywords(text: str) -> set[str]:
    language: Language = "fr" if is_french(text) else "en"
    return {word for row in words.WORDS for phrase in row.phrases(language) for word in phrase.split()}


def misspell(rng: random.Random, word: str) -> str:
    """One letter left out, doubled, replaced or swapped with its neighbour."""
    at = rng.randrange(len(word))
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    forms = [word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + letter + word[at + 1 :]]
    if at + 1 < len(word):
        forms.append(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    forms = [each for each in forms if each != word and re.fullmatch(r"[^\W\d]\w*", each)]
    return rng.choice(forms) if forms else word + word[-1]


def code_of(line: str) -> str:
    """A line without its comment."""
    return re.sub(r"\s*#.*", "", line)


def blocks(lines: Sequence[str]) -> dict[int, int]:
    """The line of each closing brace, with the line that opened the block."""
    opened: list[int] = []
    out = {}
    for number, line in enumerate(lines, 1):
        code = re.sub(r'"[^"]*"', "", code_of(line))
        for char in code:
            if char == "{":
                opened.append(number)
            elif char == "}":
                out[number] = opened.pop()
    return out


def draw(rng: random.Random, text: str, kind: str) -> Mistake | None:  # noqa: PLR0915 - one case a kind
    """A mistake of a kind on some line, or None where that line has no place for it."""
    lines = text.splitlines()
    number = rng.randrange(3, len(lines) + 1)
    line = code_of(lines[number - 1])
    tokens = list(TOKEN.finditer(line))
    if not tokens:
        return None
    french = is_french(text)
    known = keywords(text)
    own = [t for t in tokens if re.fullmatch(r"[^\W\d]\w*", t.group())]

    def cut(start: int, end: int, new: str = "", word: str = "") -> Mistake:
        return Mistake(kind, number, line[:start] + new + line[end:], word=word)

    def one(places: list[re.Match[str]]) -> re.Match[str] | None:
        return rng.choice(places) if places else None

    def without(mark: str) -> Mistake | None:
        place = one([t for t in tokens if t.group() == mark])
        return cut(place.start(), place.end()) if place else None

    match kind:
        case "misspelt word" | "misspelt name":
            wanted = kind == "misspelt word"
            place = one([t for t in own if (t.group() in known) == wanted and len(t.group()) > 1])
            return cut(place.start(), place.end(), misspell(rng, place.group()), place.group()) if place else None
        case "dropped token":
            place = one([t for t in tokens if t.group() not in "{}"])
            return cut(place.start(), place.end(), word=place.group()) if place else None
        case "doubled token":
            place = one([t for t in tokens if t.group() not in "{}"])
            return cut(place.end(), place.end(), f" {place.group()}") if place else None
        case "swapped tokens":
            if len(tokens) < 2:
                return None
            at = rng.randrange(len(tokens) - 1)
            left, right = tokens[at], tokens[at + 1]
            if left.group() == right.group() or {left.group(), right.group()} & {"{", "}"}:
                return None
            return cut(left.start(), right.end(), f"{right.group()} {left.group()}")
        case "dropped :":
            return without(":")
        case "dropped {":
            return without("{")
        case "dropped }":
            opener = blocks(lines).get(number)
            if opener is None or opener == number:
                return None
            mistake = without("}")
            return Mistake(kind, number, mistake.text, also=(opener,)) if mistake else None
        case "dropped quote":
            place = one([t for t in tokens if t.group().startswith('"')])
            if place is None:
                return None
            return cut(place.end() - 1, place.end()) if rng.random() < 0.5 else cut(place.start(), place.start() + 1)
        case "dropped %":
            place = one([t for t in tokens if t.group().endswith("%")])
            return cut(place.start(), place.end(), place.group().rstrip("% ")) if place else None
        case "other unit":
            place = one([t for t in tokens if t.group() == "EUR"])
            return cut(place.start(), place.end(), "jours" if french else "days") if place else None
        case "other currency":
            place = one([t for t in tokens if t.group() == "EUR"])
            return cut(place.start(), place.end(), "USD") if place else None
        case "other period":
            periods = {
                "month": "year",
                "quarter": "month",
                "year": "month",
                "mois": "an",
                "trimestre": "an",
                "an": "mois",
            }
            place = one([t for t in tokens if t.group() in periods])
            return cut(place.start(), place.end(), periods[place.group()]) if place else None
        case "second definition":
            if not re.match(r"\s*(input|valeur|\w+:|currency|devise|period|période|pay|verser)\b", line) or "{" in line:
                return None
            return Mistake(kind, number, f"{line}\n{line}", also=(number + 1,))
        case "missing clause":
            if (
                not re.match(r"\s+(currency|period|dated|sum|pay|devise|période|date|somme|verser)\b", line)
                or "{" in line
            ):
                return None
            opener = next((o for c, o in sorted(blocks(lines).items()) if o < number < c), number)
            return Mistake(kind, number, "", also=(opener,))
        case _:
            raise ValueError(kind)


def apply(text: str, mistakes: Sequence[Mistake]) -> str:
    lines = text.splitlines()
    for each in mistakes:
        lines[each.line - 1] = each.text
    return "\n".join(lines) + "\n"


def shifted(mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, set[int]]]:
    """Each mistake with the lines on which a finding about it may stand, in the changed text."""
    for each in mistakes:
        longer = [other.line for other in mistakes if "\n" in other.text and other is not each]
        yield each, {line + sum(start < line for start in longer) for line in (each.line, *each.also)}


def lines_of(found: Diagnostic) -> set[int]:
    return {label.span.line for label in found.labels if label.primary}


def measure(copies: int, kinds: Sequence[str], check: Check, seed: int = 2026, show: str = "") -> Outcome:
    """Draw mistakes, apply them by threes, and count."""
    rng = random.Random(seed)
    texts = [(PLANS / f"{name}.plan").read_text(encoding="utf-8") for name in NAMES]
    outcome = Outcome(copies, Counter(), {}, Counter(), 0)
    clean = 0
    for copy in range(copies):
        text = texts[copy % len(texts)]
        mistakes: list[Mistake] = []
        while len(mistakes) < 3:
            mistake = draw(rng, text, rng.choice(kinds))
            if mistake is None or any(mistake.line in {m.line, *m.also} or m.line in mistake.also for m in mistakes):
                continue
            if not check(apply(text, [mistake])):
                outcome.sound[mistake.kind] += 1
                continue
            mistakes.append(mistake)
        changed = apply(text, mistakes)
        found = check(changed)
        explained: set[int] = set()
        complete = True
        for each, lines in shifted(mistakes):
            score = outcome.scores.setdefault(each.kind, Score())
            score.drawn += 1
            mine = {
                at
                for at, one in enumerate(found)
                if lines_of(one) & lines or (each.word and f"`{each.word}`" in one.message)
            }
            explained |= mine
            if any(lines_of(found[at]) & lines for at in mine):
                score.found += 1
            else:
                complete = False
                if show in {each.kind, "all"}:
                    report("MISSED", changed, [each], found)
        wrong = [one for at, one in enumerate(found) if at not in explained]
        for one in wrong:
            outcome.false[one.code] += 1
            if show == "false":
                report("FALSE", changed, mistakes, [one])
        clean += complete and not wrong
    return Outcome(outcome.files, outcome.sound, outcome.scores, outcome.false, clean)


def report(title: str, text: str, mistakes: Sequence[Mistake], found: Sequence[Diagnostic]) -> None:
    reading: Reading = read(text)
    print(f"---- {title}")
    for each in mistakes:
        print(f"{each.kind}, line {each.line}: {each.text}")
    for one in found:
        print(render(one, reading.source))


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("copies", type=int, nargs="?", default=500)
    arguments.add_argument("--read", action="store_true", help="the reader alone")
    arguments.add_argument("--show", default="", help='print what was missed of a kind, or "false"')
    given = arguments.parse_args()
    name, check = check_function(only_read=given.read)
    kinds = LANGUAGE_KINDS if name == "read" else LANGUAGE_KINDS + MEANING_KINDS
    start = time.perf_counter()
    result = measure(given.copies, kinds, check, show=given.show)
    took = time.perf_counter() - start
    print(f"{name}: {result.files} files, {3 * result.files} mistakes, Python {sys.version.split()[0]}, {took:.0f} s")
    for kind in kinds:
        score = result.scores.get(kind, Score())
        share = score.found / max(score.drawn, 1)
        print(
            f"  {kind:18} {score.found:5} of {score.drawn:5}  {share:6.1%}   set apart as sound: {result.sound[kind]}"
        )
    print(f"  found {result.share(kinds):.1%}; false findings a file {result.false_a_file():.3f}")
    print(f"  files reported perfectly {result.clean / result.files:.1%}; false ones by code {dict(result.false)}")


if __name__ == "__main__":
    main()
