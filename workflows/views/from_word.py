"""Aus Word übernehmen: read a file, show what it would change, write what was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from proposals.documents.reading_word import read_word
from proposals.documents.uploads import MOST_BYTES, too_large
from proposals.forms.from_word import (
    MOST_FORMS,
    PREFIX,
    PartForms,
    ReadForm,
    WordFileForm,
    choice_digest,
    sent_as,
)
from proposals.models import Proposal
from proposals.rules.difference import Op, Piece, text_difference
from proposals.rules.errors import RuleViolation
from proposals.rules.from_word import (
    NOWHERE,
    SUBJECT,
    Part,
    Titles,
    arranged,
    taken,
    titles_of,
)
from proposals.rules.sections import Section
from proposals.rules.text import html_to_paragraphs
from proposals.rules.words import ProposalKind
from proposals.selectors.journal import last_change
from proposals.selectors.proposal_page import shown
from proposals.services.drafting import StaleDraft, objection_to_editing
from proposals.services.from_word import FromWordAnswer, take_from_word, texts_of_draft
from proposals.views.common import (
    CONFLICT,
    UNPROCESSABLE,
    acting_user,
    conflict_page,
    crumbs,
    say_refusal,
    visible_proposal,
)

from .draft_door import editable_proposal
from .urls_of import proposal_url

METHODS = ["GET", "HEAD", "POST"]
TITLE = "Aus Word übernehmen"
TAKE = "take"
MONEY = (
    "Was unter „{}“ steht, tragen Sie bitte in die Finanzfelder des Entwurfs ein; "
    "als Text wird es nicht übernommen."
)


@dataclass(frozen=True)
class Change:
    """What a section says then beside what it says now, word by word.

    `html` is the new text where the section was empty, `is_same` says that nothing changes at all.
    """

    title: str
    pieces: list[Piece]
    html: SafeString | None
    is_same: bool

    @property
    def keeps_words(self) -> bool:
        """Answer whether at most the look of the words changes."""
        return all(piece.op == Op.SAME for piece in self.pieces)


class Reading:
    """A file that was read, on its way into one draft."""

    def __init__(self, request: HttpRequest, proposal: Proposal) -> None:
        self.request, self.proposal = request, proposal
        kind = ProposalKind(proposal.kind)
        house = proposal.municipality.sections
        self.present = texts_of_draft(proposal)
        self.titles: Titles = titles_of(house, kind)
        own = house.of(kind)
        # a section that the house has given up, but this draft still fills
        own += tuple(one for one in Section if self.present.get(one.value) and one not in own)
        self.sections = [(one.value, house.title(one, kind)) for one in own]

    def forms(self, data: Any = None, parts: Sequence[Part] = ()) -> Any:
        """Return a form for each part, as it was sent or as it was just read."""
        return PartForms(
            data,
            prefix=PREFIX,
            initial=sent_as(parts) if data is None else None,
            form_kwargs={"sections": self.sections},
        )

    def state(self, file_name: str, notes: str, parts: Sequence[Part]) -> ReadForm:
        """Return what the page keeps besides the parts: of which draft it shows which choice."""
        revision = self.proposal.revision
        read = ReadForm(
            {
                "revision": revision,
                "file_name": file_name,
                "notes": notes,
                "shown": choice_digest(parts, revision),
            }
        )
        read.is_valid()
        return read

    def show(
        self, read: ReadForm, rows: Any, parts: Sequence[Part], status: int = 200, **said: Any
    ) -> HttpResponse:
        """Show the parts, what they would change, and what stays behind."""
        try:
            changes = self.changes(parts)
        except RuleViolation as violation:
            read.add_error(None, str(violation))
            changes, status = [], CONFLICT
        context = {
            **page(self.proposal),
            "read": read,
            "rows": rows,
            "lines": [(row, part, shown(part.html)) for row, part in zip(rows, parts, strict=True)],
            "changes": changes,
            "left": [part for part in parts if part.target == NOWHERE],
            **said,
        }
        return render(self.request, "workflows/from_word_choose.html", context, status=status)

    def changes(self, parts: Sequence[Part]) -> list[Change]:
        """Return what each chosen section would say, in the order of the draft.

        Raises RuleViolation for a choice that cannot be taken over.
        """
        texts = taken(self.present, parts, self.titles)
        titles = {SUBJECT: "Betreff", **dict(self.sections)}
        return [
            _change(title, name, self.present.get(name, ""), texts[name])
            for name, title in titles.items()
            if name in texts
        ]


@require_http_methods(METHODS)
def draft_from_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the text of a Word file into a draft: upload, choose and see, take over."""
    proposal = editable_proposal(request, pk)
    closed = objection_to_editing(proposal)
    if closed is not None:
        return conflict_page(request, closed, proposal_url(pk))
    if request.method == "POST" and f"{PREFIX}-TOTAL_FORMS" in request.POST:
        return _choose(request, proposal)
    form = WordFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _ask(request, proposal, form)
    if not form.is_valid():
        return _ask(request, proposal, form, UNPROCESSABLE)
    try:
        return _read(request, proposal, form.cleaned_data["file"])
    except RuleViolation as violation:
        say_refusal(form, violation, {})
        return _ask(request, proposal, form, CONFLICT)


