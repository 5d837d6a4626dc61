"""Aus Word übernehmen: which section of a paper each part of a Word file belongs to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape
from typing import Final

from .cleaning import clean_html
from .errors import RuleViolation
from .markup import text_of, tree
from .sections import HouseSections, Section
from .words import ProposalKind

SUBJECT: Final = "subject"
NOWHERE: Final = ""
LONGEST_SUBJECT: Final = 500
MOST_PARTS: Final = 100  # to choose for; of more, those without a section become one

_COUNTED: Final = re.compile(r"(?:(?:[IVX]+\.?\s*[–-]\s*)?[IVX]+|\d+(?:\.\d+)*|[A-Za-z])[.)]\s+")
_FOR_WHOM: Final = re.compile(r" (der verwaltung|für (den|die|das) .+)$")
_SEVERAL: Final = re.compile(r"\s*(?:/|,|\bund\b)\s*")
_BLANKS: Final = re.compile(r"\s+")
_KIND_OF_PAPER: Final = re.compile(r"\w*(vorlage|antrag|anfrage|drucksache)\b", re.IGNORECASE)
_FINANCES: Final = (
    *("finanzielle auswirkungen", "finanzielle auswirkung", "finanzierung", "kosten"),
    *("haushaltsmittel", "haushaltsmäßige auswirkungen", "auswirkungen auf den haushalt"),
    *("kosten und finanzierung", "finanzen"),
)
_SUBJECTS: Final = ("betreff", "betr", "betrifft", "gegenstand", "gegenstand der vorlage")
# other words for a section; of several, the first that the paper has
_SYNONYMS: Final[Mapping[str, tuple[Section, ...]]] = {
    **dict.fromkeys(
        (
            *("sachverhalt", "sachdarstellung", "sachverhaltsdarstellung", "sachstand"),
            *("darstellung des sachverhalts", "sach- und rechtslage", "ausgangslage"),
            *("inhalt der mitteilung", "mitteilung", "erläuterung", "erläuterungen"),
        ),
        (Section.FACTS, Section.PROBLEM),
    ),
    **dict.fromkeys(
        (
            *("beschlussvorschlag", "beschlussentwurf", "beschluss", "beschlusstext"),
            *("beschlussempfehlung", "vorschlag der verwaltung", "antrag", "antragstext"),
        ),
        (Section.WORDING,),
    ),
    **dict.fromkeys(
        ("begründung", "antragsbegründung"),
        (Section.JUSTIFICATION, Section.FACTS),
    ),
    **dict.fromkeys(
        ("alternative", "alternativen", "handlungsalternativen"), (Section.ALTERNATIVES,)
    ),
    **dict.fromkeys(("ziel", "ziele", "zielsetzung"), (Section.GOALS,)),
    **dict.fromkeys(("problem", "problemstellung"), (Section.PROBLEM, Section.FACTS)),
    **dict.fromkeys(("lösung", "lösungsvorschlag"), (Section.SOLUTION,)),
    "auswirkungen": (Section.EFFECTS,),
    **dict.fromkeys(("zuständigkeit", "zuständiges organ"), (Section.COMPETENCE,)),
    **dict.fromkeys(("rechtsgrundlage", "rechtsgrundlagen"), (Section.PROVISIONS,)),
    **dict.fromkeys(("bisherige beschlüsse", "vorberatungen"), (Section.EARLIER_DECISIONS,)),
    "dringlichkeit": (Section.URGENCY,),
    **dict.fromkeys(("frage", "anfrage"), (Section.QUESTIONS,)),
    **dict.fromkeys(("beantwortung", "stellungnahme der verwaltung"), (Section.ANSWER,)),
}


class Way(StrEnum):
    """What becomes of the text that the section has already."""

    REPLACE = "replace"
    APPEND = "append"


@dataclass(frozen=True)
class Found:
    """What stands between two headings of a Word file; `level` is 0 before the first one.

    `is_title` says that it is the title of the file and nothing else.
    """

    heading: str
    level: int
    html: str
    is_title: bool = False


@dataclass(frozen=True)
class Part:
    """A part of the file on its way into a section, into the subject, or NOWHERE."""

    heading: str
    html: str
    target: str = NOWHERE
    way: Way = Way.REPLACE
    level: int = 0

    @property
    def words(self) -> str:
        """Return the text alone."""
        return text_of(tree(self.html))


@dataclass(frozen=True)
class Titles:
    """The headings that name a section of one kind of paper in one house.

    `money` are those above what belongs into the boxes about money.
    """

    targets: Mapping[str, str]
    money: frozenset[str]

    def knows(self, words: str) -> bool:
        """Answer whether these words are the heading of a section, of the money or the subject."""
        return self._found(words) is not None

    def target(self, words: str) -> str:
        """Return the section that a heading names, SUBJECT, or NOWHERE.

        "Beschlussvorschlag für den Kreistag" is one, and of "Problem, Lösung" it is the first.
        """
        return self._found(words) or NOWHERE

    def speaks_of_money(self, words: str) -> bool:
        """Answer whether a heading names what belongs into the boxes about money."""
        named = {plain_title(words), *_SEVERAL.split(plain_title(words))}
        return self.target(words) == NOWHERE and not self.money.isdisjoint(named)

    def _found(self, words: str) -> str | None:
        plain = plain_title(words)
        for title in (plain, _FOR_WHOM.sub("", plain)):
            if title in self.targets:
                return self.targets[title]
        named = [self.targets.get(one) for one in _SEVERAL.split(plain)]
        # what is to be voted on never stands under a heading together with something else
        mixes = Section.WORDING in named and len(set(named)) > 1
        return None if None in named or mixes else named[0]


def titles_of(sections: HouseSections, kind: ProposalKind) -> Titles:
    """Return the headings of the house, those of the program, and what others call them."""
    own = sections.of(kind)
    money = (*_FINANCES, plain_title(sections.finance_title(kind)))
    targets = dict.fromkeys(money, NOWHERE) | dict.fromkeys(_SUBJECTS, SUBJECT)
    for words, wanted in _SYNONYMS.items():
        for section in wanted:
            if section in own:
                targets[words] = section.value
                break
    for section in Section:
        if section in own:
            targets[plain_title(section.label)] = section.value
    for section in own:
        targets[plain_title(sections.name(section, kind))] = section.value
    joined = plain_title(sections.joined_title(kind))
    if joined:
        targets[joined] = targets.get(joined, NOWHERE)
    return Titles(targets, frozenset(money))


def plain_title(words: str) -> str:
    """Return a heading without its figure, its colon and its capitals."""
    plain = _BLANKS.sub(" ", words.replace("\u00ad", "")).strip()
    return _COUNTED.sub("", plain, count=1).rstrip(" :.").casefold()


def arranged(found: Sequence[Found], titles: Titles) -> list[Part]:
    """Return the parts with the section that each fits, in the order of the file.

    A heading below another one stays in its part as a heading, unless it names a section itself.
    """
    parts: list[Part] = []
    for one in _with_subject(found, titles):
        if one.is_title:
            parts.append(Part("", one.html, SUBJECT))
            continue
        above = parts[-1] if parts else None
        known = titles.knows(one.heading)
        if not known and above is not None and above.heading and one.level > above.level:
            parts[-1] = _below(above, one)
        elif one.html or (one.heading and not known):
            target = titles.target(one.heading)
            if target == SUBJECT and len(text_of(tree(one.html))) > LONGEST_SUBJECT:
                target = NOWHERE
            parts.append(Part(one.heading.rstrip(" :"), one.html, target, level=one.level))
    return _few(_one_subject(parts))


def taken(present: Mapping[str, str], parts: Iterable[Part], titles: Titles) -> dict[str, str]:
    """Return what each chosen section says then, as HTML, and the subject as plain words.

    The first part that replaces a text removes it; further parts of the section stand behind.
    A heading that does not name the section stays in the text, as does a second one. Raises
    RuleViolation for a subject that is too long.
    """
    said: dict[str, list[str]] = {}
    chosen = [part for part in parts if part.target != NOWHERE]
    for part in chosen:
        is_first = part.target not in said
        said.setdefault(part.target, []).append(_text(part, titles, is_first=is_first))
    result = {}
    for target, texts in said.items():
        ways = {part.way for part in chosen if part.target == target}
        before = [present.get(target, "")] if Way.REPLACE not in ways else []
        if target == SUBJECT:
            result[target] = " ".join(" ".join([*before, *texts]).split())
        else:
            result[target] = clean_html("".join([*before, *texts]))
    if len(result.get(SUBJECT, "")) > LONGEST_SUBJECT:
        raise RuleViolation(
            f"Der Betreff wäre länger als {LONGEST_SUBJECT} Zeichen. Bitte wählen Sie für diesen "
            "Teil einen Abschnitt.",
            field=SUBJECT,
        )
    return result


def _text(part: Part, titles: Titles, *, is_first: bool) -> str:
    """Return the text with its heading, unless that is the one the house prints anyway."""
    names_it = not part.heading or (is_first and titles.target(part.heading) == part.target)
    if part.target == SUBJECT:
        return part.words if names_it else f"{part.heading} {part.words}"
    heading = "" if names_it else f"<h3>{escape(part.heading, quote=False)}</h3>"
    return heading + part.html


def _with_subject(found: Sequence[Found], titles: Titles) -> list[Found]:
    """Take the only heading above all others for the title, where nothing else names a subject."""
    whole = list(found)
    named = any(one.is_title or titles.target(one.heading) == SUBJECT for one in whole)
    first = [one for one in whole if one.level == 1]
    if named or len(first) != 1 or titles.knows(first[0].heading):
        return whole
    top = first[0]
    deeper = any(one.level > 1 and titles.knows(one.heading) for one in whole)
    if not deeper or _KIND_OF_PAPER.match(top.heading) or len(top.heading) > LONGEST_SUBJECT:
        return whole
    at = whole.index(top)
    title = Found("", 0, f"<p>{escape(top.heading, quote=False)}</p>", is_title=True)
    return [*whole[:at], title, replace(top, heading="", level=0), *whole[at + 1 :]]


def _below(above: Part, one: Found) -> Part:
    """Return a part with what stands below a heading of a lower level."""
    tag = "h3" if one.level == above.level + 1 else "h4"
    heading = f"<{tag}>{escape(one.heading, quote=False)}</{tag}>" if one.heading else ""
    return replace(above, html=clean_html(above.html + heading + one.html))


def _one_subject(parts: Sequence[Part]) -> list[Part]:
    """Leave the subject to the part that is called so; a title is it only without one."""
    named = any(part.target == SUBJECT and part.heading for part in parts)
    return [
        replace(part, target=NOWHERE)
        if named and part.target == SUBJECT and not part.heading
        else part
        for part in parts
    ]


def _few(parts: list[Part]) -> list[Part]:
    """Join neighbours that go to the same place, where there are too many to choose for."""
    if len(parts) <= MOST_PARTS:
        return parts
    joined: list[Part] = []
    for part in parts:
        if joined and part.target == joined[-1].target:
            heading = f"<h3>{escape(part.heading, quote=False)}</h3>" if part.heading else ""
            html = clean_html(joined[-1].html + heading + part.html)
            joined[-1] = replace(joined[-1], html=html)
        else:
            joined.append(part)
    return joined
