"""Fields that read what German clerks type and explain what they cannot take."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)

from ..rules.cleaning import clean_html
from ..rules.costs import euro
from ..rules.text import objection_to_text, typed_to_html
from .kern import AmountInput, CountInput

_AMOUNT = re.compile(r"(\d{1,3}(\.\d{3})+|\d+)(,\d{1,2})?")
_DECIMAL = re.compile(r"\d+(,\d{1,3})?")
_COUNT = re.compile(r"\d+")
_MOST_EUROS = Decimal(10) ** 12  # what the columns hold
_MOST_POSTS = Decimal(10) ** 4
# a year of two digits or with one too many is a slip
PLAUSIBLE_DAY = (
    MinValueValidator(date(1946, 1, 1), "Bitte das Jahr prüfen."),
    MaxValueValidator(date(2199, 12, 31), "Bitte das Jahr prüfen."),
)


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


class RichText(PlainText):
    """Formatted text; gives cleaned HTML.

    The page puts an editor over the area; where no script runs, people type plain lines there, or
    write into the markup that they see. Text that nobody changes stays the same bytes.
    """

    def __init__(self, *, rows: int = 8, **options: Any) -> None:
        area = forms.Textarea(attrs={"rows": rows, "data-rich-text": True})
        super().__init__(widget=area, **options)

    def clean(self, value: Any) -> str:
        """Return the HTML as it may be stored."""
        return clean_html(typed_to_html(super().clean(value)))


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
        amount = Decimal(text.replace(".", "").replace(",", "."))
        if amount >= _MOST_EUROS:
            raise ValidationError("Dieser Betrag ist zu groß.")
        return amount

    def prepare_value(self, value: Any) -> Any:
        """Show a Decimal as euros without the sign."""
        return euro(value).removesuffix("\u00a0€") if isinstance(value, Decimal) else value


class Share(forms.CharField):
    """A share of a full post, "0,5"; gives a Decimal."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=AmountInput(), **options)

    def to_python(self, value: Any) -> Any:
        """Return the share; raises ValidationError for anything but a decimal with a comma."""
        text = re.sub(r"^(\d*)\s*½$", lambda found: f"{found[1] or 0},5", str(value or "").strip())
        if not text:
            return None
        if not _DECIMAL.fullmatch(text):
            raise ValidationError("Bitte einen Stellenanteil wie 1 oder 0,5 angeben.")
        share = Decimal(text.replace(",", "."))
        if share >= _MOST_POSTS:
            raise ValidationError("Dieser Stellenanteil ist zu groß.")
        return share

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

    def to_python(self, value: Any) -> int | None:
        """Return the number; refuses "1.000", which Django's own field would read as 1."""
        text = str(value or "").strip().removeprefix("-")
        if text and not _COUNT.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)