def _ask(
    request: HttpRequest, proposal: Proposal, form: WordFileForm, status: int = 200
) -> HttpResponse:
    context = {**page(proposal), "form": form}
    return render(request, "workflows/from_word.html", context, status=status)


def page(proposal: Proposal) -> dict[str, Any]:
    """Return what both pages show around their forms."""
    draft_url = reverse("draft-edit", args=[proposal.pk])
    return {
        "title": TITLE,
        "number": proposal.number or "",
        "subject": proposal.subject,
        "draft_url": draft_url,
        "crumbs": crumbs(
            ("Vorlagen", reverse("proposal-list")),
            (proposal.number or proposal.subject, proposal_url(proposal.pk)),
            ("Entwurf bearbeiten", draft_url),
            (TITLE, ""),
        ),
    }


def _read(request: HttpRequest, proposal: Proposal, upload: Any) -> HttpResponse:
    """Show what was found; raises RuleViolation for a file that cannot be read."""
    reading = Reading(request, proposal)
    name = "".join(sign for sign in upload.name or "" if sign.isprintable())
    if upload.size > MOST_BYTES:
        raise too_large(name)
    text = read_word(name, upload.read(), reading.titles.knows)
    parts = arranged(text.found, reading.titles)
    if not parts:
        raise RuleViolation(f"In der Datei „{name}“ steht kein Text.", field="file")
    if len(parts) > MOST_FORMS:
        raise RuleViolation(f"Die Datei „{name}“ hat zu viele Überschriften.", field="file")
    about_money = [one.heading for one in parts if reading.titles.speaks_of_money(one.heading)]
    money = [MONEY.format(heading) for heading in about_money]
    notes = "\n".join(" ".join(note.split()) for note in (*money, *text.notes))
    return reading.show(reading.state(name, notes, parts), reading.forms(parts=parts), parts)


def _choose(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Show the chosen difference; take it over where it is the one that was shown."""
    reading = Reading(request, proposal)
    read, rows = ReadForm(request.POST), reading.forms(request.POST)
    if not (read.is_valid() and rows.is_valid()):
        return _ask_again(request, proposal)
    parts = [row.part() for row in rows]
    digest = choice_digest(parts, read.cleaned_data["revision"])
    if request.POST.get("then") != TAKE or digest != read.cleaned_data["shown"]:
        asked = request.POST.get("then") == TAKE
        return _again(reading, parts, unseen=asked, status=CONFLICT if asked else 200)
    try:
        texts = taken(reading.present, parts, reading.titles)
    except RuleViolation:
        return _again(reading, parts, status=CONFLICT)  # the page says why
    try:
        answer = FromWordAnswer(
            read.cleaned_data["file_name"], read.cleaned_data["revision"], texts
        )
        take_from_word(actor=acting_user(request), proposal=proposal, answer=answer)
    except StaleDraft:
        fresh = Reading(request, visible_proposal(request, proposal.pk))
        by, at = last_change(fresh.proposal, request.user)
        return _again(fresh, parts, stale={"by": by, "at": at}, status=CONFLICT)
    except RuleViolation as violation:
        return _again(reading, parts, refusal=str(violation), status=CONFLICT)
    messages.success(request, _done(parts))
    return redirect("draft-edit", proposal.pk)


def _ask_again(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Ask for the file again where what came is not what this page sends."""
    form = WordFileForm()
    messages.warning(request, "Die Auswahl war nicht lesbar. Bitte lesen Sie die Datei neu ein.")
    return _ask(request, proposal, form, UNPROCESSABLE)


def _again(
    reading: Reading, parts: list[Part], *, refusal: str = "", status: int, **said: Any
) -> HttpResponse:
    """Show the choice against the draft as it is now."""
    sent = reading.request.POST
    read = reading.state(sent.get("file_name", ""), sent.get("notes", ""), parts)
    if refusal:
        read.add_error(None, refusal)
    return reading.show(read, reading.forms(parts=parts), parts, status, **said)


def _change(title: str, name: str, before: str, after: str) -> Change:
    old, new = (text if name == SUBJECT else html_to_paragraphs(text) for text in (before, after))
    html = None if old.strip() else shown(after)
    return Change(title, text_difference(old, new), html, is_same=before == after)


def _done(parts: Sequence[Part]) -> str:
    left = sum(1 for part in parts if part.target == NOWHERE)
    done = "Der Text aus Word steht im Entwurf und ist gespeichert."
    if not left:
        return done
    return f"{done} {'Ein Teil ist' if left == 1 else f'{left} Teile sind'} nicht übernommen."
