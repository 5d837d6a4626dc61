"""Every kind of document that the product makes, with a sample of each: one table for all proofs.

Validator, LibreOffice, golden outline and completeness go over the same rows; a test fails where a
kind of the product is in none of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from proposals.documents.context import ProposalContext
from proposals.documents.context_calling import (
    BallotListContext,
    CallContext,
    ExcerptsContext,
    SigningListContext,
)
from proposals.documents.context_meeting import ExcerptContext, MinutesContext, SheetContext
from proposals.documents.context_pack import PackContext
from proposals.documents.marking import changes_in_bold
from proposals.documents.redline import redlined
from proposals.documents.render import render
from proposals.documents.template import Template, compile_template, template_path
from proposals.rules.documents import MeetingDocumentKind
from proposals.rules.words import ProposalKind
from proposals.services import documents, redlines
from proposals.services.meeting import calling as meeting_calling
from proposals.services.meeting_documents import rendered_minutes
from proposals.services.meeting_lists import MeetingList
from proposals.services.meeting_pack import meeting_pack
from tests.documents import calling_samples as calling
from tests.documents import houses
from tests.documents import meeting_samples as meeting
from tests.documents.samples import RESOLUTION, TEMPLATES, decided, sample

# what stands there under another word, or on drafts only
ON_DRAFTS = {"fassung", "erstellt_am"}
NOT_IN_WITTMUND = {
    *("leitung", "sachbearbeitung", "abschnitte", "aktenzeichen", "art", "beschluss", "datum"),
    *("federfuehrung", "foerderung", "fristen", "stellen", "finanzierung.positionen"),
    *("unterschrift.funktion", "abstimmung.satz", "abstimmung.datum", "abstimmung.ergebnis"),
    "finanzierung.felder.feld",  # the form prints the names letter by letter itself
    *("abstimmung.gremium", "beratungsfolge.zustaendigkeit", "beratungsfolge.ergebnis"),
} | houses.YEARS
NOT_IN_NEUTRAL = {
    *("leitung", "sachbearbeitung"),  # the head alone signs
    *("art", "sachverhalt", "beschlussvorschlag", "abstimmung.bezeichnung"),
    *("abstimmung.satz", "beschluss.satz"),  # the counts stand in columns
    *(houses.YEARS | houses.LIST_NAME),
}
NOT_IN_CALLS = {"art_gross", "erstellt_am"}
NOT_IN_INVITATIONS = NOT_IN_CALLS | {"geschlossen", "nachtrag"}
AUTHOR, DAY = "Sozialausschuss", date(2018, 11, 22)
CHANGED = (
    "<p>Es wird eine zentrale Anlaufstelle eingerichtet, zunächst für zwei Jahre.</p>"
    "<ol><li>Sie koordiniert auch die Sprachkurse.</li><li>Sie berichtet jährlich.</li></ol>"
    "<table><tr><th>Jahr</th><th>Budget</th></tr><tr><td>2019</td><td>20.000&nbsp;€</td></tr></table>"
)


@dataclass(frozen=True)
class Paper:
    """A sample: whose template, what fills it, which kinds of the product look like this.

    `before` is the data of the old file, for a document that shows what has changed.
    """

    house: str
    document: str
    context_type: Any
    data: Callable[[], Mapping[str, Any]]
    kinds: tuple[object, ...]
    left_out: set[str]
    before: Callable[[], Mapping[str, Any]] | None = None

    def path(self) -> Path:
        """Return the file of the template."""
        return template_path(TEMPLATES, self.house, self.document)

    def template(self) -> Template:
        """Return the compiled template."""
        return compile_template(self.path().read_bytes(), self.context_type)

    def made(self) -> bytes:
        """Return the Word file."""
        new = render(self.template(), self.data())
        if self.before is None:
            return new
        return redlined(render(self.template(), self.before()), new, author=AUTHOR, day=DAY)


def _paper(
    house: str,
    document: ProposalKind,
    data: Callable[[], Mapping[str, Any]],
    left_out: set[str],
    *kinds: object,
    before: Callable[[], Mapping[str, Any]] | None = None,
) -> Paper:
    return Paper(
        *(house, document.value, ProposalContext, data, (document, *kinds)),
        *(left_out | ON_DRAFTS, before),
    )


def _of_house(form: houses.Form) -> Paper:
    return _paper(form.house, ProposalKind(form.kind), form.data, form.left_out, documents.rendered)


def draft() -> ProposalContext:
    """Return the paper while somebody is still writing it."""
    context = sample()
    context.update({"entwurf": True, "nummer": "", "unterschrift": None, "datum": None})
    context["leitung"] = context["sachbearbeitung"] = None
    return context


def short(kind: ProposalKind, *sections: tuple[str, str], mover: str = "") -> ProposalContext:
    """Return a paper of another kind: its own headings, and no money."""
    context = draft() | {"entwurf": False, "nummer": "0086/2018", "datum": date(2018, 11, 9)}
    context.update({"art": kind.label, "art_gross": kind.label.upper(), "abstimmung": []})
    context.update({"finanzierung": None, "stellen": None, "foerderung": None, "fristen": []})
    context["bezug"] = "zur Beschlussvorlage 0085/2018"
    context["abschnitte"] = [
        {"titel": title, "text": f"<p>{text}</p>", "finanzen": False} for title, text in sections
    ]
    context["unterschrift"] = sample()["unterschrift"]
    if context["unterschrift"] is not None and mover:
        context["unterschrift"].update({"name": mover, "funktion": ""})
    return context


def _neutral(kind: ProposalKind, *sections: tuple[str, str], mover: str = "") -> Paper:
    return _paper(
        *("neutral", kind, lambda: short(kind, *sections, mover=mover)),
        NOT_IN_NEUTRAL | {"zeichen"},
    )


def _reissued() -> ProposalContext:
    """Return a committee's wording under a number of its own, with what it changed in bold."""
    html, _ = changes_in_bold(RESOLUTION, CHANGED)
    sentence = "<p>Ansonsten wird auf die Sitzungsvorlage SV-9-0667 verwiesen.</p>"
    context = houses.COESFELD.data(sample)
    context.update({"nummer": "SV-9-0667/1", "sachverhalt": sentence, "beschlussvorschlag": html})
    context["abschnitte"] = [
        {"titel": "Beschlussvorschlag", "text": html, "finanzen": False},
        {"titel": "Begründung", "text": sentence, "finanzen": False},
    ]
    context.update({"finanzierung": None, "stellen": None, "foerderung": None, "fristen": []})
    context.update({"unterschrift": None, "anlagen": []})
    return context


