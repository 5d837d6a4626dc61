"""Facts and their constraints, one module per subject."""

from ..history.models import Entry, EntryObject, Head, Reason
from .agenda import AgendaItem, StandardItem
from .attendance import Attendance, QuorumStatement, Recusal
from .consultation import Consultation, Lapse
from .costs import CostItem, CostKind, Funding, PositionSource, StaffPosition
from .document import Audience, Document, Outbox
from .meeting import Invitation, InvitationKind, Meeting, MeetingBreak, MeetingCommittee
from .municipality import HouseRule, LegislativeTerm, Municipality, NumberAt, NumberCounter
from .organization import Committee, Membership, MembershipKind, Office
from .people import Person, Role, RoleAssignment, User
from .proposal import Attachment, Deadline, Proposal, ProposalText
from .relations import Reissue, Relation
from .review import ResultReview
from .submission import CoSignature, CoSigningOffice, ReturnedFrom, SignatureMode, Submission
from .urgency import UrgentDecision
from .version import Origin, ProposalVersion, Wording
from .voting import FactionVote, Minutes, RollCallVote, Vote

__all__ = [
    "AgendaItem",
    "Attachment",
    "Attendance",
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
    "FactionVote",
    "Funding",
    "Head",
    "HouseRule",
    "Invitation",
    "InvitationKind",
    "Lapse",
    "LegislativeTerm",
    "Meeting",
    "MeetingBreak",
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
    "QuorumStatement",
    "Reason",
    "Recusal",
    "Reissue",
    "Relation",
    "ResultReview",
    "ReturnedFrom",
    "Role",
    "RoleAssignment",
    "RollCallVote",
    "SignatureMode",
    "StaffPosition",
    "StandardItem",
    "Submission",
    "UrgentDecision",
    "User",
    "Vote",
    "Wording",
]
