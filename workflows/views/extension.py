"""What a body takes up in the meeting though no invitation named it."""

from dataclasses import asdict
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.extension import ExtendForm
from proposals.rules.law.phrases import value_words
from proposals.selectors.agenda import waiting_for

from .meeting_door import MeetingAct, visible_meeting


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the body extends its agenda for an urgent matter, with the vote on that."""
    meeting = visible_meeting(request, pk)
    bodies = [
        row.committee
        for row in meeting.bodies.all()
        if policies.can_keep(request.user, row.committee_id)
    ]
    if not bodies:
        raise PermissionDenied("Diese Tagesordnung stellt auf, wer das Gremium betreut.")
    law = meeting.municipality.law(timezone.localdate(meeting.starts_at))
    page = MeetingAct(
        request,
        meeting,
        "Tagesordnung erweitern",
        "Erweiterung festhalten",
        "Die Erweiterung der Tagesordnung ist festgehalten.",
        template="workflows/meetings/extend.html",
        aliases={"announced": "announced", "entitled": "yes"},
        majority=value_words("agenda_extension", asdict(law.agenda_extension), {}),
        paragraph=law.agenda_extension.paragraph,
        condition=law.agenda_extension_condition,
    )
    keys = [body.pk for body in bodies]
    papers = [
        (row.consultation_id, " ".join(filter(None, (row.number, row.subject))))
        for row in waiting_for(meeting, request.user).papers
        if row.committee_id in keys
    ]
    form = ExtendForm(
        request.POST or None, committees=bodies, papers=papers, initial={"request_key": uuid4()}
    )
    return page.respond(form)
