"""Loads the five demo houses and their cases; a second run changes nothing and loses nothing."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from proposals.documents.store import get
from proposals.history.keys import make_key
from proposals.models import (
    AgendaItem,
    Audience,
    Document,
    Meeting,
    Municipality,
    Person,
    Proposal,
    Role,
    User,
)
from proposals.models.facts import open_consultations
from proposals.services.absence import AbsenceAnswer, note_absence
from proposals.services.documents import Done, run_outbox
from proposals.services.organization import set_up_house
from proposals.services.rates import set_rate

from ...demo.asked import AskedAgain
from ...demo.houses import SLUGS, house_of, load, rates_of
from ...demo.names import Names
from ...demo.story import Story
from ...demo.today import ReadyMeeting


class Command(BaseCommand):
    """Only in demo mode: the accounts have a password that everybody knows."""

    help = "Lädt die fünf Kommunen der Vorführung mit ihren Vorlagen und Sitzungen."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing, write the Word files, print where everything stands."""
        if not (settings.DEMO or settings.TEST):
            raise CommandError("Die Vorführung läuft nur mit VORLAGENLAUF_DEMO=1.")
        make_key(Path(settings.SIGNING_KEY_FILE))
        for slug in SLUGS:
            self._load(slug)
        self._make_documents()
        folder = Path(settings.VAR_DIR) / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        self._print_cases(folder)
        self._print_meetings()
        self._print_log_ins()

    def _load(self, slug: str) -> None:
        data = load(slug)
        name = data["municipality"]["name"]
        house = Municipality.objects.filter(slug=slug).first()
        if house is not None and Proposal.everything.filter(municipality=house).exists():
            self.stdout.write(f"{name}: schon geladen")
            return
        self._say(f"{name}: Gremien und Personen …")
        house = house or set_up_house(house=house_of(data), password=settings.DEMO_PASSWORD)
        self._set_rates(house, data)
        self._say(" Vorlage und ihre Sitzungen …")
        proposal = Story(house, data).play()
        self._say(f" {proposal.number}; eine Sitzung für heute …")
        ReadyMeeting(Names(house, data), data["ready"], timezone.localdate()).lay_ready()
        if "asked" in data:
            AskedAgain(Names(house, data), data["asked"], timezone.localdate()).lay_out()
        self._note_absences(house, data)
        self.stdout.write(" fertig")

    def _set_rates(self, house: Municipality, data: dict[str, Any]) -> None:
        rates = rates_of(data)
        keeper = User.objects.filter(
            person__municipality=house, person__role_assignments__role=Role.ADMINISTRATOR
        ).first()
        if rates and keeper is not None and not house.personnel_rates.exists():
            for answer in rates:
                set_rate(actor=keeper, municipality=house, answer=answer)

    def _note_absences(self, house: Municipality, data: dict[str, Any]) -> None:
        """Let somebody be away from today on, so that there is a signature "i. V." to see."""
        today = timezone.localdate()
        for row in data.get("absences", []):
            away = Person.objects.get(user__username=row["person"])
            substitute = Person.objects.get(user__username=row["substitute"])
            until = today + timedelta(days=row["days"])
            answer = AbsenceAnswer(away.pk, substitute.pk, today, until)
            actor = User.objects.get(username=row["person"])
            note_absence(actor=actor, municipality=house, answer=answer)

    def _say(self, words: str) -> None:
        self.stdout.write(words, ending="")
        self.stdout.flush()

    def _make_documents(self) -> None:
        """Write the Word files that the acts have asked for, and say how many are done."""
        self._say("Word-Dateien werden erzeugt …")
        done = 0

        def report(_order: Done) -> None:
            nonlocal done
            done += 1
            if done % 10 == 0:
                self._say(f" {done}")

        run_outbox(report)
        self.stdout.write(" fertig")

    def _print_cases(self, folder: Path) -> None:
        head = ("Kommune", "Nummer", "Betreff", "Stand", "Letztes Ergebnis", "Word-Datei")
        proposals = Proposal.everything.filter(
            municipality__slug__in=SLUGS,
            subject__in=[load(slug)["case"]["subject"] for slug in SLUGS],
        )
        self._table(
            head,
            [
                (
                    proposal.municipality.name,
                    proposal.number or "",
                    _cut(proposal.subject, 44),
                    where_it_stands(proposal),
                    last_result(proposal),
                    self._word_files(proposal, folder),
                )
                for proposal in proposals.select_related("municipality").order_by("pk")
            ],
        )

    def _word_files(self, proposal: Proposal, folder: Path) -> str:
        """Copy the newest Word file for each audience; return the internal one's name."""
        shown = ""
        for audience in Audience:
            made = Document.everything.filter(proposal=proposal, audience=audience)
            document = made.order_by("-pk").first()
            if document is None:
                continue
            number = (proposal.number or "entwurf").replace("/", "-").replace(" ", "-")
            path = folder / f"{proposal.municipality.slug}_{number}_{audience.value}.docx"
            path.write_bytes(get(document.digest))
            shown = shown or _short(path)
        return shown

    def _print_meetings(self) -> None:
        """Name the meetings that wait for somebody to run them."""
        rows = Meeting.everything.filter(
            municipality__slug__in=SLUGS, invited_on__isnull=False, opened_at__isnull=True
        ).annotate(items_listed=Count("items"))
        self.stdout.write("\nSitzungen, die bereitliegen:")
        self._table(
            ("Kommune", "Gremium", "Beginn", "TOP", "Sitzung durchführen"),
            [
                (
                    meeting.municipality.name,
                    ", ".join(str(row.committee) for row in meeting.bodies.all()),
                    f"{timezone.localtime(meeting.starts_at):%d.%m.%Y, %H:%M} Uhr",
                    str(meeting.items_listed),
                    reverse("meeting-run", args=[meeting.pk]),
                )
                for meeting in rows.select_related("municipality").order_by("municipality", "pk")
            ],
        )

    def _print_log_ins(self) -> None:
        rows = []
        people = Person.objects.filter(user__isnull=False, municipality__slug__in=SLUGS)
        for person in people.select_related("user", "municipality").order_by("pk"):
            assert person.user is not None
            rows.append(
                (person.user.username, f"{person}, {person.function}", person.municipality.name)
            )
        self.stdout.write(
            f"\nAnmeldungen der Vorführung, Kennwort für alle: {settings.DEMO_PASSWORD}"
        )
        self._table(("Anmeldung", "Wer", "Kommune"), rows)

    def _table(self, head: tuple[str, ...], body: Sequence[tuple[str, ...]]) -> None:
        rows = [head, *body]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        self.stdout.write("")
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())


def where_it_stands(proposal: Proposal) -> str:
    """Return the next committee with its meeting, or the status where no station is open."""
    rows = open_consultations(proposal)
    if not rows:
        return str(proposal.get_status_display())
    items = AgendaItem.everything.filter(consultation=rows[0], outcome="")
    item = items.select_related("meeting").first()
    if item is None:
        return f"{rows[0].committee}, Termin offen"
    return f"{rows[0].committee}, {timezone.localdate(item.meeting.starts_at):%d.%m.%Y}"


def last_result(proposal: Proposal) -> str:
    """Return the newest result with its committee, or a dash."""
    items = AgendaItem.everything.filter(consultation__proposal=proposal).exclude(outcome="")
    item = items.select_related("committee").order_by("-meeting__starts_at").first()
    if item is None:
        return "–"
    return f"{item.committee}: {item.get_outcome_display()}"


def _short(path: Path) -> str:
    inside = path.is_relative_to(settings.BASE_DIR)
    return str(path.relative_to(settings.BASE_DIR) if inside else path)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
