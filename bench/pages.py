"""What "Meine Aufgaben" and the list cost with few and with many proposals."""

from django.conf import settings
from django.test import Client

from proposals.models import Office, Proposal, User
from proposals.rules.consultation import ConsultationRole
from proposals.rules.words import ProposalKind
from proposals.services.drafting import DraftAnswer, StationDraft
from workflows import gate

from .measuring import Measured, heading, measured, rows
from .story import set_up

FEW, MANY = 10, 1000
PAGES = {"Meine Aufgaben": "/", "Vorlagen": "/vorlagen/"}
ROUNDS = 5
HOUSE = 99  # none of the played ones


def run() -> None:
    """Open both pages as somebody for whom all these drafts wait."""
    house, data = set_up(HOUSE)
    clerk = User.objects.get(username=data["case"]["author"])
    office = Office.objects.get(municipality=house, name="Sozialamt")
    council = house.committees.get(name="Kreistag")
    route = [StationDraft(council.pk, ConsultationRole.DECISION)]
    found: dict[str, list[Measured]] = {words: [] for words in PAGES}
    for wanted in (FEW, MANY):
        for number in range(Proposal.everything.filter(municipality=house).count(), wanted):
            answer = DraftAnswer(
                kind=ProposalKind.BESCHLUSSVORLAGE,
                lead_office_id=office.pk,
                subject=f"Vorlage {number + 1}",
                route=route,
            )
            gate.start(actor=clerk, answer=answer)
        for words, path in PAGES.items():
            found[words].append(_open(clerk, path))
    heading(f"Seiten mit {FEW} und mit {MANY} Vorlagen, die alle bei derselben Person liegen")
    rows(
        ("", "Anweisungen", "ms", "Anweisungen", "ms", "ratio"),
        *(
            (
                *(words, str(few.statements), f"{few.ms:.0f}"),
                *(str(many.statements), f"{many.ms:.0f}", f"{many.ms / few.ms:.1f}"),
            )
            for words, (few, many) in found.items()
        ),
    )


def _open(user: User, path: str) -> Measured:
    """Open a page logged in; return the quickest of some rounds after a first one."""
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    client.get(path)
    taken = []
    for _ in range(ROUNDS):
        with measured() as one:
            response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        taken.append(one)
    return min(taken, key=lambda one: one.ms)
