"""The route of a proposal as one user sees it: stations, treatments, results."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ..models import AgendaItem, Consultation, Lapse, Meeting, Proposal, Vote
from ..models.known import KnownRoute
from ..models.motion import main_vote
from ..rules.consultation import (
    CHOSEN,
    OFF_THE_AGENDA,
    REFERRALS,
    Effect,
    Outcome,
    effect_of,
    is_treated,
)
from ..rules.lifecycle import ProposalStatus

_GOOD = (
    Outcome.RECOMMENDED,
    Outcome.RECOMMENDED_CHANGED,
    Outcome.DECIDED,
    Outcome.DECIDED_CHANGED,
    Outcome.NOTED,
    *CHOSEN,
)
_BAD = (Outcome.REJECTED, Outcome.NOT_RECOMMENDED)


@dataclass
class Stop:
    """One stop of the timeline; `sentence` and `badge` are empty where the user may not know."""

    order: int
    label: str
    role_label: str = ""
    date: dt.date | None = None
    time: dt.time | None = None
    top: str = ""
    state: str = "open"
    badge: str = ""
    badge_kind: str = ""
    sentence: str = ""
    note: str = ""
    url: str | None = None


@dataclass(frozen=True)
class Count:
    """The numbers of a vote."""

    yes: int | None
    no: int | None
    abstained: int | None
    not_voted: int
    entitled: int | None


@dataclass(frozen=True)
class Result:
    """What a committee made of it, as far as the user may know."""

    committee: str
    date: dt.date
    top: str
    tally: Count | None
    sentence: str
    paragraph: str
    outcome_label: str
    kind: str
    stage_label: str
    hidden: bool
    difference_reason: str
    item_id: int | None
    consultation_id: int


class Treatments:
    """The treatments of a proposal that one user may see, read in a constant number of queries."""

    def __init__(self, proposal: Proposal, user: Any) -> None:
        self.house = proposal.municipality
        items = (
            AgendaItem.objects.visible_to(user)
            .filter(consultation__proposal=proposal)
            .exclude(outcome=Outcome.TAKEN_OFF)
            .select_related("committee", "meeting", "consultation", "result_wording", "basis")
            .order_by("meeting__starts_at", "pk")
        )
        self.items: list[AgendaItem] = list(items)
        self.known = {item.pk for item in self.items}
        self.targets = self._targets(proposal, user)
        self.votes = self._main_votes(proposal, user)
        meetings = Meeting.objects.visible_to(user).filter(items__consultation__proposal=proposal)
        places = meetings.order_by("starts_at").values_list(
            "items__consultation", "starts_at", "items__outcome"
        )
        # not when it was to be dealt with, but when it was, or is to be
        self.dates: list[tuple[int, Any]] = [
            (pk or 0, when) for pk, when, word in places if word not in OFF_THE_AGENDA
        ]
        with_minutes = Meeting.objects.visible_to(user).filter(
            Q(minutes__isnull=False), pk__in=[item.meeting_id for item in self.items]
        )
        self.minutes = {
            pk: bool(approved_on)
            for pk, approved_on in with_minutes.values_list("pk", "minutes__approved_on")
        }

    def _targets(self, proposal: Proposal, user: Any) -> dict[int, list[str]]:
        """Return the bodies that visible items referred to, in the order of the route."""
        rows = Consultation.objects.visible_to(user).filter(
            proposal=proposal,
            inserted_by__in=[item.pk for item in self.items if item.outcome in REFERRALS],
            replaces__isnull=True,
        )
        found: dict[int, list[str]] = {}
        for row in rows.exclude(lapse=Lapse.CORRECTED).select_related("committee"):
            found.setdefault(row.inserted_by_id or 0, []).append(row.committee.name)
        return found

    def _main_votes(self, proposal: Proposal, user: Any) -> dict[int, Vote]:
        """Return the vote on the matter itself that holds, by item."""
        rows = Vote.objects.visible_to(user).filter(
            agenda_item__in=[item.pk for item in self.items]
        )
        by_item: dict[int, list[Vote]] = {}
        for vote in rows.select_related("agenda_item__committee", "agenda_item__meeting"):
            # one instance, so that its house rules are read once
            vote.agenda_item.committee.municipality = self.house
            by_item.setdefault(vote.agenda_item_id, []).append(vote)
        mains = {pk: main_vote(votes) for pk, votes in by_item.items()}
        return {pk: vote for pk, vote in mains.items() if vote is not None}

    def of(self, consultation: Consultation) -> list[AgendaItem]:
        """Return the visible treatments of a station, oldest first."""
        return [item for item in self.items if item.consultation_id == consultation.pk]

    def days_of(self, stations: Collection[int]) -> list[dt.date]:
        """Return the days for which stations are planned, without those that put them off."""
        put_off = {
            (item.consultation_id, item.meeting.starts_at)
            for item in self.items
            if item.outcome and effect_of(Outcome(item.outcome)) == Effect.STAYS_OPEN
        }
        return [
            timezone.localdate(at)
            for pk, at in self.dates
            if pk in stations and (pk, at) not in put_off
        ]

    def stage(self, item: AgendaItem) -> str:
        """Say how final a result is: provisional until the minutes are signed."""
        if item.meeting_id not in self.minutes:
            return "vorläufig"
        word = self.house.law(timezone.localdate(item.meeting.starts_at)).minutes_word
        return f"{word} {'genehmigt' if self.minutes[item.meeting_id] else 'unterschrieben'}"

    def sentence(self, item: AgendaItem) -> str:
        """Return the result in the words of the house: a count, or who was elected."""
        vote = self.votes.get(item.pk)
        return (vote.words if vote else "") or item.result_text

    def outcome_label(self, item: AgendaItem) -> str:
        """Return what became of an item, a referral with the bodies it went to."""
        outcome = Outcome(item.outcome)
        targets = self.targets.get(item.pk, []) if outcome in REFERRALS else []
        label = f"{outcome.label} an {', '.join(targets)}" if targets else outcome.label
        return sentence_case(label)

    def paragraph(self, item: AgendaItem) -> str:
        """Return the paragraph that the computed result rests on."""
        vote = self.votes.get(item.pk)
        ruling = vote.ruling() if vote else None
        return ruling.paragraph if ruling else ""


def timeline(proposal: Proposal, where: KnownRoute, treatments: Treatments) -> list[Stop]:
    """Return the stops of a proposal: the draft, then its stations in order."""
    return [_draft_stop(proposal, where)] + [
        _stop(order, row, treatments) for order, row in enumerate(where.consultations, 2)
    ]


def _draft_stop(proposal: Proposal, where: KnownRoute) -> Stop:
    stop = Stop(order=1, label="Entwurf", role_label=proposal.lead_office.name, state="now")
    submission = where.current
    if submission is None:
        stop.date = proposal.drafted_on
        return stop
    stop.date = submission.released_on or submission.submitted_on
    if submission.form_checked_on is not None:
        stop.state, stop.badge, stop.badge_kind = "done", "Freigegeben", "success"
    elif submission.released_on is not None:
        stop.badge, stop.badge_kind = "In Formprüfung", "info"
    elif where.status == ProposalStatus.IN_CO_SIGNING:
        stop.badge, stop.badge_kind = "In Mitzeichnung", "info"
    elif where.status == ProposalStatus.AWAITING_RELEASE:
        stop.badge, stop.badge_kind = "Liegt zur Freigabe vor", "info"
    return stop


def _stop(order: int, row: Consultation, treatments: Treatments) -> Stop:
    stop = Stop(order=order, label=row.committee.name, role_label=row.get_role_display())
    items = treatments.of(row)
    dates = [timezone.localtime(when) for pk, when in treatments.dates if pk == row.pk]
    if dates:
        stop.date = dates[-1].date()
        # a meeting that is known by its day alone begins at midnight (services/earlier.py)
        stop.time = dates[-1].time() if dates[-1].time() != dt.time() else None
    if row.lapse:
        known = row.lapsed_by_id is None or row.lapsed_by_id in treatments.known
        stop.state, stop.badge = "lapsed", row.get_lapse_display() if known else "entfallen"
        by = f"verfügt von {row.lapse_authority}" if row.lapse_authority else ""
        # whoever may not know the reason is not told who ordered it either
        stop.note = ", ".join(filter(None, [row.lapse_reason, by])) if row.lapse_reason else ""
        return stop
    if not items:
        # dealt with behind closed doors, or not at all: the date is all there is to say
        past = bool(dates) and dates[-1].date() < timezone.localdate()
        stop.state = "done" if past else "open"
        stop.note = "nichtöffentlich" if dates else ""
        return stop
    _describe(stop, row, items[-1], treatments)
    return stop


def _describe(stop: Stop, row: Consultation, item: AgendaItem, treatments: Treatments) -> None:
    stop.top = f"TOP {item.number}" if item.number else ""
    if not item.outcome:
        stop.state = "now"
        stop.badge, stop.badge_kind = "Auf der Tagesordnung", "info"
        return
    outcome = Outcome(item.outcome)
    stop.state = "now" if row.is_open else "done"
    stop.badge, stop.badge_kind = treatments.outcome_label(item), badge_kind(outcome)
    stop.sentence = treatments.sentence(item)


def results(where: KnownRoute, treatments: Treatments) -> list[Result]:
    """Return every treatment with a result, and a line without content for what is hidden."""
    found = []
    for row in where.consultations:
        visible = [item for item in treatments.of(row) if is_treated(item.outcome)]
        found += [_result(row, item, treatments) for item in visible]
        if not treatments.of(row):
            # whatever came of it: the day passes for a result and for none
            when = [timezone.localdate(at) for pk, at in treatments.dates if pk == row.pk]
            found += [_hidden(row, day) for day in when[-1:] if day < timezone.localdate()]
    return found


def _result(row: Consultation, item: AgendaItem, treatments: Treatments) -> Result:
    vote = treatments.votes.get(item.pk)
    outcome = Outcome(item.outcome)
    return Result(
        committee=row.committee.name,
        date=timezone.localdate(item.meeting.starts_at),
        top=f"TOP {item.number}" if item.number else "",
        tally=_numbers(vote) if vote else None,
        sentence=treatments.sentence(item),
        paragraph=treatments.paragraph(item),
        outcome_label=treatments.outcome_label(item),
        kind=badge_kind(outcome),
        stage_label=treatments.stage(item),
        hidden=False,
        difference_reason=vote.difference_reason if vote else "",
        item_id=item.pk,
        consultation_id=row.pk,
    )


def _numbers(vote: Vote) -> Count:
    return Count(vote.yes, vote.no, vote.abstained, vote.not_voted, vote.entitled)


def _hidden(row: Consultation, when: dt.date) -> Result:
    return Result(row.committee.name, when, "", None, "", "", "", "", "", True, "", None, row.pk)


def badge_kind(outcome: Outcome) -> str:
    """Return the colour word of an outcome; the words beside it say the same."""
    if outcome in _GOOD:
        return "success"
    if outcome == Outcome.SETTLED:
        return "info"  # it is over, and nobody has to do anything about it
    return "danger" if outcome in _BAD else "warning"


def sentence_case(words: str) -> str:
    """Return the words with a capital at the front, for a badge."""
    return words[:1].upper() + words[1:]


def earlier_results(found: Sequence[Result]) -> list[dict[str, object]]:
    """Return the results as the side column of a step shows them."""
    return [
        {
            "committee": result.committee,
            "date": result.date,
            "sentence": "nichtöffentlich beraten"
            if result.hidden
            else ": ".join(filter(None, (result.outcome_label, result.sentence))),
        }
        for result in found
    ]
