"""KERN markup for Django's forms: the renderer, its bound field, inputs with the right keyboard."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString


class DayInput(forms.DateInput):
    """A date with the browser's own picker; the browser shows it the way the reader writes it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take further attributes; the value travels as ISO 8601, which the browser demands."""
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A time of day, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take further attributes."""
        super().__init__(attrs, format="%H:%M")


class CountInput(forms.TextInput):
    """A whole number: digits on a phone, and no wheel that changes a count of votes unseen."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take further attributes."""
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


def quiet(**attrs: str) -> forms.TextInput:
    """Return a text input that no browser completes, corrects or capitalises."""
    typed = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
    return forms.TextInput(attrs={**typed, **attrs})


class AmountInput(forms.TextInput):
    """An amount of money, written with a comma."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take further attributes."""
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


# the first that fits: a radio list is a Select to Django, a file input an Input
_SHAPES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.DateInput, "day"),
    (forms.TimeInput, "clock"),
    (CountInput, "count"),
    (forms.NumberInput, "count"),
    (AmountInput, "amount"),
)
_KERN_CLASSES = {
    "checkbox": "kern-form-check__checkbox",
    "checkboxes": "kern-form-check__checkbox",
    "radios": "kern-form-check__radio",
    "select": "kern-form-input__select",
}


class KernBoundField(BoundField):
    """A field that knows its KERN classes and whether a template has already placed it."""

    placed = False

    @property
    def shape(self) -> str:
        """Name the kind of control: "text" or one of the words above."""
        widget = self.field.widget
        return next((shape for kind, shape in _SHAPES if isinstance(widget, kind)), "text")

    @property
    def is_rich(self) -> bool:
        """Answer whether the page puts an editor over the control."""
        return "data-rich-text" in self.field.widget.attrs

    @property
    def anchor(self) -> str:
        """Return the id an error message links to: of a list of choices the first one."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label

    @property
    def marked_optional(self) -> bool:
        """Say whether the label tells that the field may stay empty.

        A form where nearly everything may stay empty says so once and sets `mark_optional = False`.
        """
        if self.field.required or self.shape == "checkbox":
            return False
        return bool(getattr(self.form, "mark_optional", True))

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add the KERN class of the control, with its error variant."""
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden:
            return attrs

        kern_class = _KERN_CLASSES.get(self.shape, "kern-form-input__input")
        classes = [widget.attrs.get("class", ""), kern_class, f"vl-input--{self.shape}"]
        if self.errors:
            classes.append(f"{kern_class}--error")
        attrs["class"] = " ".join(filter(None, classes))
        return attrs

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        """Render label, hint, control and errors; remember that the field has its place."""
        self.placed = True
        return super().render(*args, **kwargs)

    def as_cell(self) -> SafeString:
        """Render the field for a row of a formset: small, its label only where space is narrow."""
        return self.render("proposals/forms/cell.html")

    def as_number(self) -> SafeString:
        """Render label and control only; the page puts the errors of several numbers below."""
        return self.render("proposals/forms/number.html")


class KernRenderer(TemplatesSetting):
    """Renders every form of this site in KERN markup; `django.forms` must be installed."""

    form_template_name = "proposals/forms/form.html"
    formset_template_name = "proposals/forms/formset.html"
    field_template_name = "proposals/forms/field.html"
    bound_field_class = KernBoundField
