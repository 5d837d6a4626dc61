"""Other ways to a result than one line: by name, secret, by faction, referred elsewhere."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from ..rules.consultation import Outcome
from ..rules.errors import RuleViolation
from ..rules.shorthand import Shorthand
from ..rules.voting import Choice, FactionCount, Tally, VoteKind, VoteMode, VoteResult, roll_tally
from ..rules.words import CommitteeKind
from ..selectors.run_items import Row
from ..selectors.run_presence import Voter
from ..selectors.run_sheet import Sheet
from ..services.results import ResultAnswer
from ..services.voting import BallotAnswer
from .fields import Count, PlainText
from .kern import KernBoundField
from .lines import line_of, read_line

LETTERS = {
    "j": Choice.YES,
    "n": Choice.NO,
    "e": Choice.ABSTAINED,
    "-": Choice.NOT_VOTED,
}
_LETTER_OF = {choice: letter for letter, choice in LETTERS.items()}


class CountingForm(forms.Form):
    """A result of one item, counted in a way that needs more than one field."""

    way = ""
    mode = VoteMode.OPEN
    counts_votes = True
    mark_optional = False

    reason = PlainText(label="Begründung", max_length=400, required=False)
    request_key = forms.UUIDField(label="Kennung des Absendens", widget=forms.HiddenInput)
    revision = forms.IntegerField(label="Bearbeitungsstand", widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, row: Row, sheet: Sheet, voters: Sequence[Voter]
    ) -> None:
        initial = {"revision": row.item.revision, "request_key": uuid4()}
        super().__init__(data, auto_id=f"{self.way}-%s", initial=initial)
        self.row, self.sheet, self.voters = row, sheet, voters
        self.asks_reason = bool(self["reason"].value())
        self._offer_votes()
        self.add_fields()
        self.order_fields([*[name for name in self.fields if name != "reason"], "reason"])

    def _offer_votes(self) -> None:
        """Let the count belong to a vote that stands beside the one on the matter itself."""
        others = [
            line for line in self.row.votes if line.vote.kind != VoteKind.MAIN and not line.void
        ]
        if not others or not self.counts_votes:
            return
        self.fields["vote"] = forms.TypedChoiceField(
            label="Abstimmung",
            coerce=int,
            required=False,
            empty_value=None,
            choices=[("", "über den Punkt selbst"), *((one.vote.pk, one.label) for one in others)],
        )

    def add_fields(self) -> None:
        """Add the fields that depend on who is there."""

    @property
    def condition(self) -> str:
        """Return when the body votes in this form by the law of the Land; "" for an open vote."""
        body = self.row.item.committee
        if self.mode == VoteMode.OPEN or not self.row.law.verdicts:
            return ""
        rule = self.row.law.body(CommitteeKind(body.kind)).vote_mode
        return rule.condition(self.mode, body.statutory_members)

    def ballot(self, answer: ResultAnswer) -> BallotAnswer | None:
        """Return the count of the vote that was chosen; None: it is the result of the item."""
        chosen = self.cleaned_data.get("vote")
        vote = next((one.vote for one in self.row.votes if one.vote.pk == chosen), None)
        if vote is None:
            return None
        return BallotAnswer(
            item_id=self.row.item.pk,
            kind=VoteKind(vote.kind),
            subject=vote.subject,
            request_key=answer.request_key,
            counted=answer.counted,
            wording=vote.wording.html if vote.wording else "",
            announced=VoteResult(vote.announced),
            reason=answer.reason or vote.difference_reason,
            corrects_id=vote.pk,
        )

    def answer(self) -> ResultAnswer:
        """Return the result."""
        raise NotImplementedError

    def counted(self, typed: Shorthand, **more: Any) -> ResultAnswer:
        """Return a count as the result that it means for the item."""
        data = self.cleaned_data
        return line_of(typed, self.row, self.sheet).answer(
            request_key=data["request_key"],
            revision=data["revision"],
            reason=data["reason"],
            **more,
        )


class RollForm(CountingForm):
    """A roll call: one letter for each member, in the order in which they are called."""

    way = "namentlich"
    mode = VoteMode.ROLL_CALL

    rest = forms.ChoiceField(
        label="Wo nichts eingetragen ist",
        required=False,
        choices=[
            ("", "Bitte alle eintragen"),
            *((letter, LETTERS[letter].label) for letter in LETTERS),
        ],
    )

    def add_fields(self) -> None:
        """Add a field for each member who may vote."""
        letter = {
            "maxlength": "1",
            "size": "1",
            "autocomplete": "off",
            "autocapitalize": "none",
            "data-choice": "",
        }
        for voter in self.voters:
            self.fields[f"p{voter.pk}"] = forms.CharField(
                label=voter.name,
                max_length=1,
                required=False,
                initial=_LETTER_OF.get(Choice(voter.choice), "") if voter.choice else "",
                widget=forms.TextInput(attrs=letter),
            )

    def roll_fields(self) -> list[KernBoundField]:
        """Return the members' fields in the order of the call."""
        fields = [self[f"p{voter.pk}"] for voter in self.voters]
        return [field for field in fields if isinstance(field, KernBoundField)]

    def clean(self) -> dict[str, Any]:
        """Read each letter; name who is still missing."""
        data = super().clean() or {}
        rest, missing = data.get("rest") or "", []
        roll: dict[int, Choice] = {}
        for voter in self.voters:
            letter = (data.get(f"p{voter.pk}") or rest).casefold()
            if letter in LETTERS:
                roll[voter.pk] = LETTERS[letter]
            elif letter:
                self.add_error(f"p{voter.pk}", f"{voter.name}: j, n, e oder - eingeben.")
            else:
                missing.append(voter.name)
        if missing:
            names = ", ".join(missing[:5]) + (" und weitere" if len(missing) > 5 else "")
            self.add_error(None, f"Noch ohne Stimme: {names}.")
        data["roll"] = tuple(roll.items())
        return data

    def answer(self) -> ResultAnswer:
        """Return the votes by person; they are counted by themselves."""
        roll = self.cleaned_data["roll"]
        typed = Shorthand(tally=roll_tally(choice for _, choice in roll), mode=self.mode)
        return self.counted(typed, roll=roll)