def _reworded() -> ProposalContext:
    """Return the paper with the wording of a committee in the place of its own."""
    context = sample()
    context["beschlussvorschlag"] = context["abschnitte"][0]["text"] = CHANGED
    return context


def _closed_minutes() -> MinutesContext:
    """Return the part of the minutes that is not public."""
    data = meeting.minutes()
    data.update({"teil": "nichtöffentlicher Teil", "entwurf": True, "art_gross": "PROTOKOLL"})
    data["tagesordnung"] = [{"top": "N 1", "titel": "Verkauf eines Grundstücks"}]
    data["punkte"] = [{**meeting.full_item(), "top": "N 1", "titel": "Verkauf eines Grundstücks"}]
    return data


def _closed_excerpts() -> ExcerptsContext:
    data = calling.excerpts()
    data.update({"teil": "nichtöffentlicher Teil", "vorbehalt": ""})
    return data


_Kind = MeetingDocumentKind
PAPERS: Mapping[str, Paper] = {
    "wittmund-versand": _paper(
        "wittmund", ProposalKind.BESCHLUSSVORLAGE, sample, NOT_IN_WITTMUND, documents.rendered
    ),
    "wittmund-intern": _paper("wittmund", ProposalKind.BESCHLUSSVORLAGE, decided, NOT_IN_WITTMUND),
    "neutral-versand": _paper("neutral", ProposalKind.BESCHLUSSVORLAGE, sample, NOT_IN_NEUTRAL),
    "neutral-intern": _paper("neutral", ProposalKind.BESCHLUSSVORLAGE, decided, NOT_IN_NEUTRAL),
    "neutral-entwurf": _paper(
        *("neutral", ProposalKind.BESCHLUSSVORLAGE, draft, NOT_IN_NEUTRAL),
        documents.rendered_draft,
    ),
    "bergkamen": _of_house(houses.BERGKAMEN),
    "wedel-mitteilung": _of_house(houses.WEDEL),
    "wedel-beschluss": _of_house(houses.WEDEL_DECISION),
    "coesfeld": _of_house(houses.COESFELD),
    "coesfeld-neu-ausgegeben": _paper(
        *("coesfeld", ProposalKind.BESCHLUSSVORLAGE, _reissued, houses.COESFELD.left_out),
        documents.rendered_reissue,
    ),
    "neutral-mitteilung": _neutral(
        ProposalKind.MITTEILUNGSVORLAGE, ("Inhalt der Mitteilung", "Die Stelle ist besetzt.")
    ),
    "neutral-antrag": _neutral(
        ProposalKind.ANTRAG,
        ("Antrag", "Die Verwaltung prüft eine zweite Anlaufstelle."),
        ("Begründung", "Der Weg aus dem Süden ist weit."),
        mover="Gruppe B & C",
    ),
    "neutral-aenderungsantrag": _neutral(
        ProposalKind.AENDERUNGSANTRAG,
        ("Änderung", "Die Stelle wird auf zwei Jahre befristet."),
        mover="Fraktion A",
    ),
    "neutral-anfrage": _neutral(
        ProposalKind.ANFRAGE, ("Frage", "Wann öffnet die Anlaufstelle?"), mover="Dora <Dirks>"
    ),
    "neutral-antwort": _neutral(ProposalKind.ANTWORT, ("Antwort", "Am 1. Februar 2019.")),
    "aenderungen": _paper(
        *("neutral", ProposalKind.BESCHLUSSVORLAGE, _reworded, NOT_IN_NEUTRAL),
        redlines.rendered_redline,
        before=sample,
    ),
    "protokoll": Paper(
        *("wittmund", "protokoll", MinutesContext, meeting.minutes),
        *((_Kind.MINUTES_PUBLIC,), {"art_gross", "betreff", "erstellt_am"}),
    ),
    "protokoll-nichtoeffentlich": Paper(
        *("wittmund", "protokoll", MinutesContext, _closed_minutes),
        *((_Kind.MINUTES_NON_PUBLIC, rendered_minutes), {"art_gross", "betreff"}),
    ),
    "beschlussauszug": Paper(
        *("wittmund", "beschlussauszug", ExcerptContext, meeting.excerpt),
        *((_Kind.EXCERPT,), {"art_gross", "erstellt_am"}),
    ),
    "beschlusstext": Paper(
        *("wittmund", "beschlusstext", SheetContext, meeting.sheet),
        *((_Kind.SHEET,), {"erstellt_am"}),
    ),
    "oelde-beschlusstext": Paper(
        *("oelde", "beschlusstext", SheetContext, meeting.sheet),
        *((_Kind.SHEET,), {"erstellt_am"}),
    ),
    "einladung": Paper(
        *("wittmund", "einladung", CallContext, calling.invitation),
        *((_Kind.INVITATION, meeting_calling.rendered_call), NOT_IN_INVITATIONS),
    ),
    "nachtrag": Paper(
        *("wittmund", "nachtrag", CallContext, calling.supplement),
        *((_Kind.SUPPLEMENT,), NOT_IN_INVITATIONS),
    ),
    "bekanntmachung": Paper(
        *("wittmund", "bekanntmachung", CallContext, calling.notice),
        *((_Kind.NOTICE,), NOT_IN_CALLS | {"empfaenger", "hinweise"}),
    ),
    "anwesenheitsliste": Paper(
        *("wittmund", "anwesenheitsliste", SigningListContext, calling.signing_list),
        *((MeetingList.SIGNING,), {"erstellt_am"}),
    ),
    "abstimmungsliste": Paper(
        *("wittmund", "abstimmungsliste", BallotListContext, calling.ballot_list),
        *((MeetingList.BALLOTS,), {"erstellt_am"}),
    ),
    "auszuege": Paper(
        *("wittmund", "auszuege", ExcerptsContext, calling.excerpts),
        *((MeetingList.EXCERPTS_PUBLIC,), set()),
    ),
    "auszuege-nichtoeffentlich": Paper(
        *("wittmund", "auszuege", ExcerptsContext, _closed_excerpts),
        *((MeetingList.EXCERPTS_NON_PUBLIC,), set()),
    ),
    "sitzungsmappe": Paper(
        *("neutral", "sitzungsmappe", PackContext, meeting.pack_contents),
        *((meeting_pack,), {"erstellt_am"}),
    ),
}
