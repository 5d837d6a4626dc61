"""Fields that read what German clerks type and explain what they cannot take."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from ..rules.costs import euro
from ..rules.text import objection_to_text
from .kern import AmountInput, CountInput

_AMOUNT = re.compile(r"(\d{1,3}(\.\d{3})+|\d+)(,\d{1,2})?")
_DECIMAL = re.compile(r"\d+(,\d{1,3})?")


class PlainText(forms.CharField):
    """Text without control characters: a Word document could not hold them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Django's own check for NUL would speak first and name no place
        self.validators = [
            check
            for check in self.validators
            if not isinstance(check, ProhibitNullCharactersValidator)
        ]

    def validate(self, value: Any) -> None:
        """Refuse with a sentence that names the character; what was typed stays in the form."""
        super().validate(value)
        objection = objection_to_text(value or "", str(self.label or "Der Text"))
        if objection is not None:
            raise ValidationError(objection.message)


class Paragraphs(PlainText):
    """A plain area whose lines become paragraphs and lists."""

    def __init__(self, *, rows: int = 8, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)


class Amount(forms.CharField):
    """Euros as written here: "10.000", "10.000,50 €"; empty means unknown. Gives a Decimal."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=AmountInput(), required=False, **options)

    def to_python(self, value: Any) -> Any:
        """Return Decimal euros, None for empty; raises ValidationError for anything else."""
        text = str(value or "").replace("€", "").replace("\u00a0", " ").strip()
        if not text:
            return None
        if not _AMOUNT.fullmatch(text) or len(text) > 18:
            raise ValidationError("Bitte einen Betrag wie 10.000 oder 10.000,50 angeben.")
        return Decimal(text.replace(".", "").replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        """Show a Decimal as euros without the sign."""
        return euro(value).removesuffix("\u00a0€") if isinstance(value, Decimal) else value


class Share(forms.CharField):
    """A share of a full post, "0,5"; gives a Decimal."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=AmountInput(), **options)

    def to_python(self, value: Any) -> Any:
        """Return the share; raises ValidationError for anything but a decimal with a comma."""
        text = str(value or "").strip().replace("½", "0,5")
        if not text:
            return None
        if not _DECIMAL.fullmatch(text):
            raise ValidationError("Bitte einen Stellenanteil wie 1 oder 0,5 angeben.")
        return Decimal(text.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        """Show a Decimal with a comma and without needless zeros."""
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return value


class Count(forms.IntegerField):
    """A whole number that is not negative."""

    def __init__(self, **options: Any) -> None:
        messages = {"invalid": "Bitte eine ganze Zahl angeben."}
        super().__init__(
            widget=CountInput(),
            min_value=0,
            max_value=100_000,
            error_messages={**messages, "min_value": "Die Zahl kann nicht negativ sein."},
            **options,
        )