class SecretForm(CountingForm):
    """A secret ballot: what was in the box, never who."""

    way = "geheim"
    mode = VoteMode.SECRET

    cast = Count(label="abgegeben", required=False)
    yes = Count(label="Ja")
    no = Count(label="Nein")
    abstained = Count(label="Enthaltung", initial=0)
    invalid = Count(label="ungültig", initial=0)

    def answer(self) -> ResultAnswer:
        """Return the numbers; ballots that do not add up are the rules' to refuse."""
        data = self.cleaned_data
        tally = Tally(data["yes"], data["no"], data["abstained"], invalid=data["invalid"])
        return self.counted(
            Shorthand(tally=tally, mode=self.mode, cast=data["cast"], invalid=data["invalid"])
        )


class FactionForm(CountingForm):
    """A count with a table by faction, which must add up to it."""

    way = "fraktionen"

    result = PlainText(label="Gesamtergebnis", max_length=60, help_text="zum Beispiel 30 8 4")

    def add_fields(self) -> None:
        """Add three numbers for each faction."""
        for place, _ in enumerate(self.factions):
            for name, label in (("yes", "Ja"), ("no", "Nein"), ("abstained", "Enthaltung")):
                self.fields[f"{name}{place}"] = Count(label=label, required=False)

    @property
    def factions(self) -> list[str]:
        """Return the factions of those who may vote, by name."""
        return sorted({voter.faction or "ohne Fraktion" for voter in self.voters})

    def table(self) -> list[tuple[str, list[Any]]]:
        """Return each faction with its three fields."""
        return [
            (faction, [self[f"{name}{place}"] for name in ("yes", "no", "abstained")])
            for place, faction in enumerate(self.factions)
        ]

    def answer(self) -> ResultAnswer:
        """Return the count with its table; raises RuleViolation for a count nobody can read."""
        data = self.cleaned_data
        line = read_line(data["result"], self.row, self.sheet)
        rows = [
            FactionCount(
                faction,
                data[f"yes{place}"] or 0,
                data[f"no{place}"] or 0,
                data[f"abstained{place}"] or 0,
            )
            for place, faction in enumerate(self.factions)
        ]
        return line.answer(
            request_key=data["request_key"],
            revision=data["revision"],
            reason=data["reason"],
            factions=tuple(rows),
        )


class ReferForm(CountingForm):
    """Referred to other committees, and back here afterwards if wanted."""

    way = "verweisung"
    counts_votes = False

    refer_to = forms.TypedMultipleChoiceField(
        label="Verwiesen an", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    refer_back = forms.BooleanField(
        label="danach hier erneut beraten", required=False, initial=True
    )

    def add_fields(self) -> None:
        """Offer the committees of the house."""
        choices = list(self.sheet.names.items())
        self.fields["refer_to"].choices = choices  # type: ignore[attr-defined]

    def answer(self) -> ResultAnswer:
        """Return where the matter goes."""
        data = self.cleaned_data
        if not data["refer_to"]:
            raise RuleViolation("Bitte angeben, wohin verwiesen wird.", field="refer_to")
        return self.counted(
            Shorthand(
                outcome=Outcome.REFERRED,
                refer_to=tuple(data["refer_to"]),
                refer_back=data["refer_back"],
            )
        )


WAYS: dict[str, type[CountingForm]] = {
    form.way: form for form in (RollForm, SecretForm, FactionForm, ReferForm)
}
