"""Forms of a result on the page of a Vorlage, and of a vote before the one on the matter."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms

from ..models import AgendaItem, Committee, Vote
from ..rules.consultation import ConsultationRole, Outcome, allowed_outcomes, needs_vote
from ..rules.errors import RuleViolation
from ..rules.results import CHANGED
from ..rules.shorthand import Shorthand, read
from ..rules.voting import MajorityRule, VoteKind, VoteResult, counts_in_words, ruling
from ..rules.words import CommitteeKind
from ..selectors.run_items import Row, Said
from ..services.results import ResultAnswer
from ..services.voting import BallotAnswer, CountedAnswer
from .fields import Count, Paragraphs, PlainText, RichText
from .lines import result_of

_COUNTS = ("entitled", "yes", "no", "abstained")


class ResultForm(forms.Form):
    """What the chair announced and what was counted."""

    revision = forms.IntegerField(label="Bearbeitungsstand", widget=forms.HiddenInput, initial=0)
    request_key = forms.UUIDField(label="Kennung des Absendens", widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="Vom Vorsitz festgestellt",
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie ein Ergebnis."},
    )
    entitled = Count(label="Anwesend", required=False)
    yes = Count(label="Ja", required=False)
    no = Count(label="Nein", required=False)
    abstained = Count(label="Enthaltung", required=False)
    wording = RichText(
        label="Geänderter Wortlaut",
        required=False,
        rows=6,
        help_text="Nur wenn das Gremium den Beschlussvorschlag geändert hat.",
    )
    refer_to = forms.TypedMultipleChoiceField(
        label="Verwiesen an",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nur bei einer Verweisung.",
    )
    refer_back = forms.BooleanField(
        label="danach hier erneut beraten", required=False, initial=True
    )
    reason = Paragraphs(
        label="Begründung",
        required=False,
        rows=2,
        max_length=400,
        help_text="Nötig, wenn vor einer Vorberatung entschieden wird, wenn Zählung und "
        "Feststellung abweichen und nach der Unterschrift des Protokolls.",
    )
    note = Paragraphs(label="Vermerk für das Protokoll", required=False, rows=3)

    def __init__(
        self,
        *args: Any,
        role: ConsultationRole,
        committees: Iterable[Committee],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [
            (word.value, word.label) for word in allowed_outcomes(role) if word != Outcome.WITHDRAWN
        ]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]
        bodies = [(row.pk, row.name) for row in committees]
        self.fields["refer_to"].choices = bodies  # type: ignore[attr-defined]

    @staticmethod
    def initial_for(voting_members: int) -> dict[str, Any]:
        """Return the form of a new result: everybody is present."""
        return {"request_key": uuid4(), "entitled": voting_members or None, "revision": 0}

    @staticmethod
    def initial_of(item: AgendaItem, vote: Vote | None) -> dict[str, Any]:
        """Return the form of a recorded result."""
        own = item.result_wording if item.outcome in CHANGED else None
        counts = {
            "entitled": vote.entitled if vote else None,
            "yes": vote.yes if vote else None,
            "no": vote.no if vote else None,
            "abstained": vote.abstained if vote else None,
        }
        return {
            "request_key": uuid4(),
            "revision": item.revision,
            "outcome": item.outcome,
            "note": item.note,
            "wording": own.html if own else "",
            **counts,
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the counts where there was a vote; an empty "Ja" means it was not counted."""
        data = super().clean() or {}
        outcome = data.get("outcome")
        if outcome and needs_vote(Outcome(outcome)):
            for name in ("entitled", "no", "abstained"):
                if name not in self.errors and data.get(name) is None:
                    self.add_error(name, "Bitte eine Zahl angeben, auch eine Null.")
        return data

    def answer(self) -> ResultAnswer:
        """Return the result; counts that a result without a vote does not need are left out."""
        data = self.cleaned_data
        outcome = Outcome(data["outcome"])
        counts = {name: data[name] for name in _COUNTS} if needs_vote(outcome) else {}
        return ResultAnswer(
            outcome=outcome,
            request_key=data["request_key"],
            counted=CountedAnswer(**counts),
            wording=data["wording"],
            reason=data["reason"],
            note=data["note"],
            refer_to=tuple(data["refer_to"]) if outcome == Outcome.REFERRED else (),
            refer_back=data["refer_back"],
            revision=data["revision"],
        )


