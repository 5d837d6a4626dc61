"""Who may vote on what, and who decides when the council cannot meet in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..consultation import ConsultationRole
from ..urgency import UrgentOrgan

MemberVote = Literal["voting", "advisory", "by_appointment"]
Caller = Literal["head", "chair"]


@dataclass(frozen=True)
class Subject:
    """A matter on which the head of the administration has no vote, with its paragraph."""

    code: str
    label: str
    paragraph: str


@dataclass(frozen=True)
class HeadRuling:
    """Whether the head of the administration votes, and why."""

    votes: bool
    sentence: str
    paragraph: str


@dataclass(frozen=True)
class UrgentRule:
    """Which organ may decide in place of the council, with whom, when, and what follows.

    `then` is the station the council gets afterwards: told (NOTE) or asked to approve (APPROVAL);
    `revocable`: it may then undo the decision where no rights of others have come of it.
    """

    organ: UrgentOrgan
    organ_name: str
    with_words: str
    condition: str
    then: ConsultationRole
    revocable: bool
    paragraph: str
    instead_of: str

    @property
    def sentence(self) -> str:
        """Return the rule in one German sentence with its paragraph."""
        with_whom = f" {self.with_words}" if self.with_words else ""
        then = {
            ConsultationRole.NOTE: f"{self.instead_of}: Unterrichtung",
            ConsultationRole.APPROVAL: f"{self.instead_of}: Genehmigung in der nächsten Sitzung",
        }[self.then]
        undo = ", kann aufheben" if self.revocable else ""
        return f"{self.organ_name}{with_whom}, {self.condition}; {then}{undo} ({self.paragraph})."


def ruling_on_head(
    *,
    has_vote: bool,
    body: str,
    head: str,
    paragraph: str,
    subjects: Sequence[Subject],
    subject: str | None = None,
) -> HeadRuling:
    """Say whether the head votes in a body on a subject; `subject` is a code, None: none of them.

    Raises KeyError for a code that the law does not know.
    """
    excluded = {entry.code: entry for entry in subjects}[subject] if subject else None
    if not has_vote:
        return HeadRuling(False, _head(f"{head} hat hier keine Stimme", body, paragraph), paragraph)
    if excluded is not None:
        words = f"{head} stimmt nicht mit bei: {excluded.label}"
        return HeadRuling(False, _head(words, body, excluded.paragraph), excluded.paragraph)
    return HeadRuling(True, _head(f"{head} stimmt mit", body, paragraph), paragraph)


def _head(words: str, body: str, paragraph: str) -> str:
    return f"{body}: {words}{f' ({paragraph})' if paragraph else ''}."
