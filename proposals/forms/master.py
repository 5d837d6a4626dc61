"""Master data in the admin: what the rules would refuse later is refused on entry."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from ..history.canonical import plain
from ..history.context import RecordError
from ..models import HouseRule, Municipality, RoleAssignment
from ..rules.errors import RuleViolation
from ..rules.law import objection_to_house_rule
from ..rules.numbering import objection_to_pattern
from ..rules.suffixes import objection_to_suffix_pattern
from ..rules.words import Land, MunicipalityKind

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:  # not subscriptable at run time
    _ModelForm = forms.ModelForm


def _say(objection: RuleViolation | None) -> None:
    if objection is not None:
        raise ValidationError(str(objection))


class MunicipalityForm(_ModelForm):
    """A house, whose number pattern must be able to number."""

    class Meta:
        model = Municipality
        fields = "__all__"  # the admin decides who may see the form

    def clean(self) -> dict[str, Any]:
        """Refuse a pattern that could give a number twice."""
        data = super().clean() or {}
        if not self.errors:
            _say(objection_to_pattern(data["number_pattern"], data["number_scope"]))
            if data["suffix_pattern"]:
                _say(objection_to_suffix_pattern(data["suffix_pattern"]))
        return data


class HouseRuleForm(_ModelForm):
    """A house rule that the law of the Land leaves room for."""

    class Meta:
        model = HouseRule
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        """Refuse an unknown path, an impossible value and a fraction, which has no exact form."""
        data = super().clean() or {}
        if self.errors:
            return data
        try:
            plain(data["value"])
        except RecordError as inexact:
            raise ValidationError("Bitte keine Kommazahl angeben.") from inexact
        house = data["municipality"]
        land, kind = Land(house.land), MunicipalityKind(house.kind)
        _say(objection_to_house_rule(land, kind, data["valid_from"], data["path"], data["value"]))
        return data


class RoleAssignmentForm(_ModelForm):
    """A role with the scope that belongs to it, in the person's own house."""

    class Meta:
        model = RoleAssignment
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        """Refuse an office or committee of another house."""
        data = super().clean() or {}
        person = data.get("person")
        for name in ("office", "committee"):
            scope = data.get(name)
            if scope and person and scope.municipality_id != person.municipality_id:
                self.add_error(name, "Das gehört zu einer anderen Kommune als die Person.")
        return data
