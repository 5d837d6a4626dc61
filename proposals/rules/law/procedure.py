"""How a body is invited and how it votes: notice period and form of the vote."""

from dataclasses import dataclass
from typing import Literal

from ..errors import RuleViolation
from ..voting import VoteMode

Secret = Literal["allowed", "forbidden", "house"]
NEVER: Secret = "forbidden"
_FRACTIONS = {"1/2": "der Hälfte", "1/3": "einem Drittel", "1/4": "einem Viertel"}
_FRACTIONS |= {"1/5": "einem Fünftel", "1/10": "einem Zehntel"}


@dataclass(frozen=True)
class VoteModeRules:
    """In which form a body votes, and who may ask for another one.

    `secret`: allowed by law, forbidden, or as the Geschäftsordnung says. A share such as "1/5" of
    the members may demand it; None where the Geschäftsordnung names the number.
    """

    default: VoteMode
    secret: Secret
    secret_share: str | None = None
    roll_call_share: str | None = None
    secret_first: bool = False
    paragraph: str = ""

    @property
    def sentence(self) -> str:
        """Return the rule in one German sentence with its paragraph."""
        parts = [f"Abgestimmt wird {self.default.label}", self._secret_words()]
        parts.append(f"namentlich {_on_demand(self.roll_call_share)}")
        if self.secret_first:
            parts.append("geheim geht vor namentlich")
        return f"{', '.join(parts)}{f' ({self.paragraph})' if self.paragraph else ''}."

    def condition(self, mode: VoteMode, members: int) -> str:
        """Return when the body votes in that form, with the number of members it takes."""
        if mode == VoteMode.SECRET and self.secret == NEVER:
            words = "nicht zulässig"
        else:
            words = _on_demand(self._share(mode))
            needed = self.needed_for(mode, members)
            words += f", hier mindestens {needed}" if needed is not None else ""
        return f"{words} ({self.paragraph})" if self.paragraph else words

    def needed_for(self, mode: VoteMode, members: int) -> int | None:
        """Return how many members must demand that form, None where the law names no number."""
        return members_of_share(self._share(mode), members)

    def _share(self, mode: VoteMode) -> str | None:
        shares = {VoteMode.SECRET: self.secret_share, VoteMode.ROLL_CALL: self.roll_call_share}
        return shares.get(mode)

    def doubt_about(self, mode: VoteMode) -> RuleViolation | None:
        """Ask for a reason where a body voted in secret although it never may.

        Never a wall: what took place is recorded, whoever contests it finds the reason.
        """
        if mode == VoteMode.SECRET and self.secret == NEVER:
            return RuleViolation(
                "Geheime Abstimmung ist nicht zulässig. Bitte begründen, warum trotzdem geheim "
                "abgestimmt wurde.",
                self.paragraph,
                field="reason",
                waivable=True,
            )
        return None

    def _secret_words(self) -> str:
        if self.secret == NEVER:
            return "nie geheim"
        return f"geheim {_on_demand(self.secret_share)}"


@dataclass(frozen=True)
class NoticeRule:
    """Ladungsfrist: days of notice (None: the house's Geschäftsordnung says how many).

    `first_meeting_days` is what the law itself asks for the first meeting of a term, `least_days`
    what no house may go below, `shortened` the condition of a shorter notice ("" for none known).
    """

    days: int | None = None
    first_meeting_days: int | None = None
    least_days: int | None = None
    shortened: str = ""
    paragraph: str = ""


def members_of_share(share: str | None, members: int) -> int | None:
    """Return the smallest number of members that makes up a share such as "1/5"."""
    if share is None:
        return None
    part, whole = map(int, share.split("/"))
    return -(-members * part // whole)


def share_words(share: str) -> str:
    """Return a share in German words, in the dative: "einem Fünftel"."""
    return _FRACTIONS.get(share, share)


def _on_demand(share: str | None) -> str:
    if share is None:
        return "nach der Geschäftsordnung"
    return f"auf Verlangen von {share_words(share)} der Mitglieder"
