"""What the pages of a meeting need: badges of its state and results, how far off a day is."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from ..rules.consultation import Outcome
from ..rules.meeting import MeetingState
from ..selectors.route import badge_kind, sentence_case
from .proposals import badge

register = template.Library()

_STATE_BADGES = {
    MeetingState.INVITED: "info",
    MeetingState.RUNNING: "success",
    MeetingState.SUSPENDED: "warning",
    MeetingState.CANCELLED: "danger",
}
_NEAR = {0: "heute", 1: "morgen"}
_SOON = 14  # days for which "in 9 Tagen" says more than the date


@register.simple_tag
def meeting_badge(state: MeetingState) -> SafeString:
    """Draw the badge of a `MeetingState`."""
    return badge(state.label, _STATE_BADGES.get(state, ""))


@register.simple_tag
def outcome_badge(outcome: str) -> SafeString:
    """Draw the badge of an `Outcome`; nothing where there is none yet."""
    if not outcome:
        return SafeString("")
    word = Outcome(outcome)
    return badge(sentence_case(word.label), badge_kind(word))


@register.filter
def distance(day: date) -> str:
    """Say how far off a day is: "heute", "morgen", "in 9 Tagen"; nothing where it is far."""
    days = (day - timezone.localdate()).days
    if days in _NEAR:
        return _NEAR[days]
    return f"in {days} Tagen" if 0 < days <= _SOON else ""
