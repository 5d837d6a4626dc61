import pytest
from django.db import connection

from proposals.history.acts import Act
from proposals.history.journal import event
from proposals.models import Outbox, Proposal
from proposals.rules.errors import RuleViolation
from proposals.rules.lifecycle import ALLOWED, ProposalStatus
from proposals.services.common import settle_status
from proposals.services.orders import order
from tests import factories as f
from tests.factories import House


def pretend(proposal: Proposal, status: ProposalStatus) -> Proposal:
    """Give a proposal a status that its facts do not have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE proposals_proposal SET status = %s WHERE id = %s", [status, proposal.pk]
        )
    return f.reread(proposal)


@pytest.mark.parametrize("old", ProposalStatus)
def test_the_facts_give_the_status_and_the_table_guards_the_step(
    house: House, old: ProposalStatus
) -> None:
    proposal = pretend(f.make_proposal(house, "in_route"), old)
    allowed = old == ProposalStatus.REGISTERED or ProposalStatus.REGISTERED in ALLOWED[old]

    def settle(*, corrects: bool = False) -> None:
        with event(house.user("secretary"), Act.CORRECTED, proposal):
            settle_status(proposal, corrects=corrects)

    if not allowed:
        with pytest.raises(RuleViolation, match="kann nicht „Im Kreistagsbüro“ folgen"):
            settle()
        assert f.reread(proposal).status == old
    settle(corrects=not allowed)
    assert f.reread(proposal).status == ProposalStatus.REGISTERED


def test_a_status_that_fits_is_not_written_again(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    rows = proposal.history.count()
    with event(house.user("secretary"), Act.CORRECTED, proposal):
        settle_status(proposal)
    assert proposal.history.count() == rows


def test_work_is_ordered_inside_the_event_that_causes_it(house: House) -> None:
    actor, proposal = house.user("secretary"), f.make_proposal(house)
    with pytest.raises(RuntimeError, match="belongs to an event"):
        order("documents", actor, proposal=proposal.pk)
    with event(actor, Act.FORM_CHECKED, proposal):
        order("documents", actor, proposal=proposal.pk)
    assert Outbox.objects.get().payload == {"proposal": proposal.pk}
