"""Rückwärtsplanung: from the planned meetings back to the day on which a draft must be handed in.

Nothing here is stored: when a meeting moves, every day moves with it (domain.md 4.3).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from .words import Labelled
from .workdays import why_closed, working_days_before

_WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


class Milestone(Labelled):
    """What somebody has to have done by a day of the plan, in its order."""

    HAND_IN = "hand_in", "Entwurf zur Mitzeichnung geben"
    CO_SIGN = "co_sign", "Mitzeichnung"
    RELEASE = "release", "Freigabe"
    CLOSING = "closing", "Vorlagenschluss"
    INVITATION = "invitation", "Einladung"
    MEETING = "meeting", "Beratung"
    DECISION = "decision", "Entscheidung"


@dataclass(frozen=True)
class HouseDays:
    """How a house counts: its Land and closed days (with their names), and its own distances.

    `closing_days` are days before a meeting, `release_days` working days of the release.
    """

    land: str
    closed: Mapping[date, str] = field(default_factory=dict)
    closing_days: int = 14
    release_days: int = 2
    head: str = "Verwaltungsleitung"
    desk: str = "Sitzungsdienst"


@dataclass(frozen=True)
class BodyDay:
    """A committee of the route: the day of its meeting (None: none is planned), and its notice."""

    body: str
    held_on: date | None
    notice_days: int | None = None
    decides: bool = False
    invited: bool = False


@dataclass(frozen=True)
class AskedOffice:
    """An office of a stage: its working days, and the day it was really given (None: not yet)."""

    name: str
    days: int
    answered: bool = False
    due_on: date | None = None


@dataclass(frozen=True)
class Course:
    """Where a paper goes, whom it asks stage by stage, and how far it is.

    A motion is neither co-signed nor released.
    """

    lead_office: str
    bodies: Sequence[BodyDay]
    stages: Sequence[Sequence[AskedOffice]] = ()
    is_motion: bool = False
    handed_in: bool = False
    released: bool = False
    form_checked: bool = False


@dataclass(frozen=True)
class PlanStep:
    """Who has to have done what by which day; `late` where the day has passed without it.

    `day` is None where no meeting is planned. `shifted_by` is the holiday that the day gave way to.
    """

    who: str
    act: Milestone
    day: date | None
    done: bool = False
    late: bool = False
    shifted_by: str = ""
    given_until: date | None = None

    @property
    def what(self) -> str:
        """Return what has to be done."""
        return self.act.label

    @property
    def sentence(self) -> str:
        """Return the step in one German sentence."""
        if self.day is None:
            return f"Für das Gremium {self.who} ist noch keine Sitzung geplant."
        if self.act in (Milestone.MEETING, Milestone.DECISION):
            verb = "entscheidet" if self.act == Milestone.DECISION else "berät"
            return f"Am {day_words(self.day)} {verb} das Gremium {self.who}."
        said = _SAID[self.act].format(day=day_words(self.day), who=self.who)
        if self.late:
            said = f"{said[:-1]}; dieser Tag ist vorbei."
        elif self.given_until is not None:
            said = f"{said[:-1]}; erbeten ist sie erst bis {day_words(self.given_until)}."
        if self.shifted_by:
            said = f"{said[:-1]} (früher wegen: {self.shifted_by})."
        return said


_SAID = {
    Milestone.HAND_IN: "Bis {day} muss der Entwurf zur Mitzeichnung ({who}).",
    Milestone.CO_SIGN: "Bis {day} wird die Mitzeichnung gebraucht ({who}).",
    Milestone.RELEASE: "Bis {day} muss die Vorlage freigegeben sein ({who}).",
    Milestone.CLOSING: "Bis {day} muss die Vorlage im Sitzungsdienst liegen: "
    "Vorlagenschluss {who}.",
    Milestone.INVITATION: "Bis {day} muss eingeladen sein: {who}.",
}


def day_words(day: date) -> str:
    """Return a day as the plan writes it: "Mi 13.05.2026"."""
    return f"{_WEEKDAYS[day.weekday()]} {day:%d.%m.%Y}"


def closing_day(held_on: date, notice_days: int | None, house: HouseDays) -> date:
    """Return the Vorlagenschluss of a meeting, at the latest the day of its invitation."""
    closing = _last_working_day(held_on - timedelta(house.closing_days), house)
    invitation = invitation_day(held_on, notice_days, house)
    return min(closing, invitation) if invitation else closing


def invitation_day(held_on: date, notice_days: int | None, house: HouseDays) -> date | None:
    """Return the last working day for the invitation; None where no Ladungsfrist is known.

    Neither the day of dispatch nor that of the meeting counts.
    """
    if notice_days is None:
        return None
    return _last_working_day(held_on - timedelta(notice_days + 1), house)


def plan(course: Course, house: HouseDays, today: date) -> list[PlanStep]:
    """Return who has to have done what by which day, the first step first.

    The first Vorlagenschluss on the way binds release and Mitzeichnung. Without any planned
    meeting only that is said.
    """
    planned = [row for row in course.bodies if row.held_on is not None]
    ends = [closing_day(row.held_on, row.notice_days, house) for row in planned if row.held_on]
    steps: list[PlanStep] = []
    if ends and not course.is_motion:
        steps += _steps_in_the_house(course, house, min(ends), today)
    for row in course.bodies:
        steps += _steps_of_body(row, course, house, today)
    order = list(Milestone)
    return sorted(steps, key=lambda row: (row.day is None, row.day or today, order.index(row.act)))


def decision_day(course: Course) -> date | None:
    """Return the day on which the deciding body meets; None where that is not planned."""
    days = [row.held_on for row in course.bodies if row.decides and row.held_on]
    return max(days, default=None)


def _steps_in_the_house(
    course: Course, house: HouseDays, release_by: date, today: date
) -> Iterator[PlanStep]:
    """Yield release, Mitzeichnung and hand-in, counted backwards from the first Vorlagenschluss."""
    yield _step(house.head, Milestone.RELEASE, release_by, today, done=course.released)
    end = _back(release_by, house.release_days, house)
    for stage in reversed(course.stages):
        for office in stage:
            done = office.answered or course.released
            yield _step(office.name, Milestone.CO_SIGN, end, today, done=done, given=office.due_on)
        end = _back(end, max((office.days for office in stage), default=0), house)
    yield _step(course.lead_office, Milestone.HAND_IN, end, today, done=course.handed_in)


def _steps_of_body(
    row: BodyDay, course: Course, house: HouseDays, today: date
) -> Iterator[PlanStep]:
    act = Milestone.DECISION if row.decides else Milestone.MEETING
    if row.held_on is None:
        yield PlanStep(row.body, act, None)
        return
    closing = closing_day(row.held_on, row.notice_days, house)
    wanted = row.held_on - timedelta(house.closing_days)
    shifted = _shifted_by(wanted, closing, house)
    yield _step(
        row.body, Milestone.CLOSING, closing, today, done=course.form_checked, shifted=shifted
    )
    invitation = invitation_day(row.held_on, row.notice_days, house)
    if invitation is not None:
        wanted = row.held_on - timedelta((row.notice_days or 0) + 1)
        shifted = _shifted_by(wanted, invitation, house)
        yield _step(
            row.body, Milestone.INVITATION, invitation, today, done=row.invited, shifted=shifted
        )
    yield _step(row.body, act, row.held_on, today, done=False)


def _step(
    who: str,
    act: Milestone,
    day: date,
    today: date,
    *,
    done: bool,
    shifted: str = "",
    given: date | None = None,
) -> PlanStep:
    late = not done and day < today
    beyond = given if given is not None and given > day and not done else None
    return PlanStep(who, act, day, done, late, shifted, beyond)


def _last_working_day(day: date, house: HouseDays) -> date:
    return _back(day, 0, house)


def _back(day: date, days: int, house: HouseDays) -> date:
    return working_days_before(day, days, house.land, house.closed)


def _shifted_by(wanted: date, found: date, house: HouseDays) -> str:
    """Return the name of the first holiday or closed day that a day gave way to."""
    days = (wanted - timedelta(n) for n in range((wanted - found).days))
    return next(filter(None, (why_closed(day, house.land, house.closed) for day in days)), "")
