"""What each step's page shows: its form, its words, its side column."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from proposals import policies
from proposals.forms.consultation import ScheduleForm
from proposals.forms.submission import FormCheckForm, ReleaseForm
from proposals.forms.voting import ResultForm
from proposals.models import (
    AgendaItem,
    Committee,
    Consultation,
    Meeting,
    Origin,
    Proposal,
    Role,
    SignatureMode,
    Vote,
    Wording,
)
from proposals.models.facts import (
    current_submission,
    preparing_body,
    route_of,
    situation,
    station_of,
    voting_basis,
)
from proposals.models.standing import standing_of
from proposals.rules.consultation import (
    ConsultationRole,
    PlannedStation,
    objection_to_early_decision,
    route_notes,
)
from proposals.rules.words import CommitteeKind
from proposals.selectors.decisions import known_route
from proposals.selectors.proposal_page import shown
from proposals.selectors.route import Treatments, earlier_results, results
from proposals.selectors.signing import release_notes, signing_stages

from ..engine import TaskNotOpen

SHOWN_MEETINGS = 20


class StepPage:
    """The page of one step; subclasses say what differs."""

    template = "workflows/step.html"
    title = ""
    intro = ""
    aliases: dict[str, str] = {"remark": "reason"}  # never changed

    def __init__(self, user: Any, proposal: Any, subject: Any) -> None:
        self.user, self.proposal, self.subject = user, proposal, subject

    @staticmethod
    def is_for(user: Any, subject: Any) -> bool:
        """Answer whether the step is the user's to do, now or ever."""
        raise NotImplementedError

    def form(self, data: Any) -> Any:
        """Return the step's form, bound where `data` is given."""
        raise NotImplementedError

    def aside(self) -> dict[str, Any]:
        """Return the side column: the wording, the results so far, notes on the law."""
        treatments = Treatments(self.proposal, self.user)
        where = known_route(self.proposal, self.user)
        return {
            "wording": self.wording(),
            "earlier": earlier_results(results(where, treatments)),
            "notes": self.notes(),
        }

    def wording(self) -> dict[str, Any] | None:
        """Return the text that the step is about, where the user may read it."""
        row = voting_basis(self.proposal, current_submission(self.proposal))
        return wording_panel(row) if row and is_readable(row, self.user) else None

    def notes(self) -> list[str]:
        """Return sentences the law or the house wants seen."""
        return []

    def done(self) -> str:
        """Return what the user reads after the step."""
        return "Gespeichert."

    def is_replay(self, form: Any) -> bool:
        """Answer whether a refused form is the second half of a double click."""
        return False


def is_readable(row: Wording, user: Any) -> bool:
    """Answer whether the user may read a wording: those from behind closed doors not all may."""
    return Wording.objects.visible_to(user).filter(pk=row.pk).exists()


def wording_panel(row: Wording) -> dict[str, Any]:
    """Return a wording as the side column shows it."""
    if row.committee is not None:
        heading, meta = f"Empfehlung: {row.committee.name}", "geänderter Wortlaut"
    elif row.origin == Origin.MOVER:
        heading, meta = "Beantragter Beschluss", str(row.version or "")
    else:
        heading, meta = "Beschlussvorschlag der Verwaltung", str(row.version or "")
    return {"heading": heading, "html": shown(row.html), "meta": meta}


class ReleasePage(StepPage):
    """The head of the administration decides."""

    template = "workflows/step_release.html"

    @staticmethod
    def is_for(user: Any, subject: Any) -> bool:
        """Answer whether the step is the user's to do."""
        return policies.can_release(user, subject)

    def form(self, data: Any) -> ReleaseForm:
        """Return the decision, signed with the user's own name."""
        who = standing_of(self.user)
        stands_in = who.stands_in_for(Role.HEAD, self.proposal.municipality_id)
        initial = {
            "signature_name": who.name,
            "signature_function": who.function,
            "signature_mode": SignatureMode.DEPUTY if stands_in else SignatureMode.OWN,
        }
        return ReleaseForm(data, initial=initial)

    def notes(self) -> list[str]:
        """Return what the offices said, and what the planned route lacks by the law."""
        said = release_notes(current_submission(self.proposal), self.user)
        return [*said, *route_notes_of(self.proposal)]

    def aside(self) -> dict[str, Any]:
        """Add the whole Mitzeichnung."""
        stages = signing_stages(current_submission(self.proposal), self.user)
        return {**super().aside(), "stages": stages}

    def done(self) -> str:
        """Return what the user reads after the step."""
        return "Ihre Entscheidung über die Freigabe ist gespeichert."


class FormCheckPage(StepPage):
    """The Sitzungsdienst looks at the form."""

    template = "workflows/step_form_check.html"

    @staticmethod
    def is_for(user: Any, subject: Any) -> bool:
        """Answer whether the step is the user's to do."""
        return policies.can_check_form(user, subject)

    def form(self, data: Any) -> FormCheckForm:
        """Return the result of the check."""
        return FormCheckForm(data)

    def notes(self) -> list[str]:
        """Return what the planned route lacks by the law of the Land."""
        return route_notes_of(self.proposal)

    def aside(self) -> dict[str, Any]:
        """Add where typing errors are mended."""
        address = reverse("editorial-correct", args=[self.proposal.pk])
        return {**super().aside(), "editorial_url": address}

    def done(self) -> str:
        """Return what the user reads after the step."""
        return "Die Formprüfung ist gespeichert."


