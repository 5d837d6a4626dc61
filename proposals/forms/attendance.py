"""Forms of the attendance: who was there at the beginning, who came later, who left earlier."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from ..rules.attendance import AttendanceKind
from ..services.attendance import ArriveAnswer, LeaveAnswer, RollAnswer, RollEntry
from .fields import PlainText
from .kern import ClockInput
from .meeting import offer

EXTRA_LINES = 3
HERE = (AttendanceKind.PRESENT, AttendanceKind.REMOTE, AttendanceKind.WITHOUT_VOTE)
Names = Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Entry:
    """Somebody on the list, and how that is noted; `kind` None: not yet.

    `stands_in`: comes in the place of a member, if at all.
    """

    person_id: int
    name: str
    stands_in: bool = False
    kind: AttendanceKind | None = None
    substitutes_id: int | None = None


@dataclass(frozen=True)
class Line:
    """One line of the form; a further one has a `person` to choose."""

    entry: Entry | None
    kind: BoundField
    substitutes: BoundField | None = None
    person: BoundField | None = None


class RollForm(forms.Form):
    """The attendance list of one body at the beginning, with lines for those who stand in."""

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        committee_id: int,
        entries: Sequence[Entry],
        others: Names,
        signed: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.committee_id, self.entries, self.signed = committee_id, entries, signed
        members = members_of(entries)
        for row in entries:
            self.fields[f"kind-{row.person_id}"] = self._kind(row.name, row.kind)
            if row.stands_in:
                chosen = self._for(row.name, members, row.substitutes_id)
                self.fields[f"for-{row.person_id}"] = chosen
        for number in range(EXTRA_LINES):
            name = f"Weitere Person {number + 1}"
            person = forms.TypedChoiceField(
                label=name, coerce=int, required=False, empty_value=None
            )
            self.fields[f"extra-{number}"] = person
            offer(self, f"extra-{number}", others, empty="niemand")
            self.fields[f"extra-kind-{number}"] = self._kind(name, AttendanceKind.PRESENT)
            self.fields[f"extra-for-{number}"] = self._for(name, members, None)
        if signed:
            self.fields["reason"] = PlainText(label="Begründung der Änderung", max_length=400)

    @staticmethod
    def _kind(name: str, initial: AttendanceKind | None) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=name,
            choices=AttendanceKind.choices(),
            widget=forms.RadioSelect,
            required=False,
            initial=initial,
        )

    @staticmethod
    def _for(name: str, members: Names, initial: int | None) -> forms.TypedChoiceField:
        choices: list[tuple[object, str]] = [("", "")]
        return forms.TypedChoiceField(
            label=f"{name} in Vertretung für",
            choices=choices + list(members),
            coerce=int,
            required=False,
            empty_value=None,
            initial=initial,
        )

    def everybody_here(self) -> "RollForm":
        """Note the members about whom nothing is noted yet as present, before the form is read."""
        data = dict(self.data.items())
        for row in self.entries:
            if not row.stands_in and not data.get(f"kind-{row.person_id}"):
                data[f"kind-{row.person_id}"] = AttendanceKind.PRESENT.value
        self.data = data
        return self

    def lines(self) -> Iterator[Line]:
        """Yield a line for everybody on the list."""
        for row in self.entries:
            key = row.person_id
            yield Line(row, self[f"kind-{key}"], self[f"for-{key}"] if row.stands_in else None)

    def extra_lines(self) -> Iterator[Line]:
        """Yield the lines for people who are not on the list yet."""
        for number in range(EXTRA_LINES):
            kind, substitutes = self[f"extra-kind-{number}"], self[f"extra-for-{number}"]
            yield Line(None, kind, substitutes, self[f"extra-{number}"])

    def clean(self) -> dict[str, Any]:
        """Refuse a list on which nobody is noted, and somebody twice among the further people."""
        data = super().clean() or {}
        chosen = [data.get(f"extra-{number}") for number in range(EXTRA_LINES)]
        people = [person for person in chosen if person is not None]
        if len(people) != len(set(people)):
            raise forms.ValidationError("Eine weitere Person ist zweimal ausgewählt.")
        if not self.errors and not self._entries():
            raise forms.ValidationError("Auf der Liste ist noch niemand eingetragen.")
        return data

    def answer(self) -> RollAnswer:
        """Return the list as it is to be."""
        reason = self.cleaned_data.get("reason", "")
        return RollAnswer(self.committee_id, tuple(self._entries()), reason)

    def _entries(self) -> list[RollEntry]:
        data, found = self.cleaned_data, []
        for row in self.entries:
            kind = data.get(f"kind-{row.person_id}")
            if kind:
                stands_for = data.get(f"for-{row.person_id}")
                found.append(RollEntry(row.person_id, AttendanceKind(kind), stands_for))
        for number in range(EXTRA_LINES):
            person = data.get(f"extra-{number}")
            if person is not None:
                kind = AttendanceKind(data.get(f"extra-kind-{number}") or AttendanceKind.PRESENT)
                found.append(RollEntry(person, kind, data.get(f"extra-for-{number}")))
        return found


class StayForm(forms.Form):
    """Somebody comes at an item, or leaves before one."""

    mark_optional = False

    person = forms.TypedChoiceField(label="Wer", coerce=int)
    item = forms.TypedChoiceField(label="ab TOP", coerce=int)
    at = forms.TimeField(label="Uhrzeit", widget=ClockInput(), required=False)
    kind = forms.ChoiceField(
        label="Anwesenheit", choices=[(kind.value, kind.label) for kind in HERE]
    )
    substitutes = forms.TypedChoiceField(
        label="in Vertretung für", coerce=int, required=False, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        committee_id: int,
        people: Names,
        members: Names,
        items: Names,
        signed: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.committee_id = committee_id
        offer(self, "person", people, empty="bitte wählen")
        offer(self, "item", items, empty="bitte wählen")
        offer(self, "substitutes", members, empty="niemanden")
        if signed:
            self.fields["reason"] = PlainText(label="Begründung der Änderung", max_length=400)

    def arrival(self) -> ArriveAnswer:
        """Return that the person comes."""
        data = self.cleaned_data
        return ArriveAnswer(
            committee_id=self.committee_id,
            person_id=data["person"],
            item_id=data["item"],
            at=data["at"],
            kind=AttendanceKind(data["kind"]),
            substitutes_id=data["substitutes"],
            reason=data.get("reason", ""),
        )

    def leave(self) -> LeaveAnswer:
        """Return that the person leaves."""
        data = self.cleaned_data
        return LeaveAnswer(
            committee_id=self.committee_id,
            person_id=data["person"],
            item_id=data["item"],
            at=data["at"],
            reason=data.get("reason", ""),
        )


def members_of(entries: Iterable[Entry]) -> list[tuple[int, str]]:
    """Return those for whom somebody may stand in."""
    return [(row.person_id, row.name) for row in entries if not row.stands_in]
