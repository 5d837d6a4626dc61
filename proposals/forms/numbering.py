"""Forms about numbers: where a series goes on, and how the house numbers from now on."""

from typing import Any

from django import forms

from ..models import Municipality, NumberAt
from ..rules.numbering import Scope, series_words
from ..services.numbering import CounterAnswer, PatternAnswer
from .fields import Count, PlainText


class CounterForm(forms.Form):
    """The running number that a series goes on with."""

    series = forms.ChoiceField(label="Nummernkreis")
    following = Count(label="nächste laufende Nummer")

    def __init__(self, *args: Any, series: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, series_words(key)) for key in series]
        self.fields["series"].choices = choices  # type: ignore[attr-defined]

    def answer(self) -> CounterAnswer:
        """Return the series and its number."""
        return CounterAnswer(self.cleaned_data["series"], self.cleaned_data["following"])


class PatternForm(forms.Form):
    """How the house numbers from now on."""

    text = PlainText(
        label="Muster",
        max_length=80,
        help_text="{ART} Kürzel der Vorlagenart, {ORG} Organisationseinheit, {WP} Wahlperiode "
        "({WPR} in römischen Ziffern), {JJJJ} oder {JJ} Jahr, {LFD:4} laufende Nummer mit "
        "mindestens vier Stellen.",
    )
    scope = forms.ChoiceField(label="Gezählt wird", choices=Scope.choices())
    number_at = forms.ChoiceField(label="Die Nummer wird vergeben", choices=NumberAt.choices())
    suffix = PlainText(
        label="Zusatz für Ergänzungen und Neuausgaben",
        max_length=40,
        help_text="Zum Beispiel -{n}, /{n}, -E{n} oder „ {n}. Ergänzung“; mit zweiter Ebene "
        "-{n:2}|-{n:2}.",
        strip=False,
    )

    @classmethod
    def initial_of(cls, house: Municipality) -> dict[str, Any]:
        """Return what the house does now."""
        return {
            "text": house.number_pattern,
            "scope": house.number_scope,
            "number_at": house.number_at,
            "suffix": house.suffix.text,
        }

    def answer(self) -> PatternAnswer:
        """Return what shall hold from now on."""
        data = self.cleaned_data
        return PatternAnswer(
            data["text"], Scope(data["scope"]), NumberAt(data["number_at"]), data["suffix"]
        )
