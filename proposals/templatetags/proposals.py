"""What the templates need beyond Django: KERN icons and badges, vote bars, money, form layout."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..forms.kern import KernBoundField
from ..rules.co_signing import Verdict
from ..rules.costs import euro
from ..rules.difference import Op, Piece
from ..rules.lifecycle import ProposalStatus

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
BAR_WIDTH = 600  # units of the SVG, not pixels
BAR_GAP = 2

# the colour says how far a proposal has come; the words beside it say the same
_STATUS_BADGES = {
    ProposalStatus.RETURNED: "warning",
    ProposalStatus.IN_CO_SIGNING: "info",
    ProposalStatus.AWAITING_RELEASE: "info",
    ProposalStatus.RELEASED: "info",
    ProposalStatus.REGISTERED: "info",
    ProposalStatus.DISPATCHED: "info",
    ProposalStatus.IN_CONSULTATION: "info",
    ProposalStatus.ADOPTED: "success",
    ProposalStatus.ADOPTED_CHANGED: "success",
    ProposalStatus.NOTED: "success",
    ProposalStatus.REJECTED: "danger",
}
_VERDICT_BADGES = {
    Verdict.SIGNED: "success",
    Verdict.WITH_REMARK: "success",
    Verdict.CHANGE_REQUESTED: "warning",
    Verdict.REFUSED: "danger",
}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw one of KERN's icons; it never carries meaning alone."""
    size_class = f" kern-icon--{size}" if size else ""
    return format_html(
        '<span class="kern-icon kern-icon--{}{}" aria-hidden="true"></span>', name, size_class
    )


@register.simple_tag
def joined(*values: object, sep: str = ", ") -> SafeString:
    """Write the values that there are in one line, with `sep` between them."""
    return format_html_join(sep, "{}", ((value,) for value in values if value))


@register.simple_tag
def fact(label: str, value: object) -> SafeString:
    """Write one line of a `<dl class="vl-facts">`, or nothing where there is no value."""
    if not value:
        return SafeString("")
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, value)


@register.simple_tag
def badge(label: str, kind: str = "") -> SafeString:
    """Draw a badge: success, info, warning, danger, or without a kind a quiet one."""
    if not label:
        return SafeString("")
    if not kind:
        return format_html(
            '<span class="kern-badge kern-badge--small vl-badge--quiet">'
            '<span class="kern-label kern-label--small">{}</span></span>',
            label,
        )
    return format_html(
        '<span class="kern-badge kern-badge--small kern-badge--{}">{}'
        '<span class="kern-label kern-label--small">{}</span></span>',
        kind,
        icon(kind),
        label,
    )


@register.simple_tag
def status_badge(status: ProposalStatus) -> SafeString:
    """Draw the badge of a `ProposalStatus`."""
    return badge(status.label, _STATUS_BADGES.get(status, ""))


@register.simple_tag
def verdict_badge(verdict: Verdict) -> SafeString:
    """Draw the badge of a co-signature's `Verdict`."""
    return badge(verdict.label, _VERDICT_BADGES.get(verdict, ""))


@register.simple_tag
def difference(pieces: Iterable[Piece]) -> SafeString:
    """Mark what came and what went in a wording, for eyes and for ears."""
    return format_html_join("", "{}", ((_marked(piece),) for piece in pieces))


def _marked(piece: Piece) -> SafeString:
    """Wrap a piece of text in what happened to it."""
    if piece.op == Op.SAME:
        return format_html("{}", piece.text)
    tag, start, end = (
        ("ins", "eingefügt: ", " Ende der Einfügung ")
        if piece.op == Op.ADDED
        else ("del", "gestrichen: ", " Ende der Streichung ")
    )
    return format_html(
        '<{0}><span class="kern-sr-only">{1}</span>{2}<span class="kern-sr-only">{3}</span></{0}>',
        tag,
        start,
        piece.text,
        end,
    )


@dataclass(frozen=True)
class Segment:
    """One colour of a vote bar: how many votes, in words, and where it lies."""

    name: str
    words: str
    x: float
    width: float


