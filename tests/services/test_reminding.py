"""Reminders by the clock, and what a mail may say."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from proposals.models import CoSignature, Entry, Outbox, Proposal
from proposals.rules.co_signing import Stage, Verdict
from proposals.rules.reminding import Reminder
from proposals.services.mails import send_mails
from proposals.services.reminding import remind
from proposals.services.submission import TakeAnswer
from tests import factories as f
from tests import signing
from tests.factories import House

DUE = f.DAY.replace(day=8)
DAY = timedelta(days=1)


@pytest.fixture
def paper(house: House) -> Proposal:
    """A paper that waits for the Kämmerei until 8 March 2024."""
    for name in ("clerk", "treasurer", "staffer"):
        user = house.user(name)
        user.email = f"{name}@muster.example"
        user.save()
    return f.make_proposal(house, "submitted", asked=("treasury",))


def sent() -> list[tuple[list[str], str]]:
    """Send what waits; return who got what."""
    mail.outbox.clear()
    assert [mailed.failure for mailed in send_mails() if mailed.failure] == []
    return [(message.bcc, str(message.body)) for message in mail.outbox]


def test_the_office_hears_of_it_at_once_the_day_before_and_afterwards(
    house: House, paper: Proposal
) -> None:
    assert [row.verdict for row in CoSignature.everything.all()] == [Verdict.PENDING]
    (recipients, body), *rest = sent()
    assert (recipients, rest) == (["treasurer@muster.example"], [])
    assert "liegt zur Mitzeichnung vor" in body

    assert remind(DUE - 2 * DAY) == 0
    entries = Entry.everything.count()
    assert remind(DUE - DAY) == 1
    assert Entry.everything.count() == entries + 1
    assert remind(DUE) == 0, "once"
    assert CoSignature.everything.get().reminded_on == DUE - DAY
    assert [who for who, _ in sent()] == [["treasurer@muster.example"]]

    assert remind(DUE + DAY) == 1
    assert remind(DUE + 5 * DAY) == 0
    told = [who for who, _ in sent()]
    assert told == [["clerk@muster.example", "treasurer@muster.example"]], "and the author"


def test_who_has_answered_is_neither_reminded_nor_written_to(house: House, paper: Proposal) -> None:
    f.co_sign(house, paper, "treasury")
    assert remind(DUE + DAY) == 0
    assert sent() == []
    assert not Outbox.objects.filter(kind="mail", done_at__isnull=True).exists()


def test_a_withdrawn_or_recalled_paper_reminds_nobody(house: House, paper: Proposal) -> None:
    f.withdraw(house, paper, "clerk")
    assert remind(DUE + DAY) == 0


def test_a_later_stage_is_reminded_only_once_it_has_begun(house: House, paper: Proposal) -> None:
    signing.stages(house, Stage.OFFICES, Stage.OFFICE_HEAD)
    other = f.make_proposal(house, "submitted", asked=("treasury",))
    assert remind(DUE - DAY) == 2, "the Kämmerei for both"
    f.co_sign(house, other, "treasury")
    assert remind(DUE + DAY) == 2, "the Kämmerei for one, the Amtsleitung for the other"


def test_the_substitute_is_written_to_as_well_and_who_took_it_on_alone(
    house: House, paper: Proposal
) -> None:
    signing.absent(house, "treasurer", "staffer")
    remind(DUE - DAY)
    everybody = ["staffer@muster.example", "treasurer@muster.example"]
    assert [who for who, _ in sent()] == [everybody, everybody]
    request = CoSignature.everything.get()
    signing.act(house.user("staffer"), paper, TakeAnswer(request.pk))
    remind(DUE + DAY)
    assert [who for who, _ in sent()] == [["clerk@muster.example", "staffer@muster.example"]]


def test_a_mail_on_a_non_public_paper_names_its_number_alone(house: House) -> None:
    user = house.user("treasurer")
    user.email = "treasurer@muster.example"
    user.save()
    f.make_proposal(
        house, "submitted", asked=("treasury",), public=False, subject="Kauf Familie Muster"
    )
    f.make_proposal(house, "submitted", asked=("treasury",), subject="Neubau der Kreisstraße")
    (_, secret), (_, public) = sent()
    assert "Familie Muster" not in secret
    assert "Betreff" not in secret
    assert "/mitzeichnen/" in secret
    assert "Betreff: Neubau der Kreisstraße" in public


def test_a_mail_that_cannot_go_out_is_tried_again(
    house: House, paper: Proposal, monkeypatch: Any
) -> None:
    def broken(*args: Any, **options: Any) -> None:
        raise OSError("no route to host")

    with monkeypatch.context() as patch:
        patch.setattr("proposals.services.mails.EmailMessage.send", broken)
        (failed,) = send_mails()
    assert "no route to host" in failed.failure
    assert Outbox.objects.get().failures == 1
    assert len(sent()) == 1
    assert Reminder.ASKED.label in mail.outbox[0].body