def route_notes_of(proposal: Proposal) -> list[str]:
    """Return the notes of the law on the route of a proposal."""
    stations = [
        PlannedStation(CommitteeKind(row.committee.kind), ConsultationRole(row.role))
        for row in situation(proposal).consultations
        if not row.lapse
    ]
    return route_notes(stations, proposal.municipality.law(timezone.localdate()))


class SchedulePage(StepPage):
    """A consultation goes on an agenda."""

    template = "workflows/step_schedule.html"
    aliases: dict[str, str] = {"number": "top"}
    subject: Consultation

    def __init__(self, user: Any, proposal: Proposal, subject: Consultation) -> None:
        super().__init__(user, proposal, subject)
        self.title = f"Auf die Tagesordnung: {subject.committee}"
        self.intro = subject.get_role_display()
        law = proposal.municipality.law(timezone.localdate())
        body = law.body(CommitteeKind(subject.committee.kind))
        self.may_be_public = proposal.public and body.public is not False

    @staticmethod
    def is_for(user: Any, subject: Any) -> bool:
        """Answer whether the step is the user's to do."""
        return policies.can_schedule(user, subject)

    def form(self, data: Any) -> ScheduleForm:
        """Return the choice among the committee's meetings, the newest first."""
        meetings = Meeting.objects.visible_to(self.user).filter(
            bodies__committee=self.subject.committee_id
        )
        newest = meetings.order_by("-starts_at")[:SHOWN_MEETINGS]
        initial = {"place": getattr(newest.first(), "place", "")}
        return ScheduleForm(
            data, meetings=newest, may_be_public=self.may_be_public, initial=initial
        )

    def notes(self) -> list[str]:
        """Say so where the law closes the doors."""
        if self.may_be_public or not self.proposal.public:
            return []
        return [f"„{self.subject.committee}“ berät nichtöffentlich; das Ergebnis bleibt intern."]

    def done(self) -> str:
        """Return what the user reads after the step."""
        return f"Die Vorlage steht auf der Tagesordnung: {self.subject.committee}."


class ResultPage(StepPage):
    """What a committee made of it."""

    template = "workflows/step_result.html"
    aliases: dict[str, str] = {}
    subject: Consultation

    def __init__(self, user: Any, proposal: Proposal, subject: Consultation) -> None:
        super().__init__(user, proposal, subject)
        self.item = newest_item(subject)
        self.title = f"Ergebnis erfassen: {subject.committee}"
        self.day = timezone.localdate(self.item.meeting.starts_at)
        top = f", TOP {self.item.number}" if self.item.number else ""
        self.intro = f"Sitzung vom {self.day:%d.%m.%Y}{top}, {subject.get_role_display()}"

    @staticmethod
    def is_for(user: Any, subject: Any) -> bool:
        """Answer whether the step is the user's to do."""
        return policies.can_record(user, subject)

    def form(self, data: Any) -> ResultForm:
        """Return the result form, everybody present."""
        return ResultForm(
            data,
            role=ConsultationRole(self.subject.role),
            committees=committees_of(self.proposal),
            initial=ResultForm.initial_for(self.subject.committee.voting_members(self.day)),
        )

    def notes(self) -> list[str]:
        """Name the bodies that have not dealt with it before this one decides."""
        law = self.proposal.municipality.law(self.day)
        mandatory = preparing_body(law, CommitteeKind(self.subject.committee.kind))
        station = station_of(self.subject, mandatory)
        route = route_of(self.proposal, mandatory)
        objection = objection_to_early_decision(station, route)
        return [str(objection)] if objection else []

    def aside(self) -> dict[str, Any]:
        """Add the address of the live preview."""
        url = reverse("result-preview", args=[self.proposal.pk, self.subject.pk])
        return {**super().aside(), "preview_url": url, "preview": {}}

    def done(self) -> str:
        """Return what the user reads after the step."""
        return f"Das Ergebnis ist erfasst: {self.subject.committee}."

    def is_replay(self, form: ResultForm) -> bool:
        """Answer whether this very form has recorded its vote already, with these counts."""
        votes = Vote.objects.visible_to(self.user).filter(
            agenda_item__consultation=self.subject,
            agenda_item__outcome=form.cleaned_data["outcome"],
        )
        counts = {name: form.cleaned_data[name] for name in ("entitled", "yes", "no", "abstained")}
        return votes.filter(request_key=form.cleaned_data["request_key"], **counts).exists()


def newest_item(consultation: Consultation) -> AgendaItem:
    """Return the treatment that is open, or the last one; raises TaskNotOpen where there is none.

    A form that comes too late is shown again with everything typed, hence also the last one.
    """
    rows = AgendaItem.everything.filter(consultation=consultation).select_related("meeting")
    item = rows.order_by("-pk").first()
    if item is None:
        raise TaskNotOpen
    return item


def committees_of(proposal: Proposal) -> list[Committee]:
    """Return the committees of the proposal's house, by name."""
    return list(Committee.objects.filter(municipality=proposal.municipality_id))


PAGES: dict[str, type[StepPage]] = {
    "release": ReleasePage,
    "check_form": FormCheckPage,
    "schedule": SchedulePage,
    "treat": ResultPage,
}