@register.inclusion_tag("proposals/parts/vote_bar.html")
def vote_bar(
    yes: int | None, no: int | None, abstained: int | None, not_voted: int | None = 0
) -> dict[str, object]:
    """Draw a count of votes as a bar, with its numbers in words.

    `yes` is None where only the counter-votes were counted: then there is no bar, only the words.
    """
    shares = [
        ("yes", yes, "Ja" if yes is not None else ""),
        ("abstained", abstained or 0, "Enthaltung" if abstained == 1 else "Enthaltungen"),
        ("no", no or 0, "Nein"),
        ("not-voted", not_voted or 0, "nicht teilgenommen"),
    ]
    total = sum(count or 0 for _, count, _ in shares)
    segments, x = [], 0.0
    for name, count, words in shares:
        if count is None or (name == "not-voted" and not count):
            continue
        width = BAR_WIDTH * count / total if total else 0.0
        drawn = max(width - BAR_GAP, 0.0)
        segments.append(Segment(name, f"{count}{NBSP}{words}", round(x, 1), round(drawn, 1)))
        x += width
    return {"segments": segments, "drawn": bool(total) and yes is not None, "width": BAR_WIDTH}


@register.filter
def clock(at: time | str | None) -> str:
    """Write a time of day as "14:30 Uhr"; a text is taken as it is."""
    if not at:
        return ""
    return f"{at:%H:%M} Uhr" if isinstance(at, time) else f"{at} Uhr"


@register.filter
def unbroken(text: str) -> str:
    """Keep a short name like "TOP Ö 5" on one line."""
    return text.replace(" ", NBSP)


@register.filter
def money(amount: Decimal | str | None) -> str:
    """Write euros as the documents do: "10.000 €", cents only where there are some.

    Words ("rd. 10.000 €") stay as they are; an unknown amount (None) is "offen", which is not 0.
    """
    if amount is None:
        return "offen"
    return euro(amount) if isinstance(amount, Decimal) else str(amount)


@register.filter
def message_kind(level_tag: str) -> str:
    """Translate Django's level of a message into KERN's kind of alert."""
    return {"error": "danger", "warning": "warning", "success": "success"}.get(level_tag, "info")


@register.filter
def elided(page: Page[Any]) -> Iterator[int | str]:
    """Yield the numbers of the pages around this one, with an ellipsis for the rest."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def unplaced(form: BaseForm, shape: str = "") -> Iterator[KernBoundField]:
    """Yield the visible fields that the page has not placed yet, so that none can be forgotten.

    With a `shape` ("textarea", "file") only those.
    """
    for field in _fields(form):
        if not (field.is_hidden or field.placed) and shape in ("", field.shape):
            yield field


@dataclass(frozen=True)
class Complaint:
    """One line of the error summary: the sentence and the id of the field it is about."""

    text: str
    anchor: str = ""


@register.inclusion_tag("proposals/forms/error_summary.html")
def errors(
    *parts: "BaseForm | BaseFormSet[BaseForm] | str",
    title: str = "Noch nicht gespeichert: bitte prüfen Sie Ihre Angaben",
) -> dict[str, object]:
    """List what is wrong in forms and formsets, above them, each line linked to its field.

    A part that the view did not give is an empty string to the template and left out.
    """
    complaints = [complaint for part in parts for complaint in _complaints(part)]
    return {"complaints": complaints, "title": title}


def _complaints(part: "BaseForm | BaseFormSet[BaseForm] | str") -> Iterator[Complaint]:
    """Yield the errors of a form, or of a formset and each of its forms."""
    if isinstance(part, BaseFormSet):
        yield from (Complaint(str(error)) for error in part.non_form_errors())
        for form in part:
            yield from _complaints(form)
    elif isinstance(part, BaseForm) and part.errors:
        yield from (Complaint(str(error)) for error in part.non_field_errors())
        for field in _fields(part):
            anchor = "" if field.is_hidden else field.anchor
            for error in field.errors:
                yield Complaint(f"{field.label}: {error}", anchor)


def _fields(form: BaseForm) -> Iterator[KernBoundField]:
    """Yield a form's bound fields; `KernRenderer` makes them all KERN's."""
    for field in form:
        assert isinstance(field, KernBoundField)
        yield field
