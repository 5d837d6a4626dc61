"""check_flows finds what was damaged behind the gate's back, and mends what it can."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from viewflow.workflow import PROCESS, STATUS
from viewflow.workflow.models import Task

from proposals.models import Consultation, Proposal
from proposals.models.consultation import OPEN
from proposals.rules.consultation import Outcome
from proposals.services.consultation import WithdrawAnswer, withdraw
from proposals.services.submission import SubmitAnswer, submit
from tests import factories as f
from tests import sittings as s
from tests.factories import House
from tests.workflows.playing import open_turns
from workflows import engine, gate
from workflows.models import ConsultationProcess, ProposalProcess, ReviewProcess


def run(*options: str) -> str:
    """Return what the command says."""
    out = StringIO()
    call_command("check_flows", *options, stdout=out)
    return out.getvalue()


def refused(*options: str) -> str:
    """Return what the command says before it ends with exit code 1."""
    out = StringIO()
    with pytest.raises(CommandError, match="Widersprüche"):
        call_command("check_flows", *options, stdout=out)
    return out.getvalue()


def test_it_is_silent_where_all_is_well(house: House) -> None:
    for stage in f.STAGES:
        f.make_proposal(house, stage, asked=("treasury",))
    f.withdraw(house, f.make_proposal(house, "in_route"))
    assert run() == ""
    assert run("--repair") == ""


def test_it_names_and_mends_a_count_error_in_an_item_without_a_paper(house: House) -> None:
    meeting = s.plan(house, "council")
    item = s.add_item(house, meeting, "council")
    s.record(house, item, Outcome.DECIDED, (3, 2, 0))
    f.sign(house, meeting, approve=True)
    s.record(house, item, Outcome.DECIDED, (2, 3, 0), reason="Nachgezählt")
    assert run() == ""
    ReviewProcess.objects.all().delete()
    named = f"Sitzung vom 01.03.2024 ({meeting.pk}): "
    assert f"{named}Aufgabe fehlt: „Zählfehler: entscheiden“" in refused()
    assert f"{named}behoben: " in run("--repair")
    assert run() == ""


def tasks(proposal: Proposal) -> list[Task]:
    return list(engine.open_tasks_of(proposal))


def delete_a_task(house: House, proposal: Proposal) -> None:
    tasks(proposal)[0].delete()


def close_a_task(house: House, proposal: Proposal) -> None:
    Task.objects.filter(pk=tasks(proposal)[0].pk).update(status=STATUS.DONE)


def give_a_task_to_somebody_else(house: House, proposal: Proposal) -> None:
    Task.objects.filter(pk=tasks(proposal)[0].pk).update(owner_permission="proposals.clerk_0")


def open_a_task_twice(house: House, proposal: Proposal) -> None:
    task = tasks(proposal)[0]
    task.pk = None
    task.save(force_insert=True)


def lose_a_station(house: House, proposal: Proposal) -> None:
    row = f.station(proposal, "social")
    ConsultationProcess.objects.get(consultation=row).delete()


def lose_the_parent(house: House, proposal: Proposal) -> None:
    ProposalProcess.objects.get(proposal=proposal).delete()


def end_the_parent(house: House, proposal: Proposal) -> None:
    ProposalProcess.objects.filter(proposal=proposal).update(status=PROCESS.DONE)


def lapse_a_station(house: House, proposal: Proposal) -> None:
    row = Consultation.everything.filter(OPEN, proposal=proposal)[0]
    table = Consultation._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET lapse = 'skipped', lapsed_on = '2024-03-01' WHERE id = %s",  # noqa: S608
            [row.pk],
        )


def withdraw_outside_the_gate(house: House, proposal: Proposal) -> None:
    withdraw(actor=house.user("head"), proposal=proposal, answer=WithdrawAnswer("Neue Lage"))


Damage = Callable[[House, Proposal], None]
DAMAGES: list[Damage] = [
    delete_a_task,
    close_a_task,
    give_a_task_to_somebody_else,
    open_a_task_twice,
    lose_a_station,
    lose_the_parent,
    end_the_parent,
    lapse_a_station,
    withdraw_outside_the_gate,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_planted_contradiction_is_named_and_mended(house: House, damage: Damage) -> None:
    proposal = f.make_proposal(house, "in_route")
    healthy = f.make_proposal(house, "in_route")
    before = open_turns(healthy)
    damage(house, proposal)

    named = refused()
    assert f"Vorlage {proposal.number} ({proposal.pk}): " in named
    assert f"({healthy.pk}):" not in named
    assert proposal.subject not in named

    assert "behoben" in run("--repair")
    assert run() == ""
    assert gate.agrees(f.reread(proposal))
    assert open_turns(healthy) == before


def test_a_hand_in_outside_the_gate_is_found(house: House) -> None:
    proposal = f.make_proposal(house)
    submit(actor=house.user("clerk"), proposal=proposal, answer=SubmitAnswer())
    named = refused()
    assert "Aufgabe fehlt: „Freigeben (Schlusszeichnung)“" in named
    assert "Aufgabe zu viel: „Vorlage entwerfen“" in named
    run("--repair")
    f.release(house, proposal)


def test_a_wrong_status_is_named_and_never_overwritten(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE proposals_proposal SET status = 'adopted' WHERE id = %s", [proposal.pk]
        )
    sentence = "Status „Beschlossen“, nach den Tatsachen „Im Kreistagsbüro“"
    assert sentence in refused()
    assert sentence in refused("--repair")
    assert f.reread(proposal).status == "adopted"
