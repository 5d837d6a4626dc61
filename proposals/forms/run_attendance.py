"""The attendance field of the run sheet: a part of a name and a sign."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from ..selectors.run_presence import Candidate
from ..selectors.run_sheet import Sheet
from ..services.attendance import ArriveAnswer, LeaveAnswer, RecuseAnswer
from .fields import PlainText
from .kern import quiet


@dataclass(frozen=True)
class Called:
    """One line of the attendance field: a fragment of a name, what it does, and for whom."""

    who: str
    sign: str
    absent: str = ""


_CALLED = re.compile(r"(?P<who>.*[^\s+*])\s*(?P<sign>[+*−–-])\s*(?P<lift>-?)\s*")
_IN_PLACE_OF = re.compile(
    r"(?P<who>[^+]*[^\s+])\s*\+\s*(?:i\.?\s*V\.?\s*)?(?:für\s+)?(?P<absent>[^+]+)"
)
COMES, GOES, EXCLUDED, ADMITTED = "+", "-", "*", "*-"


def read_called(text: str) -> Called | None:
    """Read "Mül+", "Mül-", "Mül*", "Mül*-" and "Mül+ Schulz" (i. V. für Schulz); None for more."""
    if found := _CALLED.fullmatch(text):
        sign = found["sign"].replace("−", GOES).replace("–", GOES)
        if found["lift"] and sign != EXCLUDED:
            return None
        return Called(found["who"].strip(), sign + found["lift"])
    if found := _IN_PLACE_OF.fullmatch(text):
        return Called(found["who"].strip(), COMES, found["absent"].strip())
    return None


class AttendanceForm(forms.Form):
    """Who comes, goes or is excluded, from an item on; several who fit are offered to choose."""

    mark_optional = False

    who = PlainText(
        label="Anwesenheit",
        max_length=120,
        widget=quiet(enterkeyhint="send"),
        help_text="+ kommt, − geht, * befangen",
    )
    item = forms.TypedChoiceField(label="ab TOP", coerce=int)
    person = forms.TypedChoiceField(
        label="Wer ist gemeint?",
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    reason = PlainText(label="Begründung", max_length=400, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        sheet: Sheet,
        candidates: Sequence[Candidate] = (),
        item: int | None = None,
    ) -> None:
        super().__init__(data, auto_id="run-attendance-%s", initial={"item": item or sheet.start})
        self.sheet, self.candidates = sheet, candidates
        self.question = ""
        self.asks_reason = False
        choices = [(row.item.pk, sheet.name_of(row)) for row in sheet.rows]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]
        people = [(one.pk, one.words) for one in candidates]
        self.fields["person"].choices = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the one person who is meant; never take a wrong one."""
        data = super().clean() or {}
        if self.errors:
            return data
        called = read_called(data["who"])
        if called is None:
            self.add_error("who", "Bitte einen Namen und dahinter + oder − oder * eingeben.")
            return data
        item = self.sheet.row(data["item"])
        assert item is not None  # the choices are the sheet's own
        data["called"], data["committee"] = called, item.item.committee_id
        here = [one for one in self.candidates if one.committee in (None, data["committee"])]
        data["person"] = self._meant(called, here, data.get("person"))
        data["absent"] = self._absent(called.absent, here) if called.absent else None
        return data

    def _meant(self, called: Called, here: Sequence[Candidate], chosen: int | None) -> int | None:
        fitting = _fitting(called.who, here, called.sign)
        if chosen in [one.pk for one in fitting]:
            return chosen
        if len(fitting) == 1:
            return fitting[0].pk
        if not fitting:
            self.add_error("who", _nobody(called))
            return None
        self.fields["person"].widget.attrs["data-start"] = True
        choices = [(one.pk, one.words) for one in fitting]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        self.question = f"„{called.who}“ passt auf mehrere. Wer ist gemeint?"
        self.add_error(None, f"„{called.who}“ passt auf mehrere.")
        return None

    def _absent(self, name: str, here: Sequence[Candidate]) -> int | None:
        fitting = [one for one in people_named(name, here) if one.is_member]
        if len(fitting) == 1:
            return fitting[0].pk
        names = ", ".join(one.name for one in fitting)
        self.add_error(
            "who",
            f"„{name}“ passt auf mehrere: {names}." if fitting else f"„{name}“ gibt es hier nicht.",
        )
        return None

    def answer(self) -> ArriveAnswer | LeaveAnswer | RecuseAnswer:
        """Return the act that the sign stands for."""
        data = self.cleaned_data
        called: Called = data["called"]
        if called.sign in (EXCLUDED, ADMITTED):
            return RecuseAnswer(data["item"], data["person"], lift=called.sign == ADMITTED)
        if called.sign == GOES:
            return LeaveAnswer(
                data["committee"], data["person"], data["item"], reason=data["reason"]
            )
        return ArriveAnswer(
            data["committee"],
            data["person"],
            data["item"],
            substitutes_id=data["absent"],
            reason=data["reason"],
        )

    def said(self) -> str:
        """Return the act in a sentence, to be read out."""
        called: Called = self.cleaned_data["called"]
        meant = self.cleaned_data["person"]
        name = next(one.name for one in self.candidates if one.pk == meant)
        row = self.sheet.row(self.cleaned_data["item"])
        top = row.name if row else "diesem TOP"
        words = {
            COMES: f"{name} ist ab {top} anwesend.",
            GOES: f"{name} geht vor {top}.",
            EXCLUDED: f"{name} wirkt bei {top} nicht mit.",
            ADMITTED: f"{name} wirkt bei {top} wieder mit.",
        }
        return words[called.sign]


def _nobody(called: Called) -> str:
    if called.sign == GOES:
        return f"„{called.who}“ passt auf niemanden, der anwesend ist."
    if called.sign == COMES:
        return f"„{called.who}“ passt auf niemanden, der fehlt."
    return f"„{called.who}“ passt auf niemanden in diesem Gremium."


def _fitting(name: str, here: Sequence[Candidate], sign: str) -> list[Candidate]:
    """Return who can do it: only those who are there go, members come before guests."""
    named = people_named(name, here)
    if sign == GOES:
        return [one for one in named if one.is_present]
    if sign == COMES:
        absent = [one for one in named if not one.is_present]
        return [one for one in absent if one.is_member] or absent
    return [one for one in named if one.is_member or one.is_present]


def people_named(name: str, people: Sequence[Candidate]) -> list[Candidate]:
    """Return the people each of whose typed words begins a part of their name.

    A whole name is that one alone; a piece from the middle of a name is nobody's.
    """
    typed = name.casefold()
    exact = [one for one in people if one.name.casefold() == typed]
    words = _parts(typed)
    return exact or [one for one in people if words and all(_begins(w, one.name) for w in words)]


def _begins(word: str, name: str) -> bool:
    return any(part.startswith(word) for part in _parts(name.casefold()))


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s'’-]+", name) if part]
