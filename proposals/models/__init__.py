"""Facts and their constraints, one module per subject."""

from ..history.models import Entry, EntryObject, Head, Reason
from ..rules.costs import CostKind
from ..rules.staffing import PositionSource
from .agenda import AgendaItem, StandardItem
from .attendance import Attendance, QuorumStatement, Recusal
from .consultation import Consultation, Lapse
from .costs import CostItem, Funding, PersonnelRate, StaffPosition
from .document import Audience, Document, Outbox
from .drafting import Comment, DefaultStation, DraftBuffer, TextBlock
from .meeting import Invitation, InvitationKind, Meeting, MeetingBreak, MeetingCommittee
from .meeting_document import Excerpt, ExcerptRecipient, MeetingDocument, MinutesCorrection
from .municipality import HouseRule, LegislativeTerm, Municipality, NumberAt, NumberCounter
from .organization import Committee, Membership, MembershipKind, Office
from .people import Absence, ActedFor, Person, Role, RoleAssignment, User
from .proposal import Attachment, Deadline, Proposal, ProposalText
from .relations import Reissue, Relation
from .review import ResultReview
from .signing import ClosedDay, CoSigningRule, Exchange, StatementReason, StatementRequest
from .submission import CoSignature, CoSigningOffice, ReturnedFrom, SignatureMode, Submission
from .urgency import UrgentDecision
from .version import Origin, ProposalVersion, VersionOrigin, Wording
from .voting import FactionVote, Minutes, RollCallVote, Vote
from .word_template import TemplateInForce, WordTemplate

__all__ = [
    "Absence",
    "ActedFor",
    "AgendaItem",
    "Attachment",
    "Attendance",
    "Audience",
    "ClosedDay",
    "CoSignature",
    "CoSigningOffice",
    "CoSigningRule",
    "Comment",
    "Committee",
    "Consultation",
    "CostItem",
    "CostKind",
    "Deadline",
    "DefaultStation",
    "Document",
    "DraftBuffer",
    "Entry",
    "EntryObject",
    "Excerpt",
    "ExcerptRecipient",
    "Exchange",
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
    "MeetingDocument",
    "Membership",
    "MembershipKind",
    "Minutes",
    "MinutesCorrection",
    "Municipality",
    "NumberAt",
    "NumberCounter",
    "Office",
    "Origin",
    "Outbox",
    "Person",
    "PersonnelRate",
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
    "StatementReason",
    "StatementRequest",
    "Submission",
    "TemplateInForce",
    "TextBlock",
    "UrgentDecision",
    "User",
    "VersionOrigin",
    "Vote",
    "WordTemplate",
    "Wording",
]
