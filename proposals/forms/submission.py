"""Forms of co-signing, release and form check."""

from typing import Any

from django import forms

from ..models import SignatureMode
from ..rules.co_signing import ANSWERS, Verdict
from ..services.submission import CoSignAnswer, FormCheckAnswer, ReleaseAnswer
from .fields import Paragraphs, PlainText

YES, NO = "yes", "no"


class CoSignForm(forms.Form):
    """An office's answer."""

    verdict = forms.ChoiceField(
        label="Antwort",
        choices=[(word.value, word.label) for word in ANSWERS],
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie eine Antwort."},
    )
    remark = Paragraphs(
        label="Anmerkung",
        required=False,
        rows=4,
        help_text="Nötig bei einer Anmerkung, einer Änderungsbitte oder einer Verweigerung.",
    )

    def answer(self) -> CoSignAnswer:
        """Return what the office answers."""
        return CoSignAnswer(Verdict(self.cleaned_data["verdict"]), self.cleaned_data["remark"])


class ReleaseForm(forms.Form):
    """Release with a signature, or back to the lead office."""

    decision = forms.ChoiceField(
        label="Entscheidung",
        choices=[(YES, "Freigeben"), (NO, "An die Federführung zurückgeben")],
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie eine Entscheidung."},
    )
    reason = Paragraphs(
        label="Hinweis an die Federführung oder Begründung",
        required=False,
        rows=3,
        help_text="Nötig, wenn Sie die Vorlage zurückgeben, eine verweigerte Mitzeichnung "
        "überstimmen oder Ihre eigene Vorlage freigeben.",
    )
    signature_mode = forms.ChoiceField(
        label="Unterschrift", choices=SignatureMode.choices(), initial=SignatureMode.OWN
    )
    signature_name = PlainText(label="Name auf der Vorlage", max_length=160)
    signature_function = PlainText(label="Funktion", max_length=120, required=False)
    signed_by_word = forms.BooleanField(
        label="„gez.“ auf der Vorlage statt einer Unterschrift von Hand",
        required=False,
        initial=True,
    )

    def answer(self) -> ReleaseAnswer:
        """Return the decision."""
        data = self.cleaned_data
        return ReleaseAnswer(
            released=data["decision"] == YES,
            remark=data["reason"],
            signature_mode=SignatureMode(data["signature_mode"]),
            signature_name=data["signature_name"],
            signature_function=data["signature_function"],
            signed_by_word=data["signed_by_word"],
        )


class FormCheckForm(forms.Form):
    """Into the route, or formally back."""

    decision = forms.ChoiceField(
        label="Ergebnis der Prüfung",
        choices=[(YES, "In Ordnung, Beratungsfolge eröffnen"), (NO, "Formal zurückgeben")],
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie ein Ergebnis."},
    )
    reason = Paragraphs(
        label="Hinweis an die Federführung",
        required=False,
        rows=3,
        help_text="Nötig, wenn Sie die Vorlage zurückgeben.",
    )

    def answer(self) -> FormCheckAnswer:
        """Return the result of the check."""
        data: dict[str, Any] = self.cleaned_data
        return FormCheckAnswer(passed=data["decision"] == YES, remark=data["reason"])
