"""Hinweise zu den Finanzen (domain.md 3.3): what a Kämmerei would see in three seconds.

None of them blocks. Three ask for a reason (practice.md 1.18), which is kept with the paper.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .amounts import amounts_in, says_nothing
from .co_signing import Part
from .costs import CostKind, Qualifier, Rhythm, euro
from .deadlines import DeadlineFact, deadline_notes
from .errors import RuleViolation
from .finances import Finances
from .funding import funding_total
from .staffing import (
    FULL_HOURS,
    PositionSource,
    fits_hours,
    share_of,
    shares_words,
    split_posts,
    staff_total,
)
from .words import Labelled

_POSTS = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:,\d{1,3})?)\s+(?:\w+\s+)?(?:(?:Plan|Vollzeit)?stellen?\b|VZÄ)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\b(insgesamt|zusammen)\s+$", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(Stellenplan|Haushalt)\w*(?:\s+(?:für|das|dem|des|Jahr\w*)){0,4}\s+(20\d\d)\b"
)
_EXTERNAL = re.compile(r"extern\w*\s+(Dienstleist|Anbieter|Träger|Büro)", re.IGNORECASE)
_MONEY = re.compile(
    r"Fördermittel|Haushaltsmittel|Personalkosten|Zuweisung\w*\s+für|Zuwendung|Mehrkosten",
    re.IGNORECASE,
)


class NoteCode(Labelled):
    """Which note it is; the code is what a reason is kept under."""

    FOLLOW_UP = "follow_up", "Folgekosten"
    UNQUANTIFIED = "unquantified", "nicht beziffert"
    BEFORE_AFTER = "before_after", "bisher und künftig"
    STATED_TOTAL = "stated_total", "genannte Summe"
    HOURS = "hours", "Stunden und Stellenanteil"
    PLAN_YEAR = "plan_year", "Haushaltsjahr"
    EXTERNAL = "external", "externer Dienstleister"
    ACCOUNT = "account", "Produktkonto"
    NO_BLOCK = "no_block", "keine Angaben"
    DEADLINE = "deadline", "Frist"
    AMOUNT = "amount", "Betrag im Beschlussvorschlag"


@dataclass(frozen=True)
class PlausibilityNote:
    """One note: a sentence, whether it asks for a reason, and what it is about."""

    code: NoteCode
    sentence: str
    asks_reason: bool
    part: Part
    field: str


@dataclass(frozen=True)
class Paper:
    """What the notes are found in; `resolution` and `texts` are plain text.

    `resolves` is false where a paper is for information, `is_motion` where it comes from outside
    the administration: then nobody is asked for a reason.
    """

    finances: Finances
    resolution: str = ""
    texts: str = ""
    account: str = ""
    account_pattern: str = ""
    available: Decimal | None = None
    resolves: bool = True
    is_motion: bool = False
    accounts: tuple[str, ...] = ()
    deadlines: tuple[DeadlineFact, ...] = ()
    decision_on: date | None = None

    @property
    def has_resolution(self) -> bool:
        """Answer whether the administration asks a body to resolve something."""
        return self.resolves and bool(self.resolution.strip()) and not self.is_motion


def plausibility_notes(paper: Paper) -> list[PlausibilityNote]:
    """Return the notes on a paper, in the order of domain.md 3.3."""
    finders = (
        _follow_up,
        _unquantified,
        _before_after,
        _stated_totals,
        _hours,
        _plan_years,
        _external,
        _accounts,
        _no_block,
        _deadlines,
        _amounts,
    )
    return [note for find in finders for note in find(paper)]


def objection_to_missing_reasons(
    notes: Sequence[PlausibilityNote], reasons: Mapping[str, str]
) -> RuleViolation | None:
    """Ask once for the reasons that notes ask for and nobody has given yet."""
    open_notes = [
        note for note in notes if note.asks_reason and not reasons.get(note.code.value, "").strip()
    ]
    if not open_notes:
        return None
    sentences = " ".join(dict.fromkeys(note.sentence for note in open_notes))
    return RuleViolation(
        f"{sentences} Bitte begründen Sie das bei den finanziellen Auswirkungen.",
        field=f"reason_{open_notes[0].code.value}",
        waivable=True,
    )


def _follow_up(paper: Paper) -> Iterator[PlausibilityNote]:
    money = paper.finances
    denied = says_nothing(money.follow_up_words) or (money.no_effect and not money.follow_up_words)
    permanent = [post for post in money.posts if post.is_permanent]
    if not denied or not (permanent or money.goes_on):
        return
    what = "eine unbefristete Stelle" if permanent else "ein wiederkehrender Betrag"
    yield PlausibilityNote(
        NoteCode.FOLLOW_UP,
        f"Die Vorlage nennt keine Folgekosten, enthält aber {what}.",
        bool(permanent) and not paper.is_motion,
        Part.COSTS,
        "follow_up",
    )


def _unquantified(paper: Paper) -> Iterator[PlausibilityNote]:
    money = paper.finances
    # who only informs about posts need not say what they cost
    lines = money.counted if paper.resolves else money.lines
    open_lines = [line.text for line in lines if line.amount is None]
    if open_lines:
        names = ", ".join(f"„{text}“" for text in open_lines)
        verb = "ist" if len(open_lines) == 1 else "sind"
        yield PlausibilityNote(
            NoteCode.UNQUANTIFIED,
            f"{names} {verb} nicht beziffert{_known_part(money)}.",
            paper.has_resolution,
            Part.COSTS,
            "cost",
        )


def _known_part(money: Finances) -> str:
    name = money.house.name(CostKind.EXPENSE)
    return f"; {name} {money.total.sentence}" if money.total.known else ""


def _before_after(paper: Paper) -> Iterator[PlausibilityNote]:
    for line in paper.finances.lines:
        if line.before is None or line.amount is None or line.after is None:
            continue
        if line.before + line.amount != line.after:
            yield PlausibilityNote(
                NoteCode.BEFORE_AFTER,
                f"„{line.text}“: Der neue Ansatz passt nicht zum Betrag. {euro(line.before)} + "
                f"{euro(line.amount)} sind {euro(line.before + line.amount)}, nicht "
                f"{euro(line.after)}.",
                False,
                Part.COSTS,
                "cost",
            )


def _stated_totals(paper: Paper) -> Iterator[PlausibilityNote]:
    text = f"{paper.texts}\n{paper.resolution}"
    yield from _stated_posts(paper.finances, text)
    yield from _stated_funding(paper.finances, text)


def _stated_posts(money: Finances, text: str) -> Iterator[PlausibilityNote]:
    """Compare the posts with the sum the text names: the one said to be it, else the largest."""
    main, additional = split_posts(money.posts)
    sums = {staff_total(post.share for post in posts) for posts in (main, money.posts)}
    stated = {
        Decimal(found[1].replace(",", ".")): bool(_TOGETHER.search(text[: found.start()]))
        for found in _POSTS.finditer(text)
    }
    together = [share for share, is_sum in stated.items() if is_sum]
    larger = [share for share in stated if share > max(sums)]
    wrong = [share for share in together or larger if share not in sums]
    if money.posts and wrong:
        entered = shares_words(staff_total(post.share for post in main))
        apart = f" und zusätzlich {shares_words(max(sums) - min(sums))}" if additional else ""
        yield PlausibilityNote(
            NoteCode.STATED_TOTAL,
            f"Der Text nennt {shares_words(max(wrong))} Stellen; eingetragen sind "
            f"{entered}{apart}.",
            False,
            Part.POSITIONS,
            "position",
        )


def _stated_funding(money: Finances, text: str) -> Iterator[PlausibilityNote]:
    if not money.grants:
        return
    words = f"{text}\n{money.income_words}"
    stated = [found for found in amounts_in(words) if found.qualifier == Qualifier.UP_TO]
    entered = funding_total(money.grants)
    if stated and max(one.amount for one in stated) != entered.known:
        yield PlausibilityNote(
            NoteCode.STATED_TOTAL,
            f"Der Text nennt bis zu {euro(max(one.amount for one in stated))}; die Förderung "
            f"ergibt {entered.amount}.",
            False,
            Part.FUNDING,
            "funding",
        )


def _hours(paper: Paper) -> Iterator[PlausibilityNote]:
    for post in paper.finances.posts:
        if post.hours is not None and not fits_hours(post):
            full = post.full_hours or FULL_HOURS
            yield PlausibilityNote(
                NoteCode.HOURS,
                f"„{post.text}“: {shares_words(post.hours)} von {shares_words(full)} Stunden sind "
                f"{shares_words(share_of(post.hours, full))} Stelle, nicht "
                f"{shares_words(post.share)}.",
                False,
                Part.POSITIONS,
                "position",
            )


def _plan_years(paper: Paper) -> Iterator[PlausibilityNote]:
    money = paper.finances
    posts = {year for post in money.posts for year in (post.plan_year, post.from_year)}
    if money.is_empty:
        return
    for found in dict.fromkeys(found.groups() for found in _PLAN.finditer(paper.resolution)):
        plan, year = found[0], int(found[1])
        if year in posts or any(flow.falls_in(year) for flow in money.flows):
            continue
        yield PlausibilityNote(
            NoteCode.PLAN_YEAR,
            f"Der Beschlussvorschlag nennt {plan} {year}; für dieses Jahr ist nichts eingetragen.",
            False,
            Part.POSITIONS if plan == "Stellenplan" else Part.COSTS,
            "position" if plan == "Stellenplan" else "cost",
        )


def _external(paper: Paper) -> Iterator[PlausibilityNote]:
    own = [post for post in paper.finances.posts if post.source == PositionSource.ESTABLISHMENT]
    if own and _EXTERNAL.search(paper.resolution):
        yield PlausibilityNote(
            NoteCode.EXTERNAL,
            "Der Beschlussvorschlag nennt einen externen Dienstleister; eingetragen ist eine "
            f"Stelle im Stellenplan („{own[0].text}“).",
            False,
            Part.POSITIONS,
            "position",
        )


def _accounts(paper: Paper) -> Iterator[PlausibilityNote]:
    if not paper.account_pattern.strip():
        return
    for account in dict.fromkeys(filter(None, (paper.account, *paper.accounts))):
        if not fits_mask(account, paper.account_pattern):
            yield PlausibilityNote(
                NoteCode.ACCOUNT,
                f"„{account}“ sieht nicht aus wie ein Produktkonto des Hauses "
                f"({paper.account_pattern}).",
                False,
                Part.COSTS,
                "account",
            )


def fits_mask(account: str, masks: str) -> bool:
    """Answer whether an account looks like one of the masks, as in "######.###### | P#-###".

    "#" stands for a digit, "?" for a letter, everything else for itself.
    """
    signs = {"#": r"\d", "?": r"[^\W\d_]"}
    return any(
        re.fullmatch("".join(signs.get(sign, re.escape(sign)) for sign in mask.strip()), account)
        for mask in masks.split("|")
    )


def _no_block(paper: Paper) -> Iterator[PlausibilityNote]:
    text = f"{paper.resolution}\n{paper.texts}"
    if paper.resolves and paper.finances.is_empty and (_MONEY.search(text) or amounts_in(text)):
        yield PlausibilityNote(
            NoteCode.NO_BLOCK,
            "Der Text spricht von Geld; zu den finanziellen Auswirkungen ist nichts angegeben, "
            "auch nicht „keine“.",
            False,
            Part.COSTS,
            "no_costs",
        )


def _deadlines(paper: Paper) -> Iterator[PlausibilityNote]:
    if paper.decision_on is None:
        return
    external = [row for row in paper.deadlines if row.external]
    for sentence in deadline_notes(external, paper.decision_on):
        yield PlausibilityNote(NoteCode.DEADLINE, sentence, False, Part.DEADLINES, "deadline")


def _amounts(paper: Paper) -> Iterator[PlausibilityNote]:
    money = paper.finances
    if money.is_empty or not paper.has_resolution:
        return
    known, yearly = _figures(paper)
    strange = [
        named
        for named in amounts_in(paper.resolution)
        if named.yearly not in (known if named.rhythm == Rhythm.ONCE else yearly)
        and named.amount not in (known if named.rhythm == Rhythm.ONCE else ())
    ]
    for named in dict.fromkeys(strange):
        yield PlausibilityNote(
            NoteCode.AMOUNT,
            f"Der Beschlussvorschlag nennt {named.words}; eingetragen ist: "
            f"{_years_in_words(money)}.",
            True,
            Part.WORDING,
            "wording",
        )


def _figures(paper: Paper) -> tuple[set[Decimal], set[Decimal]]:
    """Return the figures a resolution may name, and those of one year among them."""
    money, table = paper.finances, paper.finances.table
    yearly = {money.total.known, money.follow_up.known, money.income.known}
    yearly |= {line.yearly for line in money.counted if line.yearly is not None}
    yearly |= {post.yearly_cost for post in money.posts if post.yearly_cost is not None}
    for row in (table.operating, table.investment) if table else ():
        if row is not None:
            yearly |= {cell.known for cell in (*row.expenses, *row.income)}
            yearly |= {abs(cell.known) for cell in row.balance}
    grants = [line.amount for line in money.grants] + [line.amount_each for line in money.grants]
    known = yearly | {amount for amount in grants if amount is not None}
    known.add(funding_total(money.grants).known)
    for line in money.lines:
        known |= {one for one in (line.amount, line.before, line.after) if one is not None}
    if money.own_share is not None:
        shares = (money.own_share.secured, money.own_share.at_best)
        known |= {share.known for share in shares if share is not None}
    if paper.available is not None:
        known.add(paper.available)
    return known, yearly


def _years_in_words(money: Finances) -> str:
    """Return what the table says by year: "2019: 98.400 €, 2020: 101.500 €"."""
    table = money.table
    if table is None or table.operating is None:
        return money.total_words
    cells = zip(table.years, table.operating.expenses, strict=True)
    said = [f"{year}: {cell.sentence}" for year, cell in cells if cell.known or not cell.complete]
    return ", ".join(said) or money.total_words
