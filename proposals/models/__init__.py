"""Facts and their constraints, one module per subject."""

from ..history.models import Entry, EntryObject, Head, Reason
from .consultation import Consultation, Lapse
from .costs import CostItem, CostKind, Funding, PositionSource, StaffPosition
from .document import Audience, Document, Outbox
from .meeting import AgendaItem, Meeting, MeetingCommittee
from .municipality import HouseRule, LegislativeTerm, Municipality, NumberAt, NumberCounter
from .organization import Committee, Membership, MembershipKind, Office
from .people import Person, Role, RoleAssignment, User
from .proposal import Attachment, Deadline, Proposal, ProposalText
from .submission import CoSignature, CoSigningOffice, ReturnedFrom, SignatureMode, Submission
from .version import Origin, ProposalVersion, Wording
from .voting import Minutes, Vote

__all__ = [
    "AgendaItem",
    "Attachment",
    "Audience",
    "CoSignature",
    "CoSigningOffice",
    "Committee",
    "Consultation",
    "CostItem",
    "CostKind",
    "Deadline",
    "Document",
    "Entry",
    "EntryObject",
    "Funding",
    "Head",
    "HouseRule",
    "Lapse",
    "LegislativeTerm",
    "Meeting",
    "MeetingCommittee",
    "Membership",
    "MembershipKind",
    "Minutes",
    "Municipality",
    "NumberAt",
    "NumberCounter",
    "Office",
    "Origin",
    "Outbox",
    "Person",
    "PositionSource",
    "Proposal",
    "ProposalText",
    "ProposalVersion",
    "Reason",
    "ReturnedFrom",
    "Role",
    "RoleAssignment",
    "SignatureMode",
    "StaffPosition",
    "Submission",
    "User",
    "Vote",
    "Wording",
]
