"""What a human step costs, and what a vote costs beside bare saves of the same rows."""

from statistics import median
from uuid import uuid4

from django.db import connection, models, transaction

from proposals.history.acts import Act
from proposals.history.context import Event, current
from proposals.models import AgendaItem, Outbox, Proposal, Vote
from proposals.rules.voting import VoteKind

from .measuring import Measured, heading, measured, rows
from .story import Step, play

PLAYS = 7


def run() -> None:
    """Play the story several times; print each step, then the vote against its peer."""
    stories: list[list[Step]] = []
    bare: list[Measured] = []
    for number in range(PLAYS):
        _, steps = play(number)
        stories.append(steps)
        bare.append(save_bare(steps[-1].result))  # at once, so that both see the same machine
    heading(f"Schritte der Vorlage aus Wittmund (Anweisungen ohne Savepoints, ms; {PLAYS} Läufe)")
    lines = [
        (alike[0].words, str(alike[0].taken.statements), f"{_median(alike):.1f}")
        for alike in zip(*stories, strict=True)
    ]
    counts = [step.taken.statements for step in stories[0]]
    mean = f"{sum(counts) / len(counts):.1f}"
    whole = median(sum(step.taken.ms for step in steps) for steps in stories)
    rows(("", "Anweisungen", "ms"), *lines, ("Mittel", mean, f"{whole / len(counts):.1f}"))
    _print_ratio([steps[-1].taken for steps in stories], bare)


def _median(alike: tuple[Step, ...]) -> float:
    return median(step.taken.ms for step in alike)


def _print_ratio(full: list[Measured], bare: list[Measured]) -> None:
    """Compare with Django's ORM saving the same rows: no lock, flow, history or journal."""
    heading("Abstimmung im Kreistag erfassen, gegen bloßes Speichern derselben Zeilen")
    rows(
        ("", "Anweisungen", "ms"),
        ("durch das Tor", str(full[-1].statements), f"{median(one.ms for one in full):.1f}"),
        ("bloßes ORM", str(bare[-1].statements), f"{median(one.ms for one in bare):.1f}"),
    )
    pairs = zip(full, bare, strict=True)
    print(f"  ratio: {median(ours.ms / peer.ms for ours, peer in pairs):.1f}")


def save_bare(item: AgendaItem) -> Measured:
    """Save the rows of a recorded vote in one transaction, past everything of ours."""
    assert item.consultation is not None
    vote = Vote.everything.get(agenda_item=item, kind=VoteKind.MAIN)
    vote.pk, vote.position, vote.request_key, vote.repeated = None, 1000, uuid4(), True
    proposal = Proposal.everything.get(pk=item.consultation.proposal_id)
    order = Outbox.objects.order_by("-pk").first()
    assert order is not None
    order.pk = None
    changed: list[models.Model] = [item, item.consultation, proposal]
    connection.ensure_connection()
    # an event that nothing is written about: it lets the guard on tracked rows pass
    token = current.set(Event(None, Act.TREATED, [], ""))
    with measured() as taken, transaction.atomic():
        vote.save_base(raw=True, force_insert=True)  # raw: simple-history keeps out
        order.save_base(raw=True, force_insert=True)
        for row in changed:
            row.save_base(raw=True, force_update=True)
    current.reset(token)
    return taken
