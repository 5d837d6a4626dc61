"""What a new draft starts with: the usual route, a paper it supplements, or a copy of one."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import DateField, ForeignKey
from django.http import Http404, HttpRequest

from proposals.models import (
    Attachment,
    CostItem,
    Funding,
    Municipality,
    Office,
    Proposal,
    StaffPosition,
)
from proposals.rules.consultation import ConsultationRole
from proposals.rules.sections import Section
from proposals.rules.words import ProposalKind
from proposals.selectors.copying import Model, model_of
from proposals.selectors.default_routes import default_route
from proposals.selectors.heads import known_head
from proposals.views.common import visible_proposal

MOST_FIGURES = 18  # of a key that the databases take
_LISTS: dict[str, Any] = {"cost": CostItem, "position": StaffPosition, "funding": Funding}
Row = dict[str, Any]


@dataclass(frozen=True)
class Beginning:
    """The fields and the lists of the form before anybody has typed, and annexes to choose from."""

    initial: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    annexes: list[Attachment] = field(default_factory=list)


def asked_model(request: HttpRequest) -> Proposal | None:
    """Return the paper that serves as Muster; raises Http404 for one out of sight.

    It stands in the address at first, and in the form from then on.
    """
    asked = request.POST.get("copied_from") or request.GET.get("muster", "")
    return _visible(request, asked) if asked else None


def _visible(request: HttpRequest, asked: str) -> Proposal:
    if not asked.isdecimal() or len(asked) > MOST_FIGURES:
        raise Http404
    return visible_proposal(request, int(asked))


def usual(house: Municipality, kind: ProposalKind, offices: list[Office]) -> Beginning:
    """Begin with the route that papers of this kind and office usually take."""
    if kind == ProposalKind.AENDERUNGSANTRAG:  # takes the route of the paper that it names
        return Beginning()
    office = offices[0].pk if offices and not kind.is_motion else None
    return Beginning(rows={"route": _route(default_route(house, kind, office))})


def answering(request: HttpRequest) -> Beginning:
    """Begin with the Anfrage that `?beantwortet=` names; its route is taken unless one is typed."""
    asked = request.GET.get("beantwortet", "")
    if not asked:
        return Beginning()
    inquiry = _visible(request, asked)
    subject = f"Antwort: {known_head(inquiry, request.user)['subject']}"[:500]
    return Beginning(
        {"answers": inquiry.number or "", "subject": subject, "public": inquiry.public}
    )


def supplementing(base: Proposal, user: Any) -> Beginning:
    """Begin with what a supplement takes over from the paper it names."""
    return Beginning(
        {
            "lead_office": base.lead_office_id,
            "subject": known_head(base, user)["subject"],
            "public": base.public,
            "public_subject": base.public_subject,
            "file_reference": base.file_reference,
            "mover": base.mover,
        }
    )


def copying(paper: Proposal, user: Any) -> Beginning:
    """Begin with a copy: texts, money, route and offices, without number, dates and results.

    A copy of what is not public is not public unless somebody says so. Raises Http404 where the
    user may read nothing of the paper.
    """
    model = model_of(paper, user)
    if model is None:
        raise Http404
    content, head, costs = model.content, model.content["head"], model.content["costs"]
    texts = {**content["texts"], Section.WORDING.value: content["wording"]}
    frames = {f"frame_{row['key']}": row["html"] for row in content.get("frames", ())}
    initial = {
        "copied_from": paper.pk,
        "subject": head["subject"],
        "public": head["public"] and paper.public,
        "public_subject": head["public_subject"],
        "mover": head["mover"],
        "lead_office": paper.lead_office_id,
        "matters": paper.matters,
        "co_sign": model.offices,
        "no_costs": costs["none"],
        "account": costs["account"],
        "follow_up": costs["follow_up_words"],
        "income": costs["income_words"],
        **texts,
        **frames,
    }
    return Beginning(initial, _lists(model), model.annexes)


def _lists(model: Model) -> dict[str, list[Row]]:
    content = model.content
    parts = {"cost": content["costs"]["items"], **{n: content[_PART[n]] for n in _PART}}
    lists = {name: [_row(_LISTS[name], row) for row in rows] for name, rows in parts.items()}
    return {**lists, "route": _route(model.route)}


_PART = {"position": "positions", "funding": "funding"}


def _row(model: Any, said: dict[str, Any]) -> Row:
    """Return a frozen row as the form takes it: values of the model's fields, but for dates."""
    row: Row = {}
    for one in model._meta.concrete_fields:
        if isinstance(one, DateField | ForeignKey) or one.primary_key or one.name == "position":
            continue
        default = one.get_default() if one.has_default() else None
        row[one.name] = one.to_python(said[one.name]) if one.name in said else default
    return row


def _route(stations: list[tuple[int, ConsultationRole]]) -> list[Row]:
    return [{"committee": committee, "role": role} for committee, role in stations]