class BallotForm(forms.Form):
    """A vote before the one on the matter itself: who moved what, and how it was counted.

    The count is typed like a result: "22 20". The wording begins as the one that the item votes
    on; unchanged it counts as not written down.
    """

    mark_optional = False

    kind = forms.ChoiceField(
        label="Gegenstand",
        choices=[(one.value, one.label) for one in VoteKind if one != VoteKind.MAIN],
    )
    mover = PlainText(
        label="Antragsteller",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"data-start": True}),
    )
    subject = PlainText(label="Worüber", max_length=400, required=False)
    clause = forms.TypedChoiceField(label="Ziffer", coerce=int, required=False, empty_value=None)
    wording = RichText(label="Wortlaut, wie er dann hieße", required=False, rows=5)
    count = PlainText(label="Stimmen", max_length=60)
    repeats = forms.TypedChoiceField(
        label="Wiederholt die Abstimmung", coerce=int, required=False, empty_value=None
    )
    reason = PlainText(label="Begründung", max_length=400, required=False)
    request_key = forms.UUIDField(label="Kennung des Absendens", widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, row: Row) -> None:
        super().__init__(data, auto_id=f"ballot-{row.item.pk}-%s", initial=self._initial(row))
        self.row = row
        self.asks_reason = False
        clauses = row.motion.clauses if row.motion else ()
        self._offer("clause", [(number, f"Ziffer {number}") for number in clauses])
        doubtful = [(one.vote.pk, one.label) for one in row.votes if not one.void]
        self._offer("repeats", doubtful)
        if row.proposal is None:
            del self.fields["wording"]

    @staticmethod
    def _initial(row: Row) -> dict[str, Any]:
        html = str(row.motion.html) if row.motion else ""
        return {"kind": VoteKind.AMENDMENT, "wording": html, "request_key": uuid4()}

    def _offer(self, name: str, choices: list[tuple[int, str]]) -> None:
        if not choices:
            del self.fields[name]
            return
        self.fields[name].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    def typed(self) -> Shorthand:
        """Return the count as typed; raises RuleViolation for a word that counts nothing."""
        typed = read(self.cleaned_data["count"], entitled=self.row.entitled, role=None)
        if typed.outcome is not None:
            raise RuleViolation(
                "Hier werden Stimmen gezählt, zum Beispiel „22 20“ oder „e“.", field="count"
            )
        return typed

    def answer(self) -> BallotAnswer:
        """Return the vote; raises RuleViolation for a count that nobody can read."""
        data, typed = self.cleaned_data, self.typed()
        kind, tally = VoteKind(data["kind"]), typed.tally
        started_from = str(self.row.motion.html) if self.row.motion else ""
        wording = data.get("wording") or ""
        changes = kind in (VoteKind.AMENDMENT, VoteKind.VARIANT) and wording != started_from
        return BallotAnswer(
            item_id=self.row.item.pk,
            kind=kind,
            subject=data["subject"],
            request_key=data["request_key"],
            counted=CountedAnswer(
                yes=tally.yes if tally else None,
                no=tally.no if tally else None,
                abstained=tally.abstained if tally else None,
                word=typed.word,
                mode=typed.mode,
                cast=typed.cast,
                invalid=typed.invalid,
            ),
            wording=wording if changes else "",
            clause=data.get("clause") if kind == VoteKind.CLAUSE else None,
            mover=data["mover"],
            announced=self._announced(typed, kind),
            reason=data["reason"],
            repeats_id=data.get("repeats"),
        )

    def _announced(self, typed: Shorthand, kind: VoteKind) -> VoteResult | None:
        """Return what the chair announced against the count; None where it follows the count."""
        if not typed.contrary:
            return None
        counted = result_of(typed, self.row, self.majority(kind))
        return VoteResult.LOST if counted == VoteResult.CARRIED else VoteResult.CARRIED

    def majority(self, kind: VoteKind) -> MajorityRule:
        """Return the majority that the vote needs: procedural matters may have one of their own.

        A qualified majority is for the matter itself and its clauses, not for an amendment.
        """
        if kind == VoteKind.CLAUSE:
            return self.row.majority
        body = self.row.law.body(CommitteeKind(self.row.item.committee.kind))
        return body.procedural if kind == VoteKind.PROCEDURAL else body.majority

    def said(self) -> Said:
        """Return what the count means, before it is saved; raises RuleViolation as `typed` does."""
        typed, kind = self.typed(), VoteKind(self.cleaned_data["kind"])
        rule = self.majority(kind)
        result = self._announced(typed, kind) or result_of(typed, self.row, rule)
        if typed.tally is None:
            return Said(sentence=f"{typed.word.label if typed.word else ''} → {result.label}")
        if not self.row.law.verdicts:
            return Said(sentence=f"{counts_in_words(typed.tally)} → {result.label}")
        computed = ruling(typed.tally, rule, members=self.row.item.committee.statutory_members)
        return Said(sentence=f"{computed.words} → {result.label}", paragraph=computed.paragraph)
