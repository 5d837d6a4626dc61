"""Forms to enter a paper that another program began, and to set the counters of its numbers."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django import forms

from ..models import Committee
from ..rules.consultation import ConsultationRole
from ..rules.errors import RuleViolation
from ..rules.shorthand import Shorthand, read
from ..services.attachments import NewAnnex
from ..services.drafting import StationDraft
from ..services.earlier import EarlierResult
from ..services.takeover import TakeOverAnswer
from ..services.voting import CountedAnswer
from .draft_rows import RouteRow, Row
from .drafting import ROWS, DraftForm, draft_answer
from .fields import PLAUSIBLE_DAY, PlainText, RichText
from .kern import DayInput

_OF_NEW_ANNEX = ("attachment", "attachment_title", "attachment_alt", "attachment_public")


class TakeOverForm(DraftForm):
    """A draft with the number and the dates that it has already."""

    released_on = forms.DateField(
        label="freigegeben am", widget=DayInput(), validators=[*PLAUSIBLE_DAY]
    )
    form_checked_on = forms.DateField(
        label="im Kreistagsbüro seit",
        widget=DayInput(),
        validators=[*PLAUSIBLE_DAY],
        help_text="Tag der Formprüfung oder des Eingangs.",
    )
    signature_name = PlainText(label="gezeichnet von", max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = self.fields["number"]
        number.required, number.help_text = True, "Die Nummer, die die Vorlage schon hat."
        for name in ("co_sign", *_OF_NEW_ANNEX):
            self.fields.pop(name, None)
        self.fields["route_reason"] = deepcopy(self.base_fields["route_reason"])
        self.fields["route_reason"].help_text = "Nur wenn kein Gremium oder mehrere entscheiden."


class TakenRow(RouteRow):
    """One station: with the day and the result it had, or still open without both."""

    details = ("wording", "remark")

    held_on = forms.DateField(
        label="Sitzung am", required=False, widget=DayInput(), validators=[*PLAUSIBLE_DAY]
    )
    top = PlainText(label="TOP", max_length=20, required=False)
    result = PlainText(
        label="Ergebnis",
        max_length=60,
        required=False,
        help_text="Kürzel wie bei „Sitzung durchführen“; leer, wenn noch nicht beraten.",
    )
    wording = RichText(
        label="Geänderter Wortlaut",
        required=False,
        rows=4,
        help_text="Nur wenn das Gremium den Beschlussvorschlag geändert hat.",
    )
    remark = PlainText(label="Vermerk oder Grund einer Abweichung", max_length=400, required=False)

    def __init__(self, *args: Any, short_names: Mapping[str, int], **kwargs: Any) -> None:
        """Take the committees by their short names in lower case, for referrals."""
        super().__init__(*args, **kwargs)
        self.short_names = short_names
        self.shorthand: Shorthand | None = None

    def clean(self) -> dict[str, Any]:
        """Read the abbreviation; a result has a day, and a day has a result."""
        data = super().clean() or {}
        result, held_on = data.get("result"), data.get("held_on")
        if self.errors or not (result or held_on):
            return data
        if held_on is None:
            self.add_error("held_on", "Bitte den Tag der Sitzung angeben.")
        elif not result:
            self.add_error(
                "result", "Bitte das Ergebnis angeben, oder den Tag leer lassen, solange es fehlt."
            )
        else:
            try:
                role = ConsultationRole(data["role"])
                self.shorthand = read(result, entitled=None, role=role, bodies=self.short_names)
            except RuleViolation as violation:
                self.add_error("result", str(violation))
        return data

    def station(self) -> EarlierResult | StationDraft:
        """Return the line as the use case takes it."""
        data, typed = self.cleaned_data, self.shorthand
        role = ConsultationRole(data["role"])
        if typed is None:
            return StationDraft(data["committee"], role)
        return EarlierResult(
            committee_id=data["committee"],
            role=role,
            held_on=data["held_on"],
            top=data["top"],
            outcome=typed.outcome,
            counted=_counted(typed),
            contrary=typed.contrary,
            wording=data["wording"],
            remark=data["remark"],
        )


def _counted(typed: Shorthand) -> CountedAnswer | None:
    tally = typed.tally
    if tally is None:
        return CountedAnswer(word=typed.word) if typed.word else None
    return CountedAnswer(
        yes=tally.yes,
        no=tally.no,
        abstained=tally.abstained,
        word=typed.word,
        mode=typed.mode,
        cast=typed.cast,
        invalid=typed.invalid,
    )


class AnnexRow(Row):
    """One annex of the paper."""

    title = PlainText(label="Titel", max_length=200, required=False)
    file = forms.FileField(label="Datei", max_length=200)


TAKEN_ROWS: dict[str, type[Row]] = {**ROWS, "route": TakenRow, "annex": AnnexRow}


def take_over_answer(
    form: TakeOverForm, rows: Mapping[str, list[Any]], annexes: list[NewAnnex]
) -> TakeOverAnswer:
    """Return the whole paper from a valid form, its lists, and its files in the store."""
    data = form.cleaned_data
    stations: list[EarlierResult | StationDraft] = rows["route"]
    return TakeOverAnswer(
        draft=draft_answer(form, {**rows, "route": []}),
        number=data["number"],
        released_on=data["released_on"],
        form_checked_on=data["form_checked_on"],
        stations=tuple(stations),
        signature_name=data["signature_name"],
        attachments=tuple(annexes),
        reason=data.get("route_reason", ""),
    )


def short_names(committees: list[Committee]) -> dict[str, int]:
    """Return the committees by their short names, as the abbreviations of results name them."""
    return {row.short_name.casefold(): row.pk for row in committees}
